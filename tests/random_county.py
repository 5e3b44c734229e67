"""Random counties for property tests: any record the model allows, any text YAML can hold."""

from __future__ import annotations

import random
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import yaml

from generator.model import (
    ITEM_CLASSES,
    Date,
    Department,
    Document,
    Field,
    ItemList,
    LifeEvent,
    Part,
    Plate,
    Profile,
    Text,
    Township,
    Village,
    fields_of,
)
from generator.reading.canonical import canonical

Files = dict[str, str]

POOLS = {
    "former_codes": ["990101999000"],
    "number": ["0851-12345678", "12345"],
    "github": ["@county", "@county/lists"],
    "count": ["1", "34"],
    "list": ["can", "aid", "no", "own", "joint", "back"],
    "field": ["f-one", "f-two"],
    "life_events": ["birth", "death"],
    "department": ["police", "school"],
    "by": ["police", "school"],
    "leads": ["police", "school"],
    "taken_by": ["police", "school"],
    "document": ["law-a", "law-b"],
    "documents": ["law-a", "law-b"],
    "replaced_by": ["law-a", "law-b"],
    "related": ["v-does-0", "v-does-1"],
    "item": ["v-does-0", "v-does-1"],
    "places": ["990101101000", "990101101201"],
}
LISTS = {
    "can": ("village", "does"),
    "aid": ("village", "assists"),
    "no": ("village", "does-not"),
    "own": ("township", "basic"),
    "joint": ("township", "cooperative"),
    "back": ("township", "taken-back"),
}
DATES = ["2023", "2024-05", "2024-05-20", "../2024", "2023-41", "2022~"]

_STARTS = ["", "=", "+", "-", "@", "'", "=cmd|'/c calc'!A0", "村里", "Yes, "]
_COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
_ODD = (
    "aZ9 :#-*&!|>%@`'\"\\{}[],?\u3000\u00a0\u00e9\u0439\u200f\ue000\U0001f600\U00020000~.…_x0041_"
)


@dataclass
class Chance:
    """A source of records and texts; the same seed gives the same county."""

    random: random.Random
    wild: bool
    """Whether texts may also begin, end and be split by any white space."""

    def text(self) -> str:
        letters = self.random.choices(_COMMON + _ODD, k=self.random.randint(1, 25))
        made = self.random.choice(_STARTS) + "".join(letters)
        return made if self.wild else " ".join(made.split()) or "字"

    def some(self) -> bool:
        return self.random.random() < 0.6


def counties(seed: int, *, versions: int = 1, wild: bool = False) -> list[Files]:
    """``versions`` counties with the same ids and places, and other words."""
    chance = Chance(random.Random(seed), wild)
    sizes = {key: chance.random.randint(0, 3) for key in LISTS}
    return [_files(chance, sizes) for _ in range(versions)]


def write(folder: Path, files: Files) -> None:
    """Write a county's files below ``folder``."""
    for name in ("village", "township", "places"):
        (folder / name).mkdir(parents=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


def _files(chance: Chance, sizes: dict[str, int]) -> Files:
    def made(kind: type[Part], **fixed: Any) -> dict[str, Any]:
        return _record(kind, chance, fixed)

    registers = {
        "departments": (Department, POOLS["department"]),
        "fields": (Field, POOLS["field"]),
        "life-events": (LifeEvent, POOLS["life_events"]),
        "documents": (Document, POOLS["document"]),
        "plates": (Plate, ["plate"]),
    }
    files = {
        f"{name}.yml": _register(name, kind, [made(kind, id=key) for key in keys])
        for name, (kind, keys) in registers.items()
    }
    lists = [made(ItemList, id=key, level=level, role=role) for key, (level, role) in LISTS.items()]
    files["item-lists.yml"] = _register("item-lists", ItemList, lists)
    fixed = {"code": "990101000000", "languages": ["zh", "en"], "stale_after_days": "730"}
    files["county.yml"] = _file(Profile, made(Profile, **fixed))
    villages = [
        made(Village, code=code, slug=f"v{code[-1]}") for code in ("990101101201", "990101101202")
    ]
    township = made(Township, code="990101101000", slug=None, villages=villages)
    files["places/dong-zhen.yml"] = _file(Township, township)
    for key, (level, role) in LISTS.items():
        for number in range(sizes[key]):
            item = made(ITEM_CLASSES[role], id=None, list=key)
            files[f"{level}/{level[0]}-{role}-{number}.yml"] = _file(ITEM_CLASSES[role], item)
    return files


def _record(kind: type[Part], chance: Chance, fixed: dict[str, Any]) -> dict[str, Any]:
    """Data of one record; keys that are ``None`` in ``fixed`` are left out."""
    data = {
        name: fixed[name] if name in fixed else _value(name, info.type, chance)
        for name, info in fields_of(kind).items()
        if name in fixed or info.required or chance.some()
    }
    return {key: value for key, value in data.items() if value not in (None, {}, [])}


def _value(name: str, annotation: Any, chance: Chance) -> Any:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        kept = next(each for each in arguments if each is not types.NoneType)
        return _value(name, kept, chance)
    if origin is tuple:
        count = chance.random.randint(1, 3)
        return [_value(name, arguments[0], chance) for _ in range(count)]
    if origin is dict:
        return {
            key: [chance.text() for _ in range(chance.random.randint(1, 3))]
            for key in _languages(chance)
        }
    if annotation is Text:
        return {"zh": chance.text()} | ({"en": chance.text()} if chance.some() else {})
    if origin is Literal:
        return chance.random.choice(arguments)
    return _scalar(name, annotation, chance)


def _scalar(name: str, annotation: Any, chance: Chance) -> Any:
    if annotation is Date:
        return chance.random.choice(DATES)
    if annotation is bool:
        return chance.some()
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return _record(annotation, chance, {})
    return chance.random.choice(POOLS[name]) if name in POOLS else chance.text()


def _languages(chance: Chance) -> list[str]:
    return [["zh"], ["en"], ["zh", "en"]][chance.random.randrange(3)]


def _register(name: str, kind: type[Any], rows: list[dict[str, Any]]) -> str:
    top = name.replace("-", "_")
    return canonical(_dumped({top: rows}), kind, top)


def _file(kind: type[Any], data: dict[str, Any]) -> str:
    return canonical(_dumped(data), kind, None)


def _dumped(data: object) -> str:
    return yaml.dump(
        data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000
    )
