"""The whole demonstration site: complete, valid, without a dead end or a foreign host."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nu
import pytest

LANGUAGES = {"": "zh-CN", "en/": "en"}
KINDS = {"items": 151, "lists": 6, "fields": 22, "life-events": 15}


@dataclass
class Parsed(HTMLParser):
    """What the tests ask of a page."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    items: dict[str, list[str]] = field(default_factory=dict)
    lang: str = ""
    text: str = ""
    json_ld: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._list = ""
        self._in_json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "html":
            self.lang = values["lang"]
        self._list = values.get("data-list-id", self._list)
        if "data-item-id" in values:
            self.items.setdefault(self._list, []).append(values["data-item-id"])
        self._in_json = values.get("type") == "application/ld+json"
        for name in ("href", "src", "action"):
            if name in values:
                self.links.append(values[name])

    def handle_data(self, data: str) -> None:
        if self._in_json:
            self.json_ld.append(data)
            self._in_json = False


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Parsed]:
    """Every page by its address below the site."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        parsed = Parsed()
        parsed.feed(path.read_text("utf-8"))
        found[path.relative_to(site).as_posix()] = parsed
    return found


def depth(uri: str) -> int:
    """How many folders below its language's root a page lies."""
    return uri.removeprefix("en/").count("/")


def test_every_item_place_and_register_has_a_page_in_both_languages(site: Path) -> None:
    for prefix in LANGUAGES:
        root = site / prefix
        for folder, count in KINDS.items():
            assert len(list((root / folder).glob("*/index.html"))) == count, (prefix, folder)
        townships = list((root / "places").glob("*/index.html"))
        villages = list((root / "places").glob("*/*/index.html"))
        assert (len(townships), len(villages)) == (14, 87)


def test_every_village_page_holds_80_items_16_30_and_34(pages: dict[str, Parsed]) -> None:
    villages = [
        page
        for uri, page in pages.items()
        if depth(uri) == 3 and uri.removeprefix("en/").startswith("places/")
    ]

    assert len(villages) == 2 * 87
    for page in villages:
        assert {key: len(items) for key, items in page.items.items()} == {
            "can-do": 16,
            "assist": 30,
            "not": 34,
        }


def test_every_township_page_holds_71_items(pages: dict[str, Parsed]) -> None:
    townships = [
        page
        for uri, page in pages.items()
        if depth(uri) == 2 and uri.removeprefix("en/").startswith("places/")
    ]

    assert len(townships) == 2 * 14
    for page in townships:
        counts = {key: len(items) for key, items in page.items.items()}
        assert counts == {"basic": 25, "cooperate": 21, "take-back": 25}


def test_no_link_or_anchor_is_dead(site: Path, pages: dict[str, Parsed]) -> None:
    dead = []
    for uri, page in pages.items():
        if uri == "404.html":
            continue
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("tel", "data"):
                continue
            assert (parts.scheme, parts.netloc) == ("", ""), (uri, link)
            target = (site / uri).parent / unquote(parts.path) if parts.path else site / uri
            if target.is_dir():
                target /= "index.html"
            name = target.resolve().relative_to(site.resolve()).as_posix()
            if not target.is_file() or (
                parts.fragment and unquote(parts.fragment) not in pages[name].ids
            ):
                dead.append((uri, link))

    assert dead == []


def test_no_id_stands_twice_on_a_page(pages: dict[str, Parsed]) -> None:
    for uri, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), uri


def test_every_page_says_its_language(pages: dict[str, Parsed]) -> None:
    for uri, page in pages.items():
        assert page.lang == ("en" if uri.startswith("en/") else "zh-CN"), uri


def test_what_the_village_does_not_do_is_described_with_its_real_provider(
    pages: dict[str, Parsed],
) -> None:
    data = json.loads(pages["items/no-criminal-record-proof/index.html"].json_ld[0])

    assert data["@type"] == "GovernmentService"
    assert data["provider"][0]["name"] == "凤冈县公安局（派出所）"
    for uri, page in pages.items():
        for text in page.json_ld:
            json.loads(text)
        if uri.startswith("items/") and not uri.endswith("/slip/index.html"):
            providers = {each["name"] for each in json.loads(page.json_ld[0]).get("provider", ())}
            if "not" in page.items:
                assert not any("村民委员会" in name for name in providers), uri


def test_every_page_carries_the_demonstration_mark(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert "示范数据，非官方" in path.read_text("utf-8") or (
            "Demonstration data, not official" in path.read_text("utf-8")
        ), path


def test_the_html_is_valid(site: Path) -> None:
    assert nu.mistakes(site) == ""


def test_the_html_checker_finds_mistakes(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><title>x</title><p><div></p></b>", "utf-8")

    for path in (tmp_path, tmp_path / "bad.html"):
        assert "error:" in nu.mistakes(path)
