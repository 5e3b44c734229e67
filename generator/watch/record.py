"""Watched records: reading one of their values is noted.

A watched record can also be *unread*: of a file that nobody has touched since the last
build. It has at hand what is worth remembering of it, and is filled from what its file
held when something else is asked for. Texts at hand are plain data until they are asked for.
"""

from __future__ import annotations

import dataclasses
from abc import ABCMeta
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from generator.model import County, Origin, Record, Text

from .noting import ALL, IF_ANY, Register, note, work

R = TypeVar("R", bound=Record)

_ORIGIN = "origin"
_FILL, _TEXTS = "_fill", "_texts"
_PRIVATE, _FIELDS_SET = "__pydantic_private__", "__pydantic_fields_set__"
_BEHIND = frozenset(("__dict__", _PRIVATE))
"""Whoever asks for these copies, compares or dumps a record: everything is read."""
_get, _set = object.__getattribute__, object.__setattr__
"""Past what a watched record notes, and past its being frozen."""
_new: Callable[[Any], Any] = object.__new__

Values = Mapping[str, Any]
"""Values of a record by field."""


def watched(county: County) -> County:
    """The same county, whose every reading is noted."""
    parts: dict[str, Any] = {
        each.name: _watched_part(each.name, getattr(county, each.name))
        for each in dataclasses.fields(county)
    }
    return dataclasses.replace(county, **parts)


def records(county: County) -> Iterator[tuple[str, str, Record]]:
    """Every record with its register and key; the villages as a register of their own."""
    for each in dataclasses.fields(county):
        part = getattr(county, each.name)
        if isinstance(part, Record):
            yield each.name, "", part
            continue
        for key, record in part.items():
            yield each.name, key, record
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
    made = _empty(kind, {"_origin": origin, _FILL: fill, _TEXTS: texts})
    _set(made, "__dict__", dict(at_hand))
    return made


def _empty(kind: type[R], private: dict[str, Any]) -> R:
    """A watched record that has no values yet."""
    made: R = _new(watched_class(kind))
    _set(made, "__pydantic_extra__", None)
    _set(made, _PRIVATE, private)
    return made


def _fill(record: Record, read: Record) -> None:
    """Give a watched record the values of another, whole: their order counts in a dump."""
    values = _get(read, "__dict__")
    watched = {name: _watched_value(record, name, each) for name, each in values.items()}
    _set(record, "__dict__", watched)
    _set(record, _FIELDS_SET, read.model_fields_set)


def _has_text(record: Record, field: str) -> bool:
    """Give an unread record a text that is at hand; False when it is not."""
    said = _private(record).get(_TEXTS, {}).get(field)
    if said is None:
        return False
    _get(record, "__dict__")[field] = _watched_text(record, field, said)
    return True


def _filled(record: Record) -> bool:
    """Give an unread record the rest of its values; False when it has them."""
    fill = _private(record).pop(_FILL, None)
    if fill is None:
        return False
    _fill(record, fill())
    return True


def _private(record: Record) -> dict[str, Any]:
    """What a record keeps beside its fields; nothing while it is being made."""
    try:
        found: dict[str, Any] = _get(record, _PRIVATE)
    except AttributeError:
        return {}
    return found


def _watched_record(record: Record) -> Record:
    kind = type(record)
    if plain_class(kind) is kind:
        made = _empty(kind, {"_origin": record.origin})
        _fill(made, record)
        return made
    if _FILL not in _get(record, _PRIVATE):  # a copy, perhaps, with texts of another record
        _fill(record, record)
    return record


def _watched_value(owner: Record, field: str, value: Any) -> Any:
    if isinstance(value, Text):
        return _watched_text(owner, field, value.root)
    if isinstance(value, tuple) and value and isinstance(value[0], Record):
        return tuple(_watched_record(each) for each in value)
    return value


class _WatchedText(Text):
    """A text of a watched record: in which languages it is looked at is noted.

    ``get`` and ``root`` are all the ways to what it says.
    """

    __slots__ = ("_field", "_owner", "_said")

    def get(self: Any, language: str) -> str:
        """The text in ``language``, as of any text."""
        if work:
            work[-1].add((self._owner, f"{self._field}.{language}"))
        said: str = self._said.get(language, "")
        return said

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.root == other.root

    __hash__ = None  # type: ignore[assignment]  # as no text has one


def _in_all_languages(self: Any) -> dict[str, str]:
    note((self._owner, self._field))
    said: dict[str, str] = self._said
    return said


# In its body pydantic would take this for the field's default.
_WatchedText.root = property(_in_all_languages)  # type: ignore[assignment]


def _watched_text(owner: Record, field: str, said: dict[str, str]) -> Text:
    made: Text = _new(_WatchedText)
    _set(made, "_owner", id(owner))
    _set(made, "_field", field)
    _set(made, "_said", said)
    return made


def plain_class(kind: type[Record]) -> type[Record]:
    """The class of records that are not watched."""
    return _PLAIN.get(kind, kind)


_PLAIN: dict[type[Record], type[Record]] = {}
"""By watched class."""


_TEXT = (Text, Text | None)


def _noted_as(name: str, kind: type[Record]) -> str:
    """What is noted when a field is read: of a text no more than whether there is one."""
    field = kind.model_fields.get(name)
    if field is None or field.annotation not in _TEXT:
        return name
    return "" if field.is_required() else f"{name}{IF_ANY}"


@cache
def watched_class(kind: type[R]) -> type[R]:
    """The class itself, except that reading one of its fields is noted, and fills the record."""
    fields = frozenset((*kind.model_fields, _ORIGIN))
    noted = {name: seen for name in fields if (seen := _noted_as(name, kind))}
    plain: Any = kind

    def read(self: Record, name: str) -> Any:
        if name in noted:
            if work:
                work[-1].add((id(self), noted[name]))
        elif name in _BEHIND:
            _filled(self)
            note((id(self), ALL))
        return _get(self, name)

    def missing(self: Record, name: str) -> Any:
        """What is not there, or not yet."""
        if name in fields and (_has_text(self, name) or _filled(self)):
            return _get(self, name)
        if name == _FIELDS_SET and _filled(self):
            return _get(self, name)
        return plain.__getattr__(self, name)

    body = {
        "__module__": kind.__module__,
        "__qualname__": kind.__qualname__,
        "__doc__": kind.__doc__,
        "__getattribute__": read,
        "__getattr__": missing,
    }
    # Past pydantic, which would look through all fields again: they are those of the class.
    made: type[R] = ABCMeta.__new__(type(kind), kind.__name__, (kind,), body)
    _PLAIN[made] = kind
    return made
