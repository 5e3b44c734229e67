"""A copy on a USB stick: the site opened straight from files."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Visitor
from playwright.sync_api import expect

from generator.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``make usb`` makes, unpacked at a path with a space and Chinese in it."""
    folder = tmp_path_factory.mktemp("stick")
    arguments = ["build", "--config", str(ROOT / "usb.yml"), "--site-dir", str(folder / "usb")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    archive = folder / "usb.zip"
    command = [sys.executable, "-m", "zipfile", "-c", str(archive), f"{folder}/usb/"]
    subprocess.run(command, check=True)
    shutil.unpack_archive(archive, folder / "U 盘")
    return folder / "U 盘" / "usb"


def test_a_villager_finds_the_way_from_home_to_an_answer(stick: Path, visit: Visitor) -> None:
    page = visit((stick / "index.html").as_uri()).page
    page.click("main a[href*='yonghe-zhen']")
    page.click("main a[href*='dangwan-cun']")
    page.click("[data-item-id=kinship-proof] summary")
    page.click("[data-item-id=kinship-proof] a[href*='kinship-proof']")

    expect(page).to_have_url(re.compile(r"/items/kinship-proof/index\.html$"))
    expect(page.locator(".answer")).to_be_visible()
    page.click("a[hreflang=en]")
    page.wait_for_url("**/en/items/kinship-proof/index.html")
    page.click("footer a[href*=about]")
    page.wait_for_url("**/en/about/index.html")


def test_the_other_language_answers_the_same_question(stick: Path, visit: Visitor) -> None:
    page = visit((stick / "search" / "index.html").as_uri()).page
    page.fill("#q", "亲属关系证明 100%?")
    page.wait_for_selector("[data-search-page][data-search-ready]")
    page.click(".top [hreflang=en]")
    page.wait_for_selector("[data-search-page][data-search-ready] [data-item-id=kinship-proof]")

    assert "/en/search/index.html?q=" in page.url
    assert page.input_value("#q") == "亲属关系证明 100%?"


def test_search_and_my_village_work_from_files(stick: Path, visit: Visitor) -> None:
    page = visit((stick / "places" / "index.html").as_uri() + "#choose").page
    page.click(".places a[data-path='yonghe-zhen/dangwan-cun']")
    page.wait_for_url("**/places/yonghe-zhen/dangwan-cun/index.html")
    page.goto((stick / "index.html").as_uri())
    page.fill("#q", "亲属关系证明")
    page.wait_for_selector(".found[data-search-ready]")
    page.click(".found [data-item-id=kinship-proof]")
    page.wait_for_url("**/items/kinship-proof/index.html")
    page.click("[data-mine-tab]")
    page.wait_for_url("**/places/yonghe-zhen/dangwan-cun/index.html")


def test_the_search_page_works_from_files(stick: Path, visit: Visitor) -> None:
    page = visit((stick / "search" / "index.html").as_uri()).page
    page.fill("#q", "低保")
    page.wait_for_selector("[data-search-page][data-search-ready] [data-item-id]")
    page.fill("#q", "亲属关系证明")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-search-page][data-search-ready] [data-item-id=kinship-proof]")
    page.click("[data-item-id=kinship-proof] .results__name")
    page.wait_for_url("**/items/kinship-proof/index.html")
    page.go_back()
    page.wait_for_selector("[data-search-page][data-search-ready] [data-item-id=kinship-proof]")
