"""A county's lists as a workbook that a clerk edits in Excel or WPS.

Two hidden rows on top of each sheet say to the import what the sheet and its columns
are, so headings may be read in any language and columns moved. The same lists give
the same bytes.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from msgspec import Struct

from generator.field_names import FieldNames
from generator.language import shipped_strings
from generator.model import County
from generator.reading import Reading

from .choices import Choices
from .columns import Column
from .tables import Row, Table, tables

MARK = "qingdan/1"
"""In the first cell of each of our sheets; the number grows when old workbooks no longer fit."""

SHEET_ROW, COLUMN_ROW, HEADING_ROW, FIRST_ROW = 0, 1, 2, 3
"""What the rows of a sheet hold: its key, its columns' keys, headings, the first record."""

SPARE_ROWS = 300
"""Empty rows below the last record that offer drop-downs too."""

_CREATED = datetime.datetime(2020, 1, 1)  # noqa: DTZ001  one fixed moment, so that bytes repeat
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_A4 = 9
_LINE = 15.75
"""Points that a line of a cell needs."""
_SHORT, _NORMAL, _MIDDLE, _LONG = 12, 22, 32, 44
"""Widths of columns, in characters."""
_LONG_KEYS = {
    "answer", "lead_duty", "township_duty", "method", "how", "summary", "says", "now", "text",
    "practice", "law", "article", "note", "title", "source", "address",
}  # fmt: skip
_MIDDLE_KEYS = {"item", "document", "replaced_by", "documents", "related", "leads", "taken_by"}
_SHORT_KEYS = {
    "since", "until", "checked_on", "issued", "in_force", "repealed", "count", "review", "kind",
    "level", "confidence", "checked",
}  # fmt: skip
_WIDEST = 90
"""The width of the explanation."""
_HAN = 0x2E80
"""From here on, characters are two columns wide."""


def workbook(reading: Reading, lang: str) -> bytes:
    """The county in ``reading`` as an .xlsx file with headings in ``lang`` (zh or en)."""
    assert reading.county is not None
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    _Book(book, reading, reading.county, lang).write()
    book.close()
    return stream.getvalue()


class _Offer(Struct, frozen=True):
    """Where the words of a drop-down stand on the sheet of choices."""

    source: str


