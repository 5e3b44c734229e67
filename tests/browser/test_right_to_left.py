"""A language that reads from right to left: nothing hangs over, nothing is out of reach."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import DESK, PHONE, ROOT, Serve, Server, Visitor

from generator.cli import main

SMALL = ROOT / "tests" / "counties" / "small"
PAGES = {
    "home": "",
    "township": "places/dong-zhen/",
    "village": "places/dong-zhen/yakou-cun/",
    "item": "items/hardship-proof/",
    "department": "departments/civil-affairs/",
    "sources": "sources/",
}
UYGHUR = """\
language:
  name: ئۇيغۇرچە
  direction: rtl
"""


@pytest.fixture(scope="module")
def uyghur(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Server:
    """The small county with Uyghur as its third language."""
    folder = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("uyghur") / "lists"))
    county = folder / "county.yml"
    text = county.read_text("utf-8")
    county.write_text(text.replace("  - en\n", "  - en\n  - ug-Arab\n"), "utf-8")
    (folder / "languages").mkdir(exist_ok=True)
    (folder / "languages" / "ug-Arab.yml").write_text(UYGHUR, "utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("../../..", str(ROOT)), "utf-8")
    site = folder.parent / "site"
    result = CliRunner().invoke(main, ["build", "--config", str(config), "--site-dir", str(site)])
    assert result.exit_code == 0, result.output
    return serve(site)


@pytest.mark.parametrize("name", list(PAGES))
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_page_that_reads_from_the_right_fits_and_has_no_violation(
    uyghur: Server, visit: Visitor, name: str, size: dict[str, int]
) -> None:
    visited = visit(f"{uyghur.url}/ug-Arab/{PAGES[name]}", size)
    visited.page.evaluate("document.querySelectorAll('details').forEach((d, i) => d.open = i < 3)")

    assert visited.page.get_attribute("html", "dir") == "rtl"
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert visited.axe() == []


def test_the_way_past_the_header_comes_into_sight_on_the_first_tab(
    uyghur: Server, visit: Visitor
) -> None:
    page = visit(f"{uyghur.url}/ug-Arab/{PAGES['village']}").page
    skip = page.locator(".skip")
    hidden = skip.bounding_box()
    page.keyboard.press("Tab")
    shown = skip.bounding_box()

    assert hidden is not None
    assert hidden["y"] + hidden["height"] <= 0
    assert shown is not None
    assert shown["y"] >= 0
    assert 0 <= shown["x"] <= PHONE["width"] - shown["width"]
