"""What a page's body is made of, written as Markdown or straight as HTML.

``to_markdown`` is what a reviewer reads and another site generator takes;
``to_html`` is the same body as Python-Markdown would convert it, without the cost
of converting it (``tests/test_blocks.py`` compares the two on every page kind).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup
from msgspec import Struct

from generator.parts import Common, Insert, Run

EXTENSIONS = ("attr_list", "tables")
"""The Markdown extensions that page sources need."""

# What Python-Markdown lets a backslash escape (`ESCAPED_CHARS`, and `|` with tables).
_SPECIAL = re.compile(r"([\\`*_{}\[\]()>#+\-.!|])")
_TAGS_AND_ENTITIES = re.compile(r"(<[^>]*>|&[#a-z0-9]+;)")


class Heading(Struct, frozen=True):
    """A heading with an address of its own; ``content`` is escaped HTML."""

    level: int
    content: Markup
    anchor: str

    def to_markdown(self) -> str:
        return f"{'#' * self.level} {escape_markdown(self.content)} {{#{self.anchor}}}"

    def to_html(self) -> str:
        return f'<h{self.level} id="{self.anchor}">{self.content}</h{self.level}>'


class Prose(Struct, frozen=True):
    """Markdown that the generator's language files hold; never text from lists."""

    text: str

    def to_markdown(self) -> str:
        return self.text

    def to_html(self) -> str:
        return _converted(self.text)


class Html(Struct, frozen=True):
    """A component: one block-level element from an autoescaping template."""

    content: Markup
    """With ``STAND_IN`` where each of ``runs`` stands."""
    runs: tuple[Run, ...] = ()
    """Its rows, where it has many: each can be taken over from the last build."""

    def to_markdown(self) -> str:
        return self.to_html()

    def to_html(self) -> str:
        return filled(self.content, self.runs)


class Together(Struct, frozen=True):
    """Blocks that several pages have in common, finished once."""

    common: Common
    """What ``common_html`` made of them."""
    blocks: Callable[[], Sequence[Block]]

    def to_markdown(self) -> str:
        return to_markdown(self.blocks()).removesuffix("\n")

    def to_html(self) -> str:
        return self.common.content.decode()


Block = Heading | Prose | Html | Together
STAND_IN = "\0"
"""Where an insert stands; no text of the lists holds it (``reading.yamlfile``)."""


def filled(content: Markup, runs: Iterable[Run]) -> str:
    """The HTML with the rows of ``runs`` where they stand."""
    first, *others = str(content).split(STAND_IN)
    pairs = zip(runs, others, strict=True)
    return first + "".join(run.whole().decode() + other for run, other in pairs)


def to_markdown(blocks: Iterable[Block]) -> str:
    """The body as Markdown, blocks apart by a blank line."""
    return "\n\n".join(block.to_markdown() for block in blocks) + "\n"


def to_html(blocks: Iterable[Block]) -> str:
    """The body as HTML."""
    return "\n".join(block.to_html() for block in blocks)


def common_html(blocks: Iterable[Block]) -> bytes:
    """Blocks as they will stand in the files of pages."""
    return as_bytes(to_html(blocks))


def as_bytes(text: str) -> bytes:
    """Text as MkDocs writes it."""
    return text.encode(errors="xmlcharrefreplace")


def to_parts(blocks: Iterable[Block]) -> tuple[str, tuple[Insert, ...]]:
    """The body as HTML with ``STAND_IN`` for each insert, and these."""
    texts: list[str] = []
    inserts: list[Insert] = []
    for block in blocks:
        if isinstance(block, Together):
            texts.append(STAND_IN)
            inserts.append(block.common)
        elif isinstance(block, Html):
            texts.append(block.content)
            inserts += block.runs
        else:
            texts.append(block.to_html())
    return "\n".join(texts), tuple(inserts)


def escape_markdown(content: Markup) -> str:
    """Escaped HTML so that Markdown leaves every character of its text alone."""
    parts = _TAGS_AND_ENTITIES.split(str(content))
    parts[::2] = [_SPECIAL.sub(r"\\\1", part) for part in parts[::2]]
    return "".join(parts)


@lru_cache(maxsize=1024)
def _converted(text: str) -> str:
    import markdown  # few pages have prose

    return markdown.markdown(text, extensions=list(EXTENSIONS))
