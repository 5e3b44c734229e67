"""The structure of a tagged PDF, read by two libraries that did not write it.

pypdf reads the tree; pdfium says which piece of ink belongs to which part of it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import raw
from sheets import Sheet

STANDARD = {
    *("Document", "Div", "P", "Span", "H1", "H2", "H3", "L", "LI", "Lbl", "LBody"),
    *("Table", "THead", "TBody", "TR", "TH", "TD", "Figure", "Link"),
}
"""The types that our sheets need, of those that ISO 32000-1 defines."""

Place = tuple[int, int]
"""A page, counted from 0, and a number of marked content on it."""


@dataclass
class Element:
    """A structure element: its type, the language in force, and what it holds."""

    kind: str
    language: str
    node: Any
    kids: list[Element | Place | Any] = field(default_factory=list)
    """Elements, places, and annotations (dictionaries), in reading order."""

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def of_kind(self, *kinds: str) -> list[Element]:
        """The elements of these types, in reading order."""
        return [each for each in self.walk() if each.kind in kinds]

    def places(self) -> Iterator[Place]:
        """Every piece of marked content below, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.places()
            elif isinstance(kid, tuple):
                yield kid

    def attribute(self, name: str) -> Any:
        """The value of an attribute of any owner; none when it has none."""
        attributes = self.node.get("/A") or []
        found = attributes if isinstance(attributes, list) else [attributes]
        return next((each[name] for each in found if name in each), None)


@dataclass(frozen=True)
class Ink:
    """Something drawn or written on a page."""

    page: int
    content: int
    """The number of its marked content; -1 when it has none."""
    marks: tuple[str, ...]
    language: str
    """Its own, where it is not that of its element."""
    text: str


def structure(sheet: Sheet) -> Element:
    """The one element at the root of the structure tree."""
    root = sheet.reader.trailer["/Root"]
    pages = {page.indirect_reference.idnum: n for n, page in enumerate(sheet.reader.pages)}
    (top,) = root["/StructTreeRoot"]["/K"]
    return _element(top.get_object(), str(root["/Lang"]), pages, None)


def _element(node: Any, language: str, pages: dict[int, int], page: int | None) -> Element:
    if "/Pg" in node:
        page = pages[node.raw_get("/Pg").idnum]
    made = Element(str(node["/S"])[1:], str(node.get("/Lang", language)), node)
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        value = kid.get_object()
        if isinstance(value, int):
            assert page is not None
            made.kids.append((page, int(value)))
        elif "/S" in value:
            made.kids.append(_element(value, made.language, pages, page))
        elif value["/Type"] == "/MCR":
            made.kids.append((pages[value.raw_get("/Pg").idnum], int(value["/MCID"])))
        else:
            assert value["/Type"] == "/OBJR"
            made.kids.append(value["/Obj"])
    return made


def inks(sheet: Sheet) -> Iterator[Ink]:
    """Everything on the pages, in the order in which it is painted."""
    for number, page in enumerate(sheet.document):
        text = page.get_textpage()
        for index in range(raw.FPDFPage_CountObjects(page)):
            thing = raw.FPDFPage_GetObject(page, index)
            marks = [
                raw.FPDFPageObj_GetMark(thing, each)
                for each in range(raw.FPDFPageObj_CountMarks(thing))
            ]
            languages = [_said(raw.FPDFPageObjMark_GetParamStringValue, m, b"Lang") for m in marks]
            yield Ink(
                number,
                raw.FPDFPageObj_GetMarkedContentID(thing),
                tuple(_said(raw.FPDFPageObjMark_GetName, each) for each in marks),
                next(filter(None, reversed(languages)), ""),
                _text(thing, text),
            )


def _said(function: Any, *given: Any) -> str:
    """What one of pdfium's functions writes into the room it is given."""
    room, used = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    if not function(*given, room, ctypes.sizeof(room), used):
        return ""
    return bytes(room)[: max(used.value - 2, 0)].decode("utf-16-le")


def _text(thing: Any, page: Any) -> str:
    if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_TEXT:
        return ""
    size = raw.FPDFTextObj_GetText(thing, page, None, 0)
    words = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFTextObj_GetText(thing, page, words, size)
    return bytes(words)[: max(size - 2, 0)].decode("utf-16-le")
