"""What an import found and would change, in a clerk's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell

from generator.check import as_line, message
from generator.field_names import FieldNames
from generator.language import shipped_strings
from generator.model import Finding

from .columns import Column
from .proposal import CellChange


def finding_line(
    finding: Finding, workbook: Path, sheets: Collection[str], folder: Path, lang: str
) -> str:
    """One line: ``FILE.xlsx 可办理!C5: error rule: what is wrong. What to do instead.``

    ``sheets`` names the sheets of the workbook; other findings are about list files.
    """
    words = shipped_strings(lang, "workbook")
    if finding.file not in sheets and finding.file:
        return as_line(finding, folder, lang)
    if f"finding.{finding.rule}.message" in words:
        parts = (words[f"finding.{finding.rule}.{part}"] for part in ("message", "remedy"))
        text = " ".join(part.format_map(finding.values) for part in parts)
    else:
        text = message(finding, lang)
    cell = xl_rowcol_to_cell(finding.line - 1, finding.column - 1)
    place = f" {finding.file}!{cell}" if finding.file else ""
    return f"{workbook.name}{place}: {finding.level} {finding.rule}: {text}"


def change_lines(changes: Sequence[CellChange], lang: str) -> Iterator[str]:
    """The changes as a diff: the place, the old text after ``-`` and the new after ``+``."""
    words = shipped_strings(lang, "workbook")
    names = FieldNames(lang)
    for change in changes:
        cell = xl_rowcol_to_cell(change.cell.row, change.cell.column)
        label = _label(change.column, names, words["colon"])
        yield f"{change.file} {label} ({change.cell.sheet}!{cell})"
        yield from (f"  - {line}" for line in change.old.split("\n") if change.old)
        yield from (f"  + {line}" for line in change.new.split("\n") if change.new)
    if not changes:
        yield words["diff.nothing"]
    else:
        files = len({change.file for change in changes})
        yield words["diff.summary"].format(changes=len(changes), files=files)


def _label(column: Column, names: FieldNames, colon: str) -> str:
    label = colon.join(names.label(*owner) for owner in column.owners)
    return f"{label} [{column.language}]" if column.language else label
