"""Typst: content and template to PDF and pictures.

The compiler sees files in memory and an empty folder, so no template can read the
disk; packages from the net are refused. Text arrives as JSON and is never markup.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Mapping
from functools import cached_property
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from .code import outlines
from .content import Content, encode
from .finish import finished
from .fonts import Fonts
from .kinds import SMALL_PRINT, scale
from .order import BLEED_MM, SLUG_MM, Order

LEAST_PT = 6.5
"""Nothing at all is set smaller."""
STANDARD = "ua-1"
"""PDF/UA-1: tags, title, language, and an error instead of a missing glyph."""

FITTED = "poster"
"""The template that searches for the largest sizes; they are kept for the next sheet."""

_OVERFLOW = re.compile(r'panicked with: "?overflow"?, "?(?P<id>[^"\s]*)')
_PROBE = b"""#let data = json("data.json")
#set document(title: "probe")
#set text(font: data.fonts, fallback: false)
#data.text
"""
_GLYPH = re.compile(r'the text `"(?P<text>.*?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


class SheetError(Exception):
    """A sheet that cannot be made."""


class SheetFullError(SheetError):
    """No room at a readable size; ``subject`` is the item or place that takes too much."""

    def __init__(self, subject: str) -> None:
        super().__init__(subject)
        self.subject = subject


class GlyphError(SheetError):
    """No font has a character of ``text``."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class TemplateError(SheetError):
    """A template does not compile; ``reason`` is the compiler's, in English."""

    def __init__(self, template: str, reason: str) -> None:
        super().__init__(template, reason)
        self.template = template
        self.reason = reason


def load_templates(own: Path | None) -> dict[str, bytes]:
    """The shipped templates with the county's files laid over them.

    A shipped file stays importable as ``base/<name>``.
    """
    shipped = {
        each.name: each.read_bytes()
        for each in resources.files("generator.posters").joinpath("templates").iterdir()
        if each.name.endswith(".typ")
    }
    county = {
        path.name: path.read_bytes()
        for path in (sorted(own.iterdir()) if own and own.is_dir() else ())
        if path.is_file() and not path.name.startswith(".")
    }
    return {f"base/{name}": text for name, text in shipped.items()} | shipped | county


