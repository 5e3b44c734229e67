"""Other generators, as they come, for the Markdown that ``qingdan pages`` writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import stock

_HUGO = """
title = "stock"
baseURL = "/"
disableKinds = ["taxonomy", "term", "rss", "sitemap"]
[markup.goldmark.renderer]
unsafe = true
"""

_PAGE = """<!doctype html>
<html lang="{{ .Params.lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"></head>
<body><header><a href="/">{{ site.Title }}</a></header><main>{{ .Content }}</main></body></html>
"""
"""The least a page can be: Hugo ships no theme, and makes no search data here."""


@dataclass(frozen=True)
class Engine:
    """A generator: how it is told what to build, and how it is run in the folder of a project.

    The site is to lie in ``site`` below that folder.
    """

    name: str
    prepare: Callable[[Path, Path], None]
    """Takes the new project's folder, and that of the Markdown."""
    command: Sequence[str]


def _prepare_mkdocs(project: Path, docs: Path) -> None:
    """A project for MkDocs or Zensical; Zensical reads only what lies in the project."""
    shutil.copytree(docs, project / "docs")
    (project / "mkdocs.yml").write_text(stock.MKDOCS.format(docs="docs"), "utf-8")


def _prepare_hugo(project: Path, docs: Path) -> None:
    """A project for Hugo, for which a page with others below it is ``_index.md``."""
    for page in docs.rglob("index.md"):
        target = project / "content" / page.relative_to(docs).with_name("_index.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, target)
    layouts = project / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (layouts / "list.html").write_text(_PAGE, "utf-8")
    (project / "hugo.toml").write_text(_HUGO, "utf-8")


ENGINES = (
    Engine("MkDocs + Material", _prepare_mkdocs, ("mkdocs", "build", "--quiet")),
    Engine("Zensical", _prepare_mkdocs, ("zensical", "build")),
    Engine("Hugo, bare layout", _prepare_hugo, ("hugo", "--quiet", "--destination", "site")),
)
