"""One file of a site as a piece of work, and how to know that its making is the same as before."""

from __future__ import annotations

import datetime
import functools
import hashlib
import types
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from generator.edition import Edition, SiteFile
from generator.language import Language
from generator.model import Record
from generator.parts import Part
from generator.watch import Shared

from .files import file_hash

_PLAIN: frozenset[type] = frozenset(
    (str, int, float, bool, bytes, type(None), datetime.date, PurePath)
)
_PER_BUILD = (Edition, Language, Shared)
"""What one build has one of: the same in two builds of one fingerprint, but for the lists."""


class UnknownError(TypeError):
    """Something that work was made from, and of which nobody knows whether it is the same."""


class Work(Struct, frozen=True):
    """The making of one file."""

    path: str
    """Below the site's root."""
    made_from: object
    """What ``parts`` knows beside the lists: a ``PageSource``, a ``SiteFile``."""
    parts: Callable[[], Iterable[Part]]
    """Makes what the file consists of."""
    is_archive: bool = False
    """Whether ``parts`` are those of an archive in the plain (``zipped``)."""

    def identity(self, names: Mapping[int, str]) -> str | None:
        """A hash of ``made_from``; None when it holds something unknown.

        A copy of a file counts by that file's content.

        Records count by their names (``names``, by ``id``): what is read from them is noted
        when it is read. All else counts by its value, functions with what they enclose.
        """
        try:
            parts = _identity(self.made_from, names)
            if isinstance(self.made_from, SiteFile) and self.made_from.source:
                parts = [self.path, file_hash(self.made_from.source)]
        except UnknownError:
            return None
        return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def entry_hash(entry: Any, names: Mapping[int, str]) -> str:
    """A hash of an entry of a derived register, told apart as what works are made from."""
    return hashlib.blake2b(repr(_identity(entry, names)).encode(), digest_size=16).hexdigest()


def _identity(value: Any, names: Mapping[int, str]) -> Any:
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    return _way(kind)(value, names)


@cache
def _way(kind: Any) -> Callable[[Any, Mapping[int, str]], Any]:
    """How values of a kind are told apart."""
    for kinds, way in _WAYS:
        if issubclass(kind, kinds):
            return way
    return _unknown


def _itself(value: Any, names: Mapping[int, str]) -> Any:
    return value


def _of_build(value: Any, names: Mapping[int, str]) -> Any:
    return type(value).__name__


def _of_sequence(value: Any, names: Mapping[int, str]) -> Any:
    return [type(value).__name__, *[_identity(each, names) for each in value]]


def _of_set(value: Any, names: Mapping[int, str]) -> Any:
    return ["set", *sorted(repr(_identity(each, names)) for each in value)]


def _of_mapping(value: Any, names: Mapping[int, str]) -> Any:
    return ["dict", *[(_identity(k, names), _identity(v, names)) for k, v in value.items()]]


def _of_function(value: Any, names: Mapping[int, str]) -> Any:
    cells = [_identity(cell.cell_contents, names) for cell in value.__closure__ or ()]
    defaults = [_identity(each, names) for each in value.__defaults__ or ()]
    return [value.__module__, value.__qualname__, cells, defaults]


def _of_method(value: Any, names: Mapping[int, str]) -> Any:
    return ["method", value.__name__, _identity(value.__self__, names)]


def _of_partial(value: Any, names: Mapping[int, str]) -> Any:
    parts = (value.func, value.args, value.keywords)
    return ["partial", *[_identity(each, names) for each in parts]]


def _of_class(value: Any, names: Mapping[int, str]) -> Any:
    return [value.__module__, value.__qualname__]


def _of_fields(value: Any, names: Mapping[int, str]) -> Any:
    fields = [_identity(getattr(value, each), names) for each in value.__struct_fields__]
    return [type(value).__qualname__, *fields]


def _unknown(value: Any, names: Mapping[int, str]) -> Any:
    raise UnknownError(repr(type(value)))


def _known(record: Record, names: Mapping[int, str]) -> str:
    """The record's name; a copy that somebody changed has none."""
    if id(record) not in names:
        raise UnknownError(type(record).__name__)
    return names[id(record)]


_WAYS: tuple[tuple[tuple[type, ...], Callable[[Any, Mapping[int, str]], Any]], ...] = (
    (tuple(_PLAIN), _itself),
    ((Record,), _known),
    (_PER_BUILD, _of_build),
    ((Struct,), _of_fields),
    ((tuple, list), _of_sequence),
    ((set, frozenset), _of_set),
    ((dict,), _of_mapping),
    ((types.FunctionType,), _of_function),
    ((types.MethodType,), _of_method),
    ((functools.partial,), _of_partial),
    ((type,), _of_class),
)
