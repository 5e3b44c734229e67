"""A workbook as grids of text, read without trusting it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from generator.model import Finding, Level

WARNINGS = frozenset({"workbook-external"})
"""What is odd about a workbook and does no harm: nothing of it is used."""

_TIMEOUT = 90
"""Seconds until a workbook that still is not read counts as one that never will be."""


class Grid(Struct, frozen=True):
    """One sheet; rows and columns count from 0, and only cells with text are there."""

    name: str
    rows: dict[int, dict[int, str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row and column, last row and column of cells that are one."""
    formulas: frozenset[tuple[int, int]] = frozenset()

    def text(self, row: int, column: int) -> str:
        """The text of a cell, ``""`` when it is empty."""
        return self.rows.get(row, {}).get(column, "")


class Workbook(Struct, frozen=True):
    """What could be read of a file, and what is wrong with it as a whole."""

    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def finding(
    rule: str,
    sheet: str,
    row: int = 0,
    column: int = 0,
    *,
    level: Level = "error",
    **values: object,
) -> Finding:
    """A finding at a cell (counted from 0) of a sheet, which stands in the place of the file."""
    return Finding(rule, level, sheet, row + 1, column + 1, values)


def read_workbook(path: Path) -> Workbook:
    """Read ``path`` (.xlsx, .xls, .ods, .csv) in a process of its own; nothing in it raises."""
    if not path.is_file():
        return Workbook(findings=(finding("workbook-file-missing", ""),))
    command = [sys.executable, "-I", "-m", "generator.untrusted", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)  # noqa: S603  our own module, no shell
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return Workbook(findings=(finding("workbook-too-much", ""),))
    problems = [
        finding(rule, "", level="warning" if rule in WARNINGS else "error", **values)
        for rule, values in answer["problems"]
    ]
    return Workbook(tuple(_grids(answer["sheets"])), tuple(problems))


def _grids(sheets: list[dict[str, Any]]) -> Iterator[Grid]:
    for sheet in sheets:
        yield Grid(
            sheet["name"],
            {
                int(row): {int(column): text for column, text in cells.items()}
                for row, cells in sheet["rows"].items()
            },
            tuple((first, left, last, right) for first, left, last, right in sheet["merged"]),
            frozenset((row, column) for row, column in sheet["formulas"]),
        )
