"""Whatever a workbook holds, reading it ends in findings, in bounded time and memory."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from click.testing import CliRunner

from generator.cli import main
from generator.reading import read
from generator.spreadsheets import read_workbook, workbook

SMALL = Path(__file__).parent / "counties" / "small"
SECONDS = 10
"""Of processor time, which does not depend on what else the machine does; most take 0.2."""
MEGABYTES = 400
"""What a reader may take at most; an honest workbook takes 100."""


def sheet(cells: dict[str, object]) -> bytes:
    """An honest workbook with one sheet."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    made = book.add_worksheet("表")
    for place, value in cells.items():
        made.write(place, value)
    book.close()
    return stream.getvalue()


def changed(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The archive with parts replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return stream.getvalue()


def worksheet(rows: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"


def bomb() -> bytes:
    """Some 300 MB of nothing in a few hundred kilobytes."""
    return changed(sheet({"A1": "x"}), {SHEET: worksheet(" " * 300_000_000)})


def lying_bomb() -> bytes:
    """A bomb that says it is small."""
    content = bytearray(changed(sheet({"A1": "x"}), {"xl/media/a.bin": b"\0" * 200_000_000}))
    size = (200_000_000).to_bytes(4, "little")
    place = content.find(size)
    while place >= 0:
        content[place : place + 4] = (1000).to_bytes(4, "little")
        place = content.find(size)
    return bytes(content)


def far_corner() -> bytes:
    """Two cells that span seventeen thousand million."""
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    return changed(sheet({"A1": "x"}), {SHEET: worksheet(rows)})


def unnumbered_crowd() -> bytes:
    """A million cells without addresses."""
    return changed(
        sheet({"A1": "x"}),
        {SHEET: worksheet(("<row>" + "<c><v>1</v></c>" * 200 + "</row>") * 5000)},
    )


def many_laughs() -> bytes:
    """Entities that double and double."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "&{before};&{before};&{before};&{before};">'
        for before, name in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )
    part = worksheet('<row r="1"><c r="A1" t="str"><v>&l;</v></c></row>').replace(
        b'<?xml version="1.0"?>', f'<?xml version="1.0"?><!DOCTYPE worksheet [{entities}]>'.encode()
    )
    return changed(sheet({"A1": "x"}), {SHEET: part})


def encrypted() -> bytes:
    """What Excel writes for a workbook with a password: a compound file with an encrypted package."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le")
    )


def many_parts() -> bytes:
    return changed(sheet({"A1": "x"}), {f"xl/media/{n}.bin": b"" for n in range(3000)})


def half() -> bytes:
    content = sheet({f"A{n}": "字" * 50 for n in range(1, 200)})
    return content[: len(content) // 2]


def tall() -> bytes:
    """An honest sheet with more rows than any county has."""
    return sheet({f"A{n}": "字" for n in range(1, 40_000)})


def one_string_for_all() -> bytes:
    """A text of 30 MB that 100,000 cells share."""
    cells = "".join(
        f"<row r='{row}'>" + "<c t='s'><v>0</v></c>" * 200 + "</row>" for row in range(1, 500)
    )
    strings = f"<sst xmlns='x'><si><t>{'字' * 10_000_000}</t></si></sst>".encode()
    return changed(sheet({"A1": "x"}), {SHEET: worksheet(cells), "xl/sharedStrings.xml": strings})


def repeated(rows: int, columns: int, text: str = "x") -> bytes:
    """A small .ods file that says one cell as often as it likes."""
    names = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"'
        for key in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="x"><table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{text}</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return stream.getvalue()


def without_sheet() -> bytes:
    return changed(sheet({"A1": "x"}), {"xl/_rels/workbook.xml.rels": b"<Relationships/>"})


def old_and_broken() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("x").write(0, 0, "y")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()[:3000]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.xlsx": (bomb, "workbook-bomb"),
    "lying-bomb.xlsx": (lying_bomb, "workbook-broken"),
    "far-corner.xlsx": (far_corner, "workbook-too-far"),
    "crowd.xlsx": (unnumbered_crowd, "workbook-too-many-cells"),
    "tall.xlsx": (tall, "workbook-too-far"),
    "one-string.xlsx": (one_string_for_all, "workbook-bomb"),
    "tall.ods": (lambda: repeated(1_000_000_000, 1), "workbook-too-many-cells"),
    "wide.ods": (lambda: repeated(1, 1_000_000_000), "workbook-too-many-cells"),
    "square.ods": (lambda: repeated(30_000, 250), "workbook-too-many-cells"),
    "thick.ods": (lambda: repeated(1_000, 10, "字" * 30_000), "workbook-bomb"),
    "laughs.xlsx": (many_laughs, "workbook-broken"),
    "encrypted.xlsx": (encrypted, "workbook-encrypted"),
    "many-parts.xlsx": (many_parts, "workbook-bomb"),
    "half.xlsx": (half, "workbook-broken"),
    "no-relations.xlsx": (without_sheet, "workbook-broken"),
    "broken.xls": (old_and_broken, "workbook-broken"),
    "empty.xlsx": (lambda: b"", "workbook-file-kind"),
    "picture.xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "workbook-file-kind"),
    "text.xlsx": ("编号,名称".encode, "workbook-file-kind"),
    "big.csv": (lambda: b"x" * 21_000_000, "workbook-file-too-big"),
    "long-cell.csv": (lambda: b"x" * 1_000_000, "workbook-broken"),
    "wide.csv": (lambda: b"," * 500, "workbook-too-far"),
    "odd.csv": (lambda: b"\xff\xff\xff\x81", "workbook-encoding"),
}


