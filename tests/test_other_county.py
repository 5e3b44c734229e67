"""Another county, with other lists and a right-to-left language, builds from the same code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_build import edit

from generator.cli import main

SMALL = Path(__file__).parent / "counties" / "small"
ROOT = Path(__file__).parents[1]

UYGHUR = """\
language:
  name: ئۇيغۇرچە
  direction: rtl
centre:
  unknown: تېخى تىزىملانمىغان
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small county with Uyghur as its third language, and without its negative list."""
    folder = tmp_path_factory.mktemp("county") / "lists"
    shutil.copytree(SMALL, folder)
    edit(folder / "county.yml", "  - en\n", "  - en\n  - ug-Arab\n")
    edit(folder / "county.yml", "zh: 样县\n", "zh: 别县\n  ug-Arab: باشقا ناھىيە\n")
    edit(folder / "item-lists.yml", "id: refuse", "id: outside")
    for path in (*folder.glob("village/*.yml"), *folder.glob("decisions/*.yml")):
        text = path.read_text("utf-8")
        path.write_text(text.replace("list: refuse", "list: outside"), "utf-8")
    (folder / "languages").mkdir()
    (folder / "languages" / "ug-Arab.yml").write_text(UYGHUR, "utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("../../..", str(ROOT)), "utf-8")
    target = folder.parent / "site"
    result = CliRunner().invoke(main, ["build", "--config", str(config), "--site-dir", str(target)])
    assert result.exit_code == 0, result.output
    return target


def test_the_third_language_has_every_page(site: Path) -> None:
    def pages(folder: Path) -> set[str]:
        found = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
        return {path for path in found if not path.startswith(("en/", "ug-Arab/", "404"))}

    written_by_hand = {f"{name}/index.html" for name in ("about", "complain", "accessibility")}
    assert pages(site / "ug-Arab") == pages(site) - written_by_hand


def test_pages_read_from_right_to_left_in_their_own_language(site: Path) -> None:
    html = (site / "ug-Arab/places/dong-zhen/yutang-cun/index.html").read_text("utf-8")

    assert '<html lang="ug-Arab" dir="rtl"' in html
    assert "تېخى تىزىملانمىغان" in html


def test_what_is_not_translated_is_shown_in_chinese_and_marked(site: Path) -> None:
    html = (site / "ug-Arab/places/dong-zhen/yutang-cun/index.html").read_text("utf-8")

    assert '<span lang="zh-CN" dir="ltr">鱼塘村</span>' in html


def test_lists_go_by_the_county_s_own_ids(site: Path) -> None:
    html = (site / "places/dong-zhen/yutang-cun/index.html").read_text("utf-8")

    assert 'data-list-id="outside"' in html
    assert (site / "lists/outside/index.html").is_file()
    assert not (site / "lists/refuse").exists()


def test_no_name_of_a_county_stands_in_the_code() -> None:
    for path in (
        *ROOT.glob("generator/**/*.py"),
        *ROOT.glob("generator/**/*.html"),
        *ROOT.glob("overrides/*.html"),
    ):
        text = path.read_text("utf-8")
        assert "凤冈" not in text, path
