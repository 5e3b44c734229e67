"""The lists as a workbook, out and in; and county tables read into proposals."""

from .checking import new_findings, write
from .grid import Workbook, read_workbook
from .proposal import CellChange, Proposal, propose
from .report import change_lines, finding_line
from .township import read_tables
from .township_items import propose_township
from .workbook import workbook

__all__ = [
    "CellChange",
    "Proposal",
    "Workbook",
    "change_lines",
    "finding_line",
    "new_findings",
    "propose",
    "propose_township",
    "read_tables",
    "read_workbook",
    "workbook",
    "write",
]
