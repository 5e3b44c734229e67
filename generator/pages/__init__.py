"""The model as Markdown pages: one ``PageSource`` for each page and language."""

from __future__ import annotations

from collections.abc import Iterator

from . import changes, data, items, places, registers, slips, special
from .compiled import compiled_templates
from .redirects import redirects
from .shell import Shell, Ui
from .site import Site
from .source import Crumb, PageSource, source_uri
from .words import files, words_path

__all__ = [
    "Crumb",
    "PageSource",
    "Shell",
    "Site",
    "Ui",
    "compiled_templates",
    "files",
    "redirects",
    "source_uri",
    "sources",
    "words_path",
]

_KINDS = (special, places, items, slips, registers, changes, data)


def sources(site: Site) -> Iterator[PageSource]:
    """Every generated page in every language, the first language first."""
    for language in site.languages:
        for kind in _KINDS:
            yield from kind.pages(site, language.tag)
