"""Where a site is built: a hidden folder beside its place, and the swap into place.

The live site is never touched. The next one is made in ``next``, and takes its place
in one step of the file system once it is whole. Whatever kills a build (a signal, a
full disk, a power cut), the live site is the last good one, and the next build
clears up. A lock that the system itself lets go keeps two builds apart.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from generator.untouched import Settled, settle

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class BusyError(RuntimeError):
    """Another build of the same site is running."""


class ForeignError(RuntimeError):
    """The target holds something that no build has made."""


class Workspace:
    """The folders of one site: ``target``, and ``.<target>.build`` beside it.

    It lies beside the target so that both are on one file system, where a rename is
    one step.
    """

    def __init__(self, target: Path) -> None:
        self.target = Path(os.path.abspath(target))  # noqa: PTH100  a link stays a link
        self.folder = self.target.with_name(f".{self.target.name}.build")
        self.next = self.folder / "next"
        """Where the next site is made; between builds, a copy of the live one."""
        self.memory = self.folder / "memory.db"
        """What is known about ``next``; believed only while that is true."""
        self._aside = self.folder / "aside"

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock, with everything that a killed build left behind put right.

        Raises:
            BusyError: when another build holds it.
            ForeignError: when the target is not a site.
        """
        import fcntl

        self._refuse_foreign()
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BusyError from None
            self.recover()
            yield

    def recover(self) -> None:
        """Undo a swap that stopped half-way, where the system cannot swap in one step."""
        if self._aside.exists():
            if self.target.exists():
                shutil.rmtree(self._aside)
            else:
                self._aside.rename(self.target)

    def clear(self) -> None:
        """Start from nothing: ``next`` is empty."""
        if self.next.exists():
            shutil.rmtree(self.next)
        self.next.mkdir()

    def settled(self) -> Settled:
        """Let the clock move on, so that marks can be relied on."""
        return settle(self.folder)

    def flush(self) -> None:
        """Have ``next`` reach the disk, so that a power cut after ``swap`` finds it there."""
        handle = os.open(self.next, os.O_RDONLY)
        try:
            _synchronize(handle)
        finally:
            os.close(handle)

    def swap(self) -> None:
        """Put ``next`` in the target's place; the old site, if any, becomes ``next``."""
        if not self.target.exists():
            self.next.rename(self.target)
        elif not exchange(self.next, self.target):
            self.target.rename(self._aside)
            self.next.rename(self.target)
            self._aside.rename(self.next)

    def _refuse_foreign(self) -> None:
        """A folder of somebody's own files must never be swapped away."""
        if not self.target.exists():
            return
        if not self.target.is_dir() or (
            any(self.target.iterdir()) and not (self.target / "404.html").is_file()
        ):
            raise ForeignError(str(self.target))


def _synchronize(handle: int) -> None:
    """Write out the file system of an open folder; all of them where that cannot be asked.

    ``syncfs``, in Linux since 2.6.39, has no name in Python's ``os``. File by file it would
    take a large site minutes.
    """
    try:
        failed = ctypes.CDLL(None, use_errno=True).syncfs(handle)
    except (AttributeError, OSError, TypeError):
        os.sync()
        return
    if failed:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system or file system cannot.

    ``renameat2(RENAME_EXCHANGE)``, in Linux since 3.15, has no name in Python's ``os``.
    """
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    result: int = renameat2(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE
    )
    return result == 0
