"""Ids and words with a closed vocabulary, as a clerk sees and types them.

A cell shows ``police 县公安局``: the id, then its name. What counts is the first word;
a name alone is understood as well when only one thing has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from generator.field_names import FieldNames
from generator.model import County, Text

from .columns import Column

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What looks like an id is one, whether it is registered or not; the check knows."""

_SEPARATORS = re.compile(r"[、，,；;]+")


class Choices:
    """The ids of every register of a county, and the names of allowed words."""

    def __init__(self, county: County, names: FieldNames) -> None:
        self._county = county
        self._names = names

    def shown(self, column: Column, text: str) -> str:
        """The text of a cell with the name behind each of its ids."""
        if not self.known(column):
            return text
        known = self.of(column)
        return "\n".join(_with_name(each, known) for each in text.split("\n"))

    def meant(self, column: Column, text: str) -> str:
        """The ids that a clerk's cell means, a line each; what is not understood stays."""
        if not self.known(column):
            return text
        if column.list_at is None:
            return self._id_of(column, text.strip()) or text.strip()
        lines = (line.strip() for line in text.split("\n"))
        return "\n".join(each for line in lines if line for each in self._ids_of(column, line))

    def known(self, column: Column) -> bool:
        """Whether the column has a closed vocabulary."""
        return bool(column.choices or column.values)

    def of(self, column: Column) -> Mapping[str, str]:
        """The column's vocabulary: each id with its name."""
        if column.choices:
            return self._registers[column.choices]
        owner, key = column.owners[-1]
        return {value: self._names.value(owner, key, value) for value in column.values}

    def lines(self, column: Column) -> list[str]:
        """What a drop-down offers."""
        known = self.of(column)
        return [_with_name(each, known) for each in known]

    @cached_property
    def _registers(self) -> dict[str, dict[str, str]]:
        county = self._county
        places = [*county.townships.values(), *(village for _, village in county.villages())]
        return {
            "item_lists": self._named(county.item_lists.items()),
            "fields": self._named(county.fields.items()),
            "life_events": self._named(county.life_events.items()),
            "departments": self._named(county.departments.items()),
            "documents": {key: self._shown(each.title) for key, each in county.documents.items()},
            "items": self._named(county.items.items()),
            "places": {place.code: self._shown(place.name) for place in places},
            "townships": {
                place.slug: self._shown(place.name) for place in county.townships.values()
            },
        }

    def _named(self, records: Iterable[tuple[str, object]]) -> dict[str, str]:
        return {key: self._shown(record.name) for key, record in records}  # type: ignore[attr-defined]

    def _shown(self, text: Text) -> str:
        return " ".join(text.to(self._names.lang).split())

    def _ids_of(self, column: Column, line: str) -> list[str]:
        """The ids of a line: one with its name, or several between commas."""
        parts = [line] if self._id_of(column, line) else _SEPARATORS.split(line)
        found = [self._id_of(column, part.strip()) for part in parts if part.strip()]
        return [each for each in found if each] if all(found) else [line]

    def _id_of(self, column: Column, part: str) -> str | None:
        """The id that ``part`` begins with or is the only name of."""
        if not part:
            return None
        known = self.of(column)
        first = part.split(maxsplit=1)[0]
        if first in known or _ID.fullmatch(first):
            return first
        named = [key for key, name in known.items() if name == part]
        return named[0] if len(named) == 1 else None


def _with_name(key: str, known: Mapping[str, str]) -> str:
    name = known.get(key, "")
    return f"{key} {name}" if name and name != key else key
