"""Files below a folder, and what is in them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path


def tree(folder: Path, *, through_links: bool = False) -> Iterator[str]:
    """The paths of all files below ``folder``, which must exist.

    A link to a folder is a file, unless the way leads ``through_links``.
    """
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(folder / below) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=through_links):
                    waiting.append(f"{below}{entry.name}/")
                else:
                    yield f"{below}{entry.name}"


def file_content(path: Path | str) -> bytes:
    """What a file holds."""
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123  by the ten thousand
        return stream.read()


def file_hash(path: Path | str) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(file_content(path)).hexdigest()
