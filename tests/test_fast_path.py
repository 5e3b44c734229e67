"""Writing a page's HTML straight gives what Python-Markdown makes of its source."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import markdown

from generator.check import check_folder
from generator.pages import Site, sources
from generator.pages.blocks import EXTENSIONS, to_markdown

SMALL = Path(__file__).parent / "counties" / "small"
TODAY = datetime.date(2026, 1, 1)


def test_each_page_kind_reads_the_same_both_ways() -> None:
    checked = check_folder(SMALL, TODAY)
    assert checked.county is not None
    site = Site(checked.county, checked.languages, TODAY)

    for source in sources(site):
        slow = markdown.markdown(to_markdown(source.body()), extensions=list(EXTENSIONS))

        assert without_blank_lines(source.html()) == without_blank_lines(slow), source.path


def without_blank_lines(html: str) -> str:
    return re.sub(r"\n+", "\n", html).strip()
