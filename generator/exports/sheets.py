"""Sheets of a workbook as XML: rows of text below a heading, and cards of a place.

Each cell carries its own text (``inlineStr``), so a row depends on nothing but its
record and its number. Text is never a formula or a number (ECMA-376-1, 18.3.1 and 18.18).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, partial
from html import escape
from itertools import islice, product
from string import ascii_uppercase

from msgspec import Struct

from generator.edition import Edition
from generator.parts import Head, Part, Run

from .tables import Table, Tables

LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell."""

HEADING, CELL = 1, 2
"""The styles of ``workbooks``: bold on a tint; wrapped text at the top of its cell."""

_FULL = 23
"""So many characters make a column as wide as it may be."""
_MARGIN = 0.7109375
"""What Excel adds to a width for the margins of a cell."""
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What has to be written as ``_xHHHH_`` in a cell (ST_Xstring)."""
_TO_ESCAPE = re.compile(rf"[&<>]|{_NOT_IN_XML.pattern}")
_CELL_IN_ROW = re.compile(rb'<c r="([A-Z]+)[^>]*><is><t[^>]*>([^<]*)')

_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
)
_FROZEN = (
    '<sheetViews><sheetView workbookViewId="0">'
    '<pane xSplit="2" ySplit="1" topLeftCell="C2" activePane="bottomRight" state="frozen"/>'
    '<selection pane="topRight" activeCell="C1" sqref="C1"/>'
    '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'
    '<selection pane="bottomRight"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
)
"""The heading and the first two columns stay in sight."""
_ON_PAPER = (
    '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" fitToHeight="0" orientation="{}"/></worksheet>\n'
)
"""A4, as wide as the page."""


class Sheet(Struct, frozen=True):
    """One sheet of a workbook."""

    name: str
    parts: Sequence[Part]
    """Its XML."""
    area: str = ""
    """What can be filtered, headings and all: ``A1:C17``; nothing on a card."""


def table_sheet(table: Table) -> Sheet:
    """A sheet of a table."""
    head = _head(table.headings)
    rows = [row(number, cells) for number, cells in enumerate(table.rows, 2)]
    begin = head.make([*map(head.gist, rows)])
    return _sheet(table.name, table.headings, len(rows), (begin, *rows))


def list_sheet(edition: Edition, item_list: str) -> Sheet:
    """A sheet of all items of a list, whose rows are pieces."""
    tables = Tables(edition)
    headings, keys = tables.item_headings, edition.keys_of(item_list)

    def piece(key: str, place: int) -> bytes:
        return row(place + 2, tables.item_cells(key))

    rows = Run("items", keys, piece, item_list, is_placed=True, head=_head(headings))
    name = edition.county.item_lists[item_list].name.zh
    return _sheet(name, headings, len(keys), (rows,))


def card(table: Table) -> bytes:
    """The XML of a card: a line for each fact, what it is and what is known."""
    lines = (table.headings, *table.rows)
    rows = b"".join(
        _row(number, _cell("A", number, HEADING, label) + _cell("B", number, CELL, fact))
        for number, (label, fact) in enumerate(lines, 1)
    )
    return f"{_BEGIN}{_columns((24, 56))}<sheetData>".encode() + rows + _end("", "portrait")


def row(number: int, cells: Sequence[str], style: int = CELL) -> bytes:
    """A row of a sheet; what is empty is left out."""
    found = (
        _cell(letters, number, style, text)
        for letters, text in zip(_letters(len(cells)), cells, strict=True)
        if text
    )
    return _row(number, "".join(found))


def _sheet(name: str, headings: Sequence[str], rows: int, parts: Sequence[Part]) -> Sheet:
    area = f"A1:{_letters(len(headings))[-1]}{max(rows, 1) + 1}"
    return Sheet(name, (*parts, _end(f'<autoFilter ref="{area}"/>', "landscape")), area)


def _head(headings: Sequence[str]) -> Head:
    """What stands before the rows of a sheet with these headings."""
    return Head(partial(_gist, len(headings)), partial(_begin, tuple(headings)))


def _gist(columns: int, row: bytes) -> str:
    """How long the texts of a row are: a character for each column, from ``0`` on."""
    numbers = _numbers(columns)
    found = ["0"] * columns
    for letters, text in _CELL_IN_ROW.findall(row):
        found[numbers[letters]] = chr(ord("0") + min(len(text.decode()), _FULL))
    return "".join(found)


def _begin(headings: Sequence[str], gists: Sequence[str]) -> bytes:
    """All before the rows: columns as wide as their texts ask for, within reason."""
    longest = [max(column) for column in zip("0" * len(headings), *set(gists), strict=True)]
    widths = (
        min(max(ord(each) - ord("0"), len(heading)), _FULL) * 2 + 2
        for each, heading in zip(longest, headings, strict=True)
    )
    size = f'<dimension ref="A1:{_letters(len(headings))[-1]}{len(gists) + 1}"/>'
    head = f"{_BEGIN}{size}{_FROZEN}{_columns(widths)}<sheetData>"
    return head.encode() + row(1, headings, HEADING)


def _columns(widths: Iterable[int]) -> str:
    columns = (
        f'<col min="{number}" max="{number}" width="{width + _MARGIN}" customWidth="1"/>'
        for number, width in enumerate(widths, 1)
    )
    return f"<cols>{''.join(columns)}</cols>"


def _end(filtered: str, orientation: str) -> bytes:
    return f"</sheetData>{filtered}{_ON_PAPER.format(orientation)}".encode()


def _row(number: int, cells: str) -> bytes:
    return f'<row r="{number}">{cells}</row>'.encode()


def _cell(letters: str, number: int, style: int, text: str) -> str:
    """A cell that carries its own text."""
    safe = text[:LONGEST_CELL]
    if _TO_ESCAPE.search(safe):
        safe = escape(_NOT_IN_XML.sub(_coded, safe), quote=False)
    kept = ' xml:space="preserve"' if safe != safe.strip() else ""
    return f'<c r="{letters}{number}" s="{style}" t="inlineStr"><is><t{kept}>{safe}</t></is></c>'


def _coded(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


@cache
def _letters(count: int) -> tuple[str, ...]:
    """What the first columns are called: A to Z, AA, AB …; at most 702 of them."""
    names = ("".join(pair) for pair in product(("", *ascii_uppercase), ascii_uppercase))
    return tuple(islice(names, count))


@cache
def _numbers(count: int) -> dict[bytes, int]:
    return {letters.encode(): number for number, letters in enumerate(_letters(count))}
