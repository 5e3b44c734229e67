"""The small county with hostile text in every field that holds text.

The fields are found by walking the models, so that a field added tomorrow is filled
too. What a field without text needs (ids, codes, dates, choices) stays as it is.
"""

from __future__ import annotations

import shutil
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.language import shipped_strings
from generator.model import (
    ITEM_CLASSES,
    Date,
    Decision,
    Department,
    Document,
    Field,
    ItemList,
    LanguageTag,
    Lexicon,
    LifeEvent,
    Part,
    PhoneNumber,
    Phrase,
    PlaceCode,
    Plate,
    Procedure,
    Profile,
    Record,
    Slug,
    Text,
    Township,
    fields_of,
)

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"

ABSENT = {
    "lexicon.yml": {"words": [{}], "hotlines": [{"number": "0999-1234567"}]},
    "procedures.yml": {"procedures": [{"id": "report", "stages": [{"stage": "proposed"}]}]},
}
"""What the small county need not have: the least that holds every text."""

REGISTERS: dict[str, type[Record]] = {
    "item-lists": ItemList,
    "departments": Department,
    "fields": Field,
    "life-events": LifeEvent,
    "documents": Document,
    "plates": Plate,
    "procedures": Procedure,
}
NEEDED = {
    "document": "old-rule",
    "checked": "memory",
    "checked_on": "2026-01-01",
    "number": "0999-1234567",
    "places": ["990101101201"],
}
"""What a part that the small county leaves out must have besides its texts."""

MARKS = {
    "tag": "<b id=hostile>粗</b><script>window.ran='tag'</script><img src=x onerror=window.ran='img'>",
    "end": "</script></title></style></textarea>--><svg onload=window.ran='svg'>",
    "attribute": "\" onmouseover=\"window.ran='attribute'\" x='' autofocus onfocus='window.ran=1",
    "jinja": "{{ 7*191 }}{% for x in y %}{# 说 #}{{ ui.__class__ }}",
    "format": "{0}{name}{x.__class__}%s%(a)s${y}",
    "markdown": "[点](javascript:window.ran='markdown')**粗**`码`![图](http://hostile.invalid/x.png)",
    "entity": "&lt;i&gt;&amp;&#60;script&#62;&nbsp",
    "path": "../../../etc/passwd\\..\\..\\CON:|?*~$(touch x)`touch y`;rm -rf .",
    "address": "javascript:window.ran='address' data:text/html,x http://hostile.invalid/ //hostile.invalid",
    "combining": "Z̶̡͓̦̲͖̻͈͛͗̈́̇̃͗͑a̷l̸g̶o̴ é ﷽",
    "right-to-left": "שלום مرحبا ئۇيغۇرچە",
    "joints": "甲|乙,丙;丁\\n\\u003cscript\\u003e\\x3c'\"",
    "typst": "#panic(1) $x^2$ *粗* _斜_ @ref <label> #import \\u{41} // 注",
    "cdata": "]]><!--<![CDATA[ ?> <?php",
}
"""Comes out as the text it is."""


START = "=cmd|' /C calc'!A0"
"""At the start of a cell, a spreadsheet would take it for a formula and run it."""

EVERYTHING = " ".join((START, *MARKS.values()))

WORDS = " ".join(mark for mark in MARKS.values() if "{" not in mark)
"""What a language file may hold: in it, braces are filled in."""


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


WORDS_ONLY = {
    "Synonym.means": "证明",
    "Synonym.said": "条子",
    "Lexicon.ignored": "怎么",
    "Lexicon.elsewhere": "护照",
}
"""Fields that refuse everything but plain words, with one that they take."""

Texts = Callable[[str, str], str]
"""Gives the text for a file such as ``village/allowance.yml`` and a field of it."""


@dataclass
class Filled:
    """A county on disk, and which fields were filled."""

    folder: Path
    fields: set[str] = field(default_factory=set)
    places: set[tuple[str, tuple[str | int, ...]]] = field(default_factory=set)
    """Files, and the keys and indexes inside them."""


def county(folder: Path, text: str = EVERYTHING) -> Path:
    """The small county with ``text`` in every field, below ``folder``, ready to be built."""
    lists = fill(folder / "lists", lambda _, name: WORDS_ONLY.get(name, text)).folder
    _write_languages(lists / "languages", WORDS if text == EVERYTHING else "文字")
    config = lists / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("../../..", str(ROOT))
        + "site_url: https://example.org/lists/\n",
        "utf-8",
    )
    return lists


def _write_languages(folder: Path, text: str) -> None:
    """Every word the site itself says, followed by ``text``."""
    folder.mkdir()
    for lang in ("zh", "en"):
        data: dict[str, Any] = {}
        for key, words in shipped_strings(lang).items():
            *groups, last = key.split(".")
            inner = data
            for group in groups:
                inner = inner.setdefault(group, {})
            inner[last] = words if key == "language.direction" else f"{words} {text}"
        (folder / f"{lang}.yml").write_text(yaml.dump(data, allow_unicode=True), "utf-8")


