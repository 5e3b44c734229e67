"""One file of a site as a piece of work, and how to know that its making is the same as before."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from generator.edition import Edition, SiteFile
from generator.language import Language
from generator.model import Record
from generator.watch import Shared

from .memory import file_hash

_PLAIN = (str, int, float, bool, bytes, type(None), datetime.date, PurePath)
_PER_BUILD = (Edition, Language, Shared)
"""What one build has one of: the same in two builds of one fingerprint, but for the lists."""


class UnknownError(TypeError):
    """Something that work was made from, and of which nobody knows whether it is the same."""


@dataclass(frozen=True)
class Work:
    """The making of one file."""

    path: str
    """Below the site's root."""
    made_from: object
    """What ``make`` knows beside the lists: a ``PageSource``, a ``SiteFile``."""
    make: Callable[[], bytes]

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


def _identity(value: Any, names: Mapping[int, str]) -> Any:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Record):
        return _known(value, names)
    if isinstance(value, _PER_BUILD):
        return type(value).__name__
    if isinstance(value, tuple | list | dict | set | frozenset):
        return [type(value).__name__, *_identity_of_parts(value, names)]
    return _identity_of_code(value, names)


def _identity_of_parts(value: Any, names: Mapping[int, str]) -> list[Any]:
    if isinstance(value, dict):
        return [(_identity(k, names), _identity(v, names)) for k, v in value.items()]
    parts = [_identity(each, names) for each in value]
    return sorted(map(repr, parts)) if isinstance(value, set | frozenset) else parts


def _identity_of_code(value: Any, names: Mapping[int, str]) -> Any:
    if isinstance(value, types.FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        enclosed = [_identity(each, names) for each in (cells, value.__defaults__ or ())]
        return [value.__module__, value.__qualname__, *enclosed]
    if isinstance(value, types.MethodType):
        return ["method", value.__name__, _identity(value.__self__, names)]
    if isinstance(value, functools.partial):
        parts = (value.func, value.args, value.keywords)
        return ["partial", *(_identity(each, names) for each in parts)]
    if isinstance(value, type):
        return [value.__module__, value.__qualname__]
    if dataclasses.is_dataclass(value):
        fields = [getattr(value, each.name) for each in dataclasses.fields(value)]
        return [type(value).__qualname__, *(_identity(each, names) for each in fields)]
    raise UnknownError(repr(type(value)))


def _known(record: Record, names: Mapping[int, str]) -> str:
    """The record's name; a copy that somebody changed has none."""
    if id(record) not in names:
        raise UnknownError(type(record).__name__)
    return names[id(record)]
