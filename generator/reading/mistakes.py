"""What is wrong with data that is no record of its kind: every mistake, each at its place.

msgspec stops at the first mistake and says it in English; a clerk gets all of them at once.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from msgspec import Meta, Struct, ValidationError, convert

from generator.model import CHINESE, Date, Languages, Part, Path, Text, fields_of

T = TypeVar("T")


class Mistake(Struct, frozen=True):
    """One value that cannot stand where it stands."""

    rule: str
    path: Path
    """Where, from the top of the record."""
    value: Any = None
    pattern: str = ""
    """What a string has to look like."""
    allowed: tuple[str, ...] = ()
    """The only words that may stand there; for a key, those that may still be written."""


def mistakes(data: Any, kind: type[Part], path: Path = ()) -> Iterator[Mistake]:
    """Every mistake in what should be a record or part of ``kind``, in the order of its keys."""
    if not isinstance(data, Mapping):
        yield Mistake("shape-not-mapping", path, data)
        return
    fields = fields_of(kind)
    for name, info in fields.items():
        if name in data:
            yield from _in_value(data[name], info.type, (*path, name))
        elif info.required:
            yield Mistake("shape-missing-key", (*path, name))
    usable = tuple(name for name in fields if name not in data)
    for name in data:
        if name not in fields:
            yield Mistake("shape-unknown-key", (*path, name), allowed=usable)


def _in_value(value: Any, annotation: Any, path: Path) -> Iterator[Mistake]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):  # a key that may be left out
        said = next(each for each in arguments if each is not types.NoneType)
        yield from _in_value(value, said, path)
    elif origin is tuple:
        yield from _in_sequence(value, arguments[0], path)
    elif origin is dict:
        yield from _in_mapping(value, arguments, path)
    elif origin is Literal:
        if value not in arguments:
            yield Mistake("shape-not-allowed", path, value, allowed=arguments)
    elif origin is Annotated:
        yield from _in_scalar(value, arguments[0], arguments[1], path)
    elif annotation is Text:
        yield from _in_text(value, path)
    elif isinstance(annotation, type) and issubclass(annotation, Part):
        yield from mistakes(value, annotation, path)
    else:
        yield from _in_scalar(value, annotation, Meta(), path)


def _in_sequence(data: Any, of: Any, path: Path) -> Iterator[Mistake]:
    if not isinstance(data, list):
        yield Mistake("shape-not-sequence", path, data)
        return
    for number, each in enumerate(data):
        yield from _in_value(each, of, (*path, number))


def _in_mapping(data: Any, of: tuple[Any, ...], path: Path) -> Iterator[Mistake]:
    if not isinstance(data, Mapping):
        yield Mistake("shape-not-mapping", path, data)
        return
    keys, values = of
    for key, each in data.items():
        yield from _in_value(key, keys, (*path, key))
        yield from _in_value(each, values, (*path, key))


def _in_text(data: Any, path: Path) -> Iterator[Mistake]:
    found = list(_in_value(data, Languages, path))
    yield from found
    if not found and CHINESE not in data:
        yield Mistake("shape-chinese-missing", path, data)


def _in_scalar(value: Any, kind: type[Any], limits: Meta, path: Path) -> Iterator[Mistake]:
    if kind is str:
        yield from _in_string(value, limits, path)
    elif kind is int:
        yield from _in_number(value, limits, path)
    elif kind is bool:
        if _read_as(bool, value) is None:
            yield Mistake("shape-not-boolean", path, value)
    elif kind is Date:
        yield from _in_date(value, path)
    else:
        raise TypeError(f"no list holds a {kind}")


def _in_string(value: Any, limits: Meta, path: Path) -> Iterator[Mistake]:
    if not isinstance(value, str):
        yield Mistake("shape-not-text", path, value)
    elif len(value) < (limits.min_length or 0):
        yield Mistake("shape-empty-text", path, value)
    elif limits.max_length is not None and len(value) > limits.max_length:
        yield Mistake("shape-too-long", path, value)
    elif limits.pattern is not None and re.search(limits.pattern, value) is None:
        yield Mistake("shape-pattern", path, value, limits.pattern)


def _in_number(value: Any, limits: Meta, path: Path) -> Iterator[Mistake]:
    number = _read_as(int, value)
    if number is None:
        yield Mistake("shape-not-number", path, value)
    elif not _is_within(number, limits):
        yield Mistake("shape-invalid", path, value)


def _read_as(kind: type[T], value: Any) -> T | None:
    """What msgspec takes a value, or the string that stands in the file, for; None for nothing."""
    try:
        return convert(value, kind, strict=False)
    except ValidationError:
        return None


def _is_within(number: int, limits: Meta) -> bool:
    if limits.gt is not None:
        return number > limits.gt
    return limits.ge is None or number >= limits.ge


def _in_date(value: Any, path: Path) -> Iterator[Mistake]:
    try:
        Date.parse(str(value))
    except ValueError:
        yield Mistake("shape-date", path, value)
