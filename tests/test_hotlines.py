"""Hotlines say where their numbers come from, or that nobody has confirmed them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from msgspec import structs

from generator.check import check_folder
from generator.language import load_language
from generator.model import Date, Hotline, Lexicon, Text
from generator.pages import Site, sources
from generator.search.data import search_data
from generator.search.engine import Engine

SMALL = Path(__file__).parent / "counties" / "small"
TODAY = datetime.date(2026, 1, 1)
AMBULANCE = Hotline(
    number="120",
    name=Text({"zh": "急救"}),
    source=Text({"zh": "样县卫生健康局打电话核对"}),
    checked_on=Date.parse("2025-12-01"),
    said_as={"zh": ("救命",)},
)
POLICE = Hotline(number="110", name=Text({"zh": "报警"}), said_as={"zh": ("抓贼",)})


@pytest.fixture(scope="module")
def site() -> Site:
    county = check_folder(SMALL, TODAY).county
    assert county
    lexicon = Lexicon(hotlines=(AMBULANCE, POLICE))
    languages = (load_language("zh"), load_language("en"))
    return Site(structs.replace(county, lexicon=lexicon), languages, TODAY)


@pytest.mark.parametrize(
    ("changed", "confirmed"),
    [
        ({}, True),
        ({"source": None}, False),
        ({"checked_on": None}, False),
        ({"checked_on": Date.parse("2026-02")}, False),
        ({"checked_on": Date.parse("2023")}, False),
    ],
)
def test_a_number_is_confirmed_by_a_source_that_was_lately_looked_at(
    changed: dict[str, object], *, confirmed: bool
) -> None:
    hotline = AMBULANCE.replaced(**changed)

    assert hotline.is_confirmed(TODAY, 730) is confirmed


def test_search_says_which_numbers_nobody_has_confirmed(site: Site) -> None:
    engine = Engine(search_data(site, "zh"))

    found = [*engine.answer("救命").hotlines, *engine.answer("抓贼").hotlines]

    assert [(each.number, each.confirmed) for each in found] == [("120", True), ("110", False)]


@pytest.mark.parametrize(
    ("lang", "when", "unconfirmed"),
    [
        ("zh", "2025年12月1日核对", "这个号码近来没有人核对过"),
        ("en", "checked 1 December 2025", "Nobody has confirmed this number lately"),
    ],
)
def test_the_page_of_sources_says_where_numbers_come_from(
    site: Site, lang: str, when: str, unconfirmed: str
) -> None:
    page = next(each for each in sources(site) if (each.lang, each.path) == (lang, "sources"))
    ambulance, police = page.html().partition('href="tel:120"')[2].split('href="tel:110"')

    assert "样县卫生健康局打电话核对" in ambulance
    assert when in ambulance
    assert unconfirmed not in ambulance
    assert unconfirmed in police
