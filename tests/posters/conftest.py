"""The small county's sheets, made once."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from sheets import Sheet

from generator.check import check_folder
from generator.edition import Edition
from generator.model import County, Item, Text
from generator.posters.order import Wanted, orders
from generator.posters.press import Outcome, press

SMALL = Path(__file__).parents[1] / "counties" / "small"
TODAY = datetime.date(2026, 1, 1)
SITE = "https://lists.example.org/sample/"
VILLAGE = "places/dong-zhen/yakou-cun"
TOWNSHIP = "places/dong-zhen"
ITEM = "items/death-proof"


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The small county, published at an address."""
    checked = check_folder(SMALL, TODAY)
    assert checked.county
    return Edition(checked.county, checked.languages, TODAY, site_url=SITE)


@dataclasses.dataclass
class Printed:
    """A folder of sheets, read back when asked for."""

    folder: Path
    outcome: Outcome

    def sheet(self, path: str) -> Sheet:
        return Sheet((self.folder / f"{path}.pdf").read_bytes())


Make = Callable[..., Printed]


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Make sheets of an edition: ``make(edition, kinds=…, subjects=…, …)``."""

    def made(edition: Edition, own: Path | None = None, **wanted: Any) -> Printed:
        folder = tmp_path_factory.mktemp("sheets")
        found = list(orders(edition, Wanted(**wanted)))
        assert found
        return Printed(folder, press(edition, found, folder, own, processes=1))

    return made


@pytest.fixture(scope="session")
def printed(edition: Edition, make: Make) -> Printed:
    """One of each sheet, in one and in two languages, posters upright and landscape."""
    subjects = (VILLAGE, TOWNSHIP, ITEM, "")
    made = make(edition, subjects=subjects)
    assert made.outcome.problems == []
    return made


def with_items(edition: Edition, names: dict[str, list[str]], english: str = "") -> Edition:
    """The county with other items on its village lists: by role, their names.

    All belong to one life event, so that cards hold them too.
    """
    county = edition.county
    event = next(iter(county.life_events))
    pattern: dict[str, Item] = {}
    for item in county.items.values():
        if item.level == "village":
            pattern.setdefault(edition.list_of(item).role, item)
    items = {key: item for key, item in county.items.items() if item.level != "village"}
    for role, wanted in names.items():
        for number, name in enumerate(wanted):
            key = f"{role}-{number}"
            text = {"zh": name} | ({"en": english} if english else {})
            change = {"id": key, "name": Text(text), "places": (), "variants": ()}
            items[key] = pattern[role].replaced(**(change | {"life_events": (event,)}))
    return with_county(edition, items=items)


def with_county(edition: Edition, **changed: Any) -> Edition:
    """The edition of a county that differs in some of its records."""
    county: County = structs.replace(edition.county, **changed)
    return Edition(county, edition.languages, TODAY, site_url=edition.site_url)
