"""What search asks of each item, remembered from build to build (``parts.Extracts``).

So after a change of one item only that one is looked at again. What an item's rows depend
on beside it, the words of the lexicon, numbers of lists, wordings that lead to items before
it, is compared by value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct

from generator.edition import Edition
from generator.model import (
    CHINESE,
    BasicItem,
    CooperativeItem,
    Department,
    Item,
    TakenBackItem,
    Variant,
    VillageItem,
)
from generator.parts import NAMES, Extracts

from .grams import Grams
from .phrases import FIRST, UNLISTED, Phrases
from .tables import extra_readings

JOINT = "|"
"""Between the phrases of one row."""

Rows = Sequence[Sequence[Any]]
"""Of one item, for each language of the edition: its row, and its row of more phrases."""


class Numbers(Struct, frozen=True):
    """By which numbers rows name lists and departments."""

    lists: Mapping[str, int]
    departments: Mapping[str, int]
    gone: Mapping[str, int]
    """For items on no list, the number of the reason, which stands in place of a list."""


def characters_and_readings(edition: Edition) -> tuple[set[str], set[str]]:
    """All characters by which items are found, and their ``extra_readings``."""

    def make(key: str) -> tuple[str, list[str]]:
        texts = tuple(texts_of(_item(edition, key)))
        return "".join(sorted(set().union(*texts))), sorted(extra_readings(texts))

    keys = (*edition.county.items, *edition.county.unlisted)
    found = edition.shared.extracts(Extracts(NAMES, "readings", keys, make))
    characters, readings = zip(*found, strict=True) if found else ((), ())
    return set("".join(characters)), set(chain.from_iterable(readings))


def texts_of(thing: Item | Department) -> Iterator[str]:
    """The Chinese texts of something that a query may match."""
    yield from (thing.name.zh, *(each.zh for each in thing.former_names))
    yield from thing.said_as.get(CHINESE, ())


def item_rows(edition: Edition, grams: Grams, numbers: Numbers) -> list[Rows]:
    """The rows of every item that has a page; those on no list come last."""
    makers = _Makers(edition, grams, numbers)
    found: dict[str, Rows] = {}
    for standing, keys in makers.keys.items():
        if keys:
            found |= zip(keys, edition.shared.extracts(makers.rows(standing)), strict=True)
    return [found[key] for key in (*edition.county.items, *edition.county.unlisted)]


class _Makers:
    """What makes extracts of the items of each standing: their level, or ``UNLISTED``."""

    def __init__(self, edition: Edition, grams: Grams, numbers: Numbers) -> None:
        self._edition = edition
        self._grams = grams
        self._numbers = numbers
        items = edition.county.items
        self.keys: dict[str, list[str]] = {standing: [] for standing in FIRST}
        """The ids of the items, by standing."""
        for key, item in items.items():
            self.keys[item.level].append(key)
        self.keys[UNLISTED] += edition.county.unlisted

    def rows(self, standing: str) -> Extracts:
        """The rows of items in every language."""
        taken = self._taken(standing)
        languages = [each.tag for each in self._edition.languages]
        makers = [
            _RowMaker(lang, self._numbers, Phrases(lang, self._grams, standing, taken))
            for lang in languages
        ]

        def make(key: str) -> Rows:
            item = _item(self._edition, key)
            return [each.rows(item) for each in makers]

        gone = self._numbers.gone if standing == UNLISTED else None
        numbers = (self._numbers.lists, self._numbers.departments, gone)
        made_from = _word_for(languages, self._grams.made_from, numbers, sorted(taken))
        return Extracts(NAMES, f"rows.{standing}", self.keys[standing], make, made_from)

    def _taken(self, standing: str) -> Collection[str]:
        """The wordings that lead to items of the standings before."""
        standings = list(self.keys)
        found: set[str] = set()
        for each in standings[: standings.index(standing)]:
            found.update(*self._edition.shared.extracts(self._wordings(each)))
        return found

    def _wordings(self, standing: str) -> Extracts:
        """All wordings that lead to each item."""
        meant = self._grams.meant

        def make(key: str) -> list[str]:
            said = chain.from_iterable(_item(self._edition, key).said_as.values())
            return sorted(set(map(meant, said)))

        made_from = _word_for(self._grams.made_from)
        return Extracts(NAMES, f"wordings.{standing}", self.keys[standing], make, made_from)


class _RowMaker(Struct, frozen=True):
    """Makes the rows of items in one language."""

    lang: str
    numbers: Numbers
    phrases: Phrases

    def rows(self, item: Item) -> Sequence[Any]:
        """The row, and the row of more phrases."""
        parts = self.phrases.of(item)
        gone = self.numbers.gone.get(item.id)
        row = [
            item.id,
            self.numbers.lists[item.list] if gone is None else gone,
            item.name.to(self.lang),
            JOINT.join(parts.shown),
            JOINT.join(parts.first),
            self._departments(_responsible(item)),
            self._departments(_replaced_by(item)),
            list(item.places),
            [self._variant(each) for each in item.variants] if gone is None else [],
        ]
        return _trimmed(row), [JOINT.join(parts.more), JOINT.join(parts.more_of_others)]

    def _variant(self, variant: Variant) -> list[Any]:
        name = variant.name.to(self.lang) if variant.name else ""
        listed = self.numbers.lists[variant.list] if variant.list else -1
        departments = self.numbers.departments
        department = departments[variant.department] if variant.department else -1
        return [list(variant.places), listed, name, department]

    def _departments(self, keys: Sequence[str]) -> list[int]:
        return [self.numbers.departments[key] for key in keys]


def _item(edition: Edition, key: str) -> Item:
    item = edition.county.item(key)
    assert item is not None, key
    return item


def _word_for(*values: object) -> str:
    return hashlib.blake2b(repr(values).encode(), digest_size=16).hexdigest()


def _responsible(item: Item) -> tuple[str, ...]:
    """Departments a villager deals with; none for what the township itself does."""
    match item:
        case VillageItem():
            return (item.department,)
        case CooperativeItem():
            return item.leads
        case TakenBackItem():
            return item.taken_by
        case BasicItem():
            return ()
    raise AssertionError(type(item))


def _replaced_by(item: Item) -> tuple[str, ...]:
    replacement = item.replacement if isinstance(item, VillageItem) else None
    return replacement.by if replacement else ()


def _trimmed(row: list[Any]) -> list[Any]:
    """The row without empty columns at its end."""
    while not row[-1] and row[-1] != 0:
        row.pop()
    return row
