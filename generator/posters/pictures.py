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
VERSION = "1"
"""Changed when the same pages would give other pictures."""

_COLOURS = 48
_MM_PER_INCH = 25.4


def resolution(order: Order) -> float:
    """Pixels per inch that give the picture its size."""
    side = PAPERS[order.paper][1]
    return (SMALL_SIDE if side <= PAPERS["a4"][1] else LONG_SIDE) / (side / _MM_PER_INCH)


def shared(png: bytes) -> tuple[bytes, tuple[int, int]]:
    """A page as PNG of at most ``SHARED_BYTES``, and its size in pixels."""
    image = _opened(png)
    while True:
        made = _saved(image, _COLOURS)
        if len(made) <= SHARED_BYTES:
            return made, image.size
        image = image.resize((image.width * 7 // 8, image.height * 7 // 8))


def preview(png: bytes) -> tuple[bytes, tuple[int, int]]:
    """A small picture of a page, and its size in pixels."""
    image = _opened(png)
    image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return _saved(image, 2 * _COLOURS), image.size


def _opened(png: bytes) -> Any:
    from PIL import Image

    return Image.open(io.BytesIO(png)).convert("RGB")


def _saved(image: Any, colours: int) -> bytes:
    """Few colours without dithering: sheets are flat, and text stays sharp."""
    from PIL import Image

    made = io.BytesIO()
    flat = image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(made, "PNG", compress_level=7)
    return made.getvalue()
