"""How good search is: ours, Pagefind's and Material's on the same pages and queries.

``python tests/search/report.py [--ours] [FILE …]``; without files, all files of
``queries``. Others are given the Chinese item pages and asked in a real browser.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import functools
import http.server
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from generator.check import check_folder
from generator.edition import Edition
from generator.search.data import search_data
from generator.search.engine import Engine

ROOT = Path(__file__).parents[2]
FILES = ("working", "held_out", "sealed")
TOP = 3
TODAY = datetime.date(2026, 11, 24)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MATERIAL = """\
site_name: Material
theme:
  name: material
  language: zh
  font: false
plugins:
  - search:
      lang: [zh, en]
"""


@dataclass(frozen=True)
class Query:
    """One row of a file of queries."""

    text: str
    kind: str
    expected: frozenset[str]


@dataclass(frozen=True)
class Found:
    """The first items found, and whether the finder says that they answer."""

    items: tuple[str, ...]
    confident: bool


Finder = Callable[[list[Query]], list[Found]]


def queries(path: Path) -> list[Query]:
    """The rows of a file."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    return [Query(row[0], row[1], frozenset(row[2].split("|"))) for row in rows]


def ours(lang: str) -> Finder:
    """Our engine, with the data of one language."""
    checked = check_folder(ROOT / "lists", TODAY)
    assert checked.county
    engine = Engine(search_data(Edition(checked.county, checked.languages, TODAY), lang))

    def find(asked: list[Query]) -> list[Found]:
        answers = [engine.answer(each.text) for each in asked]
        return [
            Found(
                tuple(row.id for row in (*each.results, *each.nearest) if row.kind == "item")[:TOP],
                each.confident,
            )
            for each in answers
        ]

    return find


def pagefind(page: Page, folder: Path) -> Finder:
    """Pagefind over the item pages below ``folder``."""
    subprocess.run(
        [sys.executable, "-m", "pagefind", "--site", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
    )

    def find(asked: list[Query]) -> list[Found]:
        with served(folder) as url:
            page.goto(url + "/pagefind/pagefind-entry.json")
            page.evaluate("async () => { window.pf = await import('/pagefind/pagefind.js'); }")
            return [found(page.evaluate(_PAGEFIND, each.text)) for each in asked]

    return find


_PAGEFIND = """async text => {
  const {results} = await window.pf.search(text);
  const data = await Promise.all(results.slice(0, 3).map(each => each.data()));
  return data.map(each => each.url);
}"""


def material(page: Page, folder: Path) -> Finder:
    """Material's search box over its own site of the same Markdown."""
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "-q", "-f"]
    subprocess.run([*command, str(folder / "mkdocs.yml")], check=True)

    def find(asked: list[Query]) -> list[Found]:
        with served(folder / "site") as url:
            page.goto(url + "/")
            page.locator(".md-search__input").click()
            return [_ask_material(page, each.text) for each in asked]

    return find


def _ask_material(page: Page, text: str) -> Found:
    box = page.locator(".md-search__input")
    box.fill("")
    box.fill(text)
    box.dispatch_event("keyup")
    page.wait_for_timeout(150)
    links = page.locator(".md-search-result__item > a.md-search-result__link")
    return found([links.nth(n).get_attribute("href") or "" for n in range(min(TOP, links.count()))])


def found(addresses: list[str]) -> Found:
    """Items by the addresses of their pages."""
    items = [match[1] for each in addresses if (match := re.search(r"items/([a-z0-9-]+)", each))]
    return Found(tuple(items), bool(items))


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder on this machine's loopback address."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    handler = functools.partial(Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def table(name: str, asked: list[Query], answers: list[Found]) -> list[str]:
    """Figures by kind: how many queries, top-1, top-3, and without a confident answer."""
    count: Counter[str] = Counter()
    for query, answer in zip(asked, answers, strict=True):
        first = bool(answer.items) and answer.items[0] in query.expected
        for key in (query.kind, *(("all",) if query.kind != "none" else ())):
            count[key] += 1
            count[key, "first"] += first  # type: ignore[index]
            count[key, "among"] += bool(query.expected.intersection(answer.items))  # type: ignore[index]
            count[key, "unsure"] += not answer.confident  # type: ignore[index]
    lines = [f"{name}", f"  {'kind':12}{'n':>5}{'top-1':>8}{'top-3':>8}{'unsure':>8}"]
    for key in [*dict.fromkeys(each.kind for each in asked), "all"]:
        shares = [count[key, part] / count[key] for part in ("first", "among", "unsure")]  # type: ignore[index]
        lines.append(f"  {key:12}{count[key]:>5}" + "".join(f"{each:>8.1%}" for each in shares))
    return lines


def misses(asked: list[Query], answers: list[Found]) -> list[str]:
    """Queries whose first item is not an expected one, and nonsense that was answered."""
    return [
        f"  {query.kind:12}{query.text} -> {', '.join(answer.items)}"
        for query, answer in zip(asked, answers, strict=True)
        if (query.kind == "none" and answer.confident)
        or (query.kind != "none" and not query.expected.intersection(answer.items[:1]))
    ]


def others(folder: Path) -> Iterator[tuple[str, Callable[[Page], Finder]]]:
    """The other engines, each with a copy of the Chinese item pages."""
    qingdan = [str(Path(sys.executable).with_name("qingdan"))]
    subprocess.run(
        [
            *qingdan,
            "build",
            "--config",
            str(ROOT / "mkdocs.yml"),
            "--site-dir",
            str(folder / "all"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.copytree(folder / "all" / "items", folder / "pagefind" / "items")
    yield "Pagefind", lambda page: pagefind(page, folder / "pagefind")
    subprocess.run(
        [*qingdan, "pages", "--lists", str(ROOT / "lists"), "--out", str(folder / "markdown")],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    docs = folder / "material" / "docs"
    shutil.copytree(folder / "markdown" / "items", docs / "items")
    (docs / "index.md").write_text("# Material\n", "utf-8")
    (folder / "material" / "mkdocs.yml").write_text(MATERIAL, "utf-8")
    yield "Material with jieba", lambda page: material(page, folder / "material")


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours", action="store_true", help="leave the others out")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    files = options.files or [Path(__file__).parent / "queries" / f"{each}.tsv" for each in FILES]
    halves = {file.stem: queries(file) for file in files}
    for lang in ("zh", "en"):
        find = ours(lang)
        for half, asked in halves.items():
            answers = find(asked)
            print("\n".join(table(f"Ours, {lang} data, {half}", asked, answers)))
            if half == FILES[0]:
                print("  misses:", *misses(asked, answers), sep="\n")
    if not options.ours:
        _print_others(halves)


def _print_others(halves: dict[str, list[Query]]) -> None:
    path: Any = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, made in others(Path(folder)):
            find = made(browser.new_page())
            for half, asked in halves.items():
                print("\n".join(table(f"{name}, {half}", asked, find(asked))))
        browser.close()


if __name__ == "__main__":
    main()
