"""The places of a new county, from a table of codes and names.

A table has a row a place: its code and its name, and if wanted its English name and its
kind. That is how the National Bureau of Statistics publishes its codes (统计用区划代码),
and how a clerk's spreadsheet looks; so full names of committees are understood too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from generator.pinyin import syllables
from generator.reading import parse

from .nationalities import joined, parted

COLUMNS = {
    "code": ("code", "代码", "区划代码", "统计用区划代码", "编码"),
    "name": ("name", "zh", "名称", "名字", "地名"),
    "en": ("en", "english", "英文", "英文名"),
    "kind": ("kind", "类别", "种类", "类型"),
}
"""What a column may be called; without a first row of names: code, name, en, kind."""

MOST_ROWS = 20_000

TOWNSHIP_KINDS = {"街道办事处": "street", "街道": "street", "镇": "town", "乡": "township"}
VILLAGE_KINDS = {"社区": "community", "居委会": "community", "村": "village"}
"""Kinds by how a name ends."""

_KIND_NAMES = {"street": "Subdistrict", "town": "Town", "township": "Township"} | {
    "community": "Community",
    "village": "Village",
}
_COMMITTEES = {"村民委员会": "村", "居民委员会": "社区", "村委会": "村", "居委会": "社区"}
_ETHNIC = "民族"
"""What stands before the kind in the name of an ethnic township (民族乡)."""
_NAME = re.compile(r"[\u3400-\u9fff〇（）()·]{2,30}")
_CODE = re.compile(r"[0-9]{6}|[0-9]{9}|[0-9]{12}")
_CODE_DIGITS = 12


class Mistake(Struct, frozen=True):
    """Why a row cannot be used; its words stand under ``mistake`` in ``adopt.*.yml``."""

    key: str
    line: int
    values: Mapping[str, object] = field(default_factory=dict)


class Row(Struct, frozen=True):
    """One place as the table has it, with its code at full length."""

    line: int
    code: str
    name: str
    en: str = ""
    kind: str = ""

    @property
    def level(self) -> str:
        """``county``, ``township`` or ``village``, from the zeros at the code's end."""
        if self.code.endswith("000000"):
            return "county"
        return "township" if self.code.endswith("000") else "village"


class Place(Struct, frozen=True):
    """A township or village, ready to be written."""

    code: str
    name: str
    en: str
    slug: str
    kind: str
    official: str | None = None


class Places(Struct, frozen=True):
    """Every township with its villages, in the order of their codes."""

    county: Row | None
    townships: tuple[tuple[Place, tuple[Place, ...]], ...]


