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
from importlib import metadata
from pathlib import Path

import generator
from generator.reading import is_list_file

from .memory import file_hash, tree

_IGNORED = re.compile(r"(^|/)(\.|__pycache__(/|$))|\.pyc$")
_INHERIT = re.compile(r"^INHERIT:\s*(\S+)", re.MULTILINE)
_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


def project_inputs(config: Path, lists: Path, theme: Path | None) -> dict[str, str]:
    """The hash of every file that a site is made from, but for list files.

    Those are hashed when they are read. Paths start from the folder of ``config``;
    the generator's own files stand under ``generator``.
    """
    found = {path.name: file_hash(path) for path in _configs(config)}
    found |= {
        below(config, lists, path): file_hash(lists / path)
        for path in _files(lists)
        if not is_list_file(path)
    }
    if theme:
        found |= {below(config, theme, path): file_hash(theme / path) for path in _files(theme)}
    code = Path(generator.__file__).parent
    return found | {f"generator/{path}": file_hash(code / path) for path in _files(code)}


def below(config: Path, folder: Path, path: str) -> str:
    """``path`` in ``folder`` as seen from the project: the same in every clone of it."""
    relative = os.path.relpath(folder, config.parent)
    return f"{Path(relative).as_posix()}/{path}".removeprefix("./")


def tools() -> dict[str, str]:
    """Name and version of Python and of every package the generator asks for."""
    wanted = [each for each in metadata.requires("qingdan") or () if "extra ==" not in each]
    names = [found[0] for each in wanted if (found := _REQUIREMENT.match(each))]
    return {
        "python": platform.python_version(),
        **{name.lower(): metadata.version(name) for name in ("qingdan", *sorted(names))},
    }


def fingerprint(inputs: Mapping[str, str], today: datetime.date, options: str) -> str:
    """One hash of everything outside the list files that has a part in a site."""
    parts = [dict(inputs), today.isoformat(), options, sys.version, _installed()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _configs(config: Path) -> Iterator[Path]:
    """The configuration, and those it inherits from."""
    yield config
    inherited = _INHERIT.search(config.read_text("utf-8"))
    if inherited:
        yield from _configs(config.parent / inherited[1].strip("'\""))


def _files(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        yield from sorted(path for path in tree(folder) if not _IGNORED.search(path))


def _installed() -> list[str]:
    """Every installed distribution with its version, from the names of their folders."""
    return sorted(
        entry.name
        for place in dict.fromkeys(sys.path)
        if Path(place).is_dir()
        for entry in Path(place).glob("*.dist-info")
    )
