"""What every record of ``lists/`` has: a place in a file, and no unknown keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar, Self, dataclass_transform, get_args

from msgspec import NODEFAULT, Struct, StructMeta, json, structs
from msgspec.structs import FieldInfo

from .text import Text

Path = tuple[str | int, ...]
"""Keys and indexes that lead from the top of a YAML file to a value."""


class Origin(Struct, frozen=True):
    """Where a record stands: the file (relative to ``lists/``) and the path inside it."""

    file: str
    path: Path = ()

    def at(self, *path: str | int) -> Origin:
        """The origin of a value inside this record."""
        return Origin(self.file, self.path + path)


class _ByName(StructMeta):
    """Makes classes whose values are given by name alone, so that their order is free."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **kw: Any
    ) -> StructMeta:
        return super().__new__(cls, name, bases, body, kw_only=True, **kw)


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Part(Struct, metaclass=_ByName, frozen=True, forbid_unknown_fields=True):
    """A frozen mapping of known keys inside a record."""

    def replaced(self, **values: Any) -> Self:
        """The same with other ``values`` of some fields."""
        return structs.replace(self, **values)


class Record(Part, dict=True):
    """A thing with an identity of its own, read from ``lists/``."""

    plural: ClassVar[str]
    """What a group of these is called in findings and addresses, e.g. ``departments``."""

    @property
    def origin(self) -> Origin:
        """Where the record was read from."""
        found: Origin = self.__dict__.get(_ORIGIN, _NOWHERE)
        return found

    def placed(self, origin: Origin) -> Self:
        """The record itself, once it knows where it was read from."""
        self.__dict__[_ORIGIN] = origin
        return self

    def replaced(self, **values: Any) -> Self:
        """The same, read from the same place, with other ``values`` of some fields."""
        return super().replaced(**values).placed(self.origin)


_ORIGIN = "origin"
"""Beside the fields: a record's place is no part of what it says."""
_NOWHERE = Origin("")


@cache
def fields_of(kind: type[Part]) -> Mapping[str, FieldInfo]:
    """The fields of a class by name, in order."""
    return {each.name: each for each in structs.fields(kind)}


def types_in(annotation: Any) -> Iterator[Any]:
    """An annotation and all that it is made of: types, constraints, and the words of literals."""
    yield annotation
    for each in get_args(annotation):
        yield from types_in(each)


def encoded(part: Part) -> bytes:
    """All that it says as JSON, in the order of its fields."""
    return json.encode(part, enc_hook=_as_in_lists)


def _as_in_lists(value: object) -> object:
    return value.by_language if isinstance(value, Text) else str(value)


def default_of(field: FieldInfo) -> Any:
    """What stands in a field when nothing is said; ``NODEFAULT`` where something must be."""
    return field.default if field.default_factory is NODEFAULT else field.default_factory()
