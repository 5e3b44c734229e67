"""The engine in the browser gives the answers that Python gives."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT, Server, Visit, Visitor
from playwright.sync_api import Error

from generator.check import check_folder
from generator.edition import Edition
from generator.search import files
from generator.search.data import search_data
from generator.search.engine import Answer, Engine

QUERIES = ROOT / "tests" / "search" / "queries" / "working.tsv"
MASH = ["wxyz", "asdf", "sdfg", "fdsa", "xyzzyqq", "hjkl", "nmsl", "fyz"]
ASK = """async ([queries, place, more]) => {
  const said = document.body.dataset;
  window.engine = window.engine || await QingdanSearch.open(
    {lunr: said.searchLunr, data: said.searchData});
  if (more) await window.engine.more(said.searchMore);
  return queries.map(query => window.engine.answer(query, {place, limit: 5}));
}"""


def queries() -> list[str]:
    rows = QUERIES.read_text("utf-8").splitlines()[1:]
    return [*MASH, *(row.split("\t")[0] for row in rows)]


def edition(folder: Path = ROOT / "lists") -> Edition:
    today = datetime.date(2026, 11, 24)
    checked = check_folder(folder, today)
    assert checked.county
    return Edition(checked.county, checked.languages, today)


def as_the_browser_says(answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(msgspec.json.encode(answer))
    return said


def asked(
    visit: Visit, texts: list[str], place: str | None = None, *, more: bool = True
) -> list[dict[str, Any]]:
    page = visit.page
    if not page.evaluate("'QingdanSearch' in window"):
        page.add_script_tag(url=page.evaluate("document.body.dataset.search"))
    found: list[dict[str, Any]] = page.evaluate(ASK, [texts, place, more])
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_sides_answer_working_queries_alike(served: Server, visit: Visitor, lang: str) -> None:
    engine = Engine(search_data(edition(), lang))
    page = visit(f"{served.url}/{'' if lang == 'zh' else 'en/'}")
    texts = queries() if lang == "zh" else queries()[::4]
    expected = [as_the_browser_says(engine.answer(text, limit=5)) for text in texts]
    certain = [each for each in expected if each["certain"]]

    first = asked(page, texts, more=False)
    assert [each["query"] for each in first if each["certain"]] == [e["query"] for e in certain]
    assert [each for each in first if each["certain"]] == certain
    assert 0.3 < len(certain) / len(texts) < 0.9
    for found, answer in zip(asked(page, texts), expected, strict=True):
        assert found == answer


def test_it_works_where_pages_are_opened_as_files(site: Path, visit: Visitor) -> None:
    page = visit((site / "index.html").as_uri())

    (found,) = asked(page, ["吃低保"])

    assert found["confident"]
    assert found["results"][0]["id"] == "minimum-living-allowance"


def test_what_has_left_the_lists_is_found_alike(site: Path, visit: Visitor, tmp_path: Path) -> None:
    made = edition(ROOT / "tests" / "counties" / "small")
    texts = ["盖章要钱不", "公章收费", "上门体检", "gzsf", "困难证明"]
    expected = [Engine(search_data(made, "zh")).answer(text, limit=5) for text in texts]
    page = visit((site / "index.html").as_uri())
    for file in files(made):
        (tmp_path / Path(file.path).name).write_bytes(file.make())
    page.page.evaluate(f"""() => {{
      document.body.dataset.searchData = '{(tmp_path / "search-data.zh.js").as_uri()}';
      document.body.dataset.searchMore = '{(tmp_path / "search-more.zh.js").as_uri()}';
    }}""")

    assert expected[0].results[0].role == "unlisted"
    assert asked(page, texts) == [as_the_browser_says(each) for each in expected]


def test_more_phrases_of_another_edition_are_not_taken(served: Server, visit: Visitor) -> None:
    visited = visit(f"{served.url}/")
    asked(visited, ["低保"], more=False)
    visited.page.evaluate("window.engine.data.digest = 'another'")

    with pytest.raises(Error, match="another edition"):
        asked(visited, ["低保"])
    assert visited.page.evaluate("window.engine.whole") is None
