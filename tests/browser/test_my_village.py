"""My village: chosen once, kept on the phone only, shown everywhere, changed or forgotten in one tap."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import Serve, Server, Visit, Visitor
from playwright.sync_api import Page, expect

VILLAGE = "places/yonghe-zhen/dangwan-cun/"
TOWNSHIP = "places/yonghe-zhen/"
ELSEWHERE = "places/suiyang-zhen/"
TAB = "[data-mine-tab]"


def choose(page: Page, served: Server, path: str = VILLAGE) -> None:
    page.goto(f"{served.url}/{path}")
    page.click("[data-mine-set]")


def test_one_tap_on_a_village_page_sets_it(served: Server, visit: Visitor) -> None:
    visited = visit(f"{served.url}/{VILLAGE}")
    page = visited.page
    expect(page.locator(TAB)).to_have_text("选村")
    page.click("[data-mine-set]")

    expect(page.locator(TAB)).to_have_text("党湾村")
    assert page.locator("[data-mine-here]").is_visible()
    assert not page.locator("[data-mine-set]").is_visible()
    assert visited.axe() == []


def test_one_tap_on_a_township_page_sets_it(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{TOWNSHIP}").page
    page.click("[data-mine-set]")

    expect(page.locator(TAB)).to_have_text("永和镇")


def test_a_village_is_chosen_from_the_list_of_places(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    page.click("[data-mine-unset] a")
    expect(page.locator("#choose")).to_be_visible()
    page.click(".places a[data-path='yonghe-zhen/dangwan-cun']")

    expect(page).to_have_url(f"{served.url}/{VILLAGE}")
    expect(page.locator(TAB)).to_have_text("党湾村")


def test_looking_at_the_list_of_places_chooses_nothing(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/places/").page
    assert not page.locator("#choose").is_visible()
    page.click(".places a[data-path='yonghe-zhen/dangwan-cun']")

    expect(page.locator(TAB)).to_have_text("选村")


def test_a_village_is_chosen_from_a_search_result(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/search/?q={quote('党湾村')}").page
    found = page.locator("[data-search-results] li:has(button)").first
    assert "永和镇" in found.inner_text()
    found.locator("button").click()

    expect(page.locator(TAB)).to_have_text("党湾村")
    page.click(TAB)
    expect(page).to_have_url(f"{served.url}/{VILLAGE}")


def test_my_village_is_marked_as_where_one_is_on_its_own_page_only(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/{ELSEWHERE}").page
    expect(page.locator(TAB)).to_have_attribute("aria-current", "true")
    choose(page, served)
    expect(page.locator(TAB)).to_have_attribute("aria-current", "true")
    page.goto(f"{served.url}/{ELSEWHERE}")

    expect(page.locator(TAB)).to_have_text("党湾村")
    expect(page.locator(TAB)).not_to_have_attribute("aria-current", "true")


def test_my_village_is_one_tap_away_on_every_page(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    choose(page, served)

    for path in (
        "",
        "items/kinship-proof/",
        "lists/not/",
        "places/",
        "search/",
        "about/",
        ELSEWHERE,
    ):
        page.goto(f"{served.url}/{path}")
        expect(page.locator(TAB)).to_have_text("党湾村")
        page.click(TAB)
        expect(page).to_have_url(f"{served.url}/{VILLAGE}")


def test_home_leads_to_my_village(served: Server, visit: Visitor) -> None:
    visited = visit(f"{served.url}/{VILLAGE}")
    choose(visited.page, served)
    visited.page.goto(f"{served.url}/")

    assert visited.axe() == []
    visited.page.click("main .mine__go")
    expect(visited.page).to_have_url(f"{served.url}/{VILLAGE}")


def test_it_is_changed_in_one_tap_on_another_village(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    choose(page, served)
    page.goto(f"{served.url}/{ELSEWHERE}")
    page.click("[data-mine-set]")

    expect(page.locator(TAB)).to_have_text("绥阳镇")


@pytest.mark.parametrize("path", ["", "places/", VILLAGE])
def test_it_is_forgotten_in_one_tap(served: Server, visit: Visitor, path: str) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    choose(page, served)
    page.goto(f"{served.url}/{path}")
    page.click("[data-mine-forget]")

    expect(page.locator(TAB)).to_have_text("选村")
    assert page.evaluate("localStorage.getItem('qingdan.village')") is None
    page.reload()
    expect(page.locator(TAB)).to_have_text("选村")


def test_another_open_page_follows(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    other = page.context.new_page()
    choose(other, served)

    page.wait_for_selector(f"{TAB}:has-text('党湾村')")


def test_its_name_is_said_in_the_language_of_the_page(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    choose(page, served)
    page.goto(f"{served.url}/en/")
    expect(page.locator(TAB)).to_have_text("My village")
    page.click(TAB)

    expect(page).to_have_url(f"{served.url}/en/{VILLAGE}")
    expect(page.locator(TAB)).to_have_text("Dangwan Village")
    page.goto(f"{served.url}/")
    expect(page.locator(TAB)).to_have_text("党湾村")


def test_an_item_says_what_differs_in_my_village(served: Server, visit: Visitor) -> None:
    visited = visit(f"{served.url}/items/newborn-medical-insurance/")
    page = visited.page
    assert not page.locator("main .mine").is_visible()
    choose(page, served)
    page.goto(f"{served.url}/items/newborn-medical-insurance/")

    assert page.inner_text("main .mine").startswith("党湾村：")
    assert "直接到村党群服务中心" in page.inner_text("main .mine")
    assert visited.axe() == []
    page.click("main .mine [data-mine-link]")
    expect(page).to_have_url(f"{served.url}/{VILLAGE}#item-newborn-medical-insurance")
    expect(page.locator("#item-newborn-medical-insurance .item__answer")).to_be_visible()


def test_an_item_that_is_the_same_everywhere_leads_to_my_village(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    choose(page, served)
    page.goto(f"{served.url}/items/kinship-proof/")

    assert "村里不办" in page.inner_text("main .mine")


def test_an_item_of_townships_leads_to_my_township(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    choose(page, served)
    page.goto(f"{served.url}/items/drought-emergency-water/")
    page.click("main .mine [data-mine-link]")

    expect(page).to_have_url(f"{served.url}/{TOWNSHIP}#item-drought-emergency-water")


def test_the_page_on_printing_leads_to_the_prints_of_my_village(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    choose(page, served)
    page.goto(f"{served.url}/posters/")
    page.click("main .mine a")

    expect(page).to_have_url(f"{served.url}/{VILLAGE}#prints")


def test_search_answers_for_my_village(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    choose(page, served)
    page.goto(f"{served.url}/search/?q={quote('新生儿医保')}")
    page.wait_for_selector("[data-search-page][data-search-ready]")

    assert "党湾村" in page.inner_text("[data-search-results] .hint")


# --- The poster's age -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "海报旧了"), ("en/", "The poster on the wall is out of date")]
)
def test_an_old_poster_is_told_from_its_code_and_the_village_kept_in_one_tap(
    served: Server, visit: Visitor, prefix: str, words: str
) -> None:
    visited = visit(f"{served.url}/{prefix}{VILLAGE}?e=2025-01-01")
    page = visited.page

    assert words in page.inner_text("[data-poster]")
    assert visited.axe() == []
    page.click("[data-mine-set]")
    expect(page.locator("[data-mine-here]")).to_be_visible()


@pytest.mark.parametrize("code", ["2026-11-23", "2099-01-01", "%E0%A4%A", ""])
def test_a_poster_of_today_is_not_called_old(served: Server, visit: Visitor, code: str) -> None:
    page = visit(f"{served.url}/{VILLAGE}?e={code}").page

    assert not page.locator("[data-poster]").is_visible()
    assert page.locator("[data-mine-set]").is_visible()


# --- Where storage is forbidden ---------------------------------------------------------


@pytest.fixture
def sealed(served: Server, visit: Visitor, serve: Serve, tmp_path: Path) -> Visit:
    """The village page in a frame that may run scripts and store nothing."""
    (tmp_path / "index.html").write_text(
        '<!doctype html><link rel="icon" href="data:,">'
        f'<iframe sandbox="allow-scripts allow-forms" width="360" height="700" src="{served.url}/{VILLAGE}"></iframe>',
        "utf-8",
    )
    return visit(serve(tmp_path).url + "/")


def test_where_storage_is_forbidden_the_choice_holds_for_the_page(sealed: Visit) -> None:
    frame = sealed.page.frame_locator("iframe")
    frame.locator("[data-mine-set]").click()
    expect(frame.locator(TAB)).to_have_text("党湾村")

    frame.locator("[data-toggle=large]").click()
    assert frame.locator("html.large").count() == 1
    frame.locator("#q").fill("亲属关系证明")
    frame.locator(".found [data-item-id=kinship-proof]").click()
    assert frame.locator("#item-kinship-proof .item__answer").is_visible()
