"""How the lexicon is written: search can only use words that mean one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import Item, Lexicon, Path

from .checking import Checking
from .rule import Breach, error, of_each, warning

_ODD = re.compile(r"[^\w ]|^ | $")


@of_each(Lexicon, error("lexicon-twice"))
def lexicon_twice(lexicon: Lexicon, about: Checking) -> Iterator[Breach]:
    """A word of the lexicon stands in one place of it."""
    seen: set[str] = set()
    for path, word in _words(lexicon):
        if word in seen:
            yield lexicon.origin.at(*path), {"word": word}
        seen.add(word)


@of_each(Lexicon, error("lexicon-chain"))
def lexicon_chain(lexicon: Lexicon, about: Checking) -> Iterator[Breach]:
    """What a word means is not itself explained or ignored."""
    said = {word for _, word in _words(lexicon)}
    for number, row in enumerate(lexicon.words):
        if row.means in said:
            yield lexicon.origin.at("words", number, "means"), {"word": row.means}


@of_each(Lexicon, error("lexicon-odd-word"))
def lexicon_odd_word(lexicon: Lexicon, about: Checking) -> Iterator[Breach]:
    """The lexicon holds words: letters, digits and Chinese characters, no punctuation."""
    for path, word in _all(lexicon):
        if _ODD.search(word):
            yield lexicon.origin.at(*path), {"word": word}


@of_each(Item, warning("lexicon-hides-phrase", "lexicon.ignored"))
def lexicon_hides_phrase(item: Item, about: Checking) -> Iterator[Breach]:
    """What is ignored is not what something is called."""
    for language, phrases in item.said_as.items():
        for number, phrase in enumerate(phrases):
            if phrase in about.ignored:
                yield item.origin.at("said_as", language, number), {"word": phrase}


@of_each(Lexicon, warning("hotline-unconfirmed", "profile.stale_after_days"))
def hotline_unconfirmed(lexicon: Lexicon, about: Checking) -> Iterator[Breach]:
    """A hotline says where its number was read and when that was last checked."""
    limit = about.county.profile.stale_after_days
    for number, hotline in enumerate(lexicon.hotlines):
        if not hotline.is_confirmed(about.today, limit):
            values = {"number": hotline.number, "limit": limit, "today": about.today.isoformat()}
            yield lexicon.origin.at("hotlines", number, "number"), values


def _words(lexicon: Lexicon) -> Iterator[tuple[Path, str]]:
    """Every word that is explained, ignored or elsewhere, with its path in the lexicon."""
    for number, row in enumerate(lexicon.words):
        for place, word in enumerate(row.said):
            yield ("words", number, "said", place), word
    for key in ("ignored", "elsewhere"):
        for number, word in enumerate(getattr(lexicon, key)):
            yield (key, number), word


def _all(lexicon: Lexicon) -> Iterator[tuple[Path, str]]:
    """Every word of the lexicon, those of the lists too."""
    for number, row in enumerate(lexicon.words):
        yield ("words", number, "means"), row.means
    yield from _words(lexicon)


RULES = (
    lexicon_twice,
    lexicon_chain,
    lexicon_odd_word,
    lexicon_hides_phrase,
    hotline_unconfirmed,
)
