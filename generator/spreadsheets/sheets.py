"""The rows that a clerk wrote, found again on the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.model import CHINESE, Date, Finding
from generator.reading import meant_date

from .choices import Choices
from .columns import Column
from .grid import Grid, Workbook, finding
from .tables import Table
from .workbook import COLUMN_ROW, FIRST_ROW, MARK, SHEET_ROW


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
        ours = [grid for grid in workbook.grids if grid.text(SHEET_ROW, 0) == MARK]
        if not ours and not workbook.findings:
            self.findings.append(finding("workbook-not-ours", ""))
        self.sheets = [sheet for grid in ours if (sheet := self._sheet(grid))]

    def _sheet(self, grid: Grid) -> Sheet | None:
        table = self._tables.get(grid.text(SHEET_ROW, 1))
        code = grid.text(SHEET_ROW, 2)
        if code != self._county:
            self.findings.append(finding("workbook-other-county", grid.name, code=code))
        elif table is None:
            self.findings.append(finding("workbook-not-ours", grid.name))
        else:
            places = dict(self._places(grid, table))
            found = tuple(each for each in table.columns if each.key in places)
            return Sheet(grid.name, table, found, tuple(self._rows(grid, found, places)))
        return None

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
