"""Every page of the small county is what was blessed, word for word.

``make bless`` writes the expected pages anew; the diff is then read like code.
"""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from generator.check import check_folder
from generator.pages import Site, source_uri, sources

SMALL = Path(__file__).parent / "counties" / "small"
EXPECTED = Path(__file__).parent / "golden" / "small"
TODAY = datetime.date(2026, 1, 1)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The Markdown of every page by its file name."""
    checked = check_folder(SMALL, TODAY)
    assert checked.county is not None
    site = Site(checked.county, checked.languages, TODAY, site_url="https://example.org/lists/")
    return {
        source_uri(each.path, site.prefix(each.lang)): each.markdown() for each in sources(site)
    }


def test_pages_are_the_blessed_ones(made: dict[str, str], bless: bool) -> None:
    if bless:
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for uri, text in made.items():
            path = EXPECTED / uri
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    expected = {
        path.relative_to(EXPECTED).as_posix(): path.read_text("utf-8")
        for path in EXPECTED.rglob("*.md")
    }

    assert sorted(made) == sorted(expected)
    for uri, text in made.items():
        assert text == expected[uri], uri


def test_every_page_stands_at_the_same_address_in_each_language(made: dict[str, str]) -> None:
    chinese = {uri for uri in made if not uri.startswith("en/")}

    assert {uri.removeprefix("en/") for uri in made if uri.startswith("en/")} == chinese


def test_a_variant_shows_on_the_pages_of_its_places_its_item_and_its_office(
    made: dict[str, str],
) -> None:
    there = made["places/xi-jiedao/yutang-shequ/index.md"]
    elsewhere = made["places/dong-zhen/yutang-cun/index.md"]

    assert "西街道的社区只帮着报，办在街道。" in there
    assert "银行卡" in there
    assert "到村里登记，一次办完。" in elsewhere
    assert "银行卡" not in elsewhere
    item = made["items/baby-insurance/index.md"]
    for part in ("到村里登记，一次办完。", "西街道", "村里帮办", "户口簿、银行卡", "缴费到银行缴"):
        assert part in item
    assert "只在这些地方：西街道" in made["departments/bank/index.md"]
