"""Pictures of sheets, small enough to be sent in a chat on a village's network."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from .kinds import PAPERS
from .order import Order

SHARED_BYTES = 300_000
"""No picture of a page is larger."""
LONG_SIDE = 1600
"""Pixels of a poster's longer side, where the limit allows."""
SMALL_SIDE = 1300
"""The same for A4 and less."""
PREVIEW_SIDE = 480
VERSION = "4"
"""Changed when the same pages would give other pictures."""

_FLAT = 20
"""Colours kept exactly: paper, panels, ink and marks cover most of a sheet."""
_MIXED = 28
"""Colours for the edges between them."""
_VISIBLE = 8
_SAMPLED = 3
"""Every third pixel across and down is enough to know a sheet's colours by."""
_MM_PER_INCH = 25.4


class Picture(Struct, frozen=True):
    """A picture as PNG, with its width and height in pixels."""

    png: bytes
    size: tuple[int, int]


def resolution(order: Order) -> float:
    """Pixels per inch that give the picture its size."""
    side = PAPERS[order.paper][1]
    return (SMALL_SIDE if side <= PAPERS["a4"][1] else LONG_SIDE) / (side / _MM_PER_INCH)


def pictures_of(pages: Sequence[bytes]) -> tuple[list[Picture], Picture]:
    """Each page, at most ``SHARED_BYTES`` large, and a preview of the first.

    ``pages`` are PNG as the compiler draws them, all of one size. All pictures of a sheet
    have the same few colours.
    """
    images = [_opened(each) for each in pages]
    palette = _palette(_sampled(images))
    shared = [_within_limit(each, palette) for each in images]
    images[0].thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return shared, _saved(images[0], palette)


def _opened(png: bytes) -> Any:
    from PIL import Image

    return Image.open(io.BytesIO(png)).convert("RGB")


def _within_limit(image: Any, palette: Any) -> Picture:
    while True:
        made = _saved(image, palette)
        if len(made.png) <= SHARED_BYTES:
            return made
        image = image.resize((image.width * 7 // 8, image.height * 7 // 8))


def _saved(image: Any, palette: Any) -> Picture:
    """Few colours without dithering: sheets are flat, and text stays sharp."""
    from PIL import Image

    made = io.BytesIO()
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(made, "PNG", compress_level=6)
    return Picture(made.getvalue(), image.size)


def _sampled(images: Sequence[Any]) -> Any:
    """Some pixels of all pages, one page below the other."""
    from PIL import Image

    width, height = (side // _SAMPLED for side in images[0].size)
    strip = Image.new("RGB", (width, height * len(images)))
    for number, each in enumerate(images):
        small = each.resize((width, height), Image.Resampling.NEAREST)
        strip.paste(small, (0, number * height))
    return strip


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