def build(lists: Path) -> Path:
    """The site of a county, beside its lists."""
    target = lists.parent / "site"
    arguments = ["build", "--config", str(lists / "mkdocs.yml"), "--site-dir", str(target)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return target


def fill(folder: Path, text: Texts) -> Filled:
    """Write the small county into ``folder``, with ``text`` in every field.

    Each text that is not empty ends in where it stands: two equal names are a mistake
    of their own.
    """
    shutil.copytree(SMALL, folder)
    filled = Filled(folder)
    for name, kind, data in _records(folder):
        writer = _Writer(filled, name, text)
        if name.removesuffix(".yml") in REGISTERS:
            key = name.removesuffix(".yml").replace("-", "_")
            rows = [writer.part(kind, row, (key, n)) for n, row in enumerate(data[key])]
            written: Any = {key: rows}
        else:
            written = writer.part(kind, data, ())
        (folder / name).write_text(
            yaml.dump(written, Dumper=_Plain, allow_unicode=True, width=10**9, sort_keys=False),
            "utf-8",
        )
    return filled


def text_fields() -> set[str]:
    """Every field of every kind of record that holds text, by walking the models."""
    return {name for kind in _kinds(Record) for name in _text_fields(kind)}


def _kinds(kind: type[Record]) -> Iterator[type[Record]]:
    """The records that files hold: those that no other record refines."""
    for each in kind.__subclasses__():
        yield from _kinds(each)
    if not kind.__subclasses__():
        yield kind


def _text_fields(kind: type[Part]) -> Iterator[str]:
    for name, annotation in _hints(kind).items():
        for part in _parts(annotation):
            if _is_text(part):
                yield f"{kind.__name__}.{name}"
            elif isinstance(part, type) and issubclass(part, Part):
                yield from _text_fields(part)


def _records(folder: Path) -> Iterator[tuple[str, type[Record], Any]]:
    lists = {row["id"]: row["role"] for row in _load(folder / "item-lists.yml")["item_lists"]}
    yield "county.yml", Profile, _load(folder / "county.yml")
    yield "lexicon.yml", Lexicon, _load(folder / "lexicon.yml")
    for name, kind in REGISTERS.items():
        yield f"{name}.yml", kind, _load(folder / f"{name}.yml")
    for kind_folder in ("places", "village", "township", "decisions"):
        for path in sorted((folder / kind_folder).glob("*.yml")):
            data = _load(path)
            kinds = {"places": Township, "decisions": Decision}
            item = ITEM_CLASSES.get(lists.get(data.get("list"), ""))
            yield f"{kind_folder}/{path.name}", kinds.get(kind_folder) or item, data


def _load(path: Path) -> Any:
    if not path.exists():
        return ABSENT[path.name]
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


class _Writer:
    """Fills the texts of one file."""

    def __init__(self, filled: Filled, file: str, text: Texts) -> None:
        self._filled = filled
        self._file = file
        self._text = text

    def part(self, kind: type[Part], data: dict[str, Any], path: tuple[str | int, ...]) -> Any:
        result = dict(data)
        for name, annotation in _hints(kind).items():
            value = self._field(kind, name, annotation, data.get(name), (*path, name))
            if value is not None:
                result[name] = value
        return result

    def _field(
        self,
        kind: type[Part],
        name: str,
        annotation: Any,
        old: Any,
        path: tuple[str | int, ...],
    ) -> Any:
        many = _origin(annotation) is tuple
        for part in _parts(annotation):
            if _is_text(part):
                return self._texts(f"{kind.__name__}.{name}", annotation, part, old, path)
            if isinstance(part, type) and issubclass(part, Part):
                return self._inner(part, old, path, many=many)
        return old

    def _inner(self, part: type[Part], old: Any, path: tuple[str | int, ...], *, many: bool) -> Any:
        if many:
            rows = old or ([_needed(part)] if _can_be_made(part) else [])
            return [self.part(part, row, (*path, n)) for n, row in enumerate(rows)] or None
        if old is None and not _can_be_made(part):
            return None
        return self.part(part, old or _needed(part), path)

    def _texts(
        self, field_name: str, annotation: Any, part: Any, old: Any, path: tuple[str | int, ...]
    ) -> Any:
        self._filled.fields.add(field_name)
        value = self._text(self._file, field_name)
        # What a decision quotes is a passage of the item's text, so it ends earlier.
        if value and field_name not in ("Change.new", *WORDS_ONLY):
            value += f" {self._file}:{len(self._filled.places)}"
        if _origin(annotation) is dict:
            for lang in ("zh", "en"):
                self._filled.places.add((self._file, (*path, lang, 0)))
            return {"zh": [value], "en": [value]}
        one = {"zh": value, "en": value} if part is Text else value
        count = max(1, len(old or ())) if _origin(annotation) is tuple else 0
        for where in [(*path, n) for n in range(count)] or [path]:
            ends = [("zh",), ("en",)] if part is Text else [()]
            self._filled.places.update((self._file, (*where, *end)) for end in ends)
        return [one] * count if count else one


def _needed(part: type[Part]) -> dict[str, Any]:
    return {
        name: NEEDED[name]
        for name, info in fields_of(part).items()
        if info.required and name in NEEDED
    }


def _can_be_made(part: type[Part]) -> bool:
    """Whether the part can be written from texts and ``NEEDED`` alone."""
    return all(
        name in NEEDED or any(map(_is_text, _parts(_hints(part)[name])))
        for name, info in fields_of(part).items()
        if info.required
    )


def _hints(kind: type[Part]) -> dict[str, Any]:
    return {name: info.type for name, info in fields_of(kind).items()}


def _parts(annotation: Any) -> list[Any]:
    """What an annotation is made of, through unions, tuples and mappings."""
    if _origin(annotation) in (typing.Union, types.UnionType, tuple, dict):
        return [part for each in typing.get_args(annotation) for part in _parts(each)]
    return [annotation]


def _origin(annotation: Any) -> Any:
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        inner = [_origin(each) for each in typing.get_args(annotation)]
        return next((each for each in inner if each in (tuple, dict)), origin)
    return origin


def _is_text(annotation: Any) -> bool:
    return annotation is Text or annotation == Phrase


assert not any(map(_is_text, (Slug, PlaceCode, LanguageTag, PhoneNumber, Date, str)))
