"""Whether a folder still holds the files of a site, without reading them.

A file whose mark (``generator.untouched``) is what it was holds what it held, and so does a
folder for the names in it. What has another mark is read. The next site's folder and that of
the live site take turns, so the marks of both are kept. Whoever takes marks must have let the
clock move on.
"""

from __future__ import annotations

import os
import stat
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

from msgspec import Struct, field

from generator.untouched import Mark, mark

from .files import file_hash

_LENGTH = 4
_NONE: Mark = (0, 0, 0, 0)
"""No file or folder has this mark."""


class Marks(Struct, dict=True):
    """Marks by path, in one array, for there are tens of thousands."""

    paths: Sequence[str] = ()
    numbers: array[int] = field(default_factory=lambda: array("Q"))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where in the array each begins."""
        return {path: number * _LENGTH for number, path in enumerate(self.paths)}

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
            for path, at in self.places.items()
            if found[at : at + _LENGTH] != self.numbers[at : at + _LENGTH]
        ]

    def put(self, path: str, one: Mark) -> None:
        """Set a mark."""
        at = self.places[path]
        self.numbers[at : at + _LENGTH] = array("Q", one)

    def of(self, paths: Sequence[str]) -> Marks:
        """The marks of these paths; none of those that are new."""
        if paths is self.paths:
            return self
        numbers = array("Q")
        for path in paths:
            at = self.places.get(path)
            numbers.extend(_NONE if at is None else self.numbers[at : at + _LENGTH])
        return Marks(paths, numbers)


class SiteMarks(Struct):
    """The marks of a site's files and of the folders in it.

    The top folder has none, for every swap changes it.
    """

    next: Marks = field(default_factory=Marks)
    """Of those in ``next``."""
    live: Marks = field(default_factory=Marks)
    """Of those of the live site."""

    def hold(self, folder: Path, hashes: Mapping[str, str]) -> bool:
        """Whether ``folder``, which is ``next``, holds these files and no others.

        Marks that differ without a reason are put right.

        Raises:
            OSError: when something is missing or cannot be read.
        """
        root = os.fspath(folder)
        if set(os.listdir(root)) != {path for path in self.next.paths if "/" not in path}:  # noqa: PTH208
            return False
        odd = self.next.differing(root)
        names = _names(self.next.paths, {*odd} - hashes.keys())
        for path in odd:
            is_file = path in hashes
            place = f"{root}/{path}"
            found = _file_mark(place, hashes[path]) if is_file else _folder_mark(place, names[path])
            if found == _NONE:
                return False
            self.next.put(path, found)
        return True

    def swapped(
        self,
        live: Path,
        copy: Path,
        files: Collection[str],
        written: Mapping[str, Mark],
        gone: Collection[str],
    ) -> SiteMarks:
        """The marks once ``next`` and the live site changed places and are the same again.

        ``written`` has the marks of those of the site's ``files`` that were written in this
        build, as they were then; ``gone`` are those that were taken away. What became of a
        file since, beside its links, gives it no mark; no more has a folder one in which
        something foreign lies.

        Raises:
            OSError: when something is missing.
        """
        is_same = not gone and written.keys() <= self.next.places.keys()
        paths = self.next.paths if is_same else [*files, *_above(files)]
        made = SiteMarks(self.live.of(paths), self.next.of(paths))
        names = _names(paths, _above(chain(written, gone)) & made.next.places.keys())
        for root, marks in ((copy, made.next), (live, made.live)):
            for path, then in written.items():
                now = mark(os.lstat(f"{root}/{path}"))
                marks.put(path, now if now[:-1] == then[:-1] else (0, *then[1:]))
            for folder, inside in names.items():
                marks.put(folder, _folder_mark(f"{root}/{folder}", inside))
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


def _names(paths: Iterable[str], folders: Iterable[str]) -> dict[str, set[str]]:
    """What must lie in each of these folders."""
    found: dict[str, set[str]] = {folder: set() for folder in folders}
    for path in paths if found else ():
        folder, _, name = path.rpartition("/")
        if folder in found:
            found[folder].add(name)
    return found


def _folder_mark(place: str, names: set[str]) -> Mark:
    """The mark of a folder; none, if it holds other names or is none."""
    status = os.lstat(place)
    is_right = stat.S_ISDIR(status.st_mode) and set(os.listdir(place)) == names  # noqa: PTH208
    return mark(status) if is_right else _NONE


def _file_mark(place: str, digest: str) -> Mark:
    """The mark of a file; none, if it holds something else or is no plain file."""
    status = os.lstat(place)
    is_right = stat.S_ISREG(status.st_mode) and file_hash(place) == digest
    return mark(status) if is_right else _NONE
