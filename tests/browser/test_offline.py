"""After one visit the site answers without a network; every test ends its own server."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from conftest import Visit, Visitor

VILLAGE = "places/yonghe-zhen/dangwan-cun/"
ITEM = "items/tree-felling-permit/"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep quiet."""


class Network:
    """A server of a copy of the site that can be cut and changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(_Quiet, directory=str(folder))
        )
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def cut(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def network(site: Path, tmp_path: Path) -> Iterator[Network]:
    """The demonstration county on a server of its own."""
    shutil.copytree(site, tmp_path / "site")
    started = Network(tmp_path / "site")
    yield started
    started.cut()


def keep(visit: Visitor, url: str) -> Visit:
    """Open a page and wait until the phone has kept what it keeps."""
    visited = visit(url)
    visited.page.wait_for_selector("html[data-offline-ready]", timeout=30_000)
    return visited


def test_a_first_visit_asks_for_nothing_more_while_the_page_is_loading(
    network: Network, visit: Visitor
) -> None:
    visited = visit(network.url + VILLAGE)

    assert visited.page.evaluate("performance.getEntriesByType('resource').length") == 2


def test_without_a_network_the_village_page_and_every_item_are_still_there(
    network: Network, visit: Visitor
) -> None:
    page = keep(visit, network.url + VILLAGE).page
    network.cut()

    page.reload()

    assert page.locator("[data-item-id]").count() == 80
    assert "存在手机里" in page.inner_text(".note-bar")
    page.goto(network.url + ITEM)
    assert page.locator(".answer__text").is_visible()
    assert "存在手机里" in page.inner_text(".note-bar")


def test_without_a_network_a_villager_searches_and_opens_the_answer(
    network: Network, visit: Visitor
) -> None:
    page = keep(visit, network.url + VILLAGE).page
    network.cut()
    page.reload()

    page.fill("header input[name=q]", "砍树")
    page.press("header input[name=q]", "Enter")

    page.wait_for_selector("[data-search-ready] [data-item-id=tree-felling-permit]")
    page.click("[data-search-ready] [data-item-id=tree-felling-permit] a")
    page.wait_for_selector(".answer__text")
    assert page.url.startswith(network.url)


def test_the_english_site_is_kept_in_english(network: Network, visit: Visitor) -> None:
    page = keep(visit, f"{network.url}en/{VILLAGE}").page
    network.cut()

    page.goto(f"{network.url}en/{ITEM}")

    assert "saved on your phone" in page.inner_text(".note-bar")


def test_a_page_that_was_not_kept_leads_home_and_says_so(network: Network, visit: Visitor) -> None:
    page = keep(visit, network.url + VILLAGE).page
    network.cut()

    page.goto(f"{network.url}departments/police/")

    assert page.url == f"{network.url}?unkept"
    assert "没有存在手机里" in page.inner_text(".note-bar")


def publish_again(network: Network) -> None:
    """A new edition: another version of the worker."""
    worker = network.folder / "sw.js"
    worker.write_text(worker.read_text("utf-8").replace('{"version":"', '{"version":"x'), "utf-8")


def test_a_new_edition_announces_itself_and_the_old_one_is_cleaned_away(
    network: Network, visit: Visitor
) -> None:
    page = keep(visit, network.url + VILLAGE).page
    before = page.evaluate("caches.keys()")
    publish_again(network)

    page.reload()

    page.wait_for_selector(".note-bar", timeout=30_000)
    assert "现在看到的是新的" in page.inner_text(".note-bar")
    after = page.evaluate("caches.keys()")
    assert {name for name in before if name != "qingdan-pages"}.isdisjoint(after)
    assert any(name.endswith("-zh-CN") for name in after)


def test_a_page_left_open_offers_the_new_edition(network: Network, visit: Visitor) -> None:
    page = keep(visit, network.url + VILLAGE).page
    publish_again(network)

    page.evaluate("navigator.serviceWorker.ready.then(worker => worker.update())")

    page.click(".note-bar button", timeout=30_000)
    page.wait_for_load_state()
    assert page.locator(".note-bar").count() == 0


def test_the_manifest_lets_the_site_be_put_on_the_screen(network: Network, visit: Visitor) -> None:
    page = keep(visit, network.url).page

    manifest = page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then(r => r.json())"
    )
    loaded = page.evaluate(
        """icons => Promise.all(icons.map(async each => {
            const picture = await createImageBitmap(await (await fetch(each.src)).blob());
            return `${picture.width}x${picture.height}` === each.sizes;
        }))""",
        manifest["icons"],
    )

    assert manifest["name"] == "凤冈县明白清单"
    assert loaded == [True, True]
