"""Large text in English, where words are long, still fits a phone on every page kind."""

from __future__ import annotations

import pytest
from conftest import PHONE, Server, Visitor
from test_site import PAGES


@pytest.mark.parametrize("name", [name for name in PAGES if name != "missing"])
def test_large_english_text_fits_a_phone(served: Server, visit: Visitor, name: str) -> None:
    page = visit(f"{served.url}/en/{PAGES[name]}").page
    page.evaluate("document.documentElement.classList.add('large')")
    page.evaluate("document.querySelectorAll('details').forEach((d, i) => d.open = i < 3)")

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
