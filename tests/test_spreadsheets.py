"""The lists go out as a workbook and come back as they were, and nothing else happens."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from random_county import counties, write

from generator.cli import main
from generator.language import shipped_strings
from generator.reading import read
from generator.spreadsheets import propose, read_workbook, workbook

ROOT = Path(__file__).parents[1]
DEMONSTRATION = ROOT / "lists"
SMALL = Path(__file__).parent / "counties" / "small"
TODAY = datetime.date(2026, 1, 1)
FEW = settings(max_examples=8, deadline=None)
SEEDS = st.integers(0, 2**32)


def exported(folder: Path, target: Path, *, lang: str = "zh") -> Path:
    target.write_bytes(workbook(read(folder), lang))
    return target


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a county by its name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yml")
    }


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*arguments, "--today", TODAY.isoformat()])
    return result.exit_code, result.output


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the small county."""
    shutil.copytree(SMALL, tmp_path / "lists")
    return tmp_path / "lists"


@pytest.fixture
def book(county: Path, tmp_path: Path) -> Path:
    """The small county's workbook."""
    return exported(county, tmp_path / "book.xlsx")


# Round trip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_demonstration_county_comes_back_byte_for_byte(tmp_path: Path, lang: str) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(DEMONSTRATION, folder)
    book = exported(folder, tmp_path / "book.xlsx", lang=lang)

    code, output = run("import", str(book), "--lists", str(folder), "--write", "--lang", lang)

    assert code == 0, output
    assert shipped_strings(lang, "workbook")["diff.nothing"] in output
    assert contents(folder) == contents(DEMONSTRATION)


