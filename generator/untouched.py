"""Whether a file is what it was when it was last looked at, without reading it.

A file's size, inode and times change with its content, so equal marks mean equal
content. The clock that stamps them ticks only every few milliseconds, though: a file
that is written twice within a tick keeps its mark ("racily clean", as git's
documentation calls it). Whoever takes marks first lets the clock move on (``settle``):
what bears an earlier time can then no longer be written within its tick.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from msgspec import Struct

Mark = tuple[int, int, int, int]
"""Inode, size in bytes, and the times of the last change of content and of status in
nanoseconds. The last one no program can set back."""

_PAUSE = 0.001


def mark(status: os.stat_result) -> Mark:
    """The mark of a file or folder with this status; that of a folder covers its names only."""
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


class Settled(Struct, frozen=True):
    """A file system whose clock has moved on."""

    device: int
    moment: int
    """What its clock showed then, in nanoseconds."""

    def is_told(self, status: os.stat_result) -> bool:
        """Whether a change of the file with this status would change its mark."""
        return status.st_dev == self.device and status.st_ctime_ns < self.moment


def settle(folder: Path) -> Settled:
    """Wait until what is written next in ``folder``'s file system gets a new time.

    On Linux that takes up to 10 ms, on file systems with coarse times up to 2 s.

    Raises:
        OSError: when nothing can be written there.
    """
    with tempfile.TemporaryFile(dir=folder, buffering=0) as stream:
        stream.write(b"0")
        first = os.fstat(stream.fileno()).st_mtime_ns
        while (status := os.fstat(stream.fileno())).st_mtime_ns == first:
            time.sleep(_PAUSE)
            stream.write(b"0")
        return Settled(status.st_dev, status.st_mtime_ns)
