"""What is made at the start of a command and stays to its end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def staying() -> Iterator[None]:
    """Leave out of garbage collection what is made here: modules, settings, the lists.

    To look for rubbish among it, again and again, took a fifth of a large county's build,
    and a tenth of the time in which modules are loaded.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
