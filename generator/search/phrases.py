"""What an item is called, in two parts: what is loaded first, and what only when needed."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator
from functools import partial

from msgspec import Struct

from generator.model import CHINESE, Item

from .grams import Grams

SHOWN = 3
"""How many phrases a result may say an item is called."""

UNLISTED = "unlisted"
"""In place of a level or of a list's role: the item stands on no list."""

FIRST = {"village": 13, "township": 6, UNLISTED: 4}
"""How many Chinese phrases of an item are loaded first, by its level: the most usual ones."""

FIRST_OF_OTHERS = {"village": 4, "township": 3, UNLISTED: 2}
"""The same in each other language."""

MORE = {"village": 60, "township": 40, UNLISTED: 20}
"""How many Chinese phrases are searched at all."""

MORE_OF_OTHERS = 16
"""The same in each other language."""


class Parts(Struct, frozen=True):
    """What one item is called: the phrases to show, and wordings to search."""

    shown: tuple[str, ...]
    first: tuple[str, ...]
    more: tuple[str, ...]
    more_of_others: tuple[str, ...]
    """The same in languages other than Chinese."""


class Phrases:
    """The phrases of items, for a site in one language.

    All but the shown ones are put in the words of the lists, without filler: many then
    say the same and are shipped once. What leads to a village item leads there alone, and
    what leads to any item on a list to none that has left the lists.
    """

    def __init__(self, lang: str, grams: Grams, standing: str, taken: Collection[str]) -> None:
        """Take where the items stand, and the wordings that lead to items before them."""
        self._lang = lang
        self._grams = grams
        self._meant = grams.meant
        self._standing = standing
        self._taken = taken

    def of(self, item: Item) -> Parts:
        """The parts of one item."""
        own = self._lang
        shown = item.said_as.get(own, item.said_as.get(CHINESE, ()))[:SHOWN]
        known = {self._meant(each) for each in (item.name.to(own), *shown)}
        new = partial(_new, known=known, taken=self._taken)
        first = new(itertools.chain(self._names(item), self._first(item)))
        more = new(self._more(item))
        return Parts(tuple(shown), first, more, new(self._more_of_others(item)))

    def _names(self, item: Item) -> Iterator[str]:
        """Names that are not shown: the Chinese one, former ones."""
        yield self._meant(item.name.zh)
        yield from (self._meant(each.to(self._lang)) for each in item.former_names)

    def _first(self, item: Item) -> Iterator[str]:
        for lang, said in item.said_as.items():
            most = FIRST if lang == CHINESE else FIRST_OF_OTHERS
            yield from map(self._meant, said[: most[self._standing]])
            if lang == CHINESE != self._lang:
                yield from map(self._as_said, said[:SHOWN])

    def _more(self, item: Item) -> Iterator[str]:
        return map(self._meant, item.said_as.get(CHINESE, ())[: MORE[self._standing]])

    def _more_of_others(self, item: Item) -> Iterator[str]:
        for lang, said in item.said_as.items():
            yield from map(self._meant, said[:MORE_OF_OTHERS] if lang != CHINESE else ())

    def _as_said(self, phrase: str) -> str:
        """A phrase in its own words, without filler."""
        return " ".join(self._grams.wordings(self._grams.normalise(phrase))[0].split())


def _new(wordings: Iterable[str], known: set[str], taken: Collection[str]) -> tuple[str, ...]:
    """The wordings that are not taken and not yet known, which they are from now on."""
    found = [each for each in dict.fromkeys(wordings) if each not in known and each not in taken]
    known.update(found)
    return tuple(found)
