"""What the last build read, what changed since, and so what must be made again.

The argument: a file is made by code from values. The code, the templates and
everything else outside the lists are one fingerprint; when it differs, everything is
made. With the same fingerprint a file can only differ if a value that its making read
is different, or if it was made from something else; ``watch`` notes every value read,
``Work.identity`` says what it was made from. What is in doubt counts as changed.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping, MutableMapping
from typing import Any, NamedTuple

from msgspec import Struct, field

from generator.model import County, Record, encoded
from generator.paper import Prints
from generator.reading import Reading, Remembered, different
from generator.watch import ALL, IF_ANY, Read, Shared, records, whole

Row = list[Any]
"""One record: its class, the hash of all its values, whether they are those of its file alone,
and where it was read: the file and the path in it."""
Rows = dict[str, dict[str, Row]]
"""By register and key."""


def rows(county: County, reading: Reading, before: Rows) -> Rows:
    """Every record of a county that was made from what was read; ``before`` in the last build.

    The ledger may put an item elsewhere than its file says; then a change of the file
    does not tell what changed in the item.
    """
    assert reading.county is not None
    read = {id(record) for _, _, record in records(reading.county)}
    items = before.get("items", {})
    known = {key: items[key] for key in reading.unread if key in items and _is_plain(items[key])}
    found: Rows = {}
    for register, key, record in records(county):
        is_known = key in known and record is reading.unread[key]
        row = known[key] if is_known else _row(record, is_plain=id(record) in read)
        found.setdefault(register, {})[key] = row
    return found


def _row(record: Record, *, is_plain: bool) -> Row:
    origin = record.origin
    return [type(record).__name__, _digest(record), is_plain, origin.file, *origin.path]


def _is_plain(row: Row) -> bool:
    return bool(row[2])


def _digest(record: Record) -> str:
    return _hash(encoded(whole(record)))


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def record_names(county: County) -> dict[int, str]:
    """The name of every record by its ``id``: ``items/death-proof``."""
    return {id(record): f"{register}/{key}" for register, key, record in records(county)}


Name = tuple[str, str]
"""An owner and a field, see ``watch.Read``: ``("items/death-proof", "answer.zh")``. A look into
a register, a shared result and the sheets of a page have no field: ``("items/death-proof", "")``.
"""

MOST_FIELDS = 4096
"""Enough for 22 texts in 180 languages; and there may be a million owners."""
_VIEW = "view/"


class Stale(NamedTuple):
    """What has read something that changed."""

    files: Mapping[str, set[int]]
    """With what each has read that changed, as a ``Trace`` numbers it."""
    shared: set[str]
    """Names of shared results."""


class Trace(Struct):
    """What each file and each shared result has read.

    Reads are numbers: that of the owner times ``MOST_FIELDS``, and that of the field. There
    are millions of them, so they stand in arrays.
    """

    owners: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=lambda: [""])
    made_from: MutableMapping[str, str] = field(default_factory=dict)
    """By file, the identity of its work."""
    reads: MutableMapping[str, array[int]] = field(default_factory=dict)
    """By file."""
    shared: MutableMapping[str, array[int]] = field(default_factory=dict)
    """By name of a shared result."""
    groups: MutableMapping[str, str] = field(default_factory=dict)
    """By group of works, their paths, a line each."""

    def stale(self, changed: set[Name]) -> Stale:
        """The files, and the shared results, whose making read something in ``changed``.

        An owner without a field stands for all its fields.
        """
        numbers = self._numbers(changed)
        shared = self._stale_shared(numbers)
        numbers.update(shared.values())
        read = ((path, numbers.intersection(reads)) for path, reads in self.reads.items())
        return Stale({path: found for path, found in read if found}, {*shared})

    def _numbers(self, names: set[Name]) -> set[int]:
        owners = {name: number for number, name in enumerate(self.owners)}
        fields = {name: number for number, name in enumerate(self.fields)}
        numbers: set[int] = set()
        for owner, part in names:
            first = owners.get(owner, -1) * MOST_FIELDS
            parts = (part, ALL) if part else fields
            if first >= 0:
                numbers.update(first + fields[each] for each in parts if each in fields)
        return numbers

    def _stale_shared(self, numbers: set[int]) -> dict[str, int]:
        """The shared results that read something stale, directly or through others.

        With the number by which others have read it, -1 where nobody has.
        """
        views = {
            name.removeprefix(_VIEW): number * MOST_FIELDS
            for number, name in enumerate(self.owners)
            if name.startswith(_VIEW)
        }
        of_interest = {*numbers, *views.values()}
        waiting = {name: of_interest.intersection(each) for name, each in self.shared.items()}
        known = set(numbers)
        stale: dict[str, int] = {}
        while found := [name for name, reads in waiting.items() if known & reads]:
            for name in found:
                del waiting[name]
                stale[name] = views.get(name, -1)
            known.update(stale.values())
        return stale


def numbers_as_text(reads: array[int]) -> str:
    """Numbers as they stand in text: a third shorter than in digits, and faster to read."""
    return b64encode(reads.tobytes()).decode("ascii")


class Recorder:
    """Adds what one build reads to what is still known from the last one."""

    def __init__(self, trace: Trace, records: Mapping[int, str]) -> None:
        self.trace = trace
        self.records = records
        self._owners = {name: number for number, name in enumerate(trace.owners)}
        self._fields = {name: number for number, name in enumerate(trace.fields)}
        self._shared: set[str] = set()
        """Shared results of which was noted what they have read."""

    def note(self, path: str, identity: str | None, reads: set[Read]) -> None:
        """Note what a file was made from; without an identity it is made anew each time."""
        if identity is not None:
            self.trace.reads[path] = self.numbered(reads)
            self.trace.made_from[path] = identity
        else:
            self.trace.reads.pop(path, None)
            self.trace.made_from.pop(path, None)

    def regroup(self, groups: Mapping[str, str], known: Mapping[str, str]) -> None:
        """Note which groups there are, with their paths; ``known`` were there before."""
        for name in known.keys() - groups.keys():
            del self.trace.groups[name]
            self.trace.shared.pop(name, None)
        self.trace.groups.update(groups.items() - known.items())

    def note_shared(self, name: str, reads: set[Read]) -> None:
        """Note what a shared result has read."""
        self.trace.shared[name] = self.numbered(reads)
        self._shared.add(name)

    def note_all(self, shared: Shared, stale: Collection[str]) -> None:
        """Note what shared results have read that were computed since.

        Of those that are not ``stale`` it is known, for nothing that they have read changed.
        """
        while shared.reads:
            name, reads = shared.reads.popitem()
            if name in stale or name not in self.trace.shared:
                self.note_shared(name, reads)

    def close(self, paths: Collection[str], shared: Shared, stale: Collection[str]) -> None:
        """Note what shared results have read, and forget files that are no more.

        Stale results that nobody asked for are forgotten too: they are not what they were, and
        when somebody asks for them again, they will have read something else.
        """
        self.note_all(shared, stale)
        for name in {*stale} - self._shared:
            self.trace.shared.pop(name, None)
        for path in self.trace.reads.keys() - paths:
            del self.trace.reads[path], self.trace.made_from[path]

    def numbered(self, reads: set[Read]) -> array[int]:
        """Reads as numbers. What is read from a record of no name came from a shared result."""
        numbers = array("I")
        for owner, part in reads:
            if not isinstance(owner, int):
                numbers.append(self._number(f"{owner}/{part}", ""))
            elif owner in self.records:
                numbers.append(self._number(self.records[owner], part))
        return numbers

    def _number(self, owner: str, part: str) -> int:
        if owner not in self._owners:
            self._owners[owner] = len(self.trace.owners)
            self.trace.owners.append(owner)
        if part not in self._fields:
            self._fields[part] = len(self.trace.fields)
            self.trace.fields.append(part)
        return self._owners[owner] * MOST_FIELDS + self._fields[part]


def print_hashes(prints: Prints) -> dict[str, str]:
    """By subject a hash of its sheets; under ``""`` of all."""
    every = {**prints.by_subject, "": prints.sheets}
    return {subject: _hash(repr(sheets).encode()) for subject, sheets in every.items()}


def changed_prints(old: Mapping[str, str], new: Mapping[str, str]) -> set[Name]:
    """The names of the sheets that are not what they were."""
    return {
        (f"prints/{key}", "") for key in old.keys() | new.keys() if old.get(key) != new.get(key)
    }


def changed(old_rows: Rows, old: Remembered, new_rows: Rows, new: Remembered) -> set[Name]:
    """The names of everything in the lists that is not what it was."""
    found: set[Name] = set()
    for register in old_rows.keys() | new_rows.keys():
        before, now = old_rows.get(register, {}), new_rows.get(register, {})
        if list(before) != list(now):
            found.add((f"{register}/", ""))
        found.update((f"{register}/{key}", "") for key in before.keys() ^ now.keys())
        for key in before.keys() & now.keys():
            if before[key] is not now[key]:
                parts = _changed_parts(before[key], old, now[key], new)
                found.update((f"{register}/{key}", part) for part in parts)
    return found


def _changed_parts(old: Row, before: Remembered, new: Row, now: Remembered) -> Iterator[str]:
    """The fields of a record that differ; all of it, when its file does not tell which."""
    (old_class, old_digest, old_plain, old_file, *old_path) = old
    (new_class, new_digest, new_plain, new_file, *new_path) = new
    if (old_file, old_path) != (new_file, new_path):
        yield "origin"
    if (old_class, old_digest) == (new_class, new_digest):
        return
    # What a record has of its file's name (the slug of a township) no file tells.
    is_told = old_plain and new_plain and old_file == new_file and new_file in now.texts
    if old_class != new_class or not is_told:
        yield ""
        return
    old_data, new_data = _at(before.texts[old_file], old_path), _at(now.texts[new_file], new_path)
    for name in different(old_data, new_data):
        yield from _changed_inside(name, old_data.get(name), new_data.get(name))


def _changed_inside(name: str, old: Any, new: Any) -> Iterator[str]:
    """What differs in a field that does; if it is a text, languages or whether there is one."""
    yield name
    if isinstance(old, dict) and isinstance(new, dict):
        yield from (f"{name}.{language}" for language in different(old, new))
    else:
        yield f"{name}{IF_ANY}"


def _at(text: str, path: list[Any]) -> Any:
    data = json.loads(text)
    for part in path:
        data = data[part]
    return data
