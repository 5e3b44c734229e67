"""A printed page says everything the page says, and where it is from."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import yaml
from conftest import Server, Visitor
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
VILLAGE = "places/yonghe-zhen/dangwan-cun/"


def printed(page: Page, target: Path) -> list[str]:
    """The text of every sheet that printing gives, without any white space."""
    page.pdf(path=target, format="A4")
    document = pypdfium2.PdfDocument(target)
    return ["".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document]


def squeezed(text: str) -> str:
    return "".join(text.split())


def answers() -> list[str]:
    files = sorted((ROOT / "lists" / "village").glob("*.yml"))
    return [squeezed(yaml.safe_load(path.read_text("utf-8"))["answer"]["zh"]) for path in files]


def test_a_printed_village_page_holds_every_answer_on_few_sheets(
    served: Server, visit: Visitor, tmp_path: Path
) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    sheets = printed(page, tmp_path / "village.pdf")
    text = "".join(sheets)

    assert len(answers()) == 80
    varied = {"newborn-medical-insurance"}  # this village has an answer of its own
    assert sum(answer in text for answer in answers()) == 80 - len(varied)
    assert len(sheets) <= 9
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize("path", [VILLAGE, "items/tree-felling-permit/", "sources/", ""])
def test_the_foot_of_a_printed_page_says_title_edition_and_address(
    served: Server, visit: Visitor, tmp_path: Path, path: str
) -> None:
    page = visit(f"{served.url}/{path}").page
    last = printed(page, tmp_path / "page.pdf")[-1]

    assert squeezed(page.title()) in last
    assert "清单版本2026年11月23日" in last
    assert f"{served.url}/{path}" in last


def test_a_printed_page_says_nothing_that_only_works_on_a_screen(
    served: Server, visit: Visitor, tmp_path: Path
) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    text = "".join(printed(page, tmp_path / "village.pdf"))

    for button in ("大字", "English", "发给别人", "看全部说明"):
        assert button not in text


def test_a_verdict_keeps_its_shape_on_paper(served: Server, visit: Visitor, tmp_path: Path) -> None:
    """Without printed backgrounds the shape would be lost, and colour is lost anyway."""
    page = visit(f"{served.url}/items/tree-felling-permit/").page
    page.emulate_media(media="print")

    shape = page.locator(".answer .verdict")
    kept = shape.evaluate("e => getComputedStyle(e, '::before').printColorAdjust")
    assert kept == "exact"


def test_ways_to_say_it_stay_on_the_screen(served: Server, visit: Visitor, tmp_path: Path) -> None:
    """They serve search; on paper they took a third of an item's first sheet, and one more."""
    page = visit(f"{served.url}/items/death-proof/").page
    sheets = printed(page, tmp_path / "item.pdf")

    assert "大家也这么说" not in "".join(sheets)
    assert len(sheets) <= 2
