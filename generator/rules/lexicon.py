"""How the lexicon is written: search can only use words that mean one thing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from generator.model import County, Path

from .rule import Breach, error, warning

_ODD = re.compile(r"[^\w ]|^ | $")


@error("lexicon-twice")
def lexicon_twice(county: County, today: datetime.date) -> Iterator[Breach]:
    """A word of the lexicon stands in one place of it."""
    seen: set[str] = set()
    for path, word in _words(county):
        if word in seen:
            yield county.lexicon.origin.at(*path), {"word": word}
        seen.add(word)


@error("lexicon-chain")
def lexicon_chain(county: County, today: datetime.date) -> Iterator[Breach]:
    """What a word means is not itself explained or ignored."""
    said = {word for _, word in _words(county)}
    for number, row in enumerate(county.lexicon.words):
        if row.means in said:
            yield county.lexicon.origin.at("words", number, "means"), {"word": row.means}


@error("lexicon-odd-word")
def lexicon_odd_word(county: County, today: datetime.date) -> Iterator[Breach]:
    """The lexicon holds words: letters, digits and Chinese characters, no punctuation."""
    for path, word in _all(county):
        if _ODD.search(word):
            yield county.lexicon.origin.at(*path), {"word": word}


@warning("lexicon-hides-phrase")
def lexicon_hides_phrase(county: County, today: datetime.date) -> Iterator[Breach]:
    """What is ignored is not what something is called."""
    ignored = set(county.lexicon.ignored)
    for item in county.items.values():
        for language, phrases in item.said_as.items():
            for number, phrase in enumerate(phrases):
                if phrase in ignored:
                    yield item.origin.at("said_as", language, number), {"word": phrase}


def _words(county: County) -> Iterator[tuple[Path, str]]:
    """Every word that is explained, ignored or elsewhere, with its path in the lexicon."""
    for number, row in enumerate(county.lexicon.words):
        for place, word in enumerate(row.said):
            yield ("words", number, "said", place), word
    for key in ("ignored", "elsewhere"):
        for number, word in enumerate(getattr(county.lexicon, key)):
            yield (key, number), word


def _all(county: County) -> Iterator[tuple[Path, str]]:
    """Every word of the lexicon, those of the lists too."""
    for number, row in enumerate(county.lexicon.words):
        yield ("words", number, "means"), row.means
    yield from _words(county)


RULES = (lexicon_twice, lexicon_chain, lexicon_odd_word, lexicon_hides_phrase)
