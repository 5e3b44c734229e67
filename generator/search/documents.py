"""What can be found: items, places and departments, each as a set of phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    """Every document of the search data, items first."""
    for row in data["items"]:
        yield _document("item", row, row[2], "|".join(row[3:5]), grams)
    for row in data["places"]:
        yield _document("place", row, row[2], row[4], grams)
    for row in data["departments"]:
        yield _document("department", row, row[1], row[3], grams)


def _document(kind: Kind, row: Sequence[Any], name: str, called: str, grams: Grams) -> Document:
    phrases = [each for each in called.split("|") if each]
    return Document(kind, row, tuple(_wordings([name], grams)), tuple(_wordings(phrases, grams)))


def _wordings(texts: Sequence[str], grams: Grams) -> Iterator[Phrase]:
    for text in texts:
        for wording in grams.wordings(grams.normalise(text)):
            yield Phrase(grams.slots(wording))