class _Book:
    def __init__(self, book: Any, reading: Reading, county: County, lang: str) -> None:
        self._book = book
        self._county = county
        self._lang = lang
        self._names = FieldNames(lang)
        self._words = shipped_strings(lang, "workbook")
        self._choices = Choices(county, self._names)
        self._tables = tables(reading, county.languages)
        self._offers: dict[tuple[str, ...], _Offer] = {}
        self._used: set[str] = set()
        self._formats = {
            name: book.add_format({"font_name": "宋体", "font_size": 11, "valign": "top"} | style)
            for name, style in _STYLES.items()
        }

    def write(self) -> None:
        """Every sheet: the explanation, the tables, the choices."""
        name = self._county.profile.name.to(self._lang)
        self._book.set_properties({"title": name, "author": "", "created": _CREATED, "company": ""})
        self._explanation()
        sheets = [self._book.add_worksheet(self._name(table)) for table in self._tables]
        self._choices_sheet()
        for sheet, table in zip(sheets, self._tables, strict=True):
            _Sheet(self, sheet, table).write()

    def say(self, key: str, **values: object) -> str:
        return self._words[key].format_map(values)

    def heading(self, column: Column) -> str:
        """What a column is called: ``替代办法：找谁``, ``名称（英文）``."""
        label = self.say("colon").join(self._names.label(*owner) for owner in column.owners)
        if column.language in (None, self._county.languages[0]):
            return label
        name = self._words.get(f"language.{column.language}", column.language)
        return self.say("in_language", label=label, language=name)

    def note(self, column: Column, kind: type[Any]) -> str:
        """How to fill in a column."""
        owner, key = column.owners[-1]
        owner_class = kind if kind.__name__ == owner else None
        found = [self._names.note(owner_class, key) or self._find_note(owner, key)]
        if column.choices or column.values:
            found.append(self.say("note_list" if column.list_at is not None else "note_choice"))
        return "\n".join(each for each in found if each)

    def format(self, name: str) -> Any:
        return self._formats[name]

    def shown(self, column: Column, text: str) -> str:
        return self._choices.shown(column, text)

    def offer(self, column: Column) -> _Offer | None:
        return self._offers.get(_vocabulary(column))

    @property
    def county(self) -> County:
        return self._county

    @property
    def lang(self) -> str:
        return self._lang

    def _find_note(self, owner: str, key: str) -> str:
        words = shipped_strings(self._lang, "fields")
        return words.get(f"{owner}.{key}.note") or words.get(f"{key}.note", "")

    def _name(self, table: Table) -> str:
        """A name that Excel takes, and that no other sheet has."""
        kind, _, key = table.key.partition("/")
        text = (
            self._county.item_lists[key].name.to(self._lang) if key else self.say(f"sheet.{kind}")
        )
        name = base = _sheet_name(text) or key or kind
        number = 2
        while name.casefold() in self._used:
            name = f"{base} {number}"
            number += 1
        self._used.add(name.casefold())
        return name

    def _explanation(self) -> None:
        sheet = self._book.add_worksheet(self.say("sheet.explanation"))
        self._used.add(self.say("sheet.explanation").casefold())
        self._used.add(self.say("sheet.choices").casefold())
        sheet.set_column(0, 0, _WIDEST)
        sheet.set_row(0, 28)
        sheet.hide_gridlines(2)
        profile = self._county.profile
        title = self.say("explanation.title", county=profile.name.to(self._lang))
        sheet.write_string(0, 0, title, self.format("title"))
        lines = self.say("explanation.text", edition=profile.edition).strip().split("\n")
        for number, line in enumerate(lines, 2):
            sheet.set_row(number, _lines(line, _WIDEST) * _LINE + 2)
            sheet.write_string(number, 0, line, self.format("plain"))
        if not profile.official:
            sheet.write_string(1, 0, self.say("demonstration"), self.format("mark"))
        _print_set_up(sheet)

    def _choices_sheet(self) -> None:
        name = self.say("sheet.choices")
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        every = {
            _vocabulary(column): column
            for table in self._tables
            for column in table.columns
            if self._choices.known(column)
        }
        for number, (vocabulary, column) in enumerate(every.items()):
            lines = self._choices.lines(column)
            sheet.set_column(number, number, _NORMAL + 8)
            label = self.say(f"sheet.{column.choices}") if column.choices in _SHEETS else None
            heading = label or self._names.label(*column.owners[-1])
            sheet.write_string(0, number, heading, self.format("heading"))
            for row, line in enumerate(lines, 1):
                sheet.write_string(row, number, line, self.format("plain"))
            letters = xlsxwriter.utility.xl_col_to_name(number, col_abs=True)
            last = max(len(lines), 1) + 1
            self._offers[vocabulary] = _Offer(f"='{name}'!{letters}$2:{letters}${last}")
        sheet.protect()


