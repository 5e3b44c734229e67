"""Tables as XLSX, to be looked at and printed; every cell is text.

The rows of a list are pieces. Hundreds of villages share the same items in the same
words: their sheet is written and packed once for all of them, and each village adds a
card of its own.

Packages: ECMA-376-2; what they say of themselves names no moment, so bytes repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from generator.edition import Edition
from generator.parts import Part, joined
from generator.views import PlaceView
from generator.zipped import Member, archive, begin, member

from .sheets import Sheet, card, list_sheet, table_sheet
from .tables import Tables

_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_NAME = 20
_IN_AREA = re.compile("([A-Z]+)([0-9]+)")

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGES = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_SHEETS}">'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
    '<fgColor rgb="FFE7EEF7"/><bgColor indexed="64"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"'
    ' applyAlignment="1"><alignment wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>\n"
)
"""The styles ``sheets.HEADING`` and ``sheets.CELL``; 49 is text."""


def workbook(sheets: Sequence[Sheet]) -> Iterator[Part]:
    """A workbook as an archive in the plain."""
    for name, text in _frame(sheets):
        yield begin(name) + text.encode()
    for number, sheet in enumerate(sheets, 1):
        yield begin(_path(number))
        yield from sheet.parts


def county_workbook(edition: Edition) -> Iterator[Part]:
    """All lists, places and departments, a sheet each."""
    tables = Tables(edition)
    lists = (list_sheet(edition, key) for key in edition.county.item_lists)
    others = map(table_sheet, (tables.places(), tables.departments()))
    return workbook((*lists, *others))


def list_workbook(edition: Edition, item_list: str) -> Iterator[Part]:
    """One list."""
    return workbook((list_sheet(edition, item_list),))


def place_workbook(edition: Edition, view: PlaceView) -> bytes:
    """What one place does, assists and does not do, with a card of the place in front."""
    tables = Tables(edition)
    its_card = tables.card(view)

    def others() -> tuple[Member, ...]:
        items = table_sheet(tables.details_of_place(view))
        frame = _frame((Sheet(its_card.name, ()), items))
        others = ((_path(2), joined(items.parts)), *((name, text.encode()) for name, text in frame))
        return tuple(member(*each) for each in reversed(others))

    shared = edition.for_lists("exports.frame", view, others)
    return archive((*shared, member(_path(1), card(its_card))))


def _frame(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """The name and text of every part of a workbook but its sheets."""
    numbers = range(1, len(sheets) + 1)
    yield "[Content_Types].xml", _content_types(numbers)
    yield "_rels/.rels", _relationships(("officeDocument", "xl/workbook.xml"))
    yield "xl/workbook.xml", _sheets(sheets)
    yield (
        "xl/_rels/workbook.xml.rels",
        _relationships(
            *(("worksheet", f"worksheets/sheet{number}.xml") for number in numbers),
            ("styles", "styles.xml"),
        ),
    )
    yield "xl/styles.xml", _STYLES


def _path(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _content_types(numbers: Iterable[int]) -> str:
    kinds = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
    kinds.update((_path(number), "worksheet") for number in numbers)
    overrides = (
        f'<Override PartName="/{name}" ContentType="{_KIND}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    relationships = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_XML}<Types xmlns="{_PACKAGES}/content-types">'
        f'<Default Extension="rels" ContentType="{relationships}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>\n'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    """Parts that a part refers to as ``rId1``, ``rId2`` …: the kind and path of each."""
    found = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGES}/relationships">{"".join(found)}</Relationships>\n'
    )


def _sheets(sheets: Sequence[Sheet]) -> str:
    """The list of sheets, what can be filtered, and the rows that every printed page repeats."""
    names = _names(sheets)
    listed = (
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    filtered, repeated = [], []
    for number, (name, sheet) in enumerate(zip(names, sheets, strict=True)):
        if sheet.area:
            area = _IN_AREA.sub(r"$\1$\2", sheet.area)
            filtered.append(_defined("_FilterDatabase", number, f"'{name}'!{area}", ' hidden="1"'))
            repeated.append(_defined("Print_Titles", number, f"'{name}'!$1:$1"))
    return (
        f'{_XML}<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}">'
        '<bookViews><workbookView xWindow="240" yWindow="15" windowWidth="16095"'
        f' windowHeight="9660"/></bookViews><sheets>{"".join(listed)}</sheets>'
        f"<definedNames>{''.join((*filtered, *repeated))}</definedNames></workbook>\n"
    )


def _defined(name: str, sheet: int, what: str, more: str = "") -> str:
    return f'<definedName name="_xlnm.{name}" localSheetId="{sheet}"{more}>{what}</definedName>'


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Names that can stand in one workbook, escaped: tables are numbered, so all differ."""
    found = []
    number = 0
    for sheet in sheets:
        number += bool(sheet.area)
        name = _FORBIDDEN_IN_NAMES.sub(" ", sheet.name)[:_LONGEST_NAME].strip() or "-"
        found.append(escape(f"{number} {name}" if sheet.area else name))
    return found
