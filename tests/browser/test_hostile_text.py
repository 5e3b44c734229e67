"""Hostile lists in a real browser: nothing runs, nothing is asked for, everything is read."""

from __future__ import annotations

import re
from pathlib import Path

import hostile
import pytest
from conftest import Serve, Server, Visitor


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.build(hostile.county(tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="module")
def server(built: Path, serve: Serve) -> Server:
    return serve(built)


def one_of_each_kind(built: Path) -> list[str]:
    """A page of each kind in each language, below the site's root."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted(built.rglob("index.html")):
        name = path.relative_to(built).as_posix()
        kind = re.search(r'class="page page--([a-z-]+)"', path.read_text("utf-8"))
        assert kind, name
        found.setdefault((name[:3], kind[1]), name.removesuffix("index.html"))
    return list(found.values())


def test_no_page_runs_or_asks_for_what_the_lists_hold(
    built: Path, server: Server, visit: Visitor
) -> None:
    page = visit(f"{server.url}/").page
    names = one_of_each_kind(built)
    assert len(names) > 20

    for name in names:
        # The visit itself complains of any refused script and any request to another host.
        page.goto(f"{server.url}/{name}")
        page.evaluate(
            "document.querySelectorAll('details').forEach(function (d) { d.open = true })"
        )
        page.mouse.move(180, 300)

        assert page.evaluate("typeof window.ran") == "undefined", name
        assert page.locator("#hostile").count() == 0, name
        assert page.locator("[onmouseover], [onerror], [onload], iframe").count() == 0, name
    assert server.missing == []


def test_readers_read_every_character(server: Server, visit: Visitor) -> None:
    page = visit(f"{server.url}/items/allowance/").page
    text = page.evaluate("document.querySelector('main').textContent.replace(/\\s+/g, ' ')")

    for name, mark in hostile.MARKS.items():
        assert " ".join(mark.split()) in text, name
    assert hostile.START in page.title()


def test_machines_read_it_as_one_json_object(server: Server, visit: Visitor) -> None:
    page = visit(f"{server.url}/items/allowance/").page
    data = page.evaluate(
        "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
    )

    assert data["identifier"] == "allowance"
    assert hostile.MARKS["end"] in data["name"]


def test_results_of_a_search_are_text(server: Server, visit: Visitor) -> None:
    page = visit(f"{server.url}/search/").page
    page.fill("#q", "粗码点 <script>window.ran='query'</script>")
    page.wait_for_selector("[data-search-page][data-search-ready]")

    assert page.evaluate("typeof window.ran") == "undefined"
    assert page.locator("#hostile, [onmouseover], [onerror], main img, main script").count() == 0
