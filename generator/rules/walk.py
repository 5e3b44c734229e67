"""Ways through a county that several rules take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from generator.model import Basis, County, Item, Origin, Path, Phrase, Place, Record, Text


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


_remembered: list[dict[int, tuple[tuple[Path, Any], ...]]] = []


@contextmanager
def remembered() -> Iterator[None]:
    """Inside the block, what a record says is looked up once for all rules.

    Records must live as long as the block.
    """
    _remembered.append({})
    try:
        yield
    finally:
        _remembered.pop()


def texts(record: Record) -> Iterator[tuple[Path, Text]]:
    """Every text of a record with its path inside the record."""
    return ((path, value) for path, value in _said(record) if isinstance(value, Text))


def strings(record: Record) -> Iterator[tuple[Path, str]]:
    """Every string of a record a reader can see: texts in each language, and phrases."""
    for path, value in _said(record):
        if isinstance(value, Text):
            for language, text in value.root.items():
                yield (*path, language), text
        else:
            yield path, value


def _said(record: Record) -> tuple[tuple[Path, Any], ...]:
    """The texts and phrases of a record."""
    if not _remembered:
        return tuple(_readable(record, ()))
    known = _remembered[-1]
    if id(record) not in known:
        known[id(record)] = tuple(_readable(record, ()))
    return known[id(record)]


def _readable(value: Any, path: Path, *, is_phrase: bool = False) -> Iterator[tuple[Path, Any]]:
    """Texts and phrases; ids, codes, dates and choices are not for reading."""
    if isinstance(value, Text) or (is_phrase and isinstance(value, str)):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            phrase = name in _phrases(type(value))
            yield from _readable(getattr(value, name), (*path, name), is_phrase=phrase)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _readable(each, (*path, key), is_phrase=is_phrase)
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _readable(each, (*path, number), is_phrase=is_phrase)


@cache
def _phrases(kind: type[BaseModel]) -> frozenset[str]:
    """The fields of a record that hold phrases."""
    hints = get_type_hints(kind, include_extras=True)
    return frozenset(name for name in kind.model_fields if Phrase in _inside(hints[name]))


def _inside(annotation: Any) -> Iterator[Any]:
    """What an annotation is made of, through optional fields, tuples and mappings."""
    yield annotation
    if annotation != Phrase:
        for part in get_args(annotation):
            yield from _inside(part)


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
