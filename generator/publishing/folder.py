"""The folder in which the next site takes shape, and what is different in it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from generator.untouched import Mark, mark

from .facts import PageFacts, page_facts, page_news
from .files import file_content, tree


class ClashError(Exception):
    """Two files of a site want one address."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class SiteFolder:
    """A site being made in ``root``, of which ``before`` (hash by path) is already there.

    Every page of it was verified; ``uneven`` are those that may not be (``PageFacts.is_even``).
    A file is never written over: it is removed and made anew. So a file that another
    folder shares with this one (a hard link) stays what it was there.
    """

    def __init__(self, root: Path, before: Mapping[str, str], uneven: Collection[str] = ()) -> None:
        self.root = root
        self._before = before
        self._uneven = uneven
        self.files: dict[str, str] = {}
        """By path, the hash of everything that belongs to the new site."""
        self.kept = 0
        """How many of them were taken as they are."""
        self.written: dict[str, Mark] = {}
        """The marks of what was written, because it was not there or was something else."""
        self.news: dict[str, PageFacts] = {}
        """Of pages that were written, what is new in them; all is in those that stand not here."""
        self.gone: set[str] = set()
        """What was taken away."""
        self.lost_anchors = False
        """Whether a page lost an anchor that others may lead to."""

    def had(self, path: str) -> bool:
        """Whether the last site had a file of this path."""
        return path in self._before

    def keep(self, paths: Collection[str]) -> None:
        """Take files as they are."""
        before = self._before
        self.files.update((path, before[path]) for path in paths)
        self.kept += len(paths)

    def put(self, path: str, content: bytes) -> None:
        """Make a file, unless it is there already.

        Raises:
            ClashError: when another file of this site has the same path.
        """
        if path in self.files:
            raise ClashError(path)
        digest = hashlib.sha256(content).hexdigest()
        self.files[path] = digest
        if self._before.get(path) == digest:
            return
        target = f"{self.root}/{path}"
        if path in self._before:
            if path.endswith(".html"):
                self._compare(path, file_content(target), content)
            os.unlink(target)  # noqa: PTH108  by the ten thousand, as all here
        self.written[path] = _create(target, content)

    def finish(self) -> None:
        """Take away what no longer belongs to the site."""
        self.gone = set(self._before) - set(self.files)
        for path in self.gone:
            _remove(self.root, path)

    def _compare(self, page: str, before: bytes, now: bytes) -> None:
        news = None if page in self._uneven else page_news(before, now)
        if news:
            self.news[page] = news
        else:
            self.lost_anchors |= not page_facts(before).ids <= page_facts(now).ids


def mirror(source: Path, copy: Path, made: SiteFolder, *, whole: bool) -> None:
    """Make ``copy`` the same as ``source``: what ``made`` changed, or the ``whole`` of it."""
    copy.mkdir(exist_ok=True)
    gone = set(tree(copy)) - set(made.files) if whole else made.gone
    for path in gone:
        _remove(copy, path)
    folders: set[str] = set()
    for path in made.files if whole else made.written:
        folder = path.rpartition("/")[0]
        if folder not in folders:
            (copy / folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        _link(f"{source}/{path}", f"{copy}/{path}")


def _create(path: str, content: bytes) -> Mark:
    """Write a new file whole and give its mark; an existing one is never opened."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        handle = os.open(path, flags, 0o644)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, flags, 0o644)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        return mark(os.fstat(handle))
    finally:
        os.close(handle)


def _link(source: str, target: str) -> None:
    """The same file a second time; a copy where the file system has no links."""
    try:
        os.link(source, target)
    except FileExistsError:
        os.unlink(target)  # noqa: PTH108
        _link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _remove(root: Path, path: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    target = root / path
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == root or any(folder.iterdir()):
            return
        folder.rmdir()
