"""Files made of pieces: what is taken over from the file as it was, and what is made anew."""

from __future__ import annotations

import json
from array import array
from base64 import b64decode
from collections import defaultdict
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeVar

from msgspec import Struct, field

from generator.parts import Common, Extracts, Part, Run
from generator.watch import Read, note, recording

from .commons import Commons
from .trace import Recorder, numbers_as_text

T = TypeVar("T")

Place = Sequence[int | str]
"""Where a run begins in its file, in bytes; the length of each piece, as ``numbers_as_text``
writes it; and the gists, a line each, or nothing."""
Layout = dict[str, dict[str, Place]]
"""By file and name of a run."""
Runs = dict[str, str]
"""By name of a run, the keys of its records, a line each."""
Remembered = MutableMapping[str, str]
"""By name of extracts, what they were made from (``Extracts.made_from``), and a line of JSON
for each."""

_PIECES, _RUN = "pieces:", "run:"


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def name_of(record: str) -> str:
    """What the pieces about a record are called among shared results: who uses one has read it."""
    return f"{_PIECES}{record}"


class Pieces(Struct, dict=True):
    """The pieces of one build. All pieces about one record count as one shared result.

    If something changed that any of them has read, every file that holds one is made
    again, and of each only this piece.
    """

    recorder: Recorder
    before: Mapping[str, Mapping[str, Place]]
    """The layout of the last build."""
    runs_before: Mapping[str, str]
    """The runs of the last build."""
    remembered: Remembered
    """The extracts of the last build, which become those of this one."""
    stale: Collection[str]
    """Names of shared results that have read what changed since."""
    commons: Commons
    layout: Layout = field(default_factory=dict)
    """Of this build."""
    runs: Runs = field(default_factory=dict)
    """Of this build; extracts are runs that stand in no file."""
    _reads: dict[str, array[int]] = field(default_factory=dict)
    """What was read this time, by the record that the pieces are about."""

    def keep(self, paths: Collection[str]) -> None:
        """Note that whole files stay as they are."""
        for path in self.before.keys() & paths:
            places = self.layout[path] = dict(self.before[path])
            self.runs.update((name, self.runs_before[name]) for name in places)

    def joined(self, path: str, parts: Iterable[Part], old: bytes | None) -> bytes:
        """The file ``path``; ``old`` is what it held in the last build, if it was there."""
        before = self.before.get(path, {}) if old is not None else {}
        places: dict[str, Place] = {}
        found = []
        length = 0
        common, start = Common("", b""), 0
        for part in parts:
            if isinstance(part, Run):
                assert part.name not in places, (path, part.name)
                made, places[part.name] = self._run(part, before.get(part.name), old or b"", length)
            elif isinstance(part, Common):
                assert not common.name, (path, part.name)
                common, start, made = part, length, part.content
            else:
                made = part
            length += len(made)
            found.append(made)
        if places:
            self.layout[path] = places
        self.commons.note(path, common, start, length - start - len(common.content))
        return b"".join(found)

    def extracts(self, extracts: Extracts) -> list[Any]:
        """Extracts of records, those taken over of which nothing has changed."""
        name = extracts.name
        note(("view", f"{_RUN}{name}"))
        if name not in self.runs:
            self.remembered[name] = "\n".join((extracts.made_from, *self._extracted(extracts)))
            self.runs[name] = "\n".join(extracts.keys)
        _, *lines = self.remembered[name].split("\n")
        found: list[Any] = json.loads(f"[{','.join(lines)}]")
        return found

    def close(self) -> None:
        """Note what pieces and runs have read, and forget those that are no more."""
        shared = self.recorder.trace.shared
        for record, reads in self._reads.items():
            name = name_of(record)
            old = () if name in self.stale else shared.get(name, ())
            shared[name] = array("I", sorted({*reads, *old}))
        self._keep_extracts()
        self._note_runs()
        for name in self._gone():
            shared.pop(name, None)

    def _note_runs(self) -> None:
        """Note which pieces each run has that is not what it was."""
        for name, keys in self.runs.items():
            if keys != self.runs_before.get(name):
                pieces = {("view", name_of(record)) for record in _records(name, keys)}
                reads: set[Read] = {*pieces}
                self.recorder.note_shared(f"{_RUN}{name}", reads)

    def _gone(self) -> Iterator[str]:
        """The names of runs that are no more, and of pieces that no run has any more."""
        yield from (f"{_RUN}{name}" for name in self.runs_before.keys() - self.runs.keys())
        left: set[str] = set()
        for name, keys in self.runs_before.items():
            if keys != self.runs.get(name):
                left.update(_records(name, keys))
                left.difference_update(_records(name, self.runs.get(name, "")))
        if left:
            for name, keys in self.runs.items():
                left.difference_update(_records(name, keys))
        yield from map(name_of, left)

    def _keep_extracts(self) -> None:
        """Keep extracts that nobody has asked for, as long as they are true."""
        for name in self.remembered.keys() - self.runs.keys():
            stale = self._stale_keys[name.partition(":")[0]]
            if stale.isdisjoint(_lines(self.runs_before[name])):
                self.runs[name] = self.runs_before[name]
            else:
                del self.remembered[name]

    def _extracted(self, extracts: Extracts) -> list[str]:
        """The lines of extracts."""
        register, made_from = extracts.register, extracts.made_from
        before, *lines = self.remembered.get(extracts.name, "").split("\n")
        keys = _lines(self.runs_before.get(extracts.name, ""))
        old = dict(zip(keys, lines, strict=True)) if lines and before == made_from else {}
        for key in self._stale_keys[register]:
            old.pop(key, None)
        return [
            old[key] if key in old else _as_json(self._read(register, key, extracts.make, key))
            for key in extracts.keys
        ]

    def _run(
        self, run: Run, before: Place | None, content: bytes, start: int
    ) -> tuple[bytes, Place]:
        """A run that begins at ``start``, and where its pieces stand."""
        note(("view", f"{_RUN}{run.name}"))
        self.runs[run.name] = "\n".join(run.keys)
        old, old_gists = self._old(run, before, content) if before else ({}, {})
        found = [
            old[key] if key in old else self._read(run.register, key, run.make, key, place)
            for place, key in enumerate(run.keys)
        ]
        known = {key: old_gists[key] for key in old} if old_gists else {}
        gists = run.gists(found, known)
        head = run.head.make(gists) if run.head else b""
        lengths = numbers_as_text(array("I", map(len, found)))
        return head + run.joined(found), (start + len(head), lengths, "\n".join(gists))

    def _old(
        self, run: Run, before: Place, content: bytes
    ) -> tuple[dict[str, bytes], dict[str, str]]:
        """The pieces of the last build that can be taken over, and all gists, by key."""
        start, lengths, gists = before
        assert isinstance(start, int)
        keys = _lines(self.runs_before[run.name])
        sizes = array("I", b64decode(str(lengths)))
        starts = accumulate((size + len(run.joint) for size in sizes), initial=start)
        pieces = (content[at : at + size] for at, size in zip(starts, sizes, strict=False))
        found = dict(zip(keys, pieces, strict=True))
        for key in self._stale_keys[run.register]:
            found.pop(key, None)
        if run.is_placed:
            same = {old for old, new in zip(keys, run.keys, strict=False) if old == new}
            found = {key: piece for key, piece in found.items() if key in same}
        return found, dict(zip(keys, _lines(str(gists)), strict=False))

    def others(self) -> set[str]:
        """The stale results that are neither pieces nor runs of them."""
        return {name for name in self.stale if not name.startswith((_PIECES, _RUN))}

    @cached_property
    def _stale_keys(self) -> Mapping[str, set[str]]:
        """Of the records whose pieces must be made again, by register."""
        found = defaultdict(set)
        for name in self.stale:
            if name.startswith(_PIECES):
                register, _, key = name.removeprefix(_PIECES).partition("/")
                found[register].add(key)
        return found

    def _read(self, register: str, key: str, make: Callable[..., T], *given: object) -> T:
        """What is made about a record of what is ``given``, with a note of what that reads."""
        with recording() as reads:
            made = make(*given)
        known = self._reads.setdefault(f"{register}/{key}", array("I"))
        known.extend(self.recorder.numbered(reads))
        return made


def _records(name: str, keys: str) -> Iterator[str]:
    """The records of a run."""
    register = name.partition(":")[0]
    return (f"{register}/{key}" for key in _lines(keys))


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []
