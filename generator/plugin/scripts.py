"""Scripts as phones get them, without what only their readers need."""

from __future__ import annotations

import contextlib
import re
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import cast

from generator.kept import kept

_LICENCE = re.compile(r"/\*!.*?\*/\n?", re.DOTALL)
"""What a script must say of itself, at its beginning."""


@cache
def minified(script: str) -> str:
    """A script without comments, blanks and long local names; phones pay for every byte.

    What is newer than ES5 (the worker, a county's own script) keeps its names.
    """
    return kept(_made_by() + script, lambda: _made(script))


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