@FEW
@given(SEEDS)
def test_any_county_comes_back_unchanged(seed: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "lists"
        write(folder, counties(seed, wild=True)[0])
        reading = read(folder)
        assert reading.county is not None, reading.findings

        proposal = propose(reading, read_workbook(exported(folder, Path(made) / "b.xlsx")), "zh")

        assert (proposal.changes, proposal.texts, proposal.findings) == ((), {}, ())


@FEW
@given(SEEDS)
def test_a_workbook_turns_any_other_wording_into_its_own_byte_for_byte(seed: int) -> None:
    versions = counties(seed, versions=2)
    with tempfile.TemporaryDirectory() as made:
        first, second = Path(made) / "first", Path(made) / "second"
        write(first, versions[0])
        write(second, versions[1])
        book = read_workbook(exported(first, Path(made) / "b.xlsx"))

        proposal = propose(read(second), book, "zh")

        assert proposal.findings == ()
        result = {**versions[1], **proposal.texts, "county.yml": versions[0]["county.yml"]}
        assert result == versions[0]


def test_files_that_were_lost_are_made_anew_byte_for_byte(county: Path, book: Path) -> None:
    before = contents(county)
    for name in ("village/mediation.yml", "township/fishing.yml"):
        (county / name).unlink()

    code, output = run("import", str(book), "--lists", str(county), "--write")

    assert code == 0, output
    assert contents(county) == before


def test_the_same_lists_give_the_same_bytes() -> None:
    reading = read(SMALL)

    assert workbook(reading, "zh") == workbook(reading, "zh")


# Changes


def edit(book: Path, *changes: tuple[str, str, object]) -> Path:
    """Change cells as another program does: sheet, cell, value."""
    opened = openpyxl.load_workbook(book)
    for sheet, cell, value in changes:
        opened[sheet][cell] = value
    opened.save(book)
    return book


def sheet_of(book: Path, sheet: str, key: str, column: str) -> str:
    """The cell of the record ``key`` in the column with the key ``column``."""
    rows = openpyxl.load_workbook(book)[sheet]
    place = next(cell.column_letter for cell in rows[2] if cell.value == column)
    row = next(row for row in range(4, rows.max_row + 1) if key in (rows.cell(row, 1).value or ""))
    return f"{place}{row}"


def test_an_export_overwrites_no_workbook_that_says_something_else(
    county: Path, book: Path
) -> None:
    arguments = ["export", "--lists", str(county), "--xlsx"]
    again = CliRunner().invoke(main, [*arguments, str(book)])
    assert again.exit_code == 0, again.output

    content = openpyxl.load_workbook(book)
    content[content.sheetnames[1]]["C4"] = "改过的回答。"
    content.save(book)
    edited, profile = book.read_bytes(), (county / "county.yml").read_bytes()
    for path in (book, county / "county.yml"):
        refused = CliRunner().invoke(main, [*arguments, str(path)])
        assert refused.exit_code == 1
        assert "没有动它" in refused.output
    assert (book.read_bytes(), (county / "county.yml").read_bytes()) == (edited, profile)


def test_a_change_is_shown_first_and_written_only_on_request(county: Path, book: Path) -> None:
    sheets = openpyxl.load_workbook(book).sheetnames
    sheet = next(name for name in sheets if has(book, name, "allowance"))
    cell = sheet_of(book, sheet, "allowance", "answer.zh")
    before = contents(county)
    edit(book, (sheet, cell, "村里帮着交材料，\n镇里审核。"))

    code, output = run("import", str(book), "--lists", str(county))
    assert code == 0
    assert f"({sheet}!{cell})" in output
    assert "  + 村里帮着交材料，镇里审核。" in output
    assert contents(county) == before

    run("import", str(book), "--lists", str(county), "--write")
    changed = {name for name, content in contents(county).items() if content != before[name]}
    assert changed == {"village/allowance.yml"}
    old = before["village/allowance.yml"].decode().splitlines()
    new = (county / "village/allowance.yml").read_text("utf-8").splitlines()
    assert [line for line in new if line not in old] == ["  zh: 村里帮着交材料，镇里审核。"]


def has(book: Path, sheet: str, key: str) -> bool:
    rows = openpyxl.load_workbook(book)[sheet]
    return any(cell.value == key for cell in rows["A"])


def test_a_new_item_with_its_ground_is_written_as_if_by_hand(county: Path, book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    sheet = next(each for each in opened if each["B1"].value == "items/help")
    places = {cell.value: cell.column for cell in sheet[2]}
    row = sheet.max_row + 1
    values = {
        "#id": "food-help",
        "name.zh": "临时断粮帮助",
        "answer.zh": "村里先帮着报。",
        "department": "civil-affairs 随便写的名字",
        "field": "livelihood",
        "certainty": "official",
        "said_as.zh": "没米下锅\n揭不开锅",
        "bring.zh": "身份证\n户口簿",
        "bring.en": "\nHousehold register",
    }
    for key, value in values.items():
        sheet.cell(row, places[key], value)
    grounds = next(each for each in opened if each["B1"].value == "basis")
    grounds.append(["food-help", "help-law", "第一条", None, "memory", "2026-01-01"])
    opened.save(book)

    _, output = run("import", str(book), "--lists", str(county))
    proposal = propose(read(county), read_workbook(book), "zh")

    assert "  + 临时断粮帮助" in output
    assert proposal.texts.keys() == {"village/food-help.yml"}
    assert proposal.texts["village/food-help.yml"] == (
        "name:\n  zh: 临时断粮帮助\nlist: help\nfield: livelihood\n"
        "said_as:\n  zh:\n    - 没米下锅\n    - 揭不开锅\n"
        "basis:\n  - document: help-law\n    article:\n      zh: 第一条\n"
        '    checked: memory\n    checked_on: "2026-01-01"\n'
        "certainty: official\ndepartment: civil-affairs\nanswer:\n  zh: 村里先帮着报。\n"
        "bring:\n  - zh: 身份证\n  - zh: 户口簿\n    en: Household register\n"
    )


def test_comments_and_other_languages_stay_when_a_cell_changes(county: Path, book: Path) -> None:
    path = county / "village" / "allowance.yml"
    text = path.read_text("utf-8")
    noted = text.replace("name:\n", "# 名字不要改\nname:\n", 1).replace(
        "answer:\n", "answer:\n  ug-Arab: جاۋاب\n", 1
    )
    path.write_text(noted, "utf-8")
    sheet = next(
        name for name in openpyxl.load_workbook(book).sheetnames if has(book, name, "allowance")
    )
    edit(book, (sheet, sheet_of(book, sheet, "allowance", "answer.zh"), "改了。"))

    changed = propose(read(county), read_workbook(book), "zh").texts["village/allowance.yml"]

    assert "# 名字不要改\nname:\n" in changed
    assert "  ug-Arab: جاۋاب\n" in changed
    assert "  zh: 改了。\n" in changed


def test_a_finding_of_the_check_names_the_cell(county: Path, book: Path) -> None:
    sheet = next(
        name for name in openpyxl.load_workbook(book).sheetnames if has(book, name, "allowance")
    )
    cell = sheet_of(book, sheet, "allowance", "department")
    edit(book, (sheet, cell, "no-such-office"))

    code, output = run("import", str(book), "--lists", str(county), "--write")

    assert code == 1
    assert f"book.xlsx {sheet}!{cell}: error department-unknown" in output
    assert contents(county) == contents(SMALL)


def test_a_cell_of_several_lines_tells_the_same_mistake_once(county: Path, book: Path) -> None:
    sheet = next(
        name for name in openpyxl.load_workbook(book).sheetnames if has(book, name, "allowance")
    )
    cell = sheet_of(book, sheet, "allowance", "bring.zh")
    edit(book, (sheet, cell, "找13800000000问\n再找13800000000问"))

    code, output = run("import", str(book), "--lists", str(county))

    assert code == 1
    assert output.count(f"{sheet}!{cell}: error mobile-in-text") == 1, output


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (datetime.date(2025, 3, 9), "2025-03-09"),
        (45725, "2025-03-09"),
        ("45725", "2025-03-09"),
        ("2025年3月9日", "2025-03-09"),
        ("2025/3/9", "2025-03-09"),
        ("2025.3.9", "2025-03-09"),
        ("2025-3-9", "2025-03-09"),
        ("2025年3月", "2025-03"),
        ("2025年", "2025"),
        ("2023-41", "2023-41"),
        ("../2024-05", "../2024-05"),
        ("2025-13-01", "2025-13-01"),
        ("去年", "去年"),
    ],
)
def test_a_date_is_understood_as_people_and_programs_write_it(
    county: Path, book: Path, typed: object, day: str
) -> None:
    place = sheet_of(book, "依据", "allowance", "checked_on")
    edit(book, ("依据", place, typed))

    changed = propose(read(county), read_workbook(book), "zh")

    assert [each.new for each in changed.changes] == [day]


