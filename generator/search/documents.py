"""What can be found: items, places and departments, each as a set of phrases."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from .grams import Grams, Slot

Kind = Literal["item", "place", "department"]


@dataclass(frozen=True, eq=False)
class Phrase:
    """One thing a document is called, in one wording."""

    slots: tuple[Slot, ...]

    @cached_property
    def tokens(self) -> frozenset[str]:
        """All tokens of its slots."""
        return frozenset(token for slot in self.slots for token in slot.tokens)


@dataclass(frozen=True, eq=False)
class Document:
    """One thing that can be found."""

    kind: Kind
    row: Sequence[Any]
    """Its row in the search data."""
    is_of_villages: bool
    """Whether it is an item of a village list."""
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

    def document(kind: Kind, row: Sequence[Any], name: str, *called: str) -> Document:
        of_villages = kind == "item" and data["lists"][row[1]][3] == "village"
        return Document(
            kind, row, of_villages, phrases(name, grams), phrases("|".join(called), grams)
        )

    for row in data["items"]:
        yield document("item", row, row[2], *row[3:5])
    for row in data["places"]:
        yield document("place", row, row[2], row[4])
    for row in data["departments"]:
        yield document("department", row, row[1], row[3])


def with_more(found: Iterable[Document], more: Sequence[str], grams: Grams) -> Iterator[Document]:
    """The documents; items, which come first, with more phrases."""
    for document, joined in itertools.zip_longest(found, more, fillvalue=""):
        assert isinstance(document, Document)
        called = document.called + phrases(joined, grams)
        yield dataclasses.replace(document, called=called)


def phrases(joined: str, grams: Grams) -> tuple[Phrase, ...]:
    """The phrases of texts joined by ``|``, each in all its wordings."""
    texts = [each for each in joined.split("|") if each]
    wordings = (each for text in texts for each in grams.wordings(grams.normalise(text)))
    return tuple(Phrase(grams.slots(each)) for each in wordings)
