"""The model as Markdown pages: one ``PageSource`` for each page and language."""

from __future__ import annotations

from .blocks import STAND_IN, as_bytes
from .compiled import compiled_templates
from .groups import groups, sources
from .redirects import redirects
from .shell import Shell, Ui
from .site import Site
from .source import Crumb, PageSource, source_uri
from .words import files, words_path

__all__ = [
    "STAND_IN",
    "Crumb",
    "PageSource",
    "Shell",
    "Site",
    "Ui",
    "as_bytes",
    "compiled_templates",
    "files",
    "groups",
    "redirects",
    "source_uri",
    "sources",
    "words_path",
]
