"""``make bench-phone``: what a villager waits for on a slow phone.

Emulates 400 kbit/s, 400 ms to the server and back, and a processor four times slower
than this one, in the system's Chromium, with nothing kept from an earlier visit, and
prints for the village page: what it loads, first paint, usable, the first answer
(from the first touch of the search box), and the answer after one more key. Each
figure is the median of ``--rounds`` visits. With ``--stock`` the same pages built by
MkDocs and Material as they come stand beside it, with ``--vitepress`` (needs npm) by
VitePress with its local search.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import shutil
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import stock
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

ROOT = Path(__file__).parents[2]
VILLAGE = "places/yonghe-zhen/dangwan-cun/"
BYTES_A_SECOND = 400_000 / 8
ROUND_TRIP = 400
"""Milliseconds."""
SLOWER = 4
FIRST_WORDS, ONE_MORE = "低", "保"
PATIENCE = 60_000
PAUSE = 500
SETTLED = 6_000
"""Milliseconds after which a page has loaded what it loads by itself, for reading offline too."""


@dataclass(frozen=True)
class Peer:
    """A site of the same pages, and how one searches in it."""

    name: str
    folder: Path
    touch: str
    """What a villager touches to search; empty where the box itself is touched."""
    box: str
    answer: str
    """What is there once the answer is."""


@dataclass(frozen=True)
class Visit:
    """One visit: requests, bytes on the wire, and milliseconds."""

    requests: float
    size: float
    paint: float
    usable: float
    first_answer: float
    next_answer: float
    search_size: float


def main() -> None:
    """Measure our site, and the others asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stock", action="store_true", help="stock MkDocs + Material too")
    parser.add_argument("--vitepress", action="store_true", help="VitePress too; needs npm")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made, browser() as started:
        for peer in peers(Path(made), given):
            with served(peer.folder) as url:
                visits = [visit(started, peer, url) for _ in range(given.rounds)]
            print(line(peer.name, visits), flush=True)


def peers(made: Path, given: argparse.Namespace) -> Iterator[Peer]:
    """The sites to measure, each built when its turn comes."""
    yield Peer(
        "qingdan", stock.build_ours(made), "", "input[name=q]", "[data-search-ready] [data-item-id]"
    )
    if given.stock:
        folder = stock.build_material(made)
        found = ".md-search-result__item"
        yield Peer(
            "material", folder, "label.md-header__button[for=__search]", ".md-search__input", found
        )
    if given.vitepress:
        folder = stock.build_vitepress(made)
        yield Peer("vitepress", folder, ".DocSearch-Button", ".search-input", ".results .result")


def visit(started: Browser, peer: Peer, url: str) -> Visit:
    """Open the village page for the first time and search once."""
    context = started.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes = slowed(session)
    page.goto(url + VILLAGE, wait_until="load", timeout=PATIENCE)
    page.wait_for_timeout(PAUSE)
    requests, size = len(sizes), sum(sizes.values())
    page.wait_for_timeout(SETTLED)
    before = sum(sizes.values())
    paint, usable = page.evaluate(TIMES)
    first = answer(page, peer, FIRST_WORDS)
    page.wait_for_timeout(PAUSE)
    following = next_answer(page, peer)
    result = Visit(requests, size, paint, usable, first, following, sum(sizes.values()) - before)
    context.close()
    return result


def slowed(session: CDPSession) -> dict[str, float]:
    """Slow the page down; returns bytes on the wire by request, filled as they come."""
    sizes: dict[str, float] = {}

    def finished(event: dict[str, float | str]) -> None:
        if event["encodedDataLength"]:  # what stands inside the style sheet is no request
            sizes[str(event["requestId"])] = float(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    conditions = {
        "offline": False,
        "latency": ROUND_TRIP,
        "downloadThroughput": BYTES_A_SECOND,
        "uploadThroughput": BYTES_A_SECOND,
    }
    session.send("Network.emulateNetworkConditions", conditions)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return sizes


TIMES = """() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0].startTime;
    const load = performance.getEntriesByType("navigation")[0].loadEventEnd;
    return [paint, Math.max(paint, load)];
}"""
"""First contentful paint, and when nothing more is to load, in ms since the visit began."""

SINCE = """([box, answer, text]) => new Promise(done => {
    const input = document.querySelector(box);
    const started = performance.now();
    const look = () => document.querySelector(answer) && done(performance.now() - started);
    new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true});
    input.value += text;
    input.dispatchEvent(new InputEvent("input", {bubbles: true, data: text}));
    input.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true, key: text}));
})"""


def answer(page: Page, peer: Peer, text: str) -> float:
    """Milliseconds from touching the box until an answer is there."""
    started = page.evaluate("performance.now()")
    if peer.touch:
        page.click(peer.touch)
    page.click(peer.box)
    page.type(peer.box, text)
    page.wait_for_selector(peer.answer, timeout=PATIENCE, state="attached")
    return float(page.evaluate("performance.now()") - started)


def next_answer(page: Page, peer: Peer) -> float:
    """Milliseconds from one more key until its answer is there."""
    page.evaluate(
        "answer => document.querySelectorAll(answer).forEach(e => e.remove())", peer.answer
    )
    return float(page.evaluate(SINCE, [peer.box, peer.answer, ONE_MORE]))


def line(name: str, visits: list[Visit]) -> str:
    """The medians, in words."""
    fields = {
        key: statistics.median(getattr(each, key) for each in visits)
        for key in Visit.__annotations__
    }
    return (
        f"{name:10} {fields['requests']:3.0f} requests {fields['size']:9,.0f} bytes  "
        f"paint {fields['paint']:5.0f} ms  usable {fields['usable']:5.0f} ms  "
        f"first answer {fields['first_answer']:6.0f} ms (+{fields['search_size']:,.0f} bytes)  "
        f"next {fields['next_answer']:4.0f} ms"
    )


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a screen."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


class _Compressed(http.server.SimpleHTTPRequestHandler):
    """Serves files compressed, as GitHub Pages does."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        body = gzip.compress(path.read_bytes() if path.is_file() else b"", 6)
        self.send_response(200 if path.is_file() else 404)
        self.send_header("Content-Type", self.guess_type(str(path)) + "; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder on a server of this machine."""
    handler = partial(_Compressed, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


if __name__ == "__main__":
    main()
