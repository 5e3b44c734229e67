"""The search data as files of the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.edition import Edition, SiteFile

from .packing import script_of

NAMES = {"first": "search-data", "more": "search-more"}
"""Names of the files by the part of the data; they stay when the data changes."""


def data_path(part: str, lang: str) -> str:
    """Where a part of a language's data lies below the site's root."""
    return f"assets/{NAMES[part]}.{lang}.js"


def files(edition: Edition) -> Iterator[SiteFile]:
    """Two scripts of search data for each language: a script also loads from ``file://``."""
    for language in edition.languages:
        for part in NAMES:
            yield SiteFile(
                data_path(part, language.tag), partial(_script, edition, part, language.tag)
            )


def _script(edition: Edition, part: str, lang: str) -> bytes:
    from .data import search_data  # not loaded where no search data changes

    data = getattr(search_data(edition, lang), part)
    return script_of(f"QingdanSearch{part.title()}", data).encode()
