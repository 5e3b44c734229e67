"""What of the lists is not as it was when they were last checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from generator.model import County, Record
from generator.reading import Reading, different

_FOLDERS = {
    "places": "townships",
    "village": "items",
    "township": "items",
    "decisions": "decisions",
    "county.yml": "profile",
}


_RECORDS = ("profile", "lexicon")
"""What is no register but one record in a file of its own."""


class Changes(Struct, frozen=True):
    """What is different."""

    files: frozenset[str]
    """List files that are new or gone, or have other bytes."""
    names: frozenset[str]
    """``items.answer``: a field of a register; ``items``: any of them, or which there are."""

    def touch(self, reads: Iterable[str]) -> bool:
        """Whether something that a rule ``reads`` is different; see ``Rule.reads``."""
        return any(self._touches(each) for each in reads)

    def _touches(self, read: str) -> bool:
        register, _, field = read.partition(".")
        if not field:
            return any(each.partition(".")[0] == register for each in self.names)
        return register in self.names or read in self.names

    def records(self, county: County) -> Iterator[Record]:
        """The records in files that are different."""
        for file in sorted(self.files):
            yield from _records(file, county)


def changes_since(reading: Reading, orders: Mapping[str, str]) -> Changes:
    """What is different from the files that the reading was given as known.

    ``orders`` is what ``key_orders`` gave of the county then.
    """
    assert reading.county is not None
    old, new = reading.remembered.files, reading.hashes
    files = {name for name, digest in new.items() if name not in old or old[name].digest != digest}
    files |= old.keys() - new.keys()
    names = {name for file in files for name in _changed(file, reading)}
    now = key_orders(reading.county)
    names |= {register for register in now if now[register] != orders.get(register)}
    return Changes(frozenset(files), frozenset(names))


def key_orders(county: County) -> dict[str, str]:
    """A hash of each register's keys in their order."""
    return {
        name: hashlib.sha256("\n".join(part).encode()).hexdigest()
        for name in county.__struct_fields__
        if not isinstance(part := getattr(county, name), Record)
    }


def register_of(file: str) -> str:
    """The name in ``County`` of the register, or record, that a list file holds."""
    top = file.partition("/")[0]
    return _FOLDERS.get(top) or top.removesuffix(".yml").replace("-", "_")


def _records(file: str, county: County) -> Collection[Record]:
    """The records of a file, found without a look into those of other files."""
    folder, _, name = file.rpartition("/")
    part: Record | Mapping[str, Record] = getattr(county, register_of(file))
    if isinstance(part, Record):
        return (part,)
    stem = name.removesuffix(".yml")
    if folder == "places":  # not by the file's name, but there are few
        return [each for each in county.townships.values() if each.slug == stem]
    if folder:
        return [part[stem]] if stem in part else []
    return part.values()


def _changed(file: str, reading: Reading) -> Iterator[str]:
    """The names of what is different in a file that is."""
    register = register_of(file)
    texts = reading.remembered.texts
    before = json.loads(texts[file]) if file in texts else None
    now = reading.files[file].data if file in reading.files else None
    is_one = "/" in file or register in _RECORDS
    old, new = (_rows(data, None if is_one else register) for data in (before, now))
    if [each.get("id") for each in old] != [each.get("id") for each in new]:
        yield register
        return
    for one, other in zip(old, new, strict=True):
        yield from (f"{register}.{key}" for key in different(one, other))


def _rows(data: Any, register: str | None) -> list[dict[str, Any]]:
    """The records of a file as plain data; none when there is no file."""
    if data is None:
        return []
    rows: list[dict[str, Any]] = [data] if register is None else data[register]
    return rows
