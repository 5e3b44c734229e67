"""The search box and its answers, as villagers type, dictate and go back."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import pytest
from conftest import Server, Visitor, until
from playwright.sync_api import Page, expect

VILLAGE = "places/yonghe-zhen/dangwan-cun/"
ANSWERED = ".found[data-search-ready]"
RESULTS = "[data-search-page][data-search-ready]"


def options(page: Page) -> list[str]:
    return page.locator(".found [role=option] .found__name").all_inner_texts()


def test_answers_come_while_one_types(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    page.fill("#q", "亲属关系证明")
    page.wait_for_selector(ANSWERED)

    first = page.locator(".found [data-item-id=kinship-proof]")
    assert first.locator("mark").first.inner_text() in "亲属关系证明"
    assert first.locator(".verdict--does-not").inner_text() == "村里不办"
    assert "该找：" in first.inner_text()
    assert page.locator(".found [data-list-id=not] [data-item-id=kinship-proof]").count() == 1


def test_nothing_of_the_search_is_loaded_before_the_box_is_touched(
    served: Server, visit: Visitor
) -> None:
    served.requests.clear()
    page = visit(f"{served.url}/{VILLAGE}").page
    page.wait_for_timeout(300)
    assert [each for each in served.requests if "search" in each or "lunr" in each] == []

    page.tap("#q") if page.evaluate("'ontouchstart' in window") else page.click("#q")
    until(page, "Boolean(self.QingdanSearchFirst)")


def test_the_arrows_choose_and_enter_opens(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    page.focus("#q")
    page.keyboard.type("低保")
    page.wait_for_selector(ANSWERED)
    box = page.locator("#q")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    active = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}[aria-selected=true]").count() == 1
    target = page.locator(f"#{active}").get_attribute("href")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.url}/{(target or '').removeprefix('./')}")


def test_the_arrows_come_round_to_the_box_itself(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    page.fill("#q", "低保")
    page.wait_for_selector(ANSWERED)

    page.keyboard.press("ArrowUp")
    last = page.get_attribute("#q", "aria-activedescendant")
    assert last == f"found-{len(page.query_selector_all('.found [role=option]')) - 1}"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") is None


def test_escape_closes_the_answers_and_keeps_the_words(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    page.fill("#q", "低保")
    page.wait_for_selector(ANSWERED)
    page.keyboard.press("Escape")

    assert not page.locator(".found").is_visible()
    assert page.get_attribute("#q", "aria-expanded") == "false"
    assert page.input_value("#q") == "低保"


def test_enter_without_a_choice_leads_to_the_search_page(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    page.fill("#q", "低保 怎么办")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    page.wait_for_selector(RESULTS)
    assert unquote(page.url).replace("+", " ") == f"{served.url}/search/?q=低保 怎么办"
    assert page.input_value("#q") == "低保 怎么办"


def test_nothing_happens_while_an_input_method_composes(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    page.focus("#q")
    page.fill("#q", "医保")
    page.wait_for_selector(ANSWERED)
    page.fill("#q", "")
    page.wait_for_timeout(200)
    page.evaluate(
        "new MutationObserver(() => window.changed = true).observe("
        "document.querySelector('.found'), {childList: true, subtree: true})"
    )
    ime = page.context.new_cdp_session(page)

    for text in ("d", "di", "di b", "di bao"):
        ime.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    page.wait_for_timeout(200)
    assert page.input_value("#q") == "di bao"
    assert page.evaluate("window.changed") is None
    ime.send("Input.insertText", {"text": "低保"})

    page.wait_for_selector(ANSWERED)
    assert page.input_value("#q") == "低保"
    assert options(page)


@pytest.mark.parametrize("path", ["", "search/"])
def test_the_enter_that_confirms_a_candidate_is_not_a_search(
    served: Server, visit: Visitor, path: str
) -> None:
    page = visit(f"{served.url}/{path}").page
    page.focus("#q")
    until(page, "Boolean(self.QingdanSearchFirst)")
    ime = page.context.new_cdp_session(page)
    ime.send("Input.imeSetComposition", {"text": "di bao", "selectionStart": 6, "selectionEnd": 6})
    before = page.url, page.evaluate("history.length")
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}

    # Chrome: the key comes while composing. Safari: after `compositionend`, with code 229.
    ime.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    ime.send("Input.insertText", {"text": "低保"})
    ime.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    ime.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    page.wait_for_timeout(300)

    assert page.evaluate("history.length") == before[1]
    assert page.url.split("?")[0] == before[0]
    assert page.input_value("#q") == "低保"


@pytest.mark.parametrize(
    ("prefix", "query"), [("", "亲属关系证明"), ("en/", "kinship certificate")]
)
def test_a_search_can_be_linked_in_both_languages(
    served: Server, visit: Visitor, prefix: str, query: str
) -> None:
    visited = visit(f"{served.url}/{prefix}search/?q={quote(query)}")
    page = visited.page
    page.wait_for_selector(RESULTS)

    assert page.input_value("#q") == query
    assert page.title().startswith(f"{query} · ")
    found = page.locator("[data-search-results] [data-list-id=not] [data-item-id=kinship-proof]")
    assert found.locator(".verdict--does-not").is_visible()
    assert page.locator("[data-no-confident-result]").count() == 0
    assert visited.axe() == []


def test_what_is_shown_is_not_called_ready_while_a_new_answer_is_due(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/search/?q={quote('低保')}").page
    page.wait_for_selector(RESULTS)

    ready = page.evaluate(
        """() => { const box = document.querySelector('#q'), seen = [];
          box.value = '医保';
          box.dispatchEvent(new InputEvent('input', {bubbles: true}));
          return document.querySelector('[data-search-page]').hasAttribute('data-search-ready'); }"""
    )
    assert ready is False
    page.wait_for_selector(RESULTS)
    assert unquote(page.url).endswith("?q=医保")


def test_back_and_forward_bring_back_each_question(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/search/?q={quote('低保')}").page
    page.wait_for_selector(RESULTS)
    first = page.locator(".results__name").all_inner_texts()
    page.fill("#q", "")
    page.keyboard.type("亲属关系证明")
    page.keyboard.press("Enter")
    page.wait_for_selector(RESULTS)
    page.locator("[data-item-id=kinship-proof] .results__name").click()
    page.wait_for_selector(".answer")

    page.go_back()
    page.wait_for_selector(RESULTS)
    assert page.input_value("#q") == "亲属关系证明"
    page.go_back()
    page.wait_for_selector(RESULTS)
    expect(page.locator("#q")).to_have_value("低保")
    page.wait_for_selector(RESULTS)
    assert page.locator(".results__name").all_inner_texts() == first
    page.go_forward()
    expect(page.locator("#q")).to_have_value("亲属关系证明")


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_question_that_fits_nothing_gets_help(
    served: Server, visit: Visitor, prefix: str
) -> None:
    visited = visit(f"{served.url}/{prefix}search/?q=zzqq%20%23%23%20xxyy")
    page = visited.page
    page.wait_for_selector(RESULTS)

    help_ = page.locator("[data-search-results] [data-no-confident-result]")
    assert help_.count() == 1
    assert help_.locator("a[href='tel:12345']").is_visible()
    assert page.locator("#letters").is_visible()
    assert page.locator("#life-events + .grid a").count() == 15
    assert visited.axe() == []


def test_help_is_given_in_the_box_too(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    page.fill("#q", "zzqq xxyy")
    page.wait_for_selector(ANSWERED)

    assert page.locator(".found [data-no-confident-result]").is_visible()


def test_recent_searches_stay_on_the_phone_and_can_be_cleared(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/").page
    page.fill("#q", "低保")
    page.wait_for_selector(ANSWERED)
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.focus("#q")
    page.wait_for_selector(".found [role=option]")
    assert page.locator(".found [role=option]").all_inner_texts() == ["低保"]

    page.click(".found button")
    assert page.locator(".found [role=option]").count() == 0
    assert page.evaluate("localStorage.getItem('qingdan.recent')") is None


def test_answers_are_announced(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    page.fill("#q", "亲属关系证明")
    page.wait_for_selector(ANSWERED)

    status = page.locator("[data-ask] [role=status]")
    expect(status).to_have_text(f"查到{len(options(page))}项。")


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_open_box_has_no_accessibility_violation(
    served: Server, visit: Visitor, prefix: str
) -> None:
    visited = visit(f"{served.url}/{prefix}")
    visited.page.fill("#q", "低保")
    visited.page.wait_for_selector(ANSWERED)
    visited.page.keyboard.press("ArrowDown")

    assert visited.axe() == []
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_touched_in_answers_is_at_least_44_pixels_high(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/").page
    low = """[...document.querySelectorAll('.found a, .found button, [data-search-page] a, [data-search-page] button')]
      .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)"""
    for path, shown in (
        ("", ".found [role=option]"),
        (f"search/?q={quote('党湾村')}", "[data-search-page] .results__name"),
        (f"search/?q={quote('着火了')}", "[data-search-page] .dial"),
        ("search/", "[data-search-page] .phrases a"),
    ):
        page.goto(f"{served.url}/{path}")
        if not path:
            page.fill("#q", "低保")
        page.wait_for_selector(shown)
        assert page.evaluate(low) == [], path
        if not path:
            page.keyboard.press("Enter")
            page.wait_for_selector(RESULTS)


def test_on_a_village_page_the_answer_opens_where_it_stands(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page
    page.fill("#q", "亲属关系证明")
    page.wait_for_selector(ANSWERED)
    page.click(".found [data-item-id=kinship-proof]")

    expect(page).to_have_url(f"{served.url}/{VILLAGE}#item-kinship-proof")
    assert page.locator("#item-kinship-proof .item__answer").is_visible()
    assert not page.locator(".found").is_visible()


def test_the_way_to_the_search_is_the_box_itself(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/items/kinship-proof/").page
    page.click(".tabs [data-find]")

    assert page.evaluate("document.activeElement.id") == "q"
    expect(page).to_have_url(f"{served.url}/items/kinship-proof/")


def test_on_a_slow_network_what_was_typed_before_is_answered(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/").page
    network = page.context.new_cdp_session(page)
    slow = {
        "offline": False,
        "latency": 400,
        "downloadThroughput": 50_000,
        "uploadThroughput": 50_000,
    }
    network.send("Network.emulateNetworkConditions", slow)
    page.fill("#q", "亲属关系证明")

    page.wait_for_selector(ANSWERED)
    assert page.locator(".found [data-item-id=kinship-proof]").is_visible()


def test_a_search_that_could_not_be_loaded_is_tried_again(served: Server, visit: Visitor) -> None:
    visited = visit(f"{served.url}/")
    page = visited.page
    page.context.set_offline(True)
    page.fill("#q", "低保")
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    page.fill("#q", "亲属关系证明")
    page.locator("#q").blur()
    page.focus("#q")

    page.wait_for_selector(ANSWERED)
    assert page.locator(".found [data-item-id=kinship-proof]").is_visible()
    visited.complaints.clear()  # the browser itself notes what it could not load


def test_without_javascript_the_search_page_offers_letters_and_life_events(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/", java_script_enabled=False).page
    page.fill("#q", "低保")
    page.click("[data-ask] button")

    expect(page).to_have_url(re.compile(r"/search/\?q="))
    page.click("#letters ~ .letters a >> text=Q")
    expect(page.locator("[data-item-id=kinship-proof] a")).to_be_visible()
    page.click("#life-events + .grid a >> nth=0")
    expect(page).to_have_url(re.compile("/life-events/"))
