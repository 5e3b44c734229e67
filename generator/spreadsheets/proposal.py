"""What a clerk's workbook would change in ``lists/``.

Every cell is compared with what the export would write today; only what differs
becomes a change, so a workbook that nobody edited changes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from itertools import zip_longest

from msgspec import Struct, field
from ruamel.yaml.comments import CommentedMap

from generator.field_names import FieldNames
from generator.model import Finding, Item, Path, Record
from generator.reading import Reading
from generator.reading.canonical import rewritten

from .choices import Choices
from .columns import Column
from .edits import Edit, GroupEdit, PartsEdit, grouped
from .grid import Workbook, finding
from .sheets import Cell, Sheet, SheetRow, Sheets, tidied
from .tables import Row, Table, tables

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[0-9]{12}")
_LONGEST_ID = 80


class CellChange(Struct, frozen=True):
    """One cell that differs; ``column`` is its key."""

    cell: Cell
    file: str
    column: Column
    old: str
    new: str


class Proposal(Struct, frozen=True):
    """What an import would do; nothing is written yet."""

    changes: tuple[CellChange, ...]
    findings: tuple[Finding, ...]
    texts: Mapping[str, str]
    """The new text of every file that changes, by its name below ``lists/``."""
    cells: Mapping[tuple[str, Path], Cell]
    """Where in the workbook each value comes from, by file and path."""


def propose(reading: Reading, workbook: Workbook, lang: str) -> Proposal:
    """Compare ``workbook`` with the county in ``reading``, whose shape must be right."""
    assert reading.county is not None
    county = reading.county
    known = {table.key: table for table in tables(reading, county.languages)}
    choices = Choices(county, FieldNames(lang))
    sheets = Sheets(workbook, known, choices, county.profile.code)
    comparison = _Comparison(reading, known)
    for sheet in sorted(sheets.sheets, key=lambda each: each.table.is_part):
        comparison.take(sheet)
    comparison.look_for_missing()
    return Proposal(
        tuple(comparison.changes),
        (*workbook.findings, *sheets.findings, *comparison.findings),
        dict(comparison.texts()),
        comparison.cells,
    )


class _Comparison(Struct, dict=True):
    reading: Reading
    known: Mapping[str, Table]
    changes: list[CellChange] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    cells: dict[tuple[str, Path], Cell] = field(default_factory=dict)
    edits: dict[str, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    new_files: dict[str, tuple[type[Record], str | None]] = field(default_factory=dict)
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    """Ids found so far, by the kind of table, with the sheet they stand on."""
    present: set[str] = field(default_factory=set)
    added: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self.records = {
            (_group(table), _identity(table, row.cells)): (table, row)
            for table in self.known.values()
            if not table.is_part
            for row in table.rows
        }

    def take(self, sheet: Sheet) -> None:
        """Compare one sheet."""
        self.present.add(sheet.table.key)
        if sheet.table.is_part:
            self._parts(sheet)
        else:
            for row in sheet.rows:
                self._record(sheet, row)

    def look_for_missing(self) -> None:
        """Warn of records whose rows are gone; their files stay."""
        for (group, key), (table, row) in self.records.items():
            if table.key in self.present and (group, key) not in self.seen:
                is_item = issubclass(table.kind, Item)
                rule = "workbook-item-missing" if is_item else "workbook-row-missing"
                self.findings.append(finding(rule, "", level="warning", id=key, file=row.file))

    def texts(self) -> Iterator[tuple[str, str]]:
        """The new text of every file that has edits."""
        for name, edits in self.edits.items():
            kind, register = self.reading.kinds.get(name) or self.new_files[name]
            path = self.reading.folder / name
            old = path.read_bytes().decode("utf-8-sig") if name in self.reading.files else "{}\n"

            yield name, rewritten(old, kind, register, partial(_apply, edits))

    # Records

    def _record(self, sheet: Sheet, row: SheetRow) -> None:
        table = sheet.table
        key = _identity(table, row.cells)
        if not self._is_usable(table, key, row):
            return
        self.seen[_group(table), key] = row.sheet
        there = self.records.get((_group(table), key))
        if there is None:
            self._new(sheet, row, key)
        elif self._keeps_its_township(there[1], row):
            self._compare(sheet, row, there[1])

    def _is_usable(self, table: Table, key: str, row: SheetRow) -> bool:
        pattern = _CODE if table.key == "villages" else _SLUG
        where = (row.sheet, row.number, row.cell(table.identity[-1]).column)
        other = self.seen.get((_group(table), key))
        if not key:
            self.findings.append(finding("workbook-id-missing", *where))
        elif not pattern.fullmatch(key) or len(key) > _LONGEST_ID:
            self.findings.append(finding("workbook-id", *where, id=key[:_LONGEST_ID]))
        elif other is not None:
            self.findings.append(finding("workbook-id-duplicate", *where, id=key, other=other))
        else:
            return True
        return False

    def _keeps_its_township(self, there: Row, row: SheetRow) -> bool:
        old, new = there.cells.get("#township", ""), row.cells.get("#township", "")
        if old == new or not new:
            return True
        cell = row.cell("#township")
        at = (cell.sheet, cell.row, cell.column)
        name = there.cells["name.zh"]
        self.findings.append(finding("workbook-township-changed", *at, name=name, old=old, new=new))
        return False

    def _compare(self, sheet: Sheet, row: SheetRow, there: Row) -> None:
        self._remember(sheet, row, there.file, there.path)
        for group in grouped([each for each in sheet.columns if each.key[0] != "#"]):
            new = {each.key: _new_text(each, row, there.cells.get(each.key, "")) for each in group}
            changed = [each for each in group if new[each.key] != there.cells.get(each.key, "")]
            for each in changed:
                old = there.cells.get(each.key, "")
                self._note(row.cell(each.key), there.file, each, old, new[each.key])
            if changed:
                self.edits[there.file].append(GroupEdit(there.path, group, new))

    def _new(self, sheet: Sheet, row: SheetRow, key: str) -> None:
        where = self._place(sheet.table, row, key)
        if where is None:
            return
        file, path = where
        self._remember(sheet, row, file, path)
        cells = {each.key: tidied(each, row.cells[each.key]) for each in sheet.columns}
        _, _, item_list = sheet.table.key.partition("/")
        if item_list and not cells.get("list"):
            cells["list"] = item_list
        for group in grouped([each for each in sheet.columns if each.key[0] != "#"]):
            for each in group:
                if cells[each.key]:
                    self._note(row.cell(each.key), file, each, "", cells[each.key])
            if any(cells[each.key] for each in group):
                self.edits[file].append(GroupEdit(path, group, cells))

    def _place(self, table: Table, row: SheetRow, key: str) -> tuple[str, Path] | None:
        """The file and path of a record that is not there yet."""
        group = _group(table)
        if group in ("village", "township"):
            return self._new_file(f"{group}/{key}.yml", table)
        if group == "townships":
            return self._new_file(f"places/{key}.yml", table)
        if group == "villages":
            return self._new_village(row)
        file = f"{group.replace('_', '-')}.yml"
        return self._appended(file, group, len(table.rows))

    def _new_file(self, name: str, table: Table) -> tuple[str, Path]:
        kind = table.kind
        assert issubclass(kind, Record)
        self.new_files[name] = (kind, None)
        return name, ()

    def _new_village(self, row: SheetRow) -> tuple[str, Path] | None:
        slug = row.cells.get("#township", "")
        there = self.records.get(("townships", slug))
        file = f"places/{slug}.yml"
        if there is None and file not in self.new_files:
            cell = row.cell("#township")
            self.findings.append(
                finding("workbook-township-unknown", cell.sheet, cell.row, cell.column, id=slug)
            )
            return None
        rows = self.known["villages"].rows
        return self._appended(file, "villages", sum(each.file == file for each in rows))

    def _appended(self, file: str, key: str, count: int) -> tuple[str, Path]:
        number = count + self.added[file]
        self.added[file] += 1
        return file, (key, number)

    # Parts of items

    def _parts(self, sheet: Sheet) -> None:
        found = [each for each in sheet.columns if each.key[0] != "#"]
        rows: dict[str, list[SheetRow]] = defaultdict(list)
        for row in sheet.rows:
            rows[row.cells.get("#item", "")].append(row)
        files = self._item_files()
        for item in rows.keys() - files.keys():
            for row in rows[item]:
                cell = row.cell("#item")
                self.findings.append(
                    finding("workbook-item-unknown", cell.sheet, cell.row, cell.column, id=item)
                )
        before: dict[str, list[Row]] = defaultdict(list)
        for each in sheet.table.rows:
            before[each.cells["#item"]].append(each)
        for item in files.keys() & (rows.keys() | before.keys()):
            self._parts_of(sheet, found, files[item], before[item], rows[item])

    def _item_files(self) -> dict[str, str]:
        """The file of every item, old and new."""
        new = (name for name in self.new_files if name.startswith(("village/", "township/")))
        files = {name.rpartition("/")[2].removesuffix(".yml"): name for name in new}
        for (group, key), (_, row) in self.records.items():
            if group in ("village", "township"):
                files[key] = row.file
        return files

    def _parts_of(
        self,
        sheet: Sheet,
        found: Sequence[Column],
        file: str,
        there: Sequence[Row],
        rows: Sequence[SheetRow],
    ) -> None:
        before = [{each.key: row.cells[each.key] for each in found} for row in there]
        texts = {each.key: {row[each.key] for row in before} for each in found}
        after = [
            {each.key: _new_text(each, row, *texts[each.key]) for each in found} for row in rows
        ]
        for number, row in enumerate(rows):
            self._remember(sheet, row, file, (sheet.table.key, number))
        if before != after:
            self.edits[file].append(PartsEdit(sheet.table.key, found, before, after))
            self._note_parts(sheet, found, file, before, after, rows)

    def _note_parts(
        self,
        sheet: Sheet,
        found: Sequence[Column],
        file: str,
        before: Sequence[Mapping[str, str]],
        after: Sequence[Mapping[str, str]],
        rows: Sequence[SheetRow],
    ) -> None:
        """Note what differs between entries: those that are gone, new, or changed in place."""
        old_rows, new_rows = ([tuple(each.values()) for each in part] for part in (before, after))
        matcher = SequenceMatcher(None, old_rows, new_rows)
        for tag, first, last, start, end in matcher.get_opcodes():
            if tag == "equal":
                continue
            for old, row, new in zip_longest(before[first:last], rows[start:end], after[start:end]):
                for each in found:
                    cell = row.cell(each.key) if row else Cell(sheet.name, 0, 0)
                    texts = ((part or {}).get(each.key, "") for part in (old, new))
                    self._note_if_differs(cell, file, each, *texts)

    # Both

    def _note_if_differs(self, cell: Cell, file: str, column: Column, old: str, new: str) -> None:
        if old != new:
            self._note(cell, file, column, old, new)

    def _note(self, cell: Cell, file: str, column: Column, old: str, new: str) -> None:
        self.changes.append(CellChange(cell, file, column, old, new))

    def _remember(self, sheet: Sheet, row: SheetRow, file: str, path: Path) -> None:
        """Note which cell stands behind each value of a record."""
        self.cells.setdefault((file, path), row.cell(sheet.table.identity[-1]))
        for column in sheet.columns:
            steps = column.group if column.list_at is not None else column.path
            for end in range(1, len(steps) + 1):
                self.cells.setdefault((file, (*path, *steps[:end])), row.cell(column.key))


def _apply(edits: Sequence[Edit], data: CommentedMap) -> None:
    for edit in edits:
        edit(data)


def _group(table: Table) -> str:
    """What ids of a table must differ from: items of a level share theirs."""
    kind, _, _ = table.key.partition("/")
    return getattr(table.kind, "level", kind) if kind == "items" else kind


def _identity(table: Table, cells: Mapping[str, str]) -> str:
    return cells.get(table.identity[-1], "").strip()


def _new_text(column: Column, row: SheetRow, *old: str) -> str:
    """What the cell says now; exactly an old text when nobody touched it."""
    if column.key in row.unread:
        return old[0] if old else ""
    text = row.cells[column.key]
    return text if text in old else tidied(column, text)
