"""English words, lightly stemmed: plural, -ed and -ing endings only."""

from __future__ import annotations

import re

_ENDINGS = (
    (re.compile("(ss|us|is)$"), r"\1"),
    (re.compile("ies$"), "y"),
    (re.compile("(sh|ch|x|z|ss)es$"), r"\1"),
    (re.compile("s$"), ""),
)
_SHORTEST = 4
"""Shorter words are left alone: ``gas``, ``red``, ``king``."""


def stem(word: str) -> str:
    """The word without its endings: ``subsidies`` → ``subsidy``, ``registered`` → ``register``."""
    if len(word) < _SHORTEST:
        return word
    for pattern, kept in _ENDINGS:
        if pattern.search(word):
            word = pattern.sub(kept, word)
            break
    return _without_e(_without_verb_ending(word))


def _without_verb_ending(word: str) -> str:
    found = re.fullmatch("(.*[aeiou].*?)(?:ing|ed)", word)
    if not found or len(found[1]) < _SHORTEST - 1:
        return word
    return re.sub(r"([bdgmnprt])\1$", r"\1", found[1])


def _without_e(word: str) -> str:
    return word.removesuffix("e") if len(word) > _SHORTEST else word
