"""Tables as XLSX, to be looked at and printed; every cell is text.

Hundreds of villages share the same items in the same words, so the sheet of items is
written and compressed once for all of them, and each village only adds a card of its own.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable
from html import escape
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.edition import Edition
from generator.views import PlaceView

from .tables import Table, Tables

_CREATED = datetime.datetime(2020, 1, 1)  # noqa: DTZ001  one fixed moment, so that bytes repeat
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_CELL = 32_767
_FIRST_SHEET = "xl/worksheets/sheet1.xml"
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What has to be written as ``_xHHHH_`` in a cell (ECMA-376, ST_Xstring)."""

_CARD = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\
<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>\
<cols><col min="1" max="1" width="24" customWidth="1"/>\
<col min="2" max="2" width="56" customWidth="1"/></cols>\
<sheetData>{rows}</sheetData><pageSetup paperSize="9" fitToHeight="0"/></worksheet>
"""


def to_xlsx(tables: Iterable[Table]) -> bytes:
    """A workbook with a sheet a table."""
    return _book(tables, None)


def place_workbook(edition: Edition, view: PlaceView) -> bytes:
    """What one place does, assists and does not do, with a card of the place in front."""
    tables = Tables(edition)
    card = tables.card(view)

    def frame() -> bytes:
        return _without_card(_book([tables.details_of_place(view)], card.name))

    if view.place.code in view.named:  # nobody shares its lists
        return _with_card(frame(), card)
    shared = edition.shared.once("exports.frame", (view.level, view.named), frame)
    return _with_card(shared, card)


def _book(tables: Iterable[Table], card: str | None) -> bytes:
    """A workbook with a sheet a table, and first an empty one if ``card`` names it."""
    import xlsxwriter  # not loaded where no workbook changes

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": _CREATED, "author": ""})
    styles = {
        "heading": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E7EEF7"}),
        "cell": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
    }
    if card:
        sheet = book.add_worksheet(card)
        for column, style in enumerate(styles.values()):
            sheet.write_blank(0, column, None, style)  # so that the styles have numbers 1 and 2
    for number, table in enumerate(tables, 1):
        name = _FORBIDDEN_IN_NAMES.sub(" ", table.name)[:20].strip() or "-"
        _write(book.add_worksheet(f"{number} {name}"), table, styles)
    book.close()
    return stream.getvalue()


def _write(sheet: Any, table: Table, styles: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 2)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.headings) - 1)
    for column, heading in enumerate(table.headings):
        longest = max((len(row[column]) for row in table.rows), default=0)
        sheet.set_column(column, column, min(max(longest, len(heading)) * 2 + 2, 48))
        sheet.write_string(0, column, heading, styles["heading"])
    for number, row in enumerate(table.rows, 1):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(number, column, text[:_LONGEST_CELL], styles["cell"])


def _without_card(book: bytes) -> bytes:
    """The workbook without the part that holds its first sheet."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != _FIRST_SHEET:
                new.writestr(part, old.read(part))
    return stream.getvalue()


def _with_card(frame: bytes, card: Table) -> bytes:
    """A workbook without its first sheet, and that sheet: a line for each fact."""
    lines = (card.headings, *card.rows)
    rows = "".join(_line(number, *line) for number, line in enumerate(lines, 1))
    stream = io.BytesIO(frame)
    with ZipFile(stream, "a") as archive:
        archive.writestr(ZipInfo(_FIRST_SHEET), _CARD.format(rows=rows), ZIP_DEFLATED)
    return stream.getvalue()


def _line(number: int, label: str, value: str) -> str:
    return f'<row r="{number}">{_cell(f"A{number}", 1, label)}{_cell(f"B{number}", 2, value)}</row>'


def _cell(at: str, style: int, text: str) -> str:
    """A cell that carries its own text."""
    safe = escape(
        _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text[:_LONGEST_CELL]), quote=False
    )
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'
