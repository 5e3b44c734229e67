"""Reads one workbook in a process of its own, and prints its cells as JSON.

A workbook comes from outside. Whatever is in it, this process ends: it may use so much
memory and so much time (``LIMITS``), and what it says is either cells or what is wrong.
It runs as a plain script and imports nothing of ours, so that it starts at once.

Printed: ``{"sheets": [{"name", "rows": {row: {column: text}}, "merged": [[r, c, r, c]],
"formulas": [[r, c]]}], "problems": [[rule, values]]}``; rows and columns count from 0.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import posixpath
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

Problem = tuple[str, dict[str, object]]

MAX_FILE = 20_000_000
MAX_UNPACKED = 150_000_000
MAX_PARTS = 2_000
MAX_CELLS = 600_000
MAX_ROWS = 30_000
MAX_COLUMNS = 256
MAX_TEXT = 32_767
MEMORY = 1_500_000_000
SECONDS = 60

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_CHUNK = 1 << 16


class Refused(Exception):  # noqa: N818  not an error of ours
    """The workbook cannot be used; ``rule`` says why."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values = values


def main(path: str) -> int:
    """Print what is in the file ``path``."""
    _limit()
    answer: dict[str, Any] = {"sheets": [], "problems": []}
    try:
        answer = _read(Path(path))
    except Refused as refused:
        answer["problems"] = [(refused.rule, refused.values)]
    except MemoryError:
        answer["problems"] = [("workbook-too-much", {})]
    json.dump(answer, sys.stdout)
    return 0


def _read(path: Path) -> dict[str, Any]:
    content = _content(path)
    if content.startswith((_OLE, _ZIP)):
        return _workbook(content)
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        return {"sheets": [_csv(content, path.stem)], "problems": []}
    raise Refused("workbook-file-kind")


def _limit() -> None:
    """Bound memory and processor time where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        content = stream.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise Refused("workbook-file-too-big", limit=MAX_FILE // 1_000_000)
    return content


# Workbooks


def _workbook(content: bytes) -> dict[str, Any]:
    problems: list[Problem] = []
    formulas: dict[str, list[tuple[int, int]]] = {}
    if content.startswith(_ZIP):
        problems, formulas = _inspected(content)
    elif _ENCRYPTED in content:
        raise Refused("workbook-encrypted")
    sheets = [_sheet(sheet, formulas) for sheet in _opened(content)]
    if sum(len(row) for sheet in sheets for row in sheet["rows"].values()) > MAX_CELLS:
        raise Refused("workbook-too-many-cells", limit=MAX_CELLS)
    return {"sheets": sheets, "problems": problems}


def _opened(content: bytes) -> Iterator[Any]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                yield book.get_sheet_by_name(meta.name)
    except PasswordError:
        raise Refused("workbook-encrypted") from None
    except (CalamineError, OSError, ValueError):
        raise Refused("workbook-broken") from None


def _sheet(sheet: Any, formulas: dict[str, list[tuple[int, int]]]) -> dict[str, Any]:
    if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
        raise Refused("workbook-too-far", name=sheet.name, rows=MAX_ROWS, columns=MAX_COLUMNS)
    rows = {}
    for number, values in enumerate(sheet.to_python(skip_empty_area=False)):
        row = {column: text for column, value in enumerate(values) if (text := _text(value))}
        if row:
            rows[number] = row
    merged = sheet.merged_cell_ranges or []
    return {
        "name": sheet.name,
        "rows": rows,
        "merged": [(*first, *last) for first, last in merged],
        "formulas": formulas.get(sheet.name, []),
    }


def _text(value: object) -> str:
    """A cell as the text that a clerk would have typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return str(value)[:MAX_TEXT]


# Inside the archive of an .xlsx or .ods file