MEASURE = """
import json, os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
answer = child.stdout.read()
_, _, used = os.wait4(child.pid, 0)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, json.loads(answer)]))
"""
"""Runs the reader and tells its processor time in seconds and its memory at most in megabytes."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_ends_in_a_finding(tmp_path: Path, name: str) -> None:
    make, rule = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())

    found = read_workbook(path)

    assert [each.rule for each in found.findings] == [rule]
    assert found.grids == ()


@pytest.mark.parametrize("name", HOSTILE)
def test_refusing_a_workbook_takes_little_time_and_memory(tmp_path: Path, name: str) -> None:
    make, rule = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())

    told = subprocess.run(
        [
            sys.executable,
            "-c",
            MEASURE,
            sys.executable,
            "-I",
            "-m",
            "generator.untrusted",
            str(path),
        ],
        capture_output=True,
        check=True,
    )
    seconds, megabytes, answer = json.loads(told.stdout)

    assert [each for each, _ in answer["problems"]] == [rule]
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_a_workbook_that_makes_the_reader_fail_is_a_finding_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "slow.xlsx"
    path.write_bytes(sheet({"A1": "x"}))
    monkeypatch.setattr("generator.spreadsheets.grid._TIMEOUT", 0.001)

    assert [each.rule for each in read_workbook(path).findings] == ["workbook-too-much"]


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "lists")
    return tmp_path / "lists"


def imported(lists: Path, content: bytes, *options: str) -> tuple[int, str]:
    path = lists.parent / "book.xlsx"
    path.write_bytes(content)
    command = ["import", str(path), "--lists", str(lists), "--today", "2026-01-01", *options]
    result = CliRunner().invoke(main, command)
    return result.exit_code, result.output


def own(lists: Path, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """The county's own workbook, changed as a clerk or an attacker could."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(read(lists), "zh")))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def first_list(book: openpyxl.Workbook) -> openpyxl.worksheet.worksheet.Worksheet:
    return book[book.sheetnames[1]]


