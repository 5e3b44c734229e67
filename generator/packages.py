"""Which packages are installed, and in which versions, by the names of their folders.

``importlib.metadata`` knows more, but to load it, with mail and archives, takes as long as
twenty pages.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_FOLDER = re.compile(r"(.+)-([^-]+)\.dist-info")
_REQUIREMENT = re.compile(r"^Requires-Dist: ([A-Za-z0-9._-]+)(?!.*extra ==)", re.MULTILINE)


@cache
def _folders() -> Sequence[Path]:
    """What pip writes about each installed package; the one that is imported comes first."""
    places = (Path(place) for place in dict.fromkeys(sys.path))
    return [found for place in places if place.is_dir() for found in place.glob("*.dist-info")]


@cache
def _by_name() -> Mapping[str, tuple[str, Path]]:
    """By a package's name, its version and its folder."""
    found: dict[str, tuple[str, Path]] = {}
    for folder in _folders():
        if named := _FOLDER.fullmatch(folder.name):
            found.setdefault(_normal(named[1]), (named[2], folder))
    return found


@cache
def installed() -> Sequence[str]:
    """Every installed package with its version."""
    return sorted(folder.name for folder in _folders())


def version(name: str) -> str:
    """The version of an installed package.

    Raises:
        PackageNotFoundError: when it is not installed.
    """
    if known := _by_name().get(_normal(name)):
        return known[0]
    from importlib import metadata

    return metadata.version(name)  # another tool than pip has installed it


def tools_of(name: str) -> dict[str, str]:
    """The versions of a package and of all those it asks for, as far as they are installed."""
    packages = _by_name()
    said, _, _ = (packages[_normal(name)][1] / "METADATA").read_text("utf-8").partition("\n\n")
    names = (name, *sorted(_REQUIREMENT.findall(said)))
    return {each.lower(): packages[key][0] for each in names if (key := _normal(each)) in packages}


def _normal(name: str) -> str:
    """A package's name, however it is spelled (PyPA, Names and normalization)."""
    return re.sub(r"[-_.]+", "-", name).lower()
