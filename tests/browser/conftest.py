"""A real browser, a real server and the real site."""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
SCREENSHOTS = ROOT / "build" / "screenshots"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """The browser's path, from CHROMIUM or the usual names."""
    names = (os.environ.get("CHROMIUM", ""), *NAMES)
    return next((path for name in names if name and (path := shutil.which(name))), None)


def nginx() -> str | None:
    """The web server's path; it often lies where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser; without one it is skipped, but never in CI."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            if chromium() is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="no Chromium"))
            if item.path.stem == "test_nginx" and nginx() is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="no nginx"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what did not run."""
    skipped = [
        each for each in terminalreporter.stats.get("skipped", ()) if "browser" in each.nodeid
    ]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} BROWSER TESTS DID NOT RUN: install chromium, "
            "fonts-noto-cjk and nginx-light, or set CHROMIUM to the browser's path.",
            red=True,
            bold=True,
        )


@dataclass
class Server:
    """A static site on this machine, and what was asked of it."""

    url: str
    requests: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    bytes_sent: dict[str, int] = field(default_factory=dict)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files compressed, under an optional prefix, and 404.html for what is missing."""

    server_state: Server
    prefix = ""

    def do_GET(self) -> None:
        self.server_state.requests.append(self.path)
        path = Path(self.translate_path(self.path.removeprefix(self.prefix)))
        if path.is_dir():
            path /= "index.html"
        status = 200 if path.is_file() and self.path.startswith(self.prefix) else 404
        if status == 404:
            self.server_state.missing.append(self.path)
            path = Path(self.directory) / "404.html"
        body = gzip.compress(path.read_bytes())
        self.server_state.bytes_sent[self.path] = len(body)
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(path)) + "; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


Serve = Callable[..., Server]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serve a folder: ``serve(folder, prefix="")``."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(folder: Path, prefix: str = "") -> Server:
        state = Server("")
        handler = type("Handler", (_Handler,), {"server_state": state, "prefix": prefix})
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        state.url = f"http://127.0.0.1:{server.server_port}{prefix}"
        return state

    yield start
    for server in servers:
        server.shutdown()


@pytest.fixture(scope="session")
def served(site: Path, serve: Serve) -> Server:
    """The demonstration county on a server."""
    return serve(site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a screen."""
    path = chromium()
    assert path, "No Chromium: install chromium and fonts-noto-cjk, or set CHROMIUM."
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@dataclass
class Visit:
    """A page in the browser, and everything it complained of or fetched from elsewhere."""

    page: Page
    complaints: list[str]

    def axe(self) -> list[str]:
        """Violations of WCAG 2.2 AA and best practice, as readable lines."""
        self.page.evaluate(AXE)
        result = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{each['id']}: {node['target']} {node['failureSummary']}"
            for each in result["violations"]
            for node in each["nodes"]
        ]

    def picture(self, name: str) -> None:
        """Keep a picture of the whole page in ``build/screenshots``."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


Visitor = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visitor]:
    """Open an address: ``visit(url, size=PHONE, dark=False, **context options)``.

    At the end of the test the console must be empty and no other host asked for anything.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        url: str, size: dict[str, int] = PHONE, *, dark: bool = False, **more: Any
    ) -> Visit:
        context = browser.new_context(
            viewport=size, color_scheme="dark" if dark else "light", reduced_motion="reduce", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: _own(request.url, complaints))
        page.goto(url)
        return Visit(page, complaints)

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def until(page: Page, expression: str, seconds: float = 10) -> None:
    """Wait for an expression to be true; the pages' policy forbids Playwright's own way."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def _own(url: str, complaints: list[str]) -> None:
    if not url.startswith(("http://127.0.0.1:", "file://", "data:")):
        complaints.append(f"request to another host: {url}")
