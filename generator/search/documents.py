"""What can be found: items, places and departments, each as a set of phrases."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct, structs

from .grams import Grams, Slot
from .phrases import UNLISTED

Kind = Literal["item", "place", "department"]


class Phrase(Struct, frozen=True, eq=False, dict=True):
    """One thing a document is called, in one wording."""

    slots: tuple[Slot, ...]

    @cached_property
    def tokens(self) -> frozenset[str]:
        """All tokens of its slots."""
        return frozenset(token for slot in self.slots for token in slot.tokens)


class Document(Struct, frozen=True, eq=False, dict=True):
    """One thing that can be found."""

    kind: Kind
    row: Sequence[Any]
    """Its row in the search data."""
    is_of_villages: bool
    """Whether it is an item for villages."""
    is_unlisted: bool
    """Whether it is an item that stands on no list."""
    name: tuple[Phrase, ...]
    """Its shown name."""
    called: tuple[Phrase, ...]
    """Everything else it is called."""

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Its name and all it is called."""
        return self.name + self.called

    @cached_property
    def tokens(self) -> frozenset[str]:
        """All tokens of its phrases."""
        return frozenset().union(*(each.tokens for each in self.phrases))


def documents(data: Mapping[str, Any], grams: Grams) -> Iterator[Document]:
    """Every document of the first part of the search data, items first."""
    for row in data["items"]:
        called = (*said("".join(row[3:4]), grams), *worded("".join(row[4:5]), grams))
        _, role, _, level = data["lists"][row[1]]
        is_of = level == "village", role == UNLISTED
        yield Document("item", row, *is_of, said(row[2], grams), called)
    for row in data["places"]:
        yield Document("place", row, False, False, said(row[2], grams), said(row[4], grams))
    for row in data["departments"]:
        yield Document("department", row, False, False, said(row[1], grams), said(row[3], grams))


def with_more(
    found: Iterable[Document], more: Iterable[Sequence[str]], grams: Grams
) -> Iterator[Document]:
    """The documents; items, which come first, with more phrases."""
    for document, row in itertools.zip_longest(found, more, fillvalue=()):
        assert isinstance(document, Document)
        called = itertools.chain(document.called, *(worded(each, grams) for each in row))
        yield structs.replace(document, called=tuple(called))


def said(joined: str, grams: Grams) -> tuple[Phrase, ...]:
    """Texts joined by ``|`` as people say them, each in all its wordings."""
    wordings = (each for text in _texts(joined) for each in grams.wordings(grams.normalise(text)))
    return tuple(Phrase(grams.slots(each)) for each in wordings)


def worded(joined: str, grams: Grams) -> tuple[Phrase, ...]:
    """Texts joined by ``|`` that are wordings already."""
    return tuple(Phrase(grams.slots(each)) for each in _texts(joined))


def _texts(joined: str) -> list[str]:
    return [each for each in joined.split("|") if each]
