"""Compiled templates, kept where Python keeps compiled modules, and trusted as much as these."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from generator.kept import make_room
from generator.packages import version

_FOLDER = Path(__file__).parent / "__pycache__" / "templates"


def compiled_templates(made_by: str) -> FileSystemBytecodeCache | None:
    """Where templates stay compiled; None where that cannot be written.

    ``made_by`` tells all that compiling depends on beside Jinja and the template.
    """
    name = hashlib.sha256(f"{version('jinja2')} {made_by}".encode()).hexdigest()[:8]
    folder = _FOLDER / name
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        make_room(folder)
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None
