"""Lists as they stand in a revision of their git repository."""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RevisionError(ValueError):
    """There is no such revision, or the folder is not in a git repository; says which."""


@contextmanager
def at_revision(folder: Path, revision: str) -> Iterator[Path]:
    """A copy of ``folder`` as it stands in ``revision``, for as long as the block runs.

    Raises:
        RevisionError: when git does not know the revision, or the folder in it.
    """
    name = f"{revision}^{{commit}}"
    commit = _line(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    top = Path(_line(folder, "rev-parse", "--show-toplevel"))
    inside = _line(folder, "rev-parse", "--show-prefix").rstrip("/")
    archive = _git(top, "archive", "--format=zip", f"{commit}:{inside}")
    with tempfile.TemporaryDirectory(prefix="qingdan-") as made:
        # Unlike tarfile before Python 3.11.4, zipfile stays in the folder and makes no links.
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            files.extractall(made)
        yield Path(made)


def _line(folder: Path, *arguments: str) -> str:
    return _git(folder, *arguments).decode().strip()


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        command = ["git", "-C", str(folder), *arguments]
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603  no shell
    except (subprocess.CalledProcessError, OSError) as error:
        raise RevisionError(arguments[-1]) from error
    return done.stdout
