"""An answer is passed on as a short text, and read aloud where the phone has a voice."""

from __future__ import annotations

import re

import pytest
from conftest import Server, Visitor
from playwright.sync_api import Page

VILLAGE = "places/yonghe-zhen/dangwan-cun/"
TOWNSHIP = "places/yonghe-zhen/"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
SMS = 70
NUMBER = re.compile("☎[0-9]{5,}$")

VOICES = """
  self.spoken = [];
  const voices = [{lang: 'en-US', name: 'E', localService: true},
                  {lang: 'zh-HK', name: 'Y', localService: true},
                  {lang: 'zh-CN', name: 'Z', localService: true}];
  Object.defineProperty(self, 'SpeechSynthesisUtterance', {value: function (text) { this.text = text; }});
  Object.defineProperty(self, 'speechSynthesis', {value: {
    getVoices: () => voices, addEventListener: () => {}, cancel: () => { self.stopped = true; },
    speak: words => self.spoken.push([words.text, words.voice.name])}});
"""
"""Stands in for a phone's voices, which this machine's browser does not have."""


def copied(page: Page, button: str = "[data-share]:visible") -> tuple[str, str]:
    """The text and the link that a button puts on the clipboard."""
    page.click(button)
    page.wait_for_selector("[data-share]:has-text('复制好了'), [data-share]:has-text('Copied')")
    text, link = page.evaluate("navigator.clipboard.readText()").split("\n")
    return text, link


def test_an_items_answer_is_passed_on_with_verdict_whom_phone_and_link(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/items/kinship-proof/?e=1#who", **CLIPBOARD).page
    text, link = copied(page)

    assert text == "亲属关系证明：村里不办。凤冈县公安局（派出所）。不清楚，打政务热线 ☎12345"
    assert link == f"{served.url}/items/kinship-proof/"


def test_whom_an_item_names_is_rung_under_a_number_of_their_own(
    served: Server, visit: Visitor
) -> None:
    page = visit(f"{served.url}/items/wage-arrears/", **CLIPBOARD).page
    text, _ = copied(page)

    assert page.locator(".facts a[href='tel:12333']").is_visible()
    assert text == "拖欠农民工工资协调处理：镇里配合。凤冈县人力资源和社会保障局 ☎12333"


def test_no_item_sends_anybody_to_an_emergency_number(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{VILLAGE}").page

    numbers = page.eval_on_selector_all(".item .dial", "all => all.map(each => each.textContent)")
    assert {"12333", "12393"} <= set(numbers)
    assert [each for each in numbers if len(each) == 3] == []


def test_no_slip_sends_a_bank_to_an_emergency_number(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/items/death-proof/slip/").page

    assert "凤冈县公安局" in page.inner_text(".slip")
    assert page.locator(".slip .dial").count() == 0
    page.goto(f"{served.url}/items/alive-proof/slip/")
    assert page.locator(".slip a[href='tel:12333']").count() == 1


def test_on_a_village_page_the_village_is_named_too(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/{VILLAGE}", **CLIPBOARD).page
    page.click("#item-kinship-proof summary")
    text, link = copied(page)

    assert (
        text
        == "亲属关系证明：村里不办（党湾村）。凤冈县公安局（派出所）。不清楚，打政务热线 ☎12345"
    )
    assert link == f"{served.url}/{VILLAGE}#item-kinship-proof"


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("path", [VILLAGE, TOWNSHIP])
def test_every_answer_of_a_place_fits_one_sms(
    served: Server, visit: Visitor, prefix: str, path: str
) -> None:
    page = visit(f"{served.url}/{prefix}{path}", **CLIPBOARD).page
    page.evaluate("document.querySelectorAll('details.item').forEach(each => each.open = true)")
    page.wait_for_selector(".item .tools [data-share]")
    texts = page.evaluate(
        """async () => { const texts = [];
          navigator.clipboard.writeText = async text => texts.push(text.split('\\n')[0]);
          for (const button of document.querySelectorAll('.item [data-share]')) button.click();
          return texts; }"""
    )

    assert len(texts) in (71, 80)
    assert [each for each in texts if len(each) > SMS or not NUMBER.search(each)] == []


def test_where_the_clipboard_is_closed_the_text_is_shown_to_be_copied(
    served: Server, visit: Visitor
) -> None:
    visited = visit(f"{served.url}/items/kinship-proof/")
    page = visited.page
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); }"
    )
    page.click("[data-share]")

    assert page.input_value(".tools textarea").startswith("亲属关系证明：村里不办。")
    assert visited.axe() == []


def test_without_a_voice_no_button_offers_to_read(served: Server, visit: Visitor) -> None:
    page = visit(f"{served.url}/items/kinship-proof/").page
    page.wait_for_selector("[data-share]")

    assert page.evaluate("speechSynthesis.getVoices().length") == 0
    assert not page.locator("[data-read]").is_visible()


@pytest.mark.parametrize(
    ("prefix", "voice", "stop"), [("", "Z", "别读了"), ("en/", "E", "Stop reading")]
)
def test_an_answer_is_read_in_the_language_of_the_page_and_stopped(
    served: Server, visit: Visitor, prefix: str, voice: str, stop: str
) -> None:
    page = visit("about:blank").page
    page.add_init_script(VOICES)
    page.goto(f"{served.url}/{prefix}items/kinship-proof/")
    answer = page.inner_text(".answer__text")
    page.click("[data-read]")

    spoken = page.evaluate("self.spoken")
    assert {each[1] for each in spoken} == {voice}
    assert spoken[0][0] == page.inner_text("h1")
    assert answer[:4] in "".join(each[0] for each in spoken)
    assert page.inner_text("[data-read]") == stop
    page.click("[data-read]")
    assert page.evaluate("self.stopped") is True
    assert page.inner_text("[data-read]") != stop


def test_what_is_not_wanted_is_not_loaded(served: Server, visit: Visitor) -> None:
    served.requests.clear()
    page = visit(f"{served.url}/{VILLAGE}").page
    page.wait_for_timeout(300)
    assert [each for each in served.requests if "answer" in each] == []

    page.click("#item-kinship-proof summary")
    page.wait_for_selector("#item-kinship-proof [data-share]")