class PlacesError(ValueError):
    """The table cannot be used; ``mistakes`` says why, in the order of its lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(f"{len(self.mistakes)} mistakes")


def read_table(content: bytes, suffix: str) -> list[Row]:
    """Read a CSV table, or YAML rows for ``suffix`` ``.yml`` and ``.yaml``.

    CSV may be UTF-8 or, as Chinese spreadsheets save it, GB 18030.

    Raises:
        PlacesError: when the rows cannot be read; every mistake is named.
    """
    cells = _yaml_rows(content) if suffix in (".yml", ".yaml") else _csv_rows(content)
    if len(cells) > MOST_ROWS:
        raise PlacesError([Mistake("too-many", MOST_ROWS, {"limit": MOST_ROWS})])
    made = [_row(line, values) for line, values in cells]
    mistakes = [each for each in made if isinstance(each, Mistake)]
    if mistakes:
        raise PlacesError(mistakes)
    return [each for each in made if isinstance(each, Row)]


def arranged(rows: Iterable[Row]) -> Places:
    """Put villages under their townships and give every place its address.

    Raises:
        PlacesError: when a code stands twice, a village has no township, a place lies in
            another county, or the kind of a place cannot be told.
    """
    ordered = sorted(rows, key=lambda row: row.code)
    mistakes = [*_repeated(ordered), *_strangers(ordered), *_unknown_kinds(ordered)]
    towns = [row for row in ordered if row.level == "township"]
    if not towns:
        mistakes.append(Mistake("no-townships", 1))
    if mistakes:
        raise PlacesError(sorted(mistakes, key=lambda each: each.line))
    by_town: dict[str, list[Row]] = {row.code[:9]: [] for row in towns}
    for row in ordered:
        if row.level == "village":
            by_town[row.code[:9]].append(row)
    return Places(
        next((row for row in ordered if row.level == "county"), None),
        tuple(
            (town, tuple(_placed(by_town[town.code[:9]], VILLAGE_KINDS)))
            for town in _placed(towns, TOWNSHIP_KINDS)
        ),
    )


def english(name: str) -> str:
    """A Chinese name in pinyin: ``永和`` as ``Yonghe``."""
    return "".join(syllables(name)).capitalize()


def _csv_rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    text = _decoded(content)
    try:
        table = [
            (number, [cell.strip() for cell in row])
            for number, row in enumerate(csv.reader(io.StringIO(text), _dialect(text)), 1)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        raise PlacesError([Mistake("not-a-table", 1)]) from None
    if not table:
        raise PlacesError([Mistake("empty", 1)])
    columns = _columns(table[0][1])
    body = table[1:] if columns else table
    names = columns or list(COLUMNS)
    return [(line, dict(zip(names, cells, strict=False))) for line, cells in body]


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise PlacesError([Mistake("not-text", 1)])


def _dialect(text: str) -> type[csv.Dialect]:
    return csv.excel_tab if "\t" in text.partition("\n")[0] else csv.excel


def _columns(cells: list[str]) -> list[str]:
    """What the columns mean, if the row names them; a column of no use keeps its own name."""
    meaning = {word: key for key, words in COLUMNS.items() for word in words}
    found = [meaning.get(cell.lower(), cell) for cell in cells]
    return found if {"code", "name"} <= set(found) else []


def _yaml_rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """Rows under ``places``, each with the keys ``code``, ``name``, ``en``, ``kind``."""
    file = parse("places.yml", content)
    if file.findings:
        raise PlacesError(Mistake(each.rule, each.line, each.values) for each in file.findings)
    rows = file.data.get("places") if isinstance(file.data, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise PlacesError([Mistake("not-rows", 1)])
    return [
        (file.locate(("places", number))[0], {key: str(value) for key, value in row.items()})
        for number, row in enumerate(rows)
    ]


def _row(line: int, values: Mapping[str, str]) -> Row | Mistake:
    code = re.sub(r"\s", "", values.get("code", ""))
    name = re.sub(r"\s", "", values.get("name", ""))
    if not _CODE.fullmatch(code):
        return Mistake("code", line, {"value": code})
    if not _NAME.fullmatch(name):
        return Mistake("name", line, {"value": name})
    full = code.ljust(_CODE_DIGITS, "0")
    return Row(line, full, name, values.get("en", "").strip(), values.get("kind", "").strip())


def _repeated(rows: list[Row]) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for row in rows:
        if row.code in seen:
            yield Mistake("twice", row.line, {"value": row.code, "first": seen[row.code]})
        seen.setdefault(row.code, row.line)


def _strangers(rows: list[Row]) -> Iterator[Mistake]:
    """Rows of another county than the first, and villages without a township."""
    towns = {row.code[:9] for row in rows if row.level == "township"}
    for row in rows:
        if row.code[:6] != rows[0].code[:6]:
            yield Mistake("other-county", row.line, {"value": row.code, "start": rows[0].code[:6]})
        elif row.level == "village" and row.code[:9] not in towns:
            yield Mistake("no-township", row.line, {"value": row.name, "start": row.code[:9]})


def _unknown_kinds(rows: list[Row]) -> Iterator[Mistake]:
    for row in rows:
        kinds = VILLAGE_KINDS if row.level == "village" else TOWNSHIP_KINDS
        if row.level != "county" and _kind(row, kinds) is None:
            yield Mistake("kind", row.line, {"value": row.name, "allowed": " / ".join(kinds)})


def _placed(rows: list[Row], kinds: Mapping[str, str]) -> Iterator[Place]:
    """Places with addresses that are unique among ``rows``."""
    used: set[str] = set()
    for row in rows:
        name, kind = _everyday(row.name), _kind(row, kinds)
        assert kind is not None
        stem, ending = _split(name, kinds)
        stem, peoples = parted(stem.removesuffix(_ETHNIC))
        slug = "-".join("".join(syllables(part)) for part in (stem, ending) if part)
        if slug in used:
            # Pinyin is the same, the places are not: the digits of the code tell them apart.
            digits = row.code[6:9] if row.level == "township" else row.code[9:]
            slug = f"{slug}-{digits}"
        used.add(slug)
        words = [
            english(stem),
            *([joined(peoples), "Ethnic"] if peoples else []),
            _KIND_NAMES[kind],
        ]
        translated = row.en or " ".join(words)
        yield Place(row.code, name, translated, slug, kind, _official(row.name, name))


def _kind(row: Row, kinds: Mapping[str, str]) -> str | None:
    """The kind that the table says, or the one that the name's end tells."""
    if row.kind:
        return kinds.get(row.kind, row.kind if row.kind in kinds.values() else None)
    name = _everyday(row.name)
    return next((kind for ending, kind in kinds.items() if name.endswith(ending)), None)


def _everyday(name: str) -> str:
    """The everyday name: ``党湾村`` for 党湾村村民委员会, ``龙泉街道`` for its office."""
    for committee, ending in _COMMITTEES.items():
        if name.endswith(committee):
            stem = name.removesuffix(committee)
            return stem if stem.endswith(tuple(VILLAGE_KINDS)) else stem + ending
    return name.removesuffix("办事处") if name.endswith("街道办事处") else name


def _official(full: str, everyday: str) -> str | None:
    return full if full != everyday else None


def _split(name: str, kinds: Mapping[str, str]) -> tuple[str, str]:
    ending = next((each for each in kinds if name.endswith(each) and name != each), "")
    return name.removesuffix(ending), ending
