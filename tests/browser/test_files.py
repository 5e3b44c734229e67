"""A copy on a USB stick: the site opened straight from files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Visitor

from generator.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration county built for files, at a path with a space and Chinese in it."""
    folder = tmp_path_factory.mktemp("usb")
    config = folder / "mkdocs.yml"
    config.write_text(
        f"INHERIT: {ROOT}/mkdocs.yml\nuse_directory_urls: false\ndocs_dir: {ROOT}/lists/pages\n"
        f"theme: {{custom_dir: {ROOT}/overrides}}\nplugins: {{qingdan: {{lists: {ROOT}/lists}}}}\n",
        "utf-8",
    )
    target = folder / "U 盘" / "site"
    result = CliRunner().invoke(main, ["build", "--config", str(config), "--site-dir", str(target)])
    assert result.exit_code == 0, result.output
    return target


def test_a_villager_finds_the_way_from_home_to_an_answer(stick: Path, visit: Visitor) -> None:
    page = visit((stick / "index.html").as_uri()).page
    page.click("main a[href*='yonghe-zhen']")
    page.click("main a[href*='dangwan-cun']")
    page.click("[data-item-id=kinship-proof] summary")
    page.click("[data-item-id=kinship-proof] a[href*='kinship-proof']")

    assert page.url.endswith("/items/kinship-proof/index.html")
    assert page.locator(".answer").is_visible()
    page.click("a[hreflang=en]")
    assert page.url.endswith("/en/items/kinship-proof/index.html")
    page.click("footer a[href*=about]")
    assert page.url.endswith("/en/about/index.html")
