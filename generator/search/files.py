"""The search data as files of the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.edition import Edition, SiteFile

from .data import search_data
from .packing import script_of


def data_path(lang: str) -> str:
    """Where the data of a language lies below the site's root; its name stays when it changes."""
    return f"assets/search-data.{lang}.js"


def files(edition: Edition) -> Iterator[SiteFile]:
    """One script of search data for each language: a script also loads from ``file://``."""
    for language in edition.languages:
        yield SiteFile(data_path(language.tag), partial(_script, edition, language.tag))


def _script(edition: Edition, lang: str) -> bytes:
    return script_of(search_data(edition, lang)).encode()
