"""Who reads what: the ground on which a rebuild makes only what changed.

A county can be *watched*: then every value that is read from its records, and every
look into its registers, is noted for the work being done. What has read nothing that
changed would come out the same, so it need not be done again (``publishing.trace``).

Values that several pieces of work share are computed once, in a ``view`` or through
``once``; each is a piece of work of its own, and whoever uses it has read *it*. A
plain cache would hide what the second user depends on, so derived facts of a county
are never kept in one.

A watched record can also be *unread*: of a file that nobody has touched since the last
build. It has at hand what is worth remembering of it, and is filled from what its file
held when something else is asked for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, ItemsView, Iterator, Mapping, ValuesView
from contextlib import contextmanager
from functools import cache
from typing import Any, Generic, TypeVar, cast, overload

from .model import County, Origin, Record
from .parts import Extracts

T = TypeVar("T")
R = TypeVar("R", bound=Record)

Read = tuple[int | str, str]
"""What was read: ``(id(record), field)``, ``(register, key)``, ``(register, "")`` for all of
a register's keys, ``("view", name)`` or ``("prints", subject)``."""

_work: list[set[Read]] = []
"""What is being done, the innermost last; what it has read so far."""

_ORIGIN = "origin"
_FILL = "_fill"
_PRIVATE, _FIELDS_SET = "__pydantic_private__", "__pydantic_fields_set__"
_WHOLE = frozenset(("__dict__", _PRIVATE))
"""Whoever asks for these copies, compares or dumps a record: everything is read."""
_get, _set = object.__getattribute__, object.__setattr__
"""Past what a watched record notes, and past its being frozen."""
_new: Callable[[Any], Any] = object.__new__

Values = Mapping[str, Any]
"""Values of a record by field."""


@contextmanager
def recording() -> Iterator[set[Read]]:
    """Note everything read inside the block, and inside it alone."""
    reads: set[Read] = set()
    _work.append(reads)
    try:
        yield reads
    finally:
        _work.pop()


def note(read: Read) -> None:
    """Note that something was read."""
    if _work:
        _work[-1].add(read)


class Shared:
    """Results that several pieces of work use, each computed once, with what it has read."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}
        self.reads: dict[str, set[Read]] = {}
        """By the name of a result, what computing it has read."""
        self._registers: dict[str, Register] = {}
        self.extracts: Callable[[Extracts], list[Any]] = Extracts.whole
        """Gives extracts; a rebuild takes most of them over (``publishing.pieces``)."""

    def once(self, name: str, key: Hashable, make: Callable[[], T]) -> T:
        """The result ``name`` for ``key``, made by ``make`` the first time.

        ``name`` and ``key`` must say all that ``make`` depends on beside the county, in
        words that are the same in every run.
        """
        full = f"{name}:{key!r}" if key != () else name
        if full not in self._made:
            with recording() as reads:
                self._made[full] = make()
            self.reads[full] = reads
        note(("view", full))
        return cast("T", self._made[full])

    def forget(self, name: str) -> None:
        """Let go of a result that nobody will ask for again; what it has read stays noted."""
        self._made.pop(name, None)

    def register(self, name: str, make: Callable[[], dict[str, Any]]) -> Register:
        """The derived register ``name``; see ``derived``."""
        if name not in self._registers:
            with recording() as reads:
                self._registers[name] = Register(name, make())
            self.reads[name] = reads
        return self._registers[name]


class Watching:
    """Something that keeps shared results; ``shared`` is one for all who look at a county."""

    shared: Shared

    @classmethod
    def derived(cls) -> dict[str, str]:
        """The names of its derived registers, and of the attributes that they are."""
        every = {name: each for kind in cls.__mro__ for name, each in vars(kind).items()}
        return {each.name: name for name, each in every.items() if isinstance(each, derived)}


class view(Generic[T]):  # noqa: N801  used like property
    """A derived fact of a ``Watching`` object: computed once, and noted by whoever uses it."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"{owner.__name__}.{name}"

    @overload
    def __get__(self, instance: None, owner: type) -> view[T]: ...
    @overload
    def __get__(self, instance: Watching, owner: type) -> T: ...
    def __get__(self, instance: Watching | None, owner: type) -> view[T] | T:
        if instance is None:
            return self
        return instance.shared.once(self._name, (), lambda: self._make(instance))


