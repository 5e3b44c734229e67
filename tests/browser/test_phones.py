"""Small screens, big letters, the keyboard alone, and a first look that shows the answer."""

from __future__ import annotations

import pytest
from conftest import PHONE, Server, Visitor

PAGES = ("", "places/", "places/yonghe-zhen/", "places/yonghe-zhen/dangwan-cun/",
         "items/kinship-proof/", "search/?q=%E4%BD%8E%E4%BF%9D", "lists/not/", "departments/police/")  # fmt: skip
SMALL = {"width": 320, "height": 568}
BAR = "getComputedStyle(document.querySelector('.tabs')).position"


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_no_page_is_wider_than_320_pixels(
    served: Server, visit: Visitor, prefix: str, large: bool
) -> None:
    page = visit(f"{served.url}/{prefix}", SMALL).page
    if large:
        page.click("[data-toggle=large]")
    for path in PAGES:
        page.goto(f"{served.url}/{prefix}{path}")
        page.wait_for_timeout(100)

        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_at_200_percent_nothing_is_cut_off_and_no_bar_covers_the_text(
    served: Server, visit: Visitor
) -> None:
    # A zoomed browser lays the page out in half as many CSS pixels.
    page = visit(f"{served.url}/", {"width": 640, "height": 400}, device_scale_factor=2).page
    for path in PAGES:
        page.goto(f"{served.url}/{path}")

        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
        assert page.evaluate(BAR) == "static", path


def test_letters_of_twice_the_size_fit_a_phone(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    for path in PAGES:
        page.goto(f"{served.url}/{path}")
        page.evaluate("document.documentElement.style.setProperty('font-size', '225%')")

        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_the_answer_stands_on_the_first_screen(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/").page
    for path, answer in (
        ("", "[data-ask]"),
        ("places/yonghe-zhen/dangwan-cun/", ".list-nav"),
        ("items/kinship-proof/", ".answer"),
        ("items/kinship-proof-for-notary/", ".answer"),
        ("search/?q=%E4%BD%8E%E4%BF%9D", "[data-item-id] .verdict"),
    ):
        page.goto(f"{served.url}/{path}")
        page.wait_for_selector(answer)
        bottom = page.evaluate(
            f"""Math.round(document.querySelector("{answer}").getBoundingClientRect().bottom)"""
        )
        bar = page.evaluate("document.querySelector('.tabs').getBoundingClientRect().top")

        assert bottom <= bar, (path, bottom, bar)


def test_header_and_demonstration_mark_take_less_than_a_fifth_of_the_screen(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/items/kinship-proof/").page

    assert page.evaluate("document.querySelector('header').offsetHeight") < PHONE["height"] / 5


def test_the_main_ways_lie_under_the_thumb_but_not_over_the_keyboard(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/").page
    assert page.evaluate(BAR) == "fixed"
    assert page.evaluate("document.querySelector('.tabs').getBoundingClientRect().bottom") == 740
    page.set_viewport_size({"width": 360, "height": 400})  # what a keyboard leaves

    assert page.evaluate(BAR) == "static"


def test_the_end_of_a_page_is_not_hidden_behind_the_bar(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/items/kinship-proof/").page
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    ends = page.evaluate(
        """[document.querySelector('.foot').lastElementChild.getBoundingClientRect().bottom,
            document.querySelector('.tabs').getBoundingClientRect().top]"""
    )

    assert ends[0] <= ends[1]


def test_the_keyboard_alone_reaches_every_control_and_sees_where_it_is(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/places/yonghe-zhen/dangwan-cun/").page
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => { const e = document.activeElement, box = e.getBoundingClientRect();
                  const style = getComputedStyle(e.closest('.ask__row') || e);
                  return [e.textContent.trim() || e.id, box.top >= -1 && box.bottom <= innerHeight + 1,
                          style.outlineStyle !== 'none' || style.boxShadow !== 'none']; }"""
            )
        )

    names = [each[0] for each in reached]
    for name in (
        "跳到正文",
        "大字",
        "English",
        "q",
        "查",
        "查一查",
        "选村",
        "家里的事",
        "我是党湾村的，记住它",
    ):
        assert any(name in each for each in names), (name, names)
    assert [each for each in reached if not (each[1] and each[2])] == []


@pytest.mark.parametrize("look", ["large", "contrast"])
def test_a_look_is_remembered_and_taken_back(served: Server, visit: Visitor, look: str) -> None:
    page = visit(f"{served.url}/").page
    page.click(f"[data-toggle={look}]")
    page.goto(f"{served.url}/items/kinship-proof/")
    assert page.locator(f"html.{look}").count() == 1
    page.click(f"[data-toggle={look}]")
    page.reload()

    assert page.locator(f"html.{look}").count() == 0


def test_without_javascript_no_control_that_needs_it_is_shown(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/", java_script_enabled=False).page
    for path in PAGES:
        page.goto(f"{served.url}/{path}")
        shown = "[data-toggle], [data-mine], [data-place], [data-share], [data-read], #choose"

        assert not any(each.is_visible() for each in page.locator(shown).all()), path
        assert page.locator(".tabs a[href^='tel:']").is_visible()
