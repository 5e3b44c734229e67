"""Which sheets a county's workbook has, and what stands in them.

A record (an item, a village, a department …) is a row; parts of items that repeat
(grounds, old advice, exceptions, differences by place) have sheets of their own, with
the item's id in front. ``county.yml`` and the decisions are not in the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, field

from generator.model import (
    ITEM_CLASSES,
    BasicItem,
    Basis,
    CooperativeItem,
    County,
    Department,
    Document,
    Exemption,
    Field,
    Item,
    ItemList,
    LifeEvent,
    OutdatedAdvice,
    Part,
    Path,
    Plate,
    Record,
    TakenBackItem,
    Township,
    Variant,
    Village,
    VillageItem,
    fields_of,
)
from generator.reading import Reading

from .columns import Column, columns

PARTS: dict[str, type[Part]] = {
    "basis": Basis,
    "outdated_advice": OutdatedAdvice,
    "exceptions": Exemption,
    "variants": Variant,
}
"""Keys of items whose entries have a sheet of their own."""

REGISTERS: dict[str, type[Record]] = {
    "item_lists": ItemList,
    "departments": Department,
    "fields": Field,
    "life_events": LifeEvent,
    "documents": Document,
    "plates": Plate,
}

FIRST: dict[type[Part], tuple[str, ...]] = {
    VillageItem: ("name", "answer", "department"),
    BasicItem: ("name", "answer"),
    CooperativeItem: ("name", "leads", "lead_duty", "township_duty"),
    TakenBackItem: ("name", "taken_by", "method"),
}
"""Keys that come first, in the main language, and are printed: the published table's."""


class Row(Struct, frozen=True):
    """A record or part in its file, and its cells by the name of the column."""

    file: str
    path: Path
    cells: dict[str, str]


class Table(Struct, frozen=True):
    """One sheet. ``kind`` is the class of what its rows hold."""

    key: str
    """Its name for machines: ``items/can-do``, ``basis``, ``places``."""
    kind: type[Part]
    columns: tuple[Column, ...]
    identity: tuple[str, ...]
    """Names of the columns that say which record a row is; they are locked."""
    rows: tuple[Row, ...] = field(default=())

    @property
    def printed(self) -> int:
        """How many columns from the left are printed; all of them when none come first."""
        keys = FIRST.get(self.kind)
        return len(self.identity) + len(keys) if keys else len(self.columns)

    @property
    def is_part(self) -> bool:
        """Whether its rows are parts of items, and not records."""
        return self.key in PARTS


def tables(reading: Reading, languages: Sequence[str]) -> tuple[Table, ...]:
    """Every sheet of the county in ``reading``, which must have one.

    ``languages`` are the languages with columns, the main one first.
    """
    county = reading.county
    assert county is not None
    return tuple(_Tables(reading, county, languages).all())


class _Tables:
    def __init__(self, reading: Reading, county: County, languages: Sequence[str]) -> None:
        self._reading = reading
        self._county = county
        self._languages = languages

    def all(self) -> Iterator[Table]:
        for item_list in self._county.item_lists.values():
            yield self._items(item_list)
        for key, kind in PARTS.items():
            yield self._parts(key, kind)
        yield self._townships()
        yield self._villages()
        for key, register in REGISTERS.items():
            yield self._register(key, register)

    def _items(self, item_list: ItemList) -> Table:
        kind = ITEM_CLASSES[item_list.role]
        skipped = frozenset({"id", *(PARTS.keys() & fields_of(kind).keys())})
        found = self._first(columns(kind, self._languages, skipped), FIRST[kind])
        rows = (
            self._row(item, found, {"#id": item.id})
            for item in self._county.items.values()
            if item.list == item_list.id
        )
        identity = Column(("#id",), (("Item", "id"),))
        return Table(f"items/{item_list.id}", kind, (identity, *found), ("#id",), tuple(rows))

    def _parts(self, key: str, kind: type[Part]) -> Table:
        found = columns(kind, self._languages, frozenset())
        rows = (
            Row(item.origin.file, (key, number), {"#item": item.id, **_cells(found, data)})
            for item in self._county.items.values()
            for number, data in enumerate(self._data(item).get(key, ()))
        )
        identity = Column(("#item",), (("Item", "item"),), choices="items")
        return Table(key, kind, (identity, *found), ("#item",), tuple(rows))

    def _townships(self) -> Table:
        found = columns(Township, self._languages, frozenset({"slug", "villages"}))
        rows = (
            self._row(each, found, {"#slug": each.slug}) for each in self._county.townships.values()
        )
        identity = Column(("#slug",), (("Township", "slug"),))
        return Table("townships", Township, (identity, *found), ("#slug",), tuple(rows))

    def _villages(self) -> Table:
        found = columns(Village, self._languages, frozenset())
        rows = (
            self._row(village, found, {"#township": township.slug})
            for township, village in self._county.villages()
        )
        identity = Column(("#township",), (("Village", "township"),), choices="townships")
        return Table("villages", Village, (identity, *found), ("#township", "code"), tuple(rows))

    def _register(self, key: str, kind: type[Record]) -> Table:
        found = columns(kind, self._languages, frozenset())
        records = getattr(self._county, key).values()
        rows = (self._row(each, found, {}) for each in records)
        return Table(key, kind, found, ("id",), tuple(rows))

    def _row(self, record: Record, found: Sequence[Column], identity: dict[str, str]) -> Row:
        cells = {**identity, **_cells(found, self._data(record))}
        return Row(record.origin.file, record.origin.path, cells)

    def _data(self, record: Record | Item) -> Any:
        """The record as its file has it."""
        data = self._reading.files[record.origin.file].data
        for step in record.origin.path:
            data = data[step]
        return data

    def _first(self, found: Sequence[Column], keys: Sequence[str]) -> tuple[Column, ...]:
        """The columns with those of ``keys`` in front, in the main language."""
        order = {key: number for number, key in enumerate(keys)}
        last = len(order)

        def place(column: Column) -> int:
            is_main = column.language in (None, self._languages[0])
            return order.get(column.path[0], last) if is_main else last

        return tuple(sorted(found, key=place))


def _cells(found: Sequence[Column], data: Any) -> dict[str, str]:
    return {column.key: column.text(data) for column in found}
