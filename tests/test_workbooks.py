"""Workbooks of open data: what other programs find in them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from generator.exports.sheets import LONGEST_CELL, table_sheet
from generator.exports.tables import Table
from generator.exports.workbooks import workbook
from generator.parts import joined
from generator.zipped import packed

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


def book_of(*tables: Table) -> openpyxl.Workbook:
    content = packed(joined(workbook([table_sheet(each) for each in tables])))
    return openpyxl.load_workbook(io.BytesIO(content))


def sheet(table: Table) -> openpyxl.worksheet.worksheet.Worksheet:
    return book_of(table).worksheets[0]


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_a_cell_holds_the_very_text_of_the_lists(rows: list[tuple[str, str]]) -> None:
    found = sheet(Table("表", ("一", "二"), rows)).iter_rows(min_row=2, max_row=len(rows) + 1)

    read = [tuple(unescape(cell.value or "") for cell in row) for row in found]
    assert read[: len(rows)] == rows


def test_a_text_that_is_too_long_for_a_cell_is_cut() -> None:
    assert len(sheet(Table("表", ("一",), [("字" * 40_000,)]))["A2"].value) == LONGEST_CELL


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "=cmd|'/c calc'!A0"]
)
def test_what_looks_like_a_formula_is_none(text: str) -> None:
    assert sheet(Table("=x", ("栏",), [(text,)]))["A2"].data_type == "s"


@pytest.mark.parametrize("text", ["001", "2024-05-20", "1e5", "TRUE", "12:30"])
def test_what_looks_like_a_number_or_a_date_stays_text(text: str) -> None:
    cell = sheet(Table("表", ("一",), [(text,)]))["A2"]

    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_headings_stay_in_sight_on_screen_and_on_paper_and_rows_can_be_filtered() -> None:
    found = sheet(Table("表", ("一", "二", "三"), [("a", "b", "c")] * 3))

    assert (found.freeze_panes, found.print_title_rows) == ("C2", "$1:$1")
    assert (found.auto_filter.ref, found.dimensions) == ("A1:C4", "A1:C4")
    assert (found.page_setup.orientation, found.page_setup.paperSize) == ("landscape", 9)
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert found["A1"].font.b
    assert found["A2"].alignment.wrap_text


def test_columns_are_as_wide_as_their_texts_ask_for_within_reason() -> None:
    found = sheet(Table("表", ("栏", "宽栏", "空"), [("字" * 5, "字" * 500, ""), ("字", "字", "")]))
    widths = [round(found.column_dimensions[each].width) for each in "ABC"]

    assert widths == [13, 49, 5]


@pytest.mark.parametrize("name", ["a/b:c*?[d]", "'引号'", '<&">', "名" * 40, "", "  "])
def test_any_name_of_a_list_can_name_a_sheet(name: str) -> None:
    book = book_of(*[Table(name, ("一",), [])] * 2)

    assert [each.title.split()[0] for each in book] == ["1", "2"]
    assert all(len(each.title) <= 31 for each in book)
    assert book.worksheets[1].auto_filter.ref == "A1:A2"


def test_columns_go_on_after_z() -> None:
    found = sheet(Table("表", [f"栏{n}" for n in range(60)], [[str(n) for n in range(60)]]))

    assert [cell.value for cell in found[2]] == [str(n) for n in range(60)]
    assert found.dimensions == "A1:BH2"
