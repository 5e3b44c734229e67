"""Rows that builds leave for each other: what is asked for is read, what changed is written.

They stand in a SQLite file. Beside it lies its seal, the hash of its bytes; without the
right seal the rows are not believed. Who wants to write breaks the seal first and renews it
last, so whatever stops a build in between leaves rows that nobody believes.

A ``Part`` of a store is a mapping of text to values. To remember something more, add a part
to ``Memory``: nothing else has to know.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from array import array
from collections.abc import (
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from itertools import chain
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")

Column = str | bytes
"""What stands in the file for a value."""

_TABLE = """
create table remembered (part text, key text, value, primary key (part, key)) without rowid
"""
_PUT = """
insert into remembered values (?, ?, ?)
on conflict (part, key) do update set value = excluded.value where value is not excluded.value
"""
"""Leaves a row alone that is the same: pages of the file that hold nothing new are not written."""

_SETTINGS = (
    "page_size = 8192",
    "journal_mode = off",
    "synchronous = off",
)
"""Most rows fit a page of this size, and keys still stand close together."""


class Form(Struct, Generic[T], frozen=True):
    """How values of a part stand in the file."""

    encoded: Callable[[T], Column]
    decoded: Callable[[Sequence[Any]], Iterable[T]]
    """Many at once: that is quicker."""


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _from_json(columns: Sequence[str]) -> list[Any]:
    found: list[Any] = json.loads(f"[{','.join(columns)}]")
    return found


def _arrays(kind: str) -> Form[array[int]]:
    return Form(array.tobytes, lambda columns: (array(kind, each) for each in columns))


PLAIN: Form[Any] = Form(_as_json, _from_json)
"""Plain data, as JSON has it; tuples come back as lists."""
TEXT: Form[str] = Form(str, iter)
NUMBERS = _arrays("I")
"""Whole numbers below 2³²."""
LONG_NUMBERS = _arrays("Q")
"""Whole numbers below 2⁶⁴."""


def tuples(kind: Callable[..., T]) -> Form[T]:
    """Named tuples of plain data."""
    return Form(_as_json, lambda columns: (kind(*each) for each in _from_json(columns)))


class Part(MutableMapping[str, T]):
    """The rows of one name. What is set or taken away is written by ``Store.save``.

    A value that was read is a copy: to change it, set it again. ``items()`` reads all rows
    at once, ``[...]`` only one. Keys come in no order that means anything.
    """

    def __init__(self, name: str, form: Form[T], rows: sqlite3.Connection | None) -> None:
        """``rows`` is where they stand; None where none do, so that nobody looks for them."""
        self.name = name
        self._form = form
        self._rows = rows
        self._new: dict[str, T] = {}
        self._gone: set[str] = set()

    def become(self, rows: Mapping[str, T], known: Mapping[str, T] = MappingProxyType({})) -> None:
        """Hold exactly these rows; of them only what differs will be written.

        ``known`` may give rows that were read before: those that are equal are passed over.
        """
        self._new = {key: row for key, row in rows.items() if key not in known or row != known[key]}
        self._gone = self._stored_keys() - rows.keys()

    def __getitem__(self, key: str) -> T:
        if key in self._new:
            return self._new[key]
        found = None if key in self._gone else self._stored(key)
        if found is None:
            raise KeyError(key)
        return next(iter(self._form.decoded(found)))

    def __setitem__(self, key: str, value: T) -> None:
        self._gone.discard(key)
        self._new[key] = value

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self._new.pop(key, None)
        self._gone.add(key)

    def __contains__(self, key: object) -> bool:
        return key in self._new or (key not in self._gone and self._stored(str(key)) is not None)

    def __iter__(self) -> Iterator[str]:
        return iter((self._stored_keys() - self._gone) | self._new.keys())

    def __len__(self) -> int:
        return len((self._stored_keys() - self._gone) | self._new.keys())

    def items(self) -> ItemsView[str, T]:
        """All rows."""
        return _Items(self)

    def all(self) -> Iterator[tuple[str, T]]:
        """All rows, read in one go."""
        found = self._found("select key, value from remembered where part = ?")
        rows = zip(
            [key for key, _ in found], self._form.decoded([each for _, each in found]), strict=True
        )
        if not self._new and not self._gone:
            return rows
        other = self._new.keys() | self._gone
        return chain((row for row in rows if row[0] not in other), self._new.items())

    def save(self, rows: sqlite3.Connection) -> None:
        """Bring ``rows`` up to date."""
        rows.executemany(
            "delete from remembered where part = ? and key = ?",
            ((self.name, key) for key in sorted(self._gone)),
        )
        new = sorted(self._new)
        encoded = self._form.encoded
        rows.executemany(_PUT, ((self.name, key, encoded(self._new[key])) for key in new))

    def _stored(self, key: str) -> tuple[Column] | None:
        found = self._found("select value from remembered where part = ? and key = ?", key)
        return found[0] if found else None

    def _stored_keys(self) -> set[str]:
        return {key for (key,) in self._found("select key from remembered where part = ?")}

    def _found(self, query: str, *values: str) -> list[Any]:
        return self._rows.execute(query, (self.name, *values)).fetchall() if self._rows else []


class _Items(ItemsView[str, T]):
    """The rows of a part; a mapping's usual way would ask for each by itself."""

    _mapping: Part[T]

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return self._mapping.all()


class Store:
    """Parts in the file at ``path``; empty ones, where nothing there may be believed."""

    def __init__(self, path: Path, *, forget: bool = False) -> None:
        self.path = path
        self._seal = path.with_suffix(".sha256")
        self.is_new = forget or not self._is_sealed()
        self._rows = None if self.is_new else _opened(path)
        self._parts: list[Part[Any]] = []

    def part(self, name: str, form: Form[T]) -> Part[T]:
        """The rows of a name."""
        made = Part(name, form, self._rows)
        self._parts.append(made)
        return made

    def break_seal(self) -> None:
        """Let nobody believe what the file holds, until it is saved."""
        self._seal.unlink(missing_ok=True)

    def save(self) -> None:
        """Write what changed, and the seal. Parts cannot be used any more.

        Raises:
            OSError: when that is not possible; then there is no seal.
        """
        self.break_seal()
        try:
            self._write()
        except sqlite3.Error as error:
            raise OSError(str(error)) from error
        new = self._seal.with_suffix(".new")
        new.write_text(_hash(self.path), "ascii")
        new.replace(self._seal)

    def _write(self) -> None:
        if self.is_new:
            self.path.unlink(missing_ok=True)
        with contextlib.closing(self._rows or _opened(self.path)) as rows:
            rows.execute("begin")
            if self.is_new:
                rows.execute(_TABLE)
            # In the order of the file: to put rows between others takes ten times as long.
            for part in sorted(self._parts, key=attrgetter("name")):
                part.save(
                    rows
                )  # in the order of the file: between other rows it takes ten times as long
            rows.execute("commit")

    def _is_sealed(self) -> bool:
        try:
            return self._seal.read_text("ascii", errors="replace") == _hash(self.path)
        except OSError:
            return False


def _opened(path: Path) -> sqlite3.Connection:
    """A file of rows.

    It needs no journal and no flushing, for it is sealed or worth nothing; and no lock,
    for who opens it holds the workspace.
    """
    place = f"{path.absolute().as_uri()}?nolock=1"
    rows = sqlite3.connect(place, isolation_level=None, uri=True)
    for setting in _SETTINGS:
        rows.execute(f"pragma {setting}")
    return rows


def _hash(path: Path) -> str:
    with path.open("rb", buffering=0) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
