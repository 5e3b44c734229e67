"""What of a document is shown, as it holds in a villager's place."""

from __future__ import annotations

from collections.abc import Collection, KeysView, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from .documents import Document, Kind
from .phrases import UNLISTED

_EMPTY: tuple[Any, ...] = ("", 0, "", "", "", [], [], [], [])
"""An item's row without anything in it; rows are shipped without their empty ends."""
_LONGEST_CALLED = 3
"""How many phrases a result says a thing is called."""


class Result(Struct, frozen=True):
    """One thing that was found, as a villager reads it."""

    kind: Kind
    id: str
    path: str
    """Of its page, below the language's root."""
    name: str
    called: tuple[str, ...] = ()
    """What villagers call it; what the query says comes first."""
    list: str = ""
    """The id of the list an item stands on; empty when it stands on none."""
    role: str = ""
    """That of its list; ``unlisted`` when it stands on none."""
    verdict: str = ""
    who: str = ""
    phone: str = ""
    instead: str = ""
    """Who does it instead, for what a village does not do or no list has any more."""
    marks: tuple[str, ...] = ()
    """Strings to mark in its name and in what it is called."""


class Shown:
    """Reads the rows of the search data."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._parents = _parents(data["places"])

    @cached_property
    def place_names(self) -> tuple[str, ...]:
        """Names that may stand in a query for where it is asked, longest first."""
        names = {row[2] for row in self._data["places"]}
        names.update(name for row in self._data["places"] for name in row[4].split("|"))
        names.update(self._data["around"].split("|"))
        return tuple(sorted(filter(None, names), key=lambda each: (-len(each), each)))

    def level(self, row: Sequence[Any]) -> str:
        """``village`` or ``township``, for an item's row."""
        return str(self._data["lists"][row[1]][3])

    def holds(self, row: Sequence[Any], place: str | None) -> bool:
        """Whether an item holds in a place; without a place, all do."""
        places = _padded(row)[7]
        return not (place and places) or not self._codes(place).isdisjoint(places)

    def result(self, document: Document, asked: Collection[str], place: str | None) -> Result:
        """What is shown of a document to someone who asked for some tokens in a place."""
        if document.kind == "item":
            return self._item(document.row, asked, place)
        if document.kind == "place":
            code, path, name, phone, *_ = document.row
            return Result("place", code, path, name, phone=phone, marks=_marks(asked, name))
        key, name, phone, called, *_ = document.row
        return Result(
            "department",
            key,
            f"departments/{key}",
            name,
            _called(called, asked),
            phone=phone,
            marks=_marks(asked, name + called),
        )

    def _item(self, row: Sequence[Any], asked: Collection[str], place: str | None) -> Result:
        key, listed, name, called, _, responsible, replaced, _, variants = _padded(row)
        for places, other_list, other_name, department in variants:
            if place and not self._codes(place).isdisjoint(places):
                listed = listed if other_list < 0 else other_list
                name = other_name or name
                responsible = responsible if department < 0 else [department]
        listed_on, role, verdict, level = self._data["lists"][listed]
        return Result(
            "item",
            key,
            f"items/{key}",
            name,
            _called(called, asked),
            listed_on,
            role,
            verdict,
            self._names(responsible) or ("" if role == UNLISTED else self._data["itself"]),
            self._phone(responsible, level, role, place),
            self._names(replaced) if role in ("does-not", UNLISTED) else "",
            _marks(asked, name + called),
        )

    def _names(self, indexes: Sequence[int]) -> str:
        joint: str = self._data["joint"]
        return joint.join(self._data["departments"][each][1] for each in indexes)

    def _phone(self, responsible: Sequence[int], level: str, role: str, place: str | None) -> str:
        """The place's own number for what it does itself, else the department's."""
        own = (level == "village" and role == "does") or not responsible
        if own and place:
            numbers = {row[0]: row[3] for row in self._data["places"]}
            return next((numbers[each] for each in self._codes(place) if numbers.get(each)), "")
        return str(self._data["departments"][responsible[0]][2]) if responsible else ""

    def _codes(self, place: str) -> KeysView[str]:
        """The place and the township around it."""
        return dict.fromkeys(each for each in (place, self._parents.get(place)) if each).keys()


def _parents(places: Sequence[Sequence[Any]]) -> dict[str, str]:
    """The township of each village, by their codes."""
    townships = {row[1]: row[0] for row in places}
    return {
        row[0]: townships[row[1].rpartition("/")[0]]
        for row in places
        if row[1].rpartition("/")[0] in townships
    }


def _padded(row: Sequence[Any]) -> list[Any]:
    """An item's row with all its columns."""
    return [*row, *_EMPTY[len(row) :]]


def _called(joined: str, asked: Collection[str]) -> tuple[str, ...]:
    """The phrases that say most of what was asked, then the first ones."""
    phrases = [each for each in joined.split("|") if each]
    said = {each: sum(token in each for token in asked if len(token) > 1) for each in phrases}
    return tuple(sorted(phrases, key=lambda each: -said[each])[:_LONGEST_CALLED])


def _marks(asked: Collection[str], text: str) -> tuple[str, ...]:
    """Tokens of at least two characters that stand in a text."""
    lower = text.lower()
    return tuple(sorted(each for each in asked if len(each) > 1 and each in lower))
