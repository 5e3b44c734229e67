"""What is remembered between builds, in one file that proves itself.

It is there only while ``next`` is an exact copy of the live site, and it is believed
only if its own hash is right and ``next`` holds, byte for byte, what it says. In any
other case the site is built from nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from .trace import Rows, Trace


@dataclass(frozen=True)
class Memory:
    """The last build, as far as the next one needs it."""

    fingerprint: str
    """Of everything outside the lists that has a part in a site."""
    parsed: Mapping[str, Any]
    """By list file, the hash of its bytes and the data it held."""
    rows: Rows
    prints: Mapping[str, str]
    """By subject, a hash of its sheets."""
    trace: Trace
    files: Mapping[str, str]
    """By path below ``next``, the hash of its bytes."""

    def write(self, path: Path) -> None:
        """Put the memory at ``path``, whole or not at all."""
        data = {each.name: getattr(self, each.name) for each in fields(self)}
        data["trace"] = vars(self.trace)
        content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        new = path.with_suffix(".new")
        new.write_bytes(_digest(content) + b"\n" + content)
        new.replace(path)


def recall(path: Path, folder: Path, fingerprint: str) -> Memory | None:
    """The memory at ``path``, if it may be believed; ``folder`` must hold what it says."""
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if digest != _digest(content):
        return None
    data = json.loads(content)
    if data["fingerprint"] != fingerprint or tree_hashes(folder) != data["files"]:
        return None
    return Memory(**{**data, "trace": Trace(**data["trace"])})


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


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
