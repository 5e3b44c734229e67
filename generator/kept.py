"""Text that takes long to make and depends on no list, kept where Python keeps compiled modules.

Finished scripts, schemas, tables of the Chinese script and our own words: without them a site
would take as long as 500 pages more, each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from .packages import version

_OURS = Path(__file__).parent
_FOLDER = _OURS / "__pycache__" / "kept"
_MOST = 400
"""Files: a version of the generator has 40 of them, a megabyte, and each ``mkdocs.yml`` one."""


def kept(made_from: str, make: Callable[[], str]) -> str:
    """What ``make`` gives, made once; ``made_from`` must tell what it is and depends on."""
    file = _FOLDER / _digest(f"{sys.version} {made_from}")
    known = _read(file)
    if known is None:
        known = make()
        _write(file, known)
    return known


def generator_and(*packages: str) -> str:
    """What tells all of the generator's own files and the packages' versions."""
    return " ".join((_generator(), *map(version, packages)))


def module_and(file: str, *packages: str) -> str:
    """What tells one module by its file and the packages' versions."""
    return " ".join((_digest(Path(file).read_text("utf-8")), *map(version, packages)))


def make_room(folder: Path) -> None:
    """Remove the older half of too many files; what is still asked for is then made anew.

    Raises:
        OSError: when that is not possible.
    """
    files = list(folder.iterdir())
    if len(files) > _MOST:
        files.sort(key=lambda file: file.stat().st_mtime_ns)
        for file in files[: len(files) // 2]:
            file.unlink(missing_ok=True)


@cache
def _generator() -> str:
    found = hashlib.sha256()
    for path in sorted(_OURS.rglob("*")):
        if "__pycache__" not in path.parts and path.is_file():
            found.update(path.read_bytes())
    return found.hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(file: Path) -> str | None:
    """What ``_write`` wrote; None when it is not there, or no longer what it was."""
    try:
        digest, _, text = file.read_bytes().decode().partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return text if digest == _digest(text) else None


def _write(file: Path, text: str) -> None:
    """Keep a text, if the place lets us; it proves itself when it is read."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(f"{_digest(text)}\n{text}".encode())
        make_room(file.parent)
