"""What is inside the archive of an .xlsx or .ods file, measured before anybody opens it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from .limits import MAX_COLUMNS, MAX_PARTS, MAX_ROWS, MAX_UNPACKED, Count, Refused

Problem = tuple[str, dict[str, object]]

_CHUNK = 1 << 16


def inspected(content: bytes) -> tuple[list[Problem], dict[str, list[tuple[int, int]]]]:
    """What is odd about the archive, and the places of formulas by sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _measure(archive)
            names = archive.namelist()
            problems: list[Problem] = []
            if any("vbaproject" in name.lower() for name in names):
                problems.append(("workbook-macro", {}))
            if any("/externallinks/" in name.lower() for name in names):
                problems.append(("workbook-external", {}))
            return problems, _formulas(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        raise Refused("workbook-broken") from None
    except (expat.ExpatError, LookupError, ValueError):
        raise Refused("workbook-broken") from None


def _measure(archive: zipfile.ZipFile) -> None:
    """Unpack everything once, without keeping it: what an archive says of itself may be a lie."""
    if len(archive.infolist()) > MAX_PARTS:
        raise Refused("workbook-bomb", limit=MAX_UNPACKED // 1_000_000)
    total = 0
    for info in archive.infolist():
        if info.flag_bits & 1:
            raise Refused("workbook-encrypted")
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > MAX_UNPACKED:
                    raise Refused("workbook-bomb", limit=MAX_UNPACKED // 1_000_000)


def _formulas(archive: zipfile.ZipFile) -> dict[str, list[tuple[int, int]]]:
    """The cells with formulas; refuses sheets that hold too much before anybody opens them."""
    count = Count()
    if "xl/workbook.xml" not in archive.namelist():
        _Repeated(count).run(archive, "content.xml")
        return {}
    relations = _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    texts = _Texts()
    for each in relations:
        if each["Type"].endswith("/sharedStrings"):
            texts.run(archive, _part(each["Target"]))
    found = {}
    for name, part in _sheet_parts(archive, relations):
        scan = _Scan(name, count, texts.lengths)
        scan.run(archive, part)
        found[name] = scan.formulas
    return found


def _sheet_parts(
    archive: zipfile.ZipFile, relations: list[dict[str, str]]
) -> Iterator[tuple[str, str]]:
    """Names of sheets and of the parts that hold them."""
    targets = {each["Id"]: each["Target"] for each in relations}
    for each in _elements(archive, "xl/workbook.xml", "sheet"):
        part = _part(targets[each["r:id"]] if "r:id" in each else "")
        if part in archive.namelist():
            yield each["name"], part


def _part(target: str) -> str:
    """The name of the part that the workbook names ``target``."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _elements(archive: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = _parser()
    parser.StartElementHandler = start
    parser.Parse(archive.read(part), True)
    return found


class _Pass:
    """One pass over a part of the archive, a piece at a time."""

    def run(self, archive: zipfile.ZipFile, part: str) -> None:
        parser = _parser()
        parser.StartElementHandler = lambda tag, has: self._start(tag.rpartition(":")[2], has)
        parser.EndElementHandler = lambda tag: self._end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = self._text
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def _end(self, tag: str) -> None: ...
    def _text(self, text: str) -> None: ...


class _Texts(_Pass):
    """How long each text is that cells of an .xlsx file may share."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self.lengths.append(0)

    def _text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _Scan(_Pass):
    """A sheet of an .xlsx file: how far it reaches, what it holds, where its formulas are."""

    def __init__(self, name: str, count: Count, lengths: list[int]) -> None:
        self.name = name
        self.formulas: list[tuple[int, int]] = []
        self._count = count
        self._lengths = lengths
        self._at = (0, -1)
        self._shared: str | None = None
        """The number of the text that a cell shares, as far as it was read."""

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self._at = (int(attributes.get("r", self._at[0] + 1)), -1)
        elif tag == "c":
            self._cell(attributes.get("r", ""))
            self._shared = "" if attributes.get("t") == "s" else None
        elif tag == "f":
            self.formulas.append((self._at[0] - 1, self._at[1]))

    def _text(self, text: str) -> None:
        if self._shared is not None:
            self._shared += text

    def _end(self, tag: str) -> None:
        if tag == "c" and self._shared:
            self._count.add(0, self._lengths[int(self._shared)])

    def _cell(self, reference: str) -> None:
        row, column = _position(reference) if reference else (self._at[0], self._at[1] + 1)
        self._at = (row, column)
        self._count.add(1, 0)
        if row > MAX_ROWS or column >= MAX_COLUMNS:
            raise Refused("workbook-too-far", name=self.name, rows=MAX_ROWS, columns=MAX_COLUMNS)


class _Repeated(_Pass):
    """An .ods file, in which a row or a cell may say how often it is repeated."""

    def __init__(self, count: Count) -> None:
        self._count = count
        self._rows = self._columns = 1
        self._length = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        has = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if tag == "table-row":
            self._rows = int(has.get("number-rows-repeated", 1))
        elif tag in ("table-cell", "covered-table-cell"):
            self._columns = int(has.get("number-columns-repeated", 1))
            self._length = len(has.get("value", ""))

    def _text(self, text: str) -> None:
        self._length += len(text.strip())

    def _end(self, tag: str) -> None:
        if tag in ("table-cell", "covered-table-cell") and self._length:
            cells = self._rows * self._columns
            self._count.add(cells, cells * self._length)


def _position(reference: str) -> tuple[int, int]:
    """``"C5"`` as row 5 and column 2."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter.upper()) - ord("A") + 1
    return int(reference[len(letters) :]), column - 1


def _parser() -> Any:
    """A parser that refuses document types: nothing good ever came from one in a workbook."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Refused("workbook-broken")

    parser.StartDoctypeDeclHandler = refuse
    return parser
