"""What the compiler leaves undone: small objects packed, and the box that bleed ends at.

Tags make a thousand small objects of a sheet, which the compiler writes one by one as
plain text; packed into compressed streams (PDF 1.5) a sheet is a quarter smaller.
"""

from __future__ import annotations

import io

from .order import BLEED_MM

POINTS_PER_MM = 72 / 25.4


def finished(pdf: bytes, marks: bool) -> bytes:
    """The same pages; with ``marks``, each with a BleedBox round its TrimBox.

    The same input gives the same bytes.
    """
    import pikepdf

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages if marks else ():
            margin = BLEED_MM * POINTS_PER_MM
            left, bottom, right, top = (float(each) for each in page.trimbox.as_list())
            page.bleedbox = pikepdf.Array(
                [left - margin, bottom - margin, right + margin, top + margin]
            )
        packed = pikepdf.ObjectStreamMode.generate
        document.save(made, object_stream_mode=packed, deterministic_id=True)
    return made.getvalue()
