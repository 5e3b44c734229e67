"""One page before it is a page: its address, its head, and how to make its body."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import yaml
from msgspec import Struct

from generator.parts import Insert

from .blocks import Block, to_html, to_markdown, to_parts


class Crumb(Struct, frozen=True):
    """One step of the way from home to a page; ``path`` is None for a step without a page."""

    label: str
    path: str | None


class PageSource(Struct, frozen=True, eq=False):
    """A generated page. The body is made when asked for, and not kept."""

    path: str
    """Its folder below the language's root: ``places/yonghe-zhen``; ``""`` is home."""
    lang: str
    kind: str
    """What the page is about: ``village``, ``item``, ``list`` …"""
    title: str
    """For ``<title>``, without the site's name."""
    description: str
    crumbs: tuple[Crumb, ...]
    """From home down to the page's parent."""
    body: Callable[[], Sequence[Block]]
    data: Callable[[], Sequence[Mapping[str, Any]]] = tuple
    """JSON-LD objects that describe the page."""
    feed: str | None = None
    """The Atom feed of what the page is about, below the language's root."""

    @property
    def meta(self) -> dict[str, Any]:
        """The front matter."""
        return {
            "title": self.title,
            "description": self.description,
            "lang": self.lang,
            "kind": self.kind,
        }

    def html(self) -> str:
        """The body as HTML."""
        return to_html(self.body())

    def parts(self) -> tuple[str, tuple[Insert, ...]]:
        """The body as HTML with ``STAND_IN`` for each insert, and these."""
        return to_parts(self.body())

    def markdown(self) -> str:
        """The whole source: front matter and Markdown."""
        head = yaml.safe_dump(self.meta, allow_unicode=True, sort_keys=False, width=10_000)
        return f"---\n{head}---\n\n{to_markdown(self.body())}"


def source_uri(path: str, prefix: str) -> str:
    """The Markdown file of a page: ``en/places/yonghe-zhen/index.md``."""
    return "/".join(part for part in (prefix, path, "index.md") if part)
