"""Reading finished sheets back: what is on the paper, and where."""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdf
import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter
from pypdfium2 import raw

MM = 72 / 25.4


@dataclass(frozen=True)
class Glyph:
    """One character on a page; lengths in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    """The size of its type."""
    is_upright: bool
    """False for the demonstration mark, which lies across the sheet."""


class Sheet:
    """A PDF, read by two libraries that did not make it."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.document = pypdfium2.PdfDocument(pdf)
        self.reader = pypdf.PdfReader(io.BytesIO(pdf))

    @cached_property
    def pages(self) -> list[list[Glyph]]:
        return [list(_glyphs(page)) for page in self.document]

    @cached_property
    def text(self) -> str:
        """What is written, without spaces, the demonstration mark across the sheet left out."""
        return "".join(each.text for page in self.pages for each in page if each.is_upright)

    def box(self, name: str, page: int = 0) -> tuple[float, ...]:
        """A page's box in millimetres, rounded to a tenth."""
        return tuple(round(float(each) / MM, 1) for each in self.reader.pages[page][name])

    def raster(self, page: int = 0, dpi: float = 72) -> Image.Image:
        return self.document[page].render(scale=dpi / 72).to_pil().convert("RGB")

    def fonts(self) -> Iterator[Any]:
        """Every font of every page."""
        for page in self.reader.pages:
            for font in page["/Resources"].get("/Font", {}).values():
                yield font.get_object()

    def outside(self, margin_mm: float) -> list[Glyph]:
        """What stands nearer to the knife than ``margin_mm``."""
        found = []
        for number, page in enumerate(self.pages):
            left, bottom, right, top = (float(x) for x in self.reader.pages[number].trimbox)
            edge = margin_mm * MM
            found += [
                each
                for each in page
                if each.left < left + edge
                or each.bottom < bottom + edge
                or each.right > right - edge
                or each.top > top - edge
            ]
        return found

    def collisions(self) -> list[tuple[str, str]]:
        """Pairs of upright characters whose ink boxes overlap by more than a hair."""
        return [pair for page in self.pages for pair in _collisions(page)]


def codes(image: Image.Image) -> list[str]:
    """What a phone reads from a picture."""
    return [each.text for each in zxingcpp.read_barcodes(image)]


def photocopied(image: Image.Image) -> Image.Image:
    """Grey and a little out of focus."""
    return image.convert("L").filter(ImageFilter.GaussianBlur(0.8))


def _glyphs(page: Any) -> Iterator[Glyph]:
    text = page.get_textpage()
    for index in range(text.count_chars()):
        character = _character(text, index)
        if character.isspace() or not character.isprintable():
            continue
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        left, bottom, right, top = text.get_charbox(index)
        size = raw.FPDFText_GetFontSize(text, index) * scale
        yield Glyph(character, left, bottom, right, top, size, abs(matrix.b) < 0.01)


def _character(text: Any, index: int) -> str:
    """One character; the second half of a pair of surrogates counts as nothing."""
    unit = raw.FPDFText_GetUnicode(text, index)
    if 0xD800 <= unit < 0xDC00:
        low = raw.FPDFText_GetUnicode(text, index + 1)
        return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    if 0xDC00 <= unit < 0xE000:
        return " "
    # 2 is the library's own sign for a hyphen at the end of a line.
    return "-" if unit == 2 else chr(unit)


def _collisions(page: list[Glyph], hair: float = 0.8) -> Iterator[tuple[str, str]]:
    cells: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for each in page:
        if not each.is_upright:
            continue
        near = {
            id(other): other
            for x in range(int(each.left // 20), int(each.right // 20) + 1)
            for y in range(int(each.bottom // 20), int(each.top // 20) + 1)
            for other in cells[x, y]
        }
        for other in near.values():
            wide = min(each.right, other.right) - max(each.left, other.left)
            high = min(each.top, other.top) - max(each.bottom, other.bottom)
            # A ligature is one glyph that stands for several characters.
            is_ligature = {each.text, other.text} <= set("fijlt") and high > 2
            if wide > hair and high > hair and not is_ligature:
                yield (each.text, other.text)
        for x in range(int(each.left // 20), int(each.right // 20) + 1):
            for y in range(int(each.bottom // 20), int(each.top // 20) + 1):
                cells[x, y].append(each)


def without_spaces(text: str) -> str:
    return "".join(text.split())


def in_order(text: str, names: list[str]) -> list[str]:
    """The names that do not follow one another in ``text``."""
    at, lost = 0, []
    for name in map(without_spaces, names):
        found = text.find(name, at)
        if found < 0:
            lost.append(name)
        else:
            at = found + len(name)
    return lost
