"""Whether a folder still holds the files of a site, without reading them.

A file whose mark (``generator.untouched``) is what it was holds what it held, and so does a
folder for the names in it. What has another mark is read. The folders of ``next`` and of the
live site take turns, so the marks of both are kept; their files are the same ones (hard
links). Whoever takes marks must have let the clock move on.
"""

from __future__ import annotations

import os
import stat
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path

from generator.untouched import Mark, mark

from .files import file_hash

_LENGTH = 4
_NONE: Mark = (0, 0, 0, 0)
"""No file or folder has this mark."""


@dataclass
class Marks:
    """Marks by path, in one array, for there are tens of thousands."""

    paths: Sequence[str] = ()
    numbers: array[int] = field(default_factory=lambda: array("Q"))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {path: number * _LENGTH for number, path in enumerate(self.paths)}

    @property
    def sizes(self) -> dict[str, int]:
        """The bytes of each file."""
        return dict(zip(self.paths, self.numbers[1::_LENGTH], strict=True))

    def differing(self, root: str) -> list[str]:
        """What below ``root`` has another mark now.

        Raises:
            OSError: when something is missing.
        """
        lstat = os.lstat
        now = (mark(lstat(f"{root}/{path}")) for path in self.paths)
        found = array("Q", chain.from_iterable(now))
        if found == self.numbers:
            return []
        return [
            path
            for path, at in self._places.items()
            if found[at : at + _LENGTH] != self.numbers[at : at + _LENGTH]
        ]

    def put(self, path: str, one: Mark) -> None:
        """Set a mark."""
        at = self._places[path]
        self.numbers[at : at + _LENGTH] = array("Q", one)

    def of(self, paths: Sequence[str]) -> Marks:
        """The marks of these paths; none of those that are new."""
        if paths is self.paths:
            return self
        numbers = array("Q")
        for path in paths:
            at = self._places.get(path)
            numbers.extend(_NONE if at is None else self.numbers[at : at + _LENGTH])
        return Marks(paths, numbers)


@dataclass
class SiteMarks:
    """The marks of a site. The top folder has none, for every swap changes it."""

    files: Marks = field(default_factory=Marks)
    next: Marks = field(default_factory=Marks)
    """Of the folders of ``next``."""
    live: Marks = field(default_factory=Marks)
    """Of the folders of the live site."""

    def hold(self, folder: Path, hashes: Mapping[str, str]) -> bool:
        """Whether ``folder``, which is ``next``, holds these files and no others.

        Marks that differ without a reason are put right.

        Raises:
            OSError: when something is missing or cannot be read.
        """
        root = os.fspath(folder)
        top = {path.partition("/")[0] for path in hashes}
        return (
            set(os.listdir(root)) == top  # noqa: PTH208  names are all that is asked for
            and self._folders_hold(root, hashes)
            and self._files_hold(root, hashes)
        )

    def _folders_hold(self, root: str, hashes: Mapping[str, str]) -> bool:
        odd = self.next.differing(root)
        names = _names(hashes, self.next.paths, odd)
        for path in odd:
            found = _folder_mark(f"{root}/{path}", names[path])
            if found == _NONE:
                return False
            self.next.put(path, found)
        return True

    def _files_hold(self, root: str, hashes: Mapping[str, str]) -> bool:
        for path in self.files.differing(root):
            status = os.lstat(f"{root}/{path}")
            if not stat.S_ISREG(status.st_mode) or file_hash(f"{root}/{path}") != hashes[path]:
                return False
            self.files.put(path, mark(status))
        return True

    def swapped(
        self, live: Path, copy: Path, files: Collection[str], written: Mapping[str, Mark]
    ) -> SiteMarks:
        """The marks once ``next`` and the live site changed places and are the same again.

        ``written`` has the marks of those of the site's ``files`` that were written in this
        build, as they were then. What became of a file since, beside its links, gives it
        no mark; no more has a folder one in which something foreign lies.

        Raises:
            OSError: when something is missing.
        """
        before = {*self.files.paths}
        is_same = before == {*files}
        paths = self.files.paths if is_same else [*files]
        folders = self.next.paths if is_same else sorted(_above(files))
        made = SiteMarks(self.files.of(paths), self.live.of(folders), self.next.of(folders))
        for path, then in written.items():
            now = mark(os.lstat(f"{copy}/{path}"))
            made.files.put(path, now if now[:-1] == then[:-1] else (0, *then[1:]))
        touched = _above(chain(written, before - {*files}))
        names = _names(files, folders, touched & {*folders})
        for folder, inside in names.items():
            made.next.put(folder, _folder_mark(f"{copy}/{folder}", inside))
            made.live.put(folder, _folder_mark(f"{live}/{folder}", inside))
        return made


def _above(paths: Iterable[str]) -> set[str]:
    """All folders that the files lie in, directly or not."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _names(
    files: Iterable[str], folders: Iterable[str], wanted: Iterable[str]
) -> dict[str, set[str]]:
    """What must lie in each of the ``wanted`` folders."""
    found: dict[str, set[str]] = {folder: set() for folder in wanted}
    for path in chain(files, folders) if found else ():
        folder, _, name = path.rpartition("/")
        if folder in found:
            found[folder].add(name)
    return found


def _folder_mark(path: str, names: set[str]) -> Mark:
    """The mark of a folder; none, if it holds other names or is none."""
    status = os.lstat(path)
    is_right = stat.S_ISDIR(status.st_mode) and set(os.listdir(path)) == names  # noqa: PTH208
    return mark(status) if is_right else _NONE
