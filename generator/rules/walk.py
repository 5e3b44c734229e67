"""Ways through a county that several rules take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args

from generator.model import (
    Basis,
    County,
    Item,
    Origin,
    Part,
    Path,
    Phrase,
    Place,
    Record,
    Text,
    Township,
    fields_of,
)


def records(county: County) -> Iterator[Record]:
    """Every record, in the order of the files."""
    yield county.profile
    yield county.lexicon
    for register in (
        county.item_lists,
        county.departments,
        county.fields,
        county.life_events,
        county.documents,
        county.plates,
        county.procedures,
        county.redirects,
        county.townships,
        county.items,
        county.decisions,
    ):
        yield from register.values()


def readable(record: Record) -> Iterator[tuple[Path, Any]]:
    """The texts and phrases of a record; ids, codes, dates and choices are not for reading."""
    return _of_model(record, ())


def strings(said: Iterable[tuple[Path, Any]]) -> Iterator[tuple[Path, str]]:
    """Every string among texts and phrases: a text in each language, and phrases."""
    for path, value in said:
        if isinstance(value, Text):
            for language, text in value.by_language.items():
                yield (*path, language), text
        else:
            yield path, value


def _of_model(model: Part, path: Path) -> Iterator[tuple[Path, Any]]:
    for name, is_phrase in _said_fields(type(model)):
        value = getattr(model, name)
        if value:
            yield from _inside(value, (*path, name), is_phrase=is_phrase)


def _inside(value: Any, path: Path, *, is_phrase: bool) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Text) or (is_phrase and isinstance(value, str)):
        yield path, value
    elif isinstance(value, Part):
        yield from _of_model(value, path)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _inside(each, (*path, key), is_phrase=is_phrase)
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _inside(each, (*path, number), is_phrase=is_phrase)


@cache
def _said_fields(kind: type[Part]) -> tuple[tuple[str, bool], ...]:
    """The fields of a record that may hold something to be read, and whether it is phrases."""
    parts = {name: tuple(_parts(info.type)) for name, info in fields_of(kind).items()}
    return tuple(
        (name, Phrase in inside)
        for name, inside in parts.items()
        if Phrase in inside or any(map(_may_be_said, inside))
    )


def _may_be_said(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Text | Part)


def _parts(annotation: Any) -> Iterator[Any]:
    """What an annotation is made of, through optional fields, tuples and mappings."""
    yield annotation
    if annotation != Phrase:
        for part in get_args(annotation):
            yield from _parts(part)


def places(county: County) -> Iterator[Place]:
    """Every township and village."""
    for township in county.townships.values():
        yield from places_of(township)


def places_of(township: Township) -> Iterator[Place]:
    """A township and its villages."""
    yield township
    yield from township.villages


def place_codes(county: County) -> frozenset[str]:
    """The codes that a scope may name."""
    return frozenset((county.profile.code, *(place.code for place in places(county))))


def bases(item: Item) -> Iterator[tuple[Origin, Basis]]:
    """Every basis of an item with its place."""
    for number, basis in enumerate(item.basis):
        yield item.origin.at("basis", number), basis
