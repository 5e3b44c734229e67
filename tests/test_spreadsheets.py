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
