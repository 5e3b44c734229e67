"""What a phone must load stays within what a villager's network carries.

Sizes are compressed bytes (gzip, as GitHub Pages serves), computed from the built site.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

# (page, most bytes of a first visit, most requests); a village page answers 80 questions.
BUDGETS = {
    "": (20_000, 3),
    "places/yonghe-zhen/dangwan-cun/": (30_000, 3),
    "places/yonghe-zhen/": (30_000, 3),
    "items/hardship-proof/": (20_000, 3),
    "lists/not/": (25_000, 3),
    "departments/civil-affairs/": (20_000, 3),
    "life-events/birth/": (20_000, 3),
    "search/": (25_000, 3),
    "proofs/": (25_000, 3),
}
MOST_FOR_A_FIRST_ANSWER = 50_000
MOST_FOR_ANY_ANSWER = 100_000
MOST_KEPT_FOR_OFFLINE = 300_000

_LOADED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<script src="([^"]+)"')
_SEARCH = re.compile(r'data-(?:search[a-z-]*|words)="([^"]+)"')


@cache
def weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def loads(page: Path) -> list[Path]:
    found = _LOADED.findall(page.read_text("utf-8"))
    return [page, *((page.parent / (style or script)).resolve() for style, script in found)]


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
@pytest.mark.parametrize("path", BUDGETS)
def test_a_first_visit_stays_within_its_budget(site: Path, path: str, prefix: str) -> None:
    files = loads(site / prefix / path / "index.html")
    most_bytes, most_requests = BUDGETS[path]

    assert len(files) <= most_requests
    assert sum(weight(file) for file in files) <= most_bytes


def test_no_village_page_is_heavier_than_its_budget(site: Path) -> None:
    pages = [*site.glob("places/*/*/index.html"), *site.glob("en/places/*/*/index.html")]

    assert len(pages) >= 2 * 87
    assert max(sum(weight(file) for file in loads(page)) for page in pages) <= 30_000


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_an_answer_loads_little_more(site: Path, prefix: str) -> None:
    page = site / prefix / "index.html"
    urls = _SEARCH.findall(page.read_text("utf-8"))
    scripts = {(page.parent / url.partition("?")[0]).resolve() for url in urls}
    by_name = {file.name.split(".")[0]: weight(file) for file in scripts}
    whole = sum(by_name.values())

    assert by_name.keys() >= {"lunr", "search", "search-data", "search-more", "words"}
    assert whole - by_name["search-more"] <= MOST_FOR_A_FIRST_ANSWER
    assert whole <= MOST_FOR_ANY_ANSWER


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_kept_for_offline_reading_stays_small(site: Path, lang: str) -> None:
    bundle = next(site.glob(f"assets/items.{lang}.*.json"))

    assert weight(bundle) <= MOST_KEPT_FOR_OFFLINE
