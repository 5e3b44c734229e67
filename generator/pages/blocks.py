"""What a page's body is made of, written as Markdown or straight as HTML.

``to_markdown`` is what a reviewer reads and another site generator takes;
``to_html`` is the same body as Python-Markdown would convert it, without the cost
of converting it (``tests/test_blocks.py`` compares the two on every page kind).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import markdown
from markupsafe import Markup

EXTENSIONS = ("attr_list", "tables")
"""The Markdown extensions that page sources need."""

# What Python-Markdown lets a backslash escape (`ESCAPED_CHARS`, and `|` with tables).
_SPECIAL = re.compile(r"([\\`*_{}\[\]()>#+\-.!|])")
_TAGS_AND_ENTITIES = re.compile(r"(<[^>]*>|&[#a-z0-9]+;)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with an address of its own; ``content`` is escaped HTML."""

    level: int
    content: Markup
    anchor: str

    def to_markdown(self) -> str:
        return f"{'#' * self.level} {escape_markdown(self.content)} {{#{self.anchor}}}"

    def to_html(self) -> str:
        return f'<h{self.level} id="{self.anchor}">{self.content}</h{self.level}>'


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown that the generator's language files hold; never text from lists."""

    text: str

    def to_markdown(self) -> str:
        return self.text

    def to_html(self) -> str:
        return _converted(self.text)


@dataclass(frozen=True, slots=True)
class Html:
    """A component: one block-level element from an autoescaping template."""

    content: Markup

    def to_markdown(self) -> str:
        return str(self.content)

    def to_html(self) -> str:
        return str(self.content)


Block = Heading | Prose | Html


def to_markdown(blocks: Iterable[Block]) -> str:
    """The body as Markdown, blocks apart by a blank line."""
    return "\n\n".join(block.to_markdown() for block in blocks) + "\n"


def to_html(blocks: Iterable[Block]) -> str:
    """The body as HTML."""
    return "\n".join(block.to_html() for block in blocks)


def escape_markdown(content: Markup) -> str:
    """Escaped HTML so that Markdown leaves every character of its text alone."""
    parts = _TAGS_AND_ENTITIES.split(str(content))
    parts[::2] = [_SPECIAL.sub(r"\\\1", part) for part in parts[::2]]
    return "".join(parts)


@lru_cache(maxsize=1024)
def _converted(text: str) -> str:
    return markdown.markdown(text, extensions=list(EXTENSIONS))
