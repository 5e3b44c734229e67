"""Township duty tables as counties publish them, read into proposed items.

Three tables, each with its columns: 基本履职事项清单 (序号, 事项名称), 配合履职事项清单
(序号, 事项名称, 对应上级部门, 上级部门职责, 乡镇（街道）配合职责) and 上级部门收回事项清单 (序号,
事项名称, 承接部门及工作方式). Nothing doubtful is decided in silence: every cell that was
not plain is a finding with what was made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import opencc
from msgspec import Struct, field

from generator.model import Finding
from generator.reading.canonical import mended

from .grid import Grid, finding

ROLES = ("basic", "cooperative", "taken-back")

_COLUMNS: tuple[tuple[str, str], ...] = (
    ("序号", "number"),
    ("承接部门及工作方式", "taken_back"),
    ("承接部门及承接方式", "taken_back"),
    ("承接部门", "taken_by"),
    ("工作方式", "method"),
    ("承接方式", "method"),
    ("配合职责", "township_duty"),
    ("上级部门职责", "lead_duty"),
    ("部门职责", "lead_duty"),
    ("对应上级部门", "leads"),
    ("牵头部门", "leads"),
    ("上级部门", "leads"),
    ("事项名称", "name"),
    ("履职事项", "name"),
    ("事项", "name"),
    ("领域", "field"),
    ("类别", "field"),
)
"""What a heading says, and what its column holds; the first that fits counts."""

_SECTION = re.compile(
    r"(?:[（(]?[一二三四五六七八九十百]+[）)、.．]+)(?P<name>.+?)(?:[（(]?共?\d+[项条个][）)]?)?$"
)
_BROKEN_WORD = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_SAME_AS_ABOVE = (
    "field",
    "leads",
    "lead_duty",
    "township_duty",
    "taken_back",
    "taken_by",
    "method",
)
_BODY = r"(?:[^：:。，,]{2,40}?(?:[局委办部会院队]|中心|公司))"
_TAKEN_BACK = (
    re.compile(
        r"承接部门[:：](?P<by>.+?)[。；;\s]*(?:工作|承接)方式[:：](?P<method>.+)", re.DOTALL
    ),
    re.compile(rf"(?P<by>{_BODY})[：:\n](?P<method>.+)", re.DOTALL),
)
_NEEDED = {
    "basic": ("name",),
    "cooperative": ("name", "leads", "lead_duty", "township_duty"),
    "taken-back": ("name", "taken_by", "method"),
}


class Duty(Struct):
    """One row of a table, tidied."""

    sheet: str
    row: int
    role: str
    cells: dict[str, str]
    """By what they hold: ``name``, ``leads``, ``lead_duty`` …"""
    places: Mapping[str, int]
    """The columns of the cells."""

    def place_of(self, what: str) -> int:
        """The column that says ``what``; department and method may share one."""
        return self.places.get(what, self.places.get("taken_back", 0))


class TownshipTables(Struct):
    """What the tables of a workbook say."""

    duties: list[Duty] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_tables(grids: tuple[Grid, ...]) -> TownshipTables:
    """Read every table of ``grids``; sheets without one are named in the findings."""
    found = TownshipTables()
    for grid in grids:
        reader = _Reader(grid, found)
        reader.read()
    return found


class _Reader:
    """Reads one sheet from top to bottom."""

    def __init__(self, grid: Grid, into: TownshipTables) -> None:
        self._grid = grid
        self._into = into
        self._merged = _merged_cells(grid)
        self._places: dict[str, int] = {}
        self._role = ""
        self._field = ""
        self._number = 0
        self._last: Duty | None = None
        self._duties: list[Duty] = []

    def read(self) -> None:
        for number in sorted({*self._grid.rows, *(row for row, _ in self._merged)}):
            self._row(number, dict(self._cells(number)))
        for duty in self._duties:  # only now: a row may have gone on in the next one
            self._finish(duty)
        self._into.duties += self._duties
        if not self._places:
            self._note("table-heading-missing", 0, "")

    def _cells(self, row: int) -> Iterator[tuple[int, str]]:
        """The cells of a row; those merged with one above or to the left say the same."""
        columns = {*self._grid.rows.get(row, {}), *(c for r, c in self._merged if r == row)}
        for column in sorted(columns):
            first = self._merged.get((row, column), (row, column))
            text = self._grid.text(*first).strip()
            if text:
                yield column, text

    def _row(self, number: int, cells: dict[int, str]) -> None:
        heading = _heading(cells)
        if heading:
            self._start(number, heading, cells)
        elif len(set(cells.values())) == 1:
            self._section(next(iter(cells.values())), number, cells)
        elif self._places and cells:
            self._duty(number, cells)

    def _start(self, number: int, heading: dict[str, int], cells: dict[int, str]) -> None:
        """A heading: of a new table, or the same one again on the next printed page."""
        if heading != self._places:
            self._last = None
            self._number = 0
        self._places = heading
        self._role = _role(heading)
        for column, text in cells.items():
            if column not in heading.values() and not _is_part_of(text, cells, heading):
                self._note("table-column-unknown", number, "", column=column, text=text)

    def _section(self, text: str, number: int, cells: dict[int, str]) -> None:
        """A row that says one thing: a field, a title, or an item without a number."""
        found = _SECTION.fullmatch(_squeezed(text))
        if found and "清单" not in text:
            self._field = found["name"]
        elif self._places and "清单" not in text:
            place = self._places["name"]
            self._duty(number, {place: text} if place in cells else cells)

    def _duty(self, number: int, cells: dict[int, str]) -> None:
        texts = {
            what: self._tidied(number, what, cells.get(place, ""))
            for what, place in self._places.items()
        }
        if not texts["name"]:
            self._continued(number, texts)
            return
        self._check_number(number, texts.get("number", ""))
        for what, place in self._places.items():
            if what != "number" and (number, place) in self._grid.formulas:
                self._note("table-formula", number, what, text=texts[what])
        duty = Duty(self._grid.name, number, self._role, texts, self._places)
        self._fill_from_above(duty)
        duty.cells["field"] = duty.cells.get("field") or self._field
        self._last = duty
        self._duties.append(duty)

    def _finish(self, duty: Duty) -> None:
        if "taken_back" in duty.cells:
            self._split_taken_back(duty)
        missing = [what for what in _NEEDED[duty.role] if not duty.cells.get(what)]
        for place in dict.fromkeys(duty.place_of(what) for what in missing):
            self._note("table-cell-empty", duty.row, "", column=place)

    def _tidied(self, row: int, what: str, text: str) -> str:
        if what in ("leads", "taken_by", "taken_back"):
            return text.replace("\r", "")
        tidy = mended(_BROKEN_WORD.sub("", text), chinese=True)
        if _BROKEN_WORD.search(text):
            self._note("table-word-joined", row, what, text=tidy)
        if _simplified(text) != text:
            self._note("table-traditional", row, what, text=tidy)
        return tidy

    def _continued(self, number: int, texts: dict[str, str]) -> None:
        """A row without a name goes on with the one above."""
        parts = {what: text for what, text in texts.items() if text and what != "number"}
        if self._last is None or not parts:
            return
        for what, text in parts.items():
            if self._last.cells.get(what, "") != text:
                self._last.cells[what] = f"{self._last.cells.get(what, '')}{text}"
                self._note("table-continued", number, what, name=self._last.cells["name"])

    def _check_number(self, row: int, text: str) -> None:
        digits = re.search(r"\d+", text)
        if not digits:
            self._note("table-number-missing", row, "number")
            self._number += 1
            return
        number = int(digits[0])
        if number not in (self._number + 1, 1):
            self._note("table-number-gap", row, "number", found=number, expected=self._number + 1)
        self._number = number

    def _fill_from_above(self, duty: Duty) -> None:
        """Empty cells say the same as the row above; in a merged cell that is certain."""
        for what in _SAME_AS_ABOVE:
            if what in self._places and not duty.cells[what] and self._last:
                above = self._last.cells.get(what, "")
                if above:
                    duty.cells[what] = above
                    shown = "、".join(above.split("\n"))
                    self._note("table-same-as-above", duty.row, what, text=shown)

    def _split_taken_back(self, duty: Duty) -> None:
        """承接部门及工作方式 in one cell: the department, then how it works."""
        text = duty.cells.pop("taken_back")
        for pattern in _TAKEN_BACK:
            found = pattern.match(text.strip())
            if found:
                duty.cells["taken_by"] = found["by"]
                duty.cells["method"] = mended(found["method"], chinese=True)
                return
        if text:
            duty.cells["taken_by"] = text.split("\n", 1)[0] if "\n" in text else ""
            duty.cells["method"] = mended(text, chinese=True)
            place = duty.place_of("taken_back")
            self._note("table-not-split", duty.row, "", column=place, text=duty.cells["method"])

    def _note(
        self, rule: str, row: int, what: str, *, column: int | None = None, **values: object
    ) -> None:
        place = self._places.get(what, 0) if column is None else column
        self._into.findings.append(
            finding(rule, self._grid.name, row, place, level="warning", **values)
        )


def _merged_cells(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Every cell inside a merged one, with the cell that holds the text."""
    return {
        (row, column): (first, left)
        for first, left, last, right in grid.merged
        for row in range(first, min(last, first + 2000) + 1)
        for column in range(left, right + 1)
    }


def _heading(cells: Mapping[int, str]) -> dict[str, int]:
    """Columns by what they hold when the row is a heading, else nothing."""
    found: dict[str, int] = {}
    for column, text in cells.items():
        what = _meaning(_squeezed(text))
        if what and what not in found:
            found[what] = column
    return found if "number" in found and "name" in found else {}


def _meaning(text: str) -> str:
    if len(text) > 20:  # noqa: PLR2004  a heading, not a sentence
        return ""
    return next((what for word, what in _COLUMNS if word in text), "")


def _is_part_of(text: str, cells: Mapping[int, str], heading: Mapping[str, int]) -> bool:
    """Whether the heading is one that was already seen, as in a merged cell."""
    return any(cells[place] == text for place in heading.values())


def _role(heading: Mapping[str, int]) -> str:
    if heading.keys() & {"taken_back", "taken_by", "method"}:
        return "taken-back"
    return "cooperative" if heading.keys() & {"leads", "lead_duty", "township_duty"} else "basic"


@cache
def _converter() -> Any:
    return opencc.OpenCC("t2s")


def _simplified(text: str) -> str:
    return str(_converter().convert(text))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