# What a clerk finds


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_is_made_for_a_clerk(tmp_path: Path, lang: str) -> None:
    book = openpyxl.load_workbook(exported(DEMONSTRATION, tmp_path / "b.xlsx", lang=lang))
    tables = [sheet for sheet in book if sheet["A1"].value == "qingdan/1"]

    assert len(tables) == 6 + 4 + 2 + 6
    for sheet in tables:
        assert sheet.row_dimensions[1].hidden
        assert sheet.row_dimensions[2].hidden
        assert sheet.freeze_panes in ("B4", "C4")
        assert sheet.auto_filter.ref.startswith("A3:")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert int(sheet.page_setup.fitToHeight) == 0
        assert sheet.print_title_rows == "$3:$3"
        headings = [cell for cell in sheet[3] if cell.value]
        assert any(cell.comment for cell in headings)
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
        is_part = sheet["B1"].value in ("basis", "outdated_advice", "exceptions", "variants")
        assert sheet.protection.sheet is not is_part
        if not is_part:
            assert sheet.protection.password is None
            assert sheet["A4"].protection.locked
            assert not sheet["C4"].protection.locked or sheet["C2"].value == "code"


def test_drop_downs_offer_every_id_with_its_name(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(exported(SMALL, tmp_path / "b.xlsx"))
    sheet = next(each for each in book if each["B1"].value == "items/help")
    places = {cell.value: cell.column_letter for cell in sheet[2]}
    offers = {
        get_column_letter(next(iter(validation.sqref.ranges)).min_col): validation
        for validation in sheet.data_validations.dataValidation
    }
    source = offers[places["department"]].formula1
    name, _, cells = source.lstrip("=").partition("!")
    first, last = cells.replace("$", "").split(":")
    offered = [row[0].value for row in book[name.strip("'")][f"{first}:{last}"]]

    assert offered == [
        f"{key} {each.name.zh}" for key, each in read(SMALL).county.departments.items()
    ]
    assert offers[places["department"]].showErrorMessage
    assert not offers[places["life_events"]].showErrorMessage


def test_text_that_looks_like_a_formula_is_text_in_the_workbook(
    county: Path, tmp_path: Path
) -> None:
    path = county / "village" / "allowance.yml"
    lines = path.read_text("utf-8").split("\n")
    lines[1] = '  zh: "=1+1"'
    path.write_text("\n".join(lines), "utf-8")
    reading = read(county)
    assert reading.county is not None, reading.findings

    book = openpyxl.load_workbook(exported(county, tmp_path / "b.xlsx"))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=1+1") and cell.data_type == "s" for cell in cells)
