"""The check, run on what an import would write, with findings in the clerk's own cells."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath

from msgspec.structs import replace

from generator.check import Checked, check_folder
from generator.model import Finding, Path
from generator.reading import Reading
from generator.reading.canonical import write_atomically

from .proposal import Proposal
from .sheets import Cell


def new_findings(before: Checked, proposal: Proposal, today: datetime.date) -> tuple[Finding, ...]:
    """What the check finds in the proposed lists and not in the lists as they are.

    A finding about a value that stands in the workbook names the sheet in place of the
    file, and the cell; a cell of several lines tells the same only once.
    """
    if not proposal.texts:
        return ()
    with tempfile.TemporaryDirectory(prefix="qingdan-") as made:
        folder = FilePath(made) / "lists"
        shutil.copytree(before.folder, folder, ignore=shutil.ignore_patterns("pages"))
        write(folder, proposal.texts)
        after = check_folder(folder, today)
    known = Counter(_same(each) for each in before.findings)
    found: dict[object, Finding] = {}
    for each in after.findings:
        if known[_same(each)]:
            known[_same(each)] -= 1
        else:
            told = _in_workbook(each, after.reading, proposal.cells)
            found.setdefault((told.line, told.column, _same(told)), told)
    return tuple(found.values())


def write(folder: FilePath, texts: Mapping[str, str]) -> None:
    """Write the new texts into ``folder``, each file whole."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        write_atomically(folder / name, text)


def _same(finding: Finding) -> tuple[str, str, str]:
    """What makes two findings the same, wherever their lines have moved to."""
    return finding.rule, finding.file, repr(sorted(finding.values.items()))


def _in_workbook(
    finding: Finding, reading: Reading, cells: Mapping[tuple[str, Path], Cell]
) -> Finding:
    cell = next(
        (
            cells[finding.file, path]
            for path in _around(finding, reading)
            if (finding.file, path) in cells
        ),
        None,
    )
    if cell is None:
        return finding
    return replace(finding, file=cell.sheet, line=cell.row + 1, column=cell.column + 1)


def _around(finding: Finding, reading: Reading) -> Iterator[Path]:
    """The paths of a finding, the nearest first; a missing key stands beside those around it."""
    path = _path_at(finding, reading)
    key = finding.values.get("key")
    if isinstance(key, str):
        yield from ((*path[:end], key) for end in range(len(path), -1, -1))
    yield from (path[:end] for end in range(len(path), -1, -1))


def _path_at(finding: Finding, reading: Reading) -> Path:
    """The path of the value at which a finding stands."""
    file = reading.files.get(finding.file)
    if file is None:
        return ()
    file.locate(())  # positions are looked up when they are first asked for
    at = (finding.line, finding.column)
    found = [path for path, position in file.positions.items() if position == at]
    return max(found, key=len, default=())