class Typesetter(Struct, eq=False, dict=True):
    """Sets sheets; one a process, since fonts and layouts stay in its memory."""

    templates: Mapping[str, bytes]
    fonts: Fonts
    _fits: dict[tuple[str, bytes], Any] = field(default_factory=dict)
    """Sizes found for lists that many places share, by digest and options."""

    @cached_property
    def digest(self) -> str:
        """Identifies everything but the content: templates, fonts, the compiler."""
        tools = [metadata.version(each) for each in ("typst", "segno", "pikepdf", "pillow")]
        found = hashlib.sha256(encode([*tools, self.fonts.digest]))
        for name in sorted(self.templates):
            found.update(encode([name, hashlib.sha256(self.templates[name]).hexdigest()]))
        return found.hexdigest()

    def key(self, order: Order, content: Content) -> str:
        """Identifies the finished sheet: the same key means the same bytes."""
        options = encode(options_of(order, self.fonts.families))
        found = hashlib.sha256(f"{self.digest} {content.lists.digest}".encode())
        found.update(options + encode(content.own))
        return found.hexdigest()

    def pdf(self, order: Order, content: Content) -> bytes:
        """The sheet as PDF.

        Raises:
            SheetFullError, GlyphError, TemplateError: when it cannot be set.
        """
        files = self._files(order, content)
        pdf = self._compile(order, files, format="pdf", pdf_standards=[STANDARD], timestamp=0)
        assert isinstance(pdf, bytes)
        return finished(pdf, order.printing.marks)

    def pictures(self, order: Order, content: Content, ppi: float) -> list[bytes]:
        """The sheet's pages as PNG, at ``ppi`` pixels an inch of paper."""
        made = self._compile(order, self._files(order, content), format="png", ppi=ppi)
        return made if isinstance(made, list) else [made]

    def missing(self, text: str) -> str | None:
        """The first characters of ``text`` that no font has."""
        import typst

        files = {
            "main.typ": _PROBE,
            "data.json": encode({"fonts": self.fonts.families, "text": text}),
        }
        try:
            self._compiler.compile(input=files, format="pdf", pdf_standards=[STANDARD], timestamp=0)
        except typst.TypstError as error:
            match = _GLYPH.search(str(error))
            if match is None:
                raise
            # The compiler writes combining marks as escapes.
            return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), match["text"])
        return None

    @cached_property
    def _compiler(self) -> Any:
        import typst

        return typst.Compiler(root=self._root, **self._world)

    @cached_property
    def _root(self) -> str:
        """An empty folder: all that a template could read."""
        self._folder = tempfile.TemporaryDirectory(prefix="qingdan-")
        return self._folder.name

    @property
    def _world(self) -> dict[str, Any]:
        return {
            "font_paths": [str(each) for each in self.fonts.folders],
            "ignore_system_fonts": True,
            "package_path": self._root,
            "package_cache_path": self._root,
        }

    def _files(self, order: Order, content: Content) -> dict[str, bytes]:
        options = options_of(order, self.fonts.families)
        files = {
            "main.typ": _main(order.kind.template),
            "data.json": encode(_with_code(content.own)),
            "lists.json": content.lists.encoded,
            "options.json": encode(options),
            **self.templates,
        }
        if order.kind.template == FITTED:
            key = (content.lists.digest, files["options.json"])
            if key not in self._fits:
                self._fits[key] = self._fit(order, files)
            files["options.json"] = encode(options | {"fit": self._fits[key]})
        return files

    def _fit(self, order: Order, files: dict[str, bytes]) -> Any:
        import typst

        try:
            found = typst.query(files, "<fit>", root=self._root, **self._world)
        except (typst.TypstError, RuntimeError) as error:
            raise _understood(error, order) from None
        return json.loads(found)[0]["value"]

    def _compile(self, order: Order, files: dict[str, bytes], **options: Any) -> Any:
        import typst

        try:
            return self._compiler.compile(input=files, **options)
        except typst.TypstError as error:
            raise _understood(error, order) from None


def options_of(order: Order, families: tuple[str, ...]) -> dict[str, Any]:
    """What a template is told beside the content; lengths in points of its own measure."""
    kind, printing = order.kind, order.printing
    size = scale(kind, order.paper)
    least = kind.least(order.paper, len(order.tags))
    bleed = BLEED_MM if printing.bleed or printing.marks else 0
    return {
        "scale": size,
        "paper": order.paper,
        "turned": order.turned,
        "least": round(least / size, 2),
        "small": round(max(least * SMALL_PRINT, LEAST_PT) / size, 2),
        "floor": round(LEAST_PT / size, 2),
        "colours": "offset" if printing.cmyk and kind.colours == "colour" else kind.colours,
        "bleed": bleed,
        "slug": SLUG_MM if printing.marks else bleed,
        "marks": printing.marks,
        "tags": [tag.split("-")[0] for tag in order.tags],
        "fonts": families,
    }


def _with_code(own: dict[str, Any]) -> dict[str, Any]:
    """The content with the outlines of its code, which its address alone decides."""
    address = own["address"]
    if address is None:
        return own
    modules, loops = outlines(address["url"])
    return own | {"address": address | {"modules": modules, "loops": loops}}


def _main(template: str) -> bytes:
    return (
        f'#import "{template}.typ": sheet\n'
        '#sheet(json("data.json") + (lists: json("lists.json")), json("options.json"))\n'
    ).encode()


def _understood(error: Exception, order: Order) -> SheetError:
    """The compiler's error as one of ours."""
    message = str(error)
    if match := _OVERFLOW.search(message):
        return SheetFullError(match["id"])
    if match := _GLYPH.search(message):
        return GlyphError(match["text"])
    return TemplateError(f"{order.kind.template}.typ", message)
