"""Prints the cells of one workbook as JSON: ``python -I -m generator.untrusted PATH``.

Printed: ``{"sheets": [{"name", "rows": {row: {column: text}}, "merged": [[r, c, r, c]],
"formulas": [[r, c]]}], "problems": [[rule, values]]}``; rows and columns count from 0.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .archive import Problem, inspected
from .limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_FILE,
    MAX_ROWS,
    MAX_TEXT,
    MEMORY,
    SECONDS,
    Refused,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"


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
        problems, formulas = inspected(content)
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