class derived(Generic[T]):  # noqa: N801  used like property
    """A register that follows from the lists. Who asks for an entry has read that entry alone.

    When something changes that computing it has read, it is computed anew, and only the
    entries that came out different have changed. What an entry says of records it says
    by the records themselves, of which whoever looks at them reads what is needed.
    """

    def __init__(self, make: Callable[[Any], Mapping[str, T]]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = f"{owner.__name__}.{name}"

    @overload
    def __get__(self, instance: None, owner: type) -> derived[T]: ...
    @overload
    def __get__(self, instance: Watching, owner: type) -> Mapping[str, T]: ...
    def __get__(self, instance: Watching | None, owner: type) -> derived[T] | Mapping[str, T]:
        if instance is None:
            return self
        return instance.shared.register(self.name, lambda: dict(self._make(instance)))


class Register(Mapping[str, Any]):
    """A register of a watched county, or a derived one: looking at it is noted."""

    def __init__(self, name: str, rows: dict[str, Any]) -> None:
        self._name = name
        self._rows = rows

    def __getitem__(self, key: str) -> Any:
        note((self._name, key))
        return self._rows[key]

    def get(self, key: str, default: Any = None) -> Any:
        note((self._name, key))
        return self._rows.get(key, default)

    def __contains__(self, key: object) -> bool:
        note((self._name, str(key)))
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        note((self._name, ""))
        return iter(self._rows)

    def __len__(self) -> int:
        note((self._name, ""))
        return len(self._rows)

    def values(self) -> ValuesView[Any]:
        note((self._name, ""))
        return self._rows.values()

    def items(self) -> ItemsView[str, Any]:
        note((self._name, ""))
        return self._rows.items()


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


def unread(kind: type[R], at_hand: Values, origin: Origin, fill: Callable[[], Record]) -> R:
    """A watched record that knows its fields ``at_hand``; ``fill`` gives it with all of them.

    ``fill`` is called when another field is asked for, once.
    """
    made: R = _new(watched_class(kind))
    _set(made, "__dict__", dict(at_hand))
    _set(made, "__pydantic_extra__", None)
    _set(made, _PRIVATE, {"_origin": origin, _FILL: fill})
    return made


def _filled(record: Record) -> bool:
    """Give an unread record the rest of its values; False when it has them."""
    try:
        fill = _get(record, _PRIVATE).pop(_FILL, None)
    except AttributeError:  # it is being made
        return False
    if fill is None:
        return False
    read = fill()
    _set(record, "__dict__", dict(read.__dict__))  # whole: their order counts in a dump
    _set(record, _FIELDS_SET, read.model_fields_set)
    return True


def _watched_record(record: Record) -> Record:
    kind = type(record)
    if plain_class(kind) is not kind:
        return record
    values = {name: _watched_value(value) for name, value in record.__dict__.items()}
    made: Record = watched_class(kind).model_construct(record.model_fields_set, **values)
    return made.placed(record.origin)


def _watched_value(value: Any) -> Any:
    if isinstance(value, tuple) and value and isinstance(value[0], Record):
        return tuple(_watched_record(each) for each in value)
    return value


def plain_class(kind: type[Record]) -> type[Record]:
    """The class of records that are not watched."""
    return _PLAIN.get(kind, kind)


_PLAIN: dict[type[Record], type[Record]] = {}
"""By watched class."""


@cache
def watched_class(kind: type[R]) -> type[R]:
    """The class itself, except that reading one of its fields is noted, and fills the record."""
    fields = frozenset((*kind.model_fields, _ORIGIN))
    plain: Any = kind

    def read(self: Record, name: str) -> Any:
        if name in fields:
            if _work:
                _work[-1].add((id(self), name))
        elif name in _WHOLE:
            _filled(self)
            if _work:
                _work[-1].update((id(self), field) for field in fields)
        return _get(self, name)

    def missing(self: Record, name: str) -> Any:
        """What is not there, or not yet."""
        if (name in fields or name == _FIELDS_SET) and _filled(self):
            return _get(self, name)
        return plain.__getattr__(self, name)

    body = {
        "__module__": kind.__module__,
        "__qualname__": kind.__qualname__,
        "__doc__": kind.__doc__,
        "__getattribute__": read,
        "__getattr__": missing,
        "model_config": {"defer_build": True},
    }
    metaclass: Any = type(kind)
    made = cast("type[R]", metaclass(kind.__name__, (kind,), body))
    _PLAIN[made] = kind
    return made