def test_macros_are_refused_and_links_to_other_files_are_told(lists: Path) -> None:
    content = changed(
        workbook(read(lists), "zh"),
        {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"},
    )

    code, output = imported(lists, content, "--write")

    assert code == 1
    assert "error workbook-macro" in output
    assert "warning workbook-external" in output


@pytest.mark.parametrize(
    ("cell", "value", "rule"),
    [
        ("C4", '=HYPERLINK("http://x","y")', "workbook-formula"),
        ("C4", "=cmd|'/c calc'!A0", "workbook-formula"),
        ("A4", "../../etc/passwd", "workbook-id"),
        ("A4", "x" * 200, "workbook-id"),
        ("A4", 12.5, "workbook-id"),
        ("A5", None, "workbook-id-missing"),
        ("A2", "no-such-column", "workbook-column-unknown"),
        ("B1", "no-such-table", "workbook-not-ours"),
        ("C1", "110000000000", "workbook-other-county"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_named(
    lists: Path, cell: str, value: object, rule: str
) -> None:
    before = {path: path.read_bytes() for path in lists.rglob("*.yml")}

    def change(book: openpyxl.Workbook) -> None:
        first_list(book)[cell] = value

    code, output = imported(lists, own(lists, change), "--write")

    assert code == 1
    assert f"error {rule}" in output
    assert {path: path.read_bytes() for path in lists.rglob("*.yml")} == before


def test_the_same_id_twice_is_named(lists: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        rows = first_list(book)
        rows["A5"] = rows["A4"].value

    code, output = imported(lists, own(lists, change))

    assert code == 1
    assert "workbook-id-duplicate" in output


def test_a_row_that_is_gone_removes_nothing_and_is_told(lists: Path) -> None:
    code, output = imported(
        lists, own(lists, lambda book: first_list(book).delete_rows(4)), "--write"
    )

    assert code == 0
    assert "warning workbook-item-missing" in output
    assert (lists / "village").is_dir()


def test_nobody_is_told_to_delete_the_file_of_an_item(lists: Path) -> None:
    """Its page is permanent; the check refuses lists without it."""

    def change(book: openpyxl.Workbook) -> None:
        first_list(book).delete_rows(4)
        book["单位"].delete_rows(4)

    _, output = imported(lists, own(lists, change))

    told = [line for line in output.splitlines() if "-missing: " in line]
    assert ["removed" in line and "留着" in line for line in told] == [True, False]
    assert "到 departments.yml 里删" in told[1]


def test_a_column_that_somebody_put_in_does_not_make_it_another_county_s(lists: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        rows = first_list(book)
        rows.insert_cols(3)
        rows["C3"], rows["C4"] = "备注", "问老王"
        rows["D4"] = "改过的回答。"

    code, output = imported(lists, own(lists, change))

    assert code == 0, output
    assert "  + 改过的回答。" in output


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (lambda rows: rows.delete_cols(3), "error workbook-marks-gone"),
        (lambda rows: rows.delete_cols(1), "warning workbook-sheet-unread"),
        (lambda rows: rows.delete_rows(1, 2), "warning workbook-sheet-unread"),
    ],
    ids=["the third column", "the first column", "the hidden rows"],
)
def test_a_sheet_that_lost_what_names_it_is_not_passed_over_in_silence(
    lists: Path, lost: Callable[[openpyxl.worksheet.worksheet.Worksheet], None], told: str
) -> None:
    _, output = imported(lists, own(lists, lambda book: lost(first_list(book))))

    assert told in output


def test_merged_cells_are_refused_since_all_but_the_first_look_deleted(lists: Path) -> None:
    code, output = imported(
        lists, own(lists, lambda book: first_list(book).merge_cells("C4:C5")), "--write"
    )

    assert code == 1
    assert "!C4: error workbook-merged" in output


def test_a_cell_that_must_not_be_empty_is_spoken_of_as_a_cell(lists: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        first_list(book)["B4"] = first_list(book)["D5"] = None

    _, output = imported(lists, own(lists, change))

    assert "!B4: error shape-chinese-missing" in output
    assert "!D5: error shape-missing-key" in output
    assert "zh: " not in output


def test_text_of_rows_that_looks_like_markup_or_formula_stays_text(lists: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        cell = first_list(book)["C4"]
        cell.value = "'=1+1 <b>{{ x }}</b>"
        cell.data_type = "s"

    code, output = imported(lists, own(lists, change), "--write")

    assert code == 0, output
    assert "'=1+1 <b>{{ x }}</b>" in output


def test_another_workbook_is_told_apart(lists: Path) -> None:
    code, output = imported(lists, sheet({"A1": "序号", "B1": "事项名称"}))

    assert code == 1
    assert "workbook-not-ours" in output
