"""Scripts as phones get them, without what only their readers need."""

from __future__ import annotations

import contextlib
import hashlib
import re
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import cast

_LICENCE = re.compile(r"/\*!.*?\*/\n?", re.DOTALL)
"""What a script must say of itself, at its beginning."""

_KEPT = Path(__file__).parent / "__pycache__" / "scripts"
"""Finished scripts, where Python keeps compiled modules: making them takes as long as 300 pages."""


@cache
def minified(script: str) -> str:
    """A script without comments, blanks and long local names; phones pay for every byte.

    What is newer than ES5 (the worker, a county's own script) keeps its names.
    """
    file = _KEPT / f"{_digest(_made_by() + script)}.js"
    known = _read(file)
    if known is None:
        known = _made(script)
        _write(file, known)
    return known


def _made(script: str) -> str:
    """The shorter script. Comments go first: with one behind ``continue`` the parser stumbles."""
    import rjsmin
    from calmjs.parse import es5
    from calmjs.parse.exceptions import ECMASyntaxError
    from calmjs.parse.unparsers.es5 import minify_print

    licence = _LICENCE.match(script)
    code = rjsmin.jsmin(script)
    with contextlib.suppress(ECMASyntaxError):
        code = minify_print(es5(code), obfuscate=True)
    return (licence[0] if licence else "") + cast("str", code)


@cache
def _made_by() -> str:
    """What a finished script depends on beside its source."""
    versions = [metadata.version(name) for name in ("rjsmin", "calmjs.parse")]
    return " ".join((*versions, Path(__file__).read_text("utf-8")))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(file: Path) -> str | None:
    """What ``_write`` wrote; None when it is not there, or no longer what it was."""
    try:
        digest, _, script = file.read_bytes().decode().partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return script if digest == _digest(script) else None


def _write(file: Path, script: str) -> None:
    """Keep a script, if the place lets us; it proves itself when it is read."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(f"{_digest(script)}\n{script}".encode())
