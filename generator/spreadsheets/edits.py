"""Changes of a record's YAML, made in place so that comments and order stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from generator.model import CHINESE, Path

from .columns import TOO_LONG, Column, Names

Edit = Callable[[CommentedMap], None]
"""Changes the data of one file."""


class GroupEdit(Struct, frozen=True):
    """New cells for columns of one group of the record at ``path``."""

    path: Path
    columns: Sequence[Column]
    cells: Mapping[str, str]

    def __call__(self, data: CommentedMap) -> None:
        set_group(_record_at(data, self.path), self.columns, self.cells)


class PartsEdit(Struct, frozen=True):
    """New entries under ``key`` of the record that a file holds."""

    key: str
    columns: Sequence[Column]
    before: Sequence[Mapping[str, str]]
    """The cells of the entries that are there, in order."""
    after: Sequence[Mapping[str, str]]

    def __call__(self, data: CommentedMap) -> None:
        there = list(data.get(self.key, ()))
        entries = [self._entry(each, cells) for each, cells in self._paired(there)]
        _put(data, (self.key,), CommentedSeq(entries) if entries else None)

    def _paired(self, there: list[Any]) -> list[tuple[Any, Mapping[str, str]]]:
        """Each new row with the entry it was: the same cells first, then by order."""
        free = list(range(len(there)))
        found: list[int | None] = []
        for cells in self.after:
            same = next((number for number in free if self.before[number] == cells), None)
            found.append(same)
            if same is not None:
                free.remove(same)
        numbers = [free.pop(0) if each is None and free else each for each in found]
        return [
            (CommentedMap() if number is None else there[number], cells)
            for number, cells in zip(numbers, self.after, strict=True)
        ]

    def _entry(self, entry: Any, cells: Mapping[str, str]) -> Any:
        for group in grouped(self.columns):
            if any(each.text(entry) != cells[each.key] for each in group):
                set_group(entry, group, cells)
        return entry


def grouped(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns by the list they share, or alone, in order."""
    found: dict[Names, list[Column]] = {}
    for column in columns:
        found.setdefault(column.group, []).append(column)
    return list(found.values())


def set_group(record: CommentedMap, group: Sequence[Column], cells: Mapping[str, str]) -> None:
    """Write the cells of one group into a record; empty cells take their keys away."""
    first = group[0]
    if any(cells[each.key] == TOO_LONG for each in group):
        return
    if first.list_at is None:
        _put(record, first.path, cells[first.key] or None)
        return
    lines = {each.rest: cells[each.key].split("\n") for each in group}
    count = (
        max(len(each) for each in lines.values()) if any(cells[each.key] for each in group) else 0
    )
    there = _get(record, first.group)
    entries = there if isinstance(there, CommentedSeq) else CommentedSeq()
    for number in range(count):
        values = {rest: each[number] if number < len(each) else "" for rest, each in lines.items()}
        _set_entry(entries, number, values)
    del entries[count:]
    if there is None or not entries:
        _put(record, first.group, entries or None)


def _set_entry(entries: CommentedSeq, number: int, values: Mapping[Names, str]) -> None:
    if () in values:
        if number == len(entries):
            entries.append(values[()])
        elif entries[number] != values[()]:
            entries[number] = values[()]
        return
    if number == len(entries):
        entries.append(CommentedMap())
    for rest, text in values.items():
        _put(entries[number], rest, text or None)


def _record_at(data: Any, path: Path) -> CommentedMap:
    for number, step in enumerate(path):
        if isinstance(step, int) and step == len(data):
            data.append(CommentedMap())
        elif isinstance(step, str) and step not in data:
            data[step] = CommentedSeq() if isinstance(path[number + 1], int) else CommentedMap()
        data = data[step]
    found: CommentedMap = data
    return found


def _get(record: Any, path: Names) -> Any:
    for key in path:
        if not isinstance(record, CommentedMap) or key not in record:
            return None
        record = record[key]
    return record


def _put(record: CommentedMap, path: Names, value: Any) -> None:
    """Set the value at ``path``; None removes it, and what is then empty around it."""
    key, *rest = path
    if rest:
        if key not in record and value is None:
            return
        inner = record.setdefault(key, CommentedMap())
        _put(inner, tuple(rest), value)
        if not inner:
            del record[key]
    elif value is None:
        record.pop(key, None)
    elif key == CHINESE and key not in record:
        record.insert(0, key, value)
    elif record.get(key) != value:
        record[key] = value
