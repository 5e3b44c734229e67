"""Search loads little first, and more only for a question that needs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from conftest import Server, Visitor
from playwright.sync_api import Page, Route, expect

ANSWERED = ".found[data-search-ready]"
RESULTS = "[data-search-page][data-search-ready]"
CERTAIN, UNCERTAIN, NONSENSE = "亲属关系证明", "养猪太臭", "zzqq xxyy"


def held(page: Page) -> Callable[[], None]:
    """Keep the second file back; the result lets it come."""
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    page.route("**/search-more.*", keep)

    def release() -> None:
        for each in waiting:
            each.continue_()

    return release


def ask(page: Page, text: str) -> None:
    with page.expect_request("**/search-more.*"):
        page.fill("#q", text)


def test_a_certain_answer_needs_no_second_file(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    served.requests.clear()
    page.fill("#q", CERTAIN)
    page.wait_for_selector(ANSWERED)
    page.wait_for_timeout(600)

    data = [each for each in served.requests if "search-" in each and "?" in each]
    assert [each.split("?")[0] for each in data] == ["/assets/search-data.zh.js"]


@pytest.mark.parametrize("path", ["", "search/"])
def test_what_is_found_first_is_shown_but_not_called_the_answer(
    served: Server, visit: Visitor, path: str
) -> None:
    page = visit(f"{served.url}/{path}").page
    release = held(page)
    ask(page, UNCERTAIN)
    results = page.locator("[data-search-results]")

    assert results.locator("[data-item-id]").count() > 1
    assert results.get_attribute("data-search-ready") is None
    assert page.locator("[data-no-confident-result]").count() == 0
    assert page.locator("[data-ask] [role=status]").inner_text() == ""
    release()
    page.wait_for_selector("[data-search-results][data-search-ready]")
    assert page.locator("[data-search-results] [data-no-confident-result]").count() == 1
    expect(page.locator("[data-ask] [role=status]")).not_to_have_text("")


def test_the_result_that_was_chosen_stays_chosen(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    release = held(page)
    ask(page, UNCERTAIN)
    page.keyboard.press("ArrowDown")
    before = page.get_attribute(".found [aria-selected=true]", "href")
    release()
    page.wait_for_selector(ANSWERED)

    assert page.get_attribute(".found [aria-selected=true]", "href") == before
    active = page.get_attribute("#q", "aria-activedescendant")
    assert page.get_attribute(f"#{active}", "href") == before


def test_the_result_that_has_the_focus_keeps_it(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/search/").page
    release = held(page)
    ask(page, UNCERTAIN)
    page.locator(".results__name").first.focus()
    before = page.evaluate("document.activeElement.href")
    release()
    page.wait_for_selector(RESULTS)

    assert page.evaluate("document.activeElement.href") == before


def test_a_key_that_asks_for_something_else_is_not_overtaken(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/search/").page
    release = held(page)
    ask(page, UNCERTAIN)
    page.fill("#q", CERTAIN)
    page.wait_for_selector(RESULTS)
    release()
    page.wait_for_timeout(400)

    assert page.locator(".results [data-item-id]").first.get_attribute("data-item-id") == (
        "kinship-proof"
    )


def test_without_the_second_file_the_first_answer_stands(served: Server, visit: Visitor) -> None:
    visited = visit(f"{served.url}/")
    page = visited.page
    page.route("**/search-more.*", lambda route: route.abort())
    page.fill("#q", UNCERTAIN)
    page.wait_for_selector(ANSWERED)

    assert page.locator(".found [data-no-confident-result]").count() == 1
    assert page.locator(".found [data-item-id]").count() > 1
    page.unroute("**/search-more.*")
    ask(page, NONSENSE)
    page.wait_for_selector(ANSWERED)
    visited.complaints.clear()  # the browser itself notes what it could not load


def test_the_second_file_is_loaded_from_files_too(site: Path, visit: Visitor) -> None:
    page = visit((site / "search" / "index.html").as_uri() + f"?q={quote(UNCERTAIN)}").page
    page.wait_for_selector(RESULTS)

    assert page.evaluate("self.QingdanSearchMore.length") == 2


def test_the_other_language_answers_the_same_question(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/search/?q={quote('低保')}").page
    page.wait_for_selector(RESULTS)
    page.fill("#q", CERTAIN)
    page.wait_for_selector(RESULTS)
    page.click(".top [hreflang=en]")
    page.wait_for_selector(RESULTS)

    assert unquote(page.url) == f"{served.url}/en/search/?q={CERTAIN}"
    assert page.input_value("#q") == CERTAIN
