"""What is remembered between builds, in one file that proves itself.

It is there only while ``next`` is an exact copy of the live site, and it is believed
only if its own hash is right and ``next`` holds, byte for byte, what it says. In any
other case the site is built from nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from generator.reading import Known, Remembered

from .pieces import Layout, Runs
from .trace import Rows, Trace, numbers_as_text


@dataclass(frozen=True)
class Memory:
    """The last build, as far as the next one needs it."""

    fingerprint: str
    """Of everything outside the lists that has a part in a site."""
    files_read: Mapping[str, Known]
    """By list file; with ``texts`` what ``reading`` remembers."""
    texts: Mapping[str, str]
    rows: Rows
    prints: Mapping[str, str]
    """By subject, a hash of its sheets."""
    trace: Trace
    frame: Mapping[str, Any]
    """See ``publish.Frame``."""
    layout: Layout
    runs: Runs
    used: Sequence[str]
    """Files that pages refer to, or once referred to."""
    files: Mapping[str, str]
    """By path below ``next``, the hash of its bytes."""

    @property
    def lists(self) -> Remembered:
        """The list files."""
        return Remembered(self.files_read, self.texts)

    def write(self, path: Path) -> None:
        """Put the memory at ``path``, whole or not at all: a line for each part, and their hash."""
        new = path.with_suffix(".new")
        digest = hashlib.sha256()
        with new.open("wb") as stream:
            for each in fields(self):
                part = getattr(self, each.name)
                data = part.to_data() if isinstance(part, Trace) else part
                for slice_ in (*_slices(data, 2), "\n"):
                    encoded = slice_.encode()
                    digest.update(encoded)
                    stream.write(encoded)
            stream.write(digest.hexdigest().encode())
        new.replace(path)


def recall(path: Path, folder: Path, fingerprint: str) -> Memory | None:
    """The memory at ``path``, if it may be believed; ``folder`` must hold what it says."""
    try:
        *lines, digest = path.read_bytes().split(b"\n")
    except OSError:
        return None
    found = hashlib.sha256()
    for line in lines:
        found.update(line + b"\n")
    if digest != found.hexdigest().encode() or json.loads(lines[0]) != fingerprint:
        return None
    parts = dict(zip((each.name for each in fields(Memory)), map(json.loads, lines), strict=True))
    if tree_hashes(folder) != parts["files"]:
        return None
    known = {name: Known(*row) for name, row in parts["files_read"].items()}
    return Memory(**{**parts, "files_read": known, "trace": Trace.from_data(parts["trace"])})


def _slices(data: Any, depth: int) -> Iterator[str]:
    """Data as JSON, mappings down to ``depth`` value by value: never all of it at once."""
    if not depth or not isinstance(data, Mapping):
        yield json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=numbers_as_text)
        return
    between = "{"
    for key, value in data.items():
        yield f"{between}{json.dumps(key, ensure_ascii=False)}:"
        yield from _slices(value, depth - 1)
        between = ","
    yield "}" if data else "{}"


def tree_hashes(folder: Path) -> dict[str, str] | None:
    """The SHA-256 of every file below ``folder``, by path; None when it cannot be read."""
    try:
        return {path: file_hash(folder / path) for path in tree(folder)}
    except OSError:
        return None


def tree(folder: Path) -> Iterator[str]:
    """The paths of all files below ``folder``, which must exist."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(folder / below) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
                else:
                    yield f"{below}{entry.name}"


def file_hash(path: Path | str) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123  by the ten thousand
        return hashlib.sha256(stream.read()).hexdigest()
