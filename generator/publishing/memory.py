"""What is remembered between builds.

It is believed only if its seal is right, it is of the same fingerprint, and the folder of
the next site holds, byte for byte, what it says. In any other case all parts are empty,
and the site is built from nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.reading import Known, Remembered

from .commons import Around
from .marks import Marks, SiteMarks
from .store import LONG_NUMBERS, NUMBERS, PLAIN, TEXT, Part, Store, tuples
from .trace import Row, Rows, Trace
from .verify import Seen


class Memory:
    """The last build, as far as the next one needs it.

    Each part is a mapping. It reads only what it is asked for, and only what changed in it is
    written, when the new site is live. To remember something more, add a part.
    """

    def __init__(self, store: Store, fingerprint: str) -> None:
        self._store = store
        self._fingerprint = fingerprint
        self._whole = store.part("whole", PLAIN)
        self._marks = store.part("marks", LONG_NUMBERS)
        self._made_from = store.part("made-from", TEXT)
        self._reads = store.part("reads", NUMBERS)
        self._shared = store.part("shared", NUMBERS)
        self._groups = store.part("groups", TEXT)
        self._lists = store.part("lists", tuples(Known))
        self._texts = store.part("texts", TEXT)
        self._rows: Part[Row] = store.part("rows", PLAIN)
        self._orders: Part[list[str]] = store.part("orders", PLAIN)
        self.checked: Part[Any] = store.part("checked", PLAIN)
        """See ``rules.Kept``."""
        self.entries = store.part("entries", TEXT)
        """See ``entries``."""
        self.prints = store.part("prints", TEXT)
        """By subject, a hash of its sheets."""
        self.frame: Part[Any] = store.part("frame", PLAIN)
        """See ``publish.Frame``."""
        self.layout: Part[Any] = store.part("layout", PLAIN)
        """See ``pieces.Layout``."""
        self.commons = store.part("commons", tuples(Around))
        """See ``commons.Commons``."""
        self.runs = store.part("runs", TEXT)
        """See ``pieces.Runs``."""
        self.extracts = store.part("extracts", TEXT)
        """See ``pieces.Remembered``."""

    @property
    def is_new(self) -> bool:
        """Whether nothing is remembered: everything must be made."""
        return self._store.is_new

    @cached_property
    def _known(self) -> Mapping[str, Any]:
        """What every build needs whole."""
        return dict(self._whole.items())

    @cached_property
    def trace(self) -> Trace:
        """Who read what; it grows with the build."""
        known = {name: [*self._known[name]] for name in ("owners", "fields") if name in self._known}
        return Trace(
            made_from=self._made_from,
            reads=self._reads,
            shared=self._shared,
            groups=self._groups,
            **known,
        )

    @property
    def files(self) -> Mapping[str, str]:
        """By path below ``next``, the hash of its bytes."""
        found: dict[str, str] = self._known.get("files", {})
        return found

    @cached_property
    def marks(self) -> SiteMarks:
        """Of the files and folders of the site, as the last build left them."""
        if self.is_new:
            return SiteMarks()
        paths = self._known["paths"]
        return SiteMarks(Marks(paths, self._marks["next"]), Marks(paths, self._marks["live"]))

    @property
    def seen(self) -> Seen:
        """What verification knows of the site."""
        known = self._known
        return Seen(used={*known.get("used", ())}, uneven={*known.get("uneven", ())})

    @cached_property
    def lists(self) -> Remembered:
        """The list files."""
        return Remembered(dict(self._lists.items()), self._texts)

    @cached_property
    def rows(self) -> Rows:
        """Every record."""
        rows = dict(self._rows.items())
        return {
            register: {key: rows[f"{register}/{key}"] for key in keys}
            for register, keys in self._orders.items()
        }

    def keep_lists(self, lists: Remembered) -> None:
        """Remember the list files; those that were not read keep their texts."""
        before = self.lists.files
        self._lists.become(lists.files, before)
        self._texts.update(lists.texts)
        for name in before.keys() - lists.files.keys():
            del self._texts[name]

    def keep_rows(self, rows: Rows) -> None:
        """Remember the records."""
        self._orders.become({register: list(keys) for register, keys in rows.items()})
        self._rows.become(_flat(rows), _flat(self.rows))

    def forget(self) -> None:
        """Let no other build believe what is remembered, until it is saved."""
        self._store.break_seal()

    def save(self, files: Mapping[str, str], marks: SiteMarks, seen: Seen) -> None:
        """Write what changed; nothing can be asked any more.

        Raises:
            OSError: when that is not possible; then nothing is remembered.
        """
        now = {
            "fingerprint": self._fingerprint,
            "files": files,
            "paths": marks.next.paths,
            "used": sorted(seen.used),
            "uneven": sorted(seen.uneven),
            "owners": self.trace.owners,
            "fields": self.trace.fields,
        }
        self._whole.update((name, now[name]) for name in now if now[name] != self._known.get(name))
        self._marks.update(next=marks.next.numbers, live=marks.live.numbers)
        self._store.save()

    def is_true(self, folder: Path) -> bool:
        """Whether it is of the same fingerprint, and ``folder`` holds what it says."""
        try:
            is_same = self._known.get("fingerprint") == self._fingerprint
            return is_same and self.marks.hold(folder, self.files)
        except (OSError, sqlite3.Error):  # something is missing, or it is another kind of store
            return False


def recall(path: Path, folder: Path, fingerprint: str, *, forget: bool = False) -> Memory:
    """The memory at ``path``; a new one, if it may not be believed or is to be forgotten.

    The clock must have moved on since anything was written (``untouched.settle``).
    """
    if not forget:
        memory = Memory(Store(path), fingerprint)
        if not memory.is_new and memory.is_true(folder):
            return memory
    return Memory(Store(path, forget=True), fingerprint)


def _flat(rows: Rows) -> dict[str, Row]:
    """Records by their names."""
    return {f"{register}/{key}": row for register in rows for key, row in rows[register].items()}
