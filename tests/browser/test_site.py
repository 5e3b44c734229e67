"""The demonstration site as villagers meet it, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import DESK, PHONE, Server, Visitor
from playwright.sync_api import expect

PAGES = {
    "home": "",
    "places": "places/",
    "township": "places/yonghe-zhen/",
    "village": "places/yonghe-zhen/dangwan-cun/",
    "item-does": "items/newborn-medical-insurance/",
    "item-refused": "items/tree-felling-permit/",
    "item-township": "items/drought-emergency-water/",
    "list": "lists/not/",
    "departments": "departments/",
    "department": "departments/police/",
    "fields": "fields/",
    "field": "fields/health/",
    "life-events": "life-events/",
    "life-event": "life-events/birth/",
    "proofs": "proofs/",
    "plates": "plates/",
    "posters": "posters/",
    "slip": "items/kinship-proof/slip/",
    "sources": "sources/",
    "data": "data/",
    "search": "search/",
    "about": "about/",
    "complain": "complain/",
    "accessibility": "accessibility/",
    "missing": "no/such/page/",
}


@pytest.mark.parametrize("name", [name for name in PAGES if name != "missing"])
@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_page_has_no_accessibility_violation(
    served: Server, visit: Visitor, name: str, prefix: str, size: dict[str, int]
) -> None:
    visited = visit(f"{served.url}/{prefix}{PAGES[name]}", size)
    visited.page.evaluate("document.querySelectorAll('details').forEach((d, i) => d.open = i < 3)")

    assert visited.axe() == []
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("name", ["home", "village", "item-refused", "township", "department"])
@pytest.mark.parametrize("look", ["dark", "large", "contrast"])
def test_no_look_has_an_accessibility_violation(
    served: Server, visit: Visitor, name: str, look: str
) -> None:
    visited = visit(f"{served.url}/{PAGES[name]}", dark=look == "dark")
    if look != "dark":
        visited.page.click(f"[data-toggle={look}]")

    assert visited.axe() == []
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_page_fits_a_phone_of_320_pixels(served: Server, visit: Visitor) -> None:
    for name in ("home", "village", "township", "item-refused", "search"):
        page = visit(f"{served.url}/{PAGES[name]}", {"width": 320, "height": 568}).page

        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


@pytest.mark.parametrize("path", ["items/death-proof/", "proofs/"])
def test_large_english_text_fits_a_phone_of_320_pixels(
    served: Server, visit: Visitor, path: str
) -> None:
    page = visit(f"{served.url}/en/{path}", {"width": 320, "height": 568}).page
    page.click("[data-toggle=large]")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_everything_a_villager_touches_is_at_least_44_pixels_high(
    served: Server, visit: Visitor
) -> None:
    for name in ("home", "village", "township", "item-refused", "places", "search", "data"):
        page = visit(f"{served.url}/{PAGES[name]}").page
        small = page.evaluate(
            """() => [...document.querySelectorAll('a, button, summary, input')]
              .filter(e => e.offsetParent && getComputedStyle(e).display !== 'inline'
                && e.getBoundingClientRect().height < 43.5 && !e.closest('.skip'))
              .map(e => e.outerHTML.slice(0, 80))"""
        )

        assert small == [], name


def test_body_text_is_at_least_18_pixels(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{PAGES['item-refused']}").page

    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
    assert size >= 18


def test_a_village_page_holds_all_its_answers_in_16_30_and_34(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/{PAGES['village']}", java_script_enabled=False).page

    counts = {
        key: page.locator(f"[data-list-id={key}] [data-item-id]").count()
        for key in ("can-do", "assist", "not")
    }
    assert counts == {"can-do": 16, "assist": 30, "not": 34}
    page.locator("[data-item-id=kinship-proof] summary").click()
    assert page.locator("[data-item-id=kinship-proof] .item__answer").is_visible()


def test_large_text_is_remembered_on_the_next_page(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    page.click("[data-toggle=large]")
    page.goto(f"{served.url}/{PAGES['village']}")

    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24
    assert page.get_attribute("[data-toggle=large]", "aria-pressed") == "true"


def test_the_language_switch_keeps_the_place(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{PAGES['village']}").page
    page.click("a[hreflang=en]")

    page.wait_for_url(f"{served.url}/en/{PAGES['village']}")
    assert page.get_attribute("html", "lang") == "en"
    page.click("a[hreflang=zh-CN]")
    page.wait_for_url(f"{served.url}/{PAGES['village']}")


def test_an_address_of_an_item_on_a_village_page_opens_its_fold(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/{PAGES['village']}#item-kinship-proof").page

    assert page.locator("#item-kinship-proof").get_attribute("open") is not None


def test_who_comes_back_finds_the_folds_as_they_were_left(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{PAGES['village']}").page
    for item in ("kinship-proof", "tree-felling-permit"):
        page.locator(f"#item-{item} summary").click()
    page.locator("#item-tree-felling-permit .item__more a").first.click()
    page.wait_for_url(f"{served.url}/{PAGES['item-refused']}")
    page.go_back()

    for item in ("kinship-proof", "tree-felling-permit"):
        expect(page.locator(f"#item-{item}")).to_have_attribute("open", "")


def test_who_asks_without_scripts_is_told_that_nothing_is_looked_up(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/", java_script_enabled=False).page
    page.fill("[name=q]", "低保")
    page.press("[name=q]", "Enter")
    page.wait_for_url(f"{served.url}/search/?q=*")

    expect(page.get_by_text("这部手机没开网页脚本")).to_be_visible()
    page = visit(f"{served.url}/search/").page
    expect(page.get_by_text("这部手机没开网页脚本")).to_be_hidden()


def test_the_rarer_ways_to_say_it_are_folded_away(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/items/minimum-living-allowance/").page
    rest = page.locator("#said_as ~ .uses").first

    assert page.locator("#said_as + .phrases li").count() == 12
    assert not rest.locator("li").first.is_visible()
    rest.locator("summary").click()
    assert rest.locator("li").first.is_visible()
    assert rest.locator("summary").inner_text() == f"还有{rest.locator('li').count()}种说法"


def test_printing_opens_every_fold(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{PAGES['village']}").page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_the_keyboard_alone_reaches_the_content_and_opens_an_item(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/{PAGES['village']}").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.locator("#item-newborn-medical-insurance summary").focus()
    page.keyboard.press("Enter")

    assert page.locator("#item-newborn-medical-insurance").get_attribute("open") is not None


def test_a_missing_page_offers_a_way_on_at_any_depth(
    site: Path, served: Server, visit: Visitor
) -> None:
    visited = visit(f"{served.url}/{PAGES['missing']}")
    visited.complaints.clear()  # the browser itself notes the 404

    assert visited.axe() == []
    assert visited.page.locator("html[lang]").count() == 1
    visited.page.click("main a >> nth=1")
    expect(visited.page).to_have_url(f"{served.url}/places/")


def test_the_site_works_below_a_path(site: Path, serve: object, visit: Visitor) -> None:
    server = serve(site, "/gov/lists")  # type: ignore[operator]
    page = visit(f"{server.url}/").page
    page.click("main a[href*='yonghe-zhen']")
    page.click("main a[href*='dangwan-cun']")

    expect(page).to_have_url(f"{server.url}/{PAGES['village']}")
    expect(page.locator("[data-item-id]")).to_have_count(80)
    assert server.missing == []


def test_a_village_page_is_light(served: Server, visit: Visitor) -> None:
    served.bytes_sent.clear()
    visit(f"{served.url}/{PAGES['village']}")

    assert len(served.bytes_sent) <= 3
    assert sum(served.bytes_sent.values()) <= 40_000


@pytest.mark.parametrize("name", list(PAGES))
def test_pictures_are_taken_to_be_looked_at(served: Server, visit: Visitor, name: str) -> None:
    for size, label in ((PHONE, "phone"), (DESK, "desk")):
        visited = visit(f"{served.url}/{PAGES[name]}", size)
        visited.complaints.clear()
        visited.picture(f"{name}-{label}")

        assert visited.page.locator("h1").count() == 1


def test_a_list_far_down_is_reached_in_one_tap(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{PAGES['village']}").page

    page.click(".list-nav a[href='#not']")
    page.wait_for_timeout(500)

    top = page.evaluate("document.getElementById('not').getBoundingClientRect().top")
    assert 0 <= top <= PHONE["height"] / 2
