"""Pages of changes on a phone and on a desk: readable, reachable, and the chart is drawn."""

from __future__ import annotations

import pytest
from conftest import DESK, PHONE, Server, Visitor
from playwright.sync_api import expect

PAGES = {
    "overview": "changes/",
    "township": "changes/places/yonghe-zhen/",
    "publication": "changes/2024-05-80-village-items-published/",
    "wording": "changes/2026-01-01-organic-law-amended/",
    "refused": "changes/2024-05-20-steel-plaques-stopped/",
    "coming": "changes/2027-01-01-electronic-death-certificates/",
}
OPEN = "document.querySelectorAll('details').forEach(d => d.open = true)"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("prefix", "size"), [("", PHONE), ("en/", DESK)], ids=["zh", "en"])
def test_a_page_of_changes_has_no_accessibility_violation(
    served: Server, visit: Visitor, name: str, prefix: str, size: dict[str, int]
) -> None:
    visited = visit(f"{served.url}/{prefix}{PAGES[name]}", size)
    visited.page.evaluate(OPEN)

    assert visited.axe() == []
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("name", ["overview", "township", "wording"])
@pytest.mark.parametrize("look", ["dark", "large", "contrast"])
def test_no_look_of_them_has_a_violation(
    served: Server, visit: Visitor, name: str, look: str
) -> None:
    visited = visit(f"{served.url}/{PAGES[name]}", dark=look == "dark")
    if look != "dark":
        visited.page.click(f"[data-toggle={look}]")
    visited.page.evaluate(OPEN)

    assert visited.axe() == []
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_they_fit_a_phone_of_320_pixels(served: Server, visit: Visitor) -> None:
    for path in PAGES.values():
        page = visit(f"{served.url}/{path}", {"width": 320, "height": 568}).page
        page.evaluate(OPEN)

        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_what_is_touched_is_at_least_44_pixels_high(served: Server, visit: Visitor) -> None:
    for path in PAGES.values():
        page = visit(f"{served.url}/{path}").page
        page.evaluate(OPEN)
        small = page.evaluate(
            """() => [...document.querySelectorAll('main a, main summary')]
              .filter(e => e.offsetParent && getComputedStyle(e).display !== 'inline'
                && e.getBoundingClientRect().height < 43.5)
              .map(e => e.outerHTML.slice(0, 80))"""
        )

        assert small == [], path


def test_the_chart_s_bars_are_as_long_as_their_lists(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{PAGES['township']}").page
    widths = page.evaluate(
        "[...document.querySelectorAll('.load svg')[0].querySelectorAll('rect')]"
        ".map(e => e.getBoundingClientRect().width)"
    )
    colours = page.evaluate(
        "[...document.querySelectorAll('.load svg')[0].querySelectorAll('rect')]"
        ".map(e => getComputedStyle(e).fill)"
    )

    assert [round(each / widths[0] * 16) for each in widths] == [16, 30, 34]
    assert len(set(colours)) == 3
    image = page.get_by_role("img").first
    assert "每次变动以后" in (image.get_attribute("aria-label") or "")


def test_a_change_is_two_steps_from_home(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    page.get_by_role("link", name="清单变动").first.click()
    page.get_by_role("link", name="公布村级事务清单：80项").first.click()

    expect(page).to_have_url(f"{served.url}/{PAGES['publication']}")
    assert page.locator(".changed__one").count() == 3
