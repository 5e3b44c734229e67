"""Old and new wording, character by character."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from msgspec import Struct

_PIECES = r"(?s)[^\W_\u2e80-\U0003ffff]+|."
"""Words of alphabets whole, everything else (Chinese above all) a character at a time."""


class Passage(Struct, frozen=True):
    """A piece of a wording; ``changed`` when the other wording lacks it."""

    text: str
    changed: bool


def compare(old: str, new: str) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Both wordings in passages that are the same and passages that differ."""
    first, second = re.findall(_PIECES, old), re.findall(_PIECES, new)
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    before, after = [], []
    for kind, a, b, c, d in matcher.get_opcodes():
        before.append(Passage("".join(first[a:b]), kind != "equal"))
        after.append(Passage("".join(second[c:d]), kind != "equal"))
    return tuple(each for each in before if each.text), tuple(each for each in after if each.text)


_ALIKE = 0.5
"""So much of the longer wording must be in the shorter, or all of that, to tell them apart."""

_SHORTEST = 2
"""Fewer equal characters between two differences belong to the difference."""


def differing(old: str, new: str) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """As ``compare``, for people: no crumbs, and nothing told apart in another sentence."""
    before, after = compare(old, new)
    same = sum(len(each.text) for each in before if not each.changed)
    shorter, longer = sorted((len(old), len(new)))
    if same < shorter and same < _ALIKE * longer:
        return (Passage(old, changed=False),), (Passage(new, changed=False),)
    return _joined(before), _joined(after)


def _joined(pieces: Iterable[Passage]) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for each in pieces:
        found.append(each)
        changed = [piece.changed for piece in found[-3:]]
        if changed == [True, False, True] and len(found[-2].text) < _SHORTEST:
            found[-3:] = [Passage("".join(piece.text for piece in found[-3:]), changed=True)]
    return tuple(found)


def stretch_like(passage: str, text: str) -> str:
    """What of ``text`` stands where ``passage`` would; all of it if nothing is alike."""
    matcher = difflib.SequenceMatcher(None, passage, text, autojunk=False)
    alike = [each for each in matcher.get_matching_blocks() if each.size >= _SHORTEST]
    if not alike:
        return text
    first, last = alike[0], alike[-1]
    return text[max(first.b - first.a, 0) : last.b + len(passage) - last.a]
