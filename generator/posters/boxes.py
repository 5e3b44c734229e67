"""The box that the compiler does not write: where the bleed ends, inside the crop marks."""

from __future__ import annotations

import io

from .order import BLEED_MM

POINTS_PER_MM = 72 / 25.4


def with_bleed_box(pdf: bytes) -> bytes:
    """The same pages with a BleedBox round their TrimBox; the same input, the same bytes."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import RectangleObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    margin = BLEED_MM * POINTS_PER_MM
    for page in writer.pages:
        left, bottom, right, top = (float(each) for each in page.trimbox)
        page.bleedbox = RectangleObject(
            (left - margin, bottom - margin, right + margin, top + margin)
        )
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
