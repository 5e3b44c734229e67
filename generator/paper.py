"""What has been printed: the sheets that pages may link to.

The posters are made by another renderer and lie in a folder of their own; this is
all that pages need to know of them.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from .watch import note


class Picture(Struct, frozen=True):
    """A PNG of one page."""

    path: str
    """Below the site's root."""
    width: int
    """Pixels."""
    height: int
    size: int
    """Bytes."""


class Print(Struct, frozen=True):
    """One sheet as made: its PDF, and pictures of its pages."""

    kind: str
    """``poster``, ``plain``, ``handout``, ``cards``, ``slip``, ``plates`` or ``county``."""
    paper: str
    """``a0`` to ``a6``."""
    turned: bool
    """Landscape."""
    tags: tuple[str, ...]
    """Its languages, the larger one first."""
    subject: str
    """The path of the page it belongs to, e.g. ``places/a/b`` or ``items/x``."""
    pdf: str
    """Below the site's root."""
    size: int
    """Bytes of the PDF."""
    pictures: tuple[Picture, ...]
    """One a page, small enough to be shared (300 kB at most)."""
    preview: Picture
    """The first page, small."""


class Prints(Struct, frozen=True, dict=True):
    """The sheets that fit today's lists, and where their files lie."""

    folder: Path | None = None
    """Holds every path of the sheets; None when nothing has been printed."""
    sheets: tuple[Print, ...] = ()
    outdated: int = 0
    """Sheets that were made from other lists, and are therefore not shown."""

    def examples(self, lang: str) -> dict[str, Print]:
        """A sheet of each kind to show to readers of ``lang``: in their language, of a village."""
        note(("prints", ""))
        found: dict[str, Print] = {}
        for sheet in self.sheets:
            known = found.get(sheet.kind)
            if known is None or _suits(sheet, lang) > _suits(known, lang):
                found[sheet.kind] = sheet
        return found

    def of(self, subject: str) -> tuple[Print, ...]:
        """The sheets that belong to the page ``subject``."""
        note(("prints", subject))
        return self.by_subject.get(subject, ())

    @cached_property
    def by_subject(self) -> dict[str, tuple[Print, ...]]:
        """All sheets by the page they belong to; pages ask ``of``, which is noted."""
        found: dict[str, list[Print]] = defaultdict(list)
        for sheet in self.sheets:
            found[sheet.subject].append(sheet)
        return {subject: tuple(sheets) for subject, sheets in found.items()}


def _suits(sheet: Print, lang: str) -> tuple[bool, int]:
    """How well a sheet shows readers of ``lang`` what such a sheet is like."""
    return (sheet.tags[-1] == lang, sheet.subject.count("/"))
