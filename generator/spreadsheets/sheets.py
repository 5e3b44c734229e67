"""The rows that a clerk wrote, found again on the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.language import shipped_strings
from generator.model import CHINESE, Date, Finding
from generator.reading import meant_date

from .choices import Choices
from .columns import Column
from .grid import Grid, Workbook, finding
from .tables import Table
from .workbook import COLUMN_ROW, FIRST_ROW, MARK, SHEET_ROW

_WHOLE = 3
"""Marks of a sheet: that it is ours, its table and its county."""

_FOR_PEOPLE = frozenset(
    shipped_strings(lang, "workbook")[f"sheet.{key}"]
    for lang in ("zh", "en")
    for key in ("explanation", "choices")
)
"""Names of sheets that say how to fill in the others."""


class Cell(Struct, frozen=True):
    """A place in a workbook; row and column count from 0."""

    sheet: str
    row: int
    column: int


class SheetRow(Struct, frozen=True):
    """One row: what its cells mean by the column's key, and where it stands."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    places: Mapping[str, int]
    unread: frozenset[str] = frozenset()
    """Columns whose cell is a formula; what it says is not taken."""

    def cell(self, key: str) -> Cell:
        """Where the column ``key`` of the row stands; its first cell for an unknown key."""
        return Cell(self.sheet, self.number, self.places.get(key, 0))


class Sheet(Struct, frozen=True):
    """A sheet of ours, with the table it was made from."""

    name: str
    table: Table
    columns: tuple[Column, ...]
    """Those that are still there, in the table's order."""
    rows: tuple[SheetRow, ...]


class Sheets:
    """Every sheet of ours in a workbook, and what is wrong with them."""

    def __init__(
        self, workbook: Workbook, tables: Mapping[str, Table], choices: Choices, county: str
    ) -> None:
        """Find the sheets.

        ``tables`` are the county's tables as they are, by key; ``county`` is its code.
        """
        self.findings: list[Finding] = []
        self._tables = tables
        self._choices = choices
        self._county = county
        ours = [grid for grid in workbook.grids if MARK in _marks(grid)]
        if not ours and not workbook.findings:
            self.findings.append(finding("workbook-not-ours", ""))
        self.sheets = [sheet for grid in ours if (sheet := self._sheet(grid))]
        if ours:
            self._tell_unread(grid for grid in workbook.grids if MARK not in _marks(grid))

    def _tell_unread(self, grids: Iterable[Grid]) -> None:
        """Warn of sheets with something in them that no row is read of."""
        for grid in grids:
            if grid.rows and grid.name not in _FOR_PEOPLE:
                self.findings.append(finding("workbook-sheet-unread", grid.name, level="warning"))

    def _sheet(self, grid: Grid) -> Sheet | None:
        marks = _marks(grid)
        table = next((self._tables[each] for each in marks if each in self._tables), None)
        code = next((each for each in marks if each.isdecimal()), "")
        if len(marks) < _WHOLE:
            self.findings.append(finding("workbook-marks-gone", grid.name))
        elif code != self._county:
            self.findings.append(finding("workbook-other-county", grid.name, code=code))
        elif table is None:
            self.findings.append(finding("workbook-not-ours", grid.name))
        else:
            places = dict(self._places(grid, table))
            found = tuple(each for each in table.columns if each.key in places)
            self._refuse_merged(grid)
            return Sheet(grid.name, table, found, tuple(self._rows(grid, found, places)))
        return None

    def _refuse_merged(self, grid: Grid) -> None:
        """Of merged cells only the first holds text: the others look as if it was deleted."""
        for first, left, last, _right in grid.merged:
            if last >= FIRST_ROW:
                at = max(first, FIRST_ROW)
                self.findings.append(finding("workbook-merged", grid.name, at, left))

    def _places(self, grid: Grid, table: Table) -> Iterator[tuple[str, int]]:
        known = {column.key for column in table.columns}
        for number, key in grid.rows.get(COLUMN_ROW, {}).items():
            if key in known:
                yield key, number
            else:
                self.findings.append(
                    finding("workbook-column-unknown", grid.name, COLUMN_ROW, number, key=key)
                )

    def _rows(
        self, grid: Grid, found: tuple[Column, ...], places: Mapping[str, int]
    ) -> Iterator[SheetRow]:
        for number in sorted(grid.rows):
            if number < FIRST_ROW:
                continue
            unread = {key for key, place in places.items() if (number, place) in grid.formulas}
            for key in sorted(unread):
                self.findings.append(finding("workbook-formula", grid.name, number, places[key]))
            cells = {
                column.key: self._meant(column, grid.text(number, places[column.key]))
                for column in found
            }
            if any(cells.values()):
                yield SheetRow(grid.name, number, cells, places, frozenset(unread))

    def _meant(self, column: Column, text: str) -> str:
        text = text.replace("\r\n", "\n").rstrip("\n")
        if self._choices.known(column):
            return self._choices.meant(column, text)
        return text


def _marks(grid: Grid) -> list[str]:
    """What names a sheet, from left to right: columns may have been put in between."""
    return [text for _, text in sorted(grid.rows.get(SHEET_ROW, {}).items())]


def tidied(column: Column, text: str) -> str:
    """What a clerk typed, without stray spaces and line breaks; a line each for a list."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    if column.list_at is not None:
        return "\n".join(lines).rstrip("\n")
    glue = "" if column.language == CHINESE else " "
    tidy = glue.join(line for line in lines if line)
    return _as_date(tidy) if column.is_date else tidy


def _as_date(text: str) -> str:
    """A date as lists have it, when ``text`` is one that was typed or made otherwise."""
    try:
        return Date.parse(text).text
    except ValueError:
        return meant_date(text) or text
