"""Pictures of sheets, small enough to be sent in a chat on a village's network."""

from __future__ import annotations

import io
from typing import Any

from .kinds import PAPERS
from .order import Order

SHARED_BYTES = 300_000
"""No picture of a page is larger."""
LONG_SIDE = 1600
"""Pixels of a poster's longer side, where the limit allows."""
SMALL_SIDE = 1300
"""The same for A4 and less."""
PREVIEW_SIDE = 480
VERSION = "3"
"""Changed when the same pages would give other pictures."""

_FLAT = 20
"""Colours kept exactly: paper, panels, ink and marks cover most of a sheet."""
_MIXED = 28
"""Colours for the edges between them."""
_VISIBLE = 8
_MM_PER_INCH = 25.4


def resolution(order: Order) -> float:
    """Pixels per inch that give the picture its size."""
    side = PAPERS[order.paper][1]
    return (SMALL_SIDE if side <= PAPERS["a4"][1] else LONG_SIDE) / (side / _MM_PER_INCH)


def shared(png: bytes) -> tuple[bytes, tuple[int, int]]:
    """A page as PNG of at most ``SHARED_BYTES``, and its size in pixels."""
    image = _opened(png)
    while True:
        made = _saved(image)
        if len(made) <= SHARED_BYTES:
            return made, image.size
        image = image.resize((image.width * 7 // 8, image.height * 7 // 8))


def preview(png: bytes) -> tuple[bytes, tuple[int, int]]:
    """A small picture of a page, and its size in pixels."""
    image = _opened(png)
    image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return _saved(image), image.size


def _opened(png: bytes) -> Any:
    from PIL import Image

    return Image.open(io.BytesIO(png)).convert("RGB")


def _saved(image: Any) -> bytes:
    """Few colours without dithering: sheets are flat, and text stays sharp."""
    from PIL import Image

    made = io.BytesIO()
    flat = image.quantize(palette=_palette(image), dither=Image.Dither.NONE)
    flat.save(made, "PNG", compress_level=7)
    return made.getvalue()


def _palette(image: Any) -> Any:
    """The commonest colours as they are, and as many others as tell the rest apart."""
    from PIL import Image

    counted = sorted(image.getcolors(image.width * image.height), reverse=True)
    mixed = image.quantize(_MIXED, method=Image.Quantize.MAXCOVERAGE).getpalette("RGB")
    others = list(zip(*[iter(mixed[: 3 * _MIXED])] * 3, strict=True))
    kept: list[Any] = []
    for colour in (*(colour for _, colour in counted[:_FLAT]), *others):
        # Of two colours that nobody can tell apart the commoner one stays exact.
        if all(_difference(colour, other) >= _VISIBLE for other in kept):
            kept.append(colour)
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in kept for channel in colour])
    return palette


def _difference(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """The largest difference of a channel, of 255."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
