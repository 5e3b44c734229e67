"""Everything a site is made from, by hash, and the tools that make it."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import generator
from generator.kept import kept
from generator.packages import installed, tools_of
from generator.reading import PROFILE, is_list_file
from generator.untouched import Settled, mark

from .files import file_hash, tree

_IGNORED = re.compile(r"(^|/)(\.(?!icons/|well-known/)|__pycache__(/|$))|\.pyc$")
"""What systems and editors leave; the hidden folders that sites have are a theme's icons and,
where MkDocs is told to take it along, the one of RFC 8615."""
_INHERIT = re.compile(r"^INHERIT:[ \t]*+(?!!)(['\"]?)(.+?)\1[ \t]*(?: #.*)?$", re.MULTILINE)
"""But for ``INHERIT: !ENV``: what is inherited then is only known by what it says."""


def project_inputs(
    config: Path, lists: Path, pages: Path, theme: Path | None, settled: Settled | None = None
) -> dict[str, str]:
    """The hash of every file that a site is made from, but for list files.

    Those are hashed when they are read. ``county.yml`` is here as well: nearly all that it
    says, and above all in which languages, is said on every page. Hand-written ``pages`` may
    lie among the lists or elsewhere. Paths start from the folder of ``config``; the
    generator's own files stand under ``generator``; where the clock is ``settled`` they are
    not read again.
    """
    written = {path: file_hash(path) for path in configurations(config)}
    found = {_seen_from(config, path): each for path, each in written.items()}
    others = [path for path in _files(lists) if path == PROFILE or not is_list_file(path)]
    found |= below(config, lists, {path: file_hash(lists / path) for path in others})
    for folder in (pages, theme):
        if folder:
            hashes = {path: file_hash(folder / path) for path in _files(folder)}
            found |= below(config, folder, hashes)
    return found | {f"generator/{path}": each for path, each in _own_files(settled).items()}


def _own_files(settled: Settled | None) -> dict[str, str]:
    """The hashes of the generator's files, kept as long as the files have the same marks."""
    code = Path(generator.__file__).parent
    statuses = {path: os.stat(f"{code}/{path}") for path in _files(code)}  # noqa: PTH116  by the hundred

    def made() -> str:
        return json.dumps({path: file_hash(code / path) for path in statuses})

    is_told = settled is not None and all(map(settled.is_told, statuses.values()))
    marks = [(path, *mark(status)) for path, status in statuses.items()]
    found: dict[str, str] = json.loads(kept(f"own files {marks}", made) if is_told else made())
    return found


def below(config: Path, folder: Path, hashes: Mapping[str, str]) -> dict[str, str]:
    """Paths in ``folder`` as seen from the project: the same in every clone of it."""
    place = _seen_from(config, folder)
    return {f"{place}/{path}".removeprefix("./"): each for path, each in hashes.items()}


def _seen_from(config: Path, path: Path) -> str:
    return Path(os.path.relpath(path, config.parent)).as_posix()


def tools() -> dict[str, str]:
    """Name and version of Python and of every package the generator asks for."""
    return {"python": platform.python_version(), **tools_of("qingdan")}


def fingerprint(inputs: Mapping[str, str], today: datetime.date, options: str) -> str:
    """One hash of everything outside the list files that has a part in a site."""
    parts = [dict(inputs), today.isoformat(), options, sys.version, installed()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def configurations(config: Path) -> list[Path]:
    """``mkdocs.yml``, and those it inherits from; each once, should they go round in a ring.

    Raises:
        OSError: when one cannot be read.
        UnicodeDecodeError: when one is not UTF-8.
    """
    found: list[Path] = []
    while config not in found:
        found.append(config)
        inherited = _INHERIT.search(config.read_text("utf-8"))
        if inherited:
            config = Path(os.path.normpath(config.parent / inherited[2]))
    return found


def _files(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        every = tree(folder, through_links=True)  # as MkDocs looks for pages
        yield from sorted(path for path in every if not _IGNORED.search(path))
