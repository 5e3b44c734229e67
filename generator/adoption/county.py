"""A new county's folder: what any county needs, its places, and six items to begin with.

The six rest on national rules and show what an entry looks like; the county's own come
from the lists that it has published.
"""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Any

import yaml
from msgspec import Struct

from generator.model import Profile, Township
from generator.reading.canonical import canonical

from .nationalities import joined, parted
from .places import Place, Places, english

_ENDINGS = {
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "县": "County",
    "区": "District",
    "旗": "Banner",
    "市": "City",
}
"""What a county may be, by the end of its name."""

OVERRIDES = "overrides"
"""The theme's shell, which lies in the folder of the generator."""


class NewCounty(Struct, frozen=True):
    """What must be known to begin."""

    code: str
    """12 digits."""
    name: str
    part_of: str
    """Province and city."""
    places: Places
    hotline: str
    today: datetime.date
    """The day of the first edition."""

    @property
    def english(self) -> str:
        """The name in English: ``Fenggang County``, ``Sandu Sui Autonomous County``."""
        ending = next((each for each in _ENDINGS if self.name.endswith(each)), "")
        stem, peoples = parted(self.name.removesuffix(ending))
        words = [english(stem), *([joined(peoples)] if peoples else []), _ENDINGS.get(ending, "")]
        return " ".join(word for word in words if word)


class InTheWayError(FileExistsError):
    """Something stands where the county would be written; ``path`` says what."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def write(new: NewCounty, folder: Path, engine: Path) -> list[Path]:
    """Write ``lists/`` and, where there is none, ``mkdocs.yml`` below ``folder``.

    ``engine`` is the folder that holds the theme's shell, for a county outside it.
    Everything is written beside its place first, so that a half-written county never
    stands there. Returns what was written.

    Raises:
        InTheWayError: when ``lists`` is there already; nothing is overwritten.
        OSError: when the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lists, config = folder / "lists", folder / "mkdocs.yml"
    if lists.exists() or lists.is_symlink():
        raise InTheWayError(lists)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".qingdan-") as made:
        for name, text in _files(new):
            path = Path(made) / "lists" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        (Path(made) / "lists").rename(lists)
    if config.exists():
        return [lists]
    with config.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(_config(new, folder, engine))
    return [lists, config]


def _files(new: NewCounty) -> Iterator[tuple[str, str]]:
    # The county's procedure holds from today; what the starter lists was decided before.
    before = (new.today - datetime.timedelta(days=1)).isoformat()
    words = {
        "county": new.name,
        "county_en": new.english,
        "before": before,
        "hotline": new.hotline,
    }
    words["edition"] = new.today.isoformat()
    starter = resources.files(__package__).joinpath("starter")
    for name, text in _texts(starter):
        # A decision's file begins with its date.
        named = name.replace("decisions/", f"decisions/{before}-")
        yield named, Template(text).substitute(words)
    yield "county.yml", canonical(_dump(_profile(new)), Profile, None)
    for town, villages in new.places.townships:
        text = canonical(_dump(_township(town, villages)), Township, None)
        yield f"places/{town.slug}.yml", text
    yield "township/.gitkeep", ""


def _texts(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every file of the starter, by its name below ``lists/``."""
    for each in folder.iterdir():
        if each.is_dir():
            yield from _texts(each, f"{prefix}{each.name}/")
        else:
            yield f"{prefix}{each.name}", each.read_text("utf-8")


def _profile(new: NewCounty) -> Mapping[str, Any]:
    return {
        "code": new.code,
        "name": {"zh": new.name, "en": new.english},
        "site_name": {"zh": f"{new.name}明白清单", "en": f"{new.english} Duty Lists"},
        "part_of": {"zh": new.part_of},
        "languages": ["zh", "en"],
        "official": False,
        "hotline": {
            "number": new.hotline,
            "note": {"zh": "政务服务便民热线", "en": "Public service hotline"},
        },
        "edition": new.today.isoformat(),
        "sources": {
            "zh": "清单还在整理，没有公布。办事前请先问村里。",
            "en": "The lists are being prepared and are not published. Ask your village first.",
        },
    }


def _township(town: Place, villages: tuple[Place, ...]) -> Mapping[str, Any]:
    return {**_place(town), "villages": [{**_place(each), "slug": each.slug} for each in villages]}


def _place(place: Place) -> dict[str, Any]:
    made: dict[str, Any] = {
        "code": place.code,
        "name": {"zh": place.name, "en": place.en},
        "kind": place.kind,
    }
    if place.official:
        made["official"] = {"zh": place.official}
    return made


def _config(new: NewCounty, folder: Path, engine: Path) -> str:
    """``mkdocs.yml`` of a county whose lists lie outside the generator's folder."""
    here = os.path.relpath(engine, folder).replace(os.sep, "/")
    return _dump(
        {
            "INHERIT": f"{here}/mkdocs.yml",
            "site_name": f"{new.name}明白清单",
            "docs_dir": "lists/pages",
            "theme": {"custom_dir": f"{here}/{OVERRIDES}"},
        }
    )


def _dump(data: Mapping[str, Any]) -> str:
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    return text
