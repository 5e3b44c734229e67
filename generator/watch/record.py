"""Watched records: reading one of their values is noted.

A watched record can also be *unread*: of a file that nobody has touched since the last
build. It has at hand what is worth remembering of it, and is filled from what its file
held when something else is asked for. Texts at hand are plain data until they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from msgspec.structs import force_setattr, replace

from generator.model import County, Origin, Record, Text

from .noting import ALL, IF_ANY, Register, note, work

R = TypeVar("R", bound=Record)

_UNREAD: Any = object()
"""Stands in a field that has not been read."""
_FILL, _TEXTS = "fill", "texts"
"""Beside the fields of an unread record: what gives it whole, and its texts at hand."""
_get = object.__getattribute__
"""Past what a watched record notes."""

Values = Mapping[str, Any]
"""Values of a record by field."""


def watched(county: County) -> County:
    """The same county, whose every reading is noted."""
    parts: dict[str, Any] = {
        name: _watched_part(name, getattr(county, name)) for name in county.__struct_fields__
    }
    return replace(county, **parts)


def records(county: County) -> Iterator[tuple[str, str, Record]]:
    """Every record with its register and key; the villages as a register of their own."""
    for name in county.__struct_fields__:
        part = getattr(county, name)
        if isinstance(part, Record):
            yield name, "", part
            continue
        for key, record in part.items():
            yield name, key, record
    for _, village in county.villages():
        yield "villages", village.code, village


def _watched_part(name: str, part: Record | Mapping[str, Record]) -> Record | Register:
    if isinstance(part, Record):
        return _watched_record(part)
    if isinstance(part, Mapping):
        return Register(name, {key: _watched_record(each) for key, each in part.items()})
    raise TypeError(f"County.{name} is neither a record nor a register; it cannot be watched")


def unread(
    kind: type[R],
    at_hand: Values,
    texts: Mapping[str, dict[str, str]],
    origin: Origin,
    fill: Callable[[], Record],
) -> R:
    """A watched record that knows its fields ``at_hand``, and ``texts`` by language.

    ``fill`` gives it with all fields; it is called when another one is asked for, once.
    """
    made = _empty(kind, at_hand).placed(origin)
    made.__dict__.update({_FILL: fill, _TEXTS: texts})
    return made


def whole(record: R) -> R:
    """The record with all its values read, for whoever looks at all of them at once."""
    fill = record.__dict__.pop(_FILL, None)
    if fill is not None:
        _fill(record, fill())
    note((id(record), ALL))
    return record


def _empty(kind: type[R], at_hand: Values) -> R:
    """A watched record of which no more is read than what is ``at_hand``."""
    make: Callable[..., R] = _watched_class(kind)
    return make(**{**dict.fromkeys(kind.__struct_fields__, _UNREAD), **at_hand})


def _fill(record: Record, read: Record) -> None:
    """Give a watched record the values of another."""
    for name in type(read).__struct_fields__:
        force_setattr(record, name, _watched_value(record, name, _get(read, name)))


def _read_now(record: Record, field: str) -> Any:
    """The value of a field that was not read: a text at hand, or the file is read."""
    beside = record.__dict__
    if field in beside[_TEXTS]:
        force_setattr(record, field, _WatchedText(record, field, beside[_TEXTS][field]))
    else:
        _fill(record, beside.pop(_FILL)())
    return _get(record, field)


def _watched_record(record: Record) -> Record:
    if type(record) not in _WATCHED:
        made = _empty(type(record), {}).placed(record.origin)
        _fill(made, record)
        return made
    if _FILL not in record.__dict__:  # a copy, perhaps, with texts of another record
        _fill(record, record)
    return record


def _watched_value(owner: Record, field: str, value: Any) -> Any:
    if isinstance(value, Text):
        return _WatchedText(owner, field, value.by_language)
    if isinstance(value, tuple) and value and isinstance(value[0], Record):
        return tuple(_watched_record(each) for each in value)
    return value


class _WatchedText(Text):
    """A text of a watched record: in which languages it is looked at is noted.

    ``get`` and ``by_language`` are all the ways to what it says.
    """

    __slots__ = ("_field", "_owner", "_said")

    def __init__(self, owner: Record, field: str, said: dict[str, str]) -> None:
        self._owner = id(owner)
        self._field = field
        self._said = said

    def get(self, language: str) -> str:
        """The text in ``language``, as of any text."""
        if work:
            work[-1].add((self._owner, f"{self._field}.{language}"))
        return self._said.get(language, "")

    @property
    def by_language(self) -> dict[str, str]:  # type: ignore[override]
        """All that it says, as of any text."""
        note((self._owner, self._field))
        return self._said


_WATCHED: set[type[Record]] = set()
"""The classes of watched records."""


def _noted(kind: type[Record]) -> dict[str, str]:
    """What is noted when a field is read: of a text no more than whether there is one."""
    # As written: to find out what annotations mean takes longer than all that a rebuild reads.
    written = {
        name: annotation
        for each in reversed(kind.__mro__)
        for name, annotation in vars(each).get("__annotations__", {}).items()
    }
    noted = {
        name: f"{name}{IF_ANY}" if written[name] == "Text | None" else name
        for name in kind.__struct_fields__
        if written[name] != "Text"
    }
    return {**noted, "origin": "origin"}


@cache
def _watched_class(kind: type[R]) -> type[R]:
    """The class itself, except that reading one of its fields is noted, and fills the record."""
    noted = _noted(kind)
    plain: Any = kind

    def read(self: Record, name: str) -> Any:
        if work and name in noted:
            work[-1].add((id(self), noted[name]))
        value = _get(self, name)
        return value if value is not _UNREAD else _read_now(self, name)

    def replaced(self: Record, **values: Any) -> Any:
        return plain.replaced(whole(self), **values)

    def same(self: Record, other: object) -> Any:
        if isinstance(other, type(self)):
            whole(other)
        return plain.__eq__(whole(self), other)

    body = {
        "__module__": kind.__module__,
        "__qualname__": kind.__qualname__,
        "__doc__": kind.__doc__,
        "__getattribute__": read,
        "replaced": replaced,
        # msgspec compares fields without reading them as others do.
        "__eq__": same,
        "__hash__": None,
    }
    made: type[R] = type(plain)(kind.__name__, (kind,), body)
    _WATCHED.add(made)
    return made