def _inspected(content: bytes) -> tuple[list[Problem], dict[str, list[tuple[int, int]]]]:
    """What is odd about the archive, and the places of formulas by sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _measure(archive)
            names = archive.namelist()
            problems: list[Problem] = []
            if any("vbaproject" in name.lower() for name in names):
                problems.append(("workbook-macro", {}))
            if any("/externallinks/" in name.lower() for name in names):
                problems.append(("workbook-external", {}))
            return problems, _formulas(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        raise Refused("workbook-broken") from None
    except (expat.ExpatError, KeyError, ValueError):
        raise Refused("workbook-broken") from None


def _measure(archive: zipfile.ZipFile) -> None:
    """Unpack everything once, without keeping it: what an archive says of itself may be a lie."""
    if len(archive.infolist()) > MAX_PARTS:
        raise Refused("workbook-bomb", limit=MAX_UNPACKED // 1_000_000)
    total = 0
    for info in archive.infolist():
        if info.flag_bits & 1:
            raise Refused("workbook-encrypted")
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > MAX_UNPACKED:
                    raise Refused("workbook-bomb", limit=MAX_UNPACKED // 1_000_000)


def _formulas(archive: zipfile.ZipFile) -> dict[str, list[tuple[int, int]]]:
    """The cells with formulas; refuses sheets that reach too far before anybody opens them."""
    if "xl/workbook.xml" not in archive.namelist():
        return {}
    found = {}
    cells = 0
    for name, part in _sheet_parts(archive):
        scan = _Scan(name, cells)
        scan.run(archive, part)
        cells = scan.cells
        found[name] = scan.formulas
    return found


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Names of sheets and of the parts that hold them."""
    targets = {
        each["Id"]: each["Target"]
        for each in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    for each in _elements(archive, "xl/workbook.xml", "sheet"):
        target = targets[each["r:id"]] if "r:id" in each else ""
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if part in archive.namelist():
            yield each["name"], part


def _elements(archive: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = _parser()
    parser.StartElementHandler = start
    parser.Parse(archive.read(part), True)
    return found


class _Scan:
    """One pass over a sheet: how far it reaches, how much it holds, where its formulas are."""

    def __init__(self, name: str, cells: int) -> None:
        self.name = name
        self.cells = cells
        self.formulas: list[tuple[int, int]] = []
        self._at = (0, -1)

    def run(self, archive: zipfile.ZipFile, part: str) -> None:
        parser = _parser()
        parser.StartElementHandler = self._start
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "row":
            row = int(attributes.get("r", self._at[0] + 1))
            self._at = (row, -1)
        elif tag == "c":
            self._cell(attributes.get("r", ""))
        elif tag == "f":
            self.formulas.append((self._at[0] - 1, self._at[1]))

    def _cell(self, reference: str) -> None:
        self.cells += 1
        row, column = _position(reference) if reference else (self._at[0], self._at[1] + 1)
        self._at = (row, column)
        if row > MAX_ROWS or column >= MAX_COLUMNS:
            raise Refused("workbook-too-far", name=self.name, rows=MAX_ROWS, columns=MAX_COLUMNS)
        if self.cells > MAX_CELLS:
            raise Refused("workbook-too-many-cells", limit=MAX_CELLS)


def _position(reference: str) -> tuple[int, int]:
    """``"C5"`` as row 5 and column 2."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter.upper()) - ord("A") + 1
    return int(reference[len(letters) :]), column - 1


def _parser() -> Any:
    """A parser that refuses document types: nothing good ever came from one in a workbook."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Refused("workbook-broken")

    parser.StartDoctypeDeclHandler = refuse
    return parser


# Plain tables


def _csv(content: bytes, name: str) -> dict[str, Any]:
    text = _decoded(content)
    csv.field_size_limit(MAX_TEXT)
    separator = "\t" if text.split("\n", 1)[0].count("\t") else ","
    rows: dict[int, dict[int, str]] = {}
    try:
        for number, values in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ):
            if number >= MAX_ROWS or len(values) > MAX_COLUMNS:
                raise Refused("workbook-too-far", name=name, rows=MAX_ROWS, columns=MAX_COLUMNS)
            if any(values):
                rows[number] = {column: text for column, text in enumerate(values) if text}
    except csv.Error:
        raise Refused("workbook-broken") from None
    return {"name": name, "rows": rows, "merged": [], "formulas": []}


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("workbook-encoding")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
