"""Ways through a county that several rules take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from generator.model import Basis, County, Item, Origin, Path, Place, Record, Text


def records(county: County) -> Iterator[Record]:
    """Every record, in the order of the files."""
    yield county.profile
    for register in (
        county.item_lists,
        county.departments,
        county.fields,
        county.life_events,
        county.documents,
        county.plates,
        county.procedures,
        county.townships,
        county.items,
        county.decisions,
    ):
        yield from register.values()


def texts(record: Record) -> Iterator[tuple[Path, Text]]:
    """Every text of a record with its path inside the record."""
    for path, value in _values(record, ()):
        if isinstance(value, Text):
            yield path, value


def strings(record: Record) -> Iterator[tuple[Path, str]]:
    """Every string of a record a reader can see: texts in each language, and phrases."""
    for path, value in _values(record, ()):
        if isinstance(value, Text):
            for language, text in value.languages():
                yield (*path, language), text
        elif isinstance(value, str) and "said_as" in path:
            yield path, value


def _values(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Text) or not isinstance(value, BaseModel | dict | tuple):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _values(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _values(each, (*path, key))
    else:
        for number, each in enumerate(value):
            yield from _values(each, (*path, number))


def places(county: County) -> Iterator[Place]:
    """Every township and village."""
    for township in county.townships.values():
        yield township
        yield from township.villages


def place_codes(county: County) -> frozenset[str]:
    """The codes that a scope may name."""
    return frozenset((county.profile.code, *(place.code for place in places(county))))


def bases(county: County) -> Iterator[tuple[Item, Origin, Basis]]:
    """Every basis of every item with its place."""
    for item in county.items.values():
        for number, basis in enumerate(item.basis):
            yield item, item.origin.at("basis", number), basis