class _Sheet:
    """One table on its sheet."""

    def __init__(self, book: _Book, sheet: Any, table: Table) -> None:
        self._book = book
        self._sheet = sheet
        self._table = table

    def write(self) -> None:
        self._keys()
        for number, column in enumerate(self._table.columns):
            self._column(number, column)
        for number, row in enumerate(self._table.rows):
            self._row(FIRST_ROW + number, row)
        self._views()

    def _keys(self) -> None:
        """What the import reads instead of headings."""
        sheet, hidden = self._sheet, {"hidden": True}
        keys = (MARK, self._table.key, self._book.county.profile.code)
        for number, key in enumerate(keys):
            sheet.write_string(SHEET_ROW, number, key)
        for number, column in enumerate(self._table.columns):
            sheet.write_string(COLUMN_ROW, number, column.key)
        sheet.set_row(SHEET_ROW, None, None, hidden)
        sheet.set_row(COLUMN_ROW, None, None, hidden)

    def _column(self, number: int, column: Column) -> None:
        book, sheet = self._book, self._sheet
        sheet.set_column(number, number, _width(column), book.format("cell"))
        style = "required" if column.required or column.key in self._table.identity else "heading"
        sheet.write_string(HEADING_ROW, number, book.heading(column), book.format(style))
        note = book.note(column, self._table.kind)
        if note:
            size = {"x_scale": 2, "y_scale": 1, "author": ""}
            sheet.write_comment(HEADING_ROW, number, note, size)
        offer = book.offer(column)
        if offer:
            last = FIRST_ROW + len(self._table.rows) + SPARE_ROWS
            sheet.data_validation(FIRST_ROW, number, last, number, self._validation(column, offer))

    def _validation(self, column: Column, offer: _Offer) -> dict[str, Any]:
        one = column.list_at is None
        return {
            "validate": "list",
            "source": offer.source,
            "show_error": one,
            "error_title": self._book.say("wrong_choice_title"),
            "error_message": self._book.say("wrong_choice"),
        }

    def _row(self, number: int, row: Row) -> None:
        lines = 1
        for place, column in enumerate(self._table.columns):
            text = self._book.shown(column, row.cells[column.key])
            locked = column.key in self._table.identity and not self._table.is_part
            style = self._book.format("locked" if locked else "cell")
            if text or locked:
                self._sheet.write_string(number, place, text, style)
            if place < self._table.printed:
                lines = max(lines, _lines(text, _width(column)))
        self._sheet.set_row(number, min(lines * _LINE + 4, 400))

    def _views(self) -> None:
        book, sheet, table = self._book, self._sheet, self._table
        last = FIRST_ROW + max(len(table.rows), 1) - 1
        sheet.freeze_panes(FIRST_ROW, min(len(table.identity) + 1, 2))
        sheet.autofilter(HEADING_ROW, 0, last, len(table.columns) - 1)
        sheet.set_row(HEADING_ROW, 2 * _LINE + 4)
        if not table.is_part:
            allowed = ("format_cells", "format_columns", "format_rows", "autofilter", "insert_rows")
            sheet.protect("", dict.fromkeys(allowed, True))
        _print_set_up(sheet)
        sheet.repeat_rows(HEADING_ROW)
        sheet.print_area(HEADING_ROW, 0, last, table.printed - 1)
        sheet.set_header(f"&L{self._header()}&R&A")
        sheet.set_footer(f"&C{book.say('page_of')}")

    def _header(self) -> str:
        profile = self._book.county.profile
        mark = "" if profile.official else self._book.say("demonstration")
        text = f"{profile.name.to(self._book.lang)} {profile.edition} {mark}"
        return text.replace("&", "&&")[:120]


_FRAME = {"border": 1, "border_color": "#BFBFBF"}
_STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16},
    "mark": {"bold": True, "font_color": "#B00020"},
    "plain": {"text_wrap": True},
    "heading": {"bold": True, "text_wrap": True, "bg_color": "#E7EEF7", **_FRAME},
    "required": {"bold": True, "text_wrap": True, "bg_color": "#C9DAF0", **_FRAME},
    "cell": {"text_wrap": True, "num_format": "@", "locked": False, **_FRAME},
    "locked": {"text_wrap": True, "num_format": "@", "bg_color": "#EFEFEF", **_FRAME},
}
_SHEETS = {
    "item_lists",
    "fields",
    "life_events",
    "departments",
    "documents",
    "townships",
    "items",
    "places",
}


def _sheet_name(text: str) -> str:
    """The text as Excel allows it on a tab, which counts in UTF-16, with room for a number."""
    units = _FORBIDDEN.sub(" ", text).encode("utf-16-le")[: 2 * (_LONGEST_NAME - 4)]
    return units.decode("utf-16-le", "ignore").strip("' ")


def _print_set_up(sheet: Any) -> None:
    """A4, landscape, as wide as the page."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)


def _vocabulary(column: Column) -> tuple[str, ...]:
    """What two columns share that offer the same words."""
    return (column.choices,) if column.choices else (column.owners[-1][1], *column.values)


def _width(column: Column) -> int:
    keys = [key for _, key in column.owners]
    if keys[-1] in _LONG_KEYS:
        return _LONG
    if keys[-1] in _MIDDLE_KEYS:
        return _MIDDLE
    return _SHORT if keys[-1] in _SHORT_KEYS else _NORMAL


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, Chinese characters counting two."""
    return sum(-(-max(_columns_of(line), 1) // (width - 2)) for line in text.split("\n"))


def _columns_of(text: Sequence[str]) -> int:
    return sum(2 if ord(character) >= _HAN else 1 for character in text)
