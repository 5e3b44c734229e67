"""``qingdan new``: list files that explain themselves; nothing is ever overwritten."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, get_args

import click
from msgspec import Struct

from generator.check import check_folder
from generator.model import (
    ITEM_CLASSES,
    ChangeKind,
    County,
    Decision,
    DecisionKind,
    ItemList,
    Record,
    Township,
)
from generator.pinyin import syllables
from generator.reading.canonical import write_atomically
from generator.scaffold import BLANK, blank_texts, scaffold, with_village

from .asking import Asking
from .options import day, lang_option, lists_argument, today_option

_TOWNSHIP_KINDS = {"街道": "street", "镇": "town", "乡": "township"}
_VILLAGE_KINDS = {"社区": "community", "村": "village"}


class _Desk(Struct, frozen=True):
    """What every command works with."""

    folder: Path
    county: County
    today: datetime.date
    ask: Asking


def _at_desk(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command its desk, from the options that all share."""

    @lists_argument
    @lang_option
    @today_option
    @wraps(command)
    def run(folder: Path, lang: str, today: datetime.datetime | None, **given: Any) -> None:
        ask, on = Asking(lang), day(today)
        command(_Desk(folder, _county(folder, on, ask), on, ask), **given)

    return run


_slug_option = click.option(
    "--slug", help="Its part of the address; default: pinyin. 网址里的名字。"
)


@click.group()
def new() -> None:
    """Start a file that explains itself. 新建一个自带说明的文件。"""


@new.command("item")
@click.argument("key", metavar="ID")
@click.option("--list", "listed", help="The list it stands on. 放到哪张清单上。")
@click.option("--field", help="Its field. 属于哪个领域。")
@click.option("--department", help="Who is responsible, leads or took it back. 归哪个单位管。")
@click.option("--name", help="Its official name. 正式名称。")
@_at_desk
def item(
    at: _Desk,
    key: str,
    listed: str | None,
    field: str | None,
    department: str | None,
    name: str | None,
) -> None:
    """Start an item; ID stays in its address for ever. 新建一个事项，ID 定了就不再改。"""
    ask, county = at.ask, at.county
    _refuse_used(ask.slug(key), _item_files(county), ask)
    lists = {each.id: each.name.zh for each in county.item_lists.values()}
    item_list = county.item_lists[ask.one_of("list", listed, lists)]
    fields = {each.id: each.name.zh for each in county.fields.values()}
    given = {
        "list": item_list.id,
        "field": ask.one_of("field", field, fields),
        "said_as": {"zh": blank_texts(3)},
        "certainty": "official" if county.profile.official else "illustrative",
        **_responsible(county, item_list, department, ask),
        **_named(name),
    }
    made = scaffold(ITEM_CLASSES[item_list.role], given, ask.lang, extra=["source"])
    _write(at.folder / item_list.level / f"{key}.yml", made, ask)
    click.echo(ask.say("next.item"))


def _responsible(
    county: County, item_list: ItemList, department: str | None, ask: Asking
) -> Mapping[str, Any]:
    """The keys that say whose business the item is, which differ by the list's role."""
    key = {"basic": None, "cooperative": "leads", "taken-back": "taken_by"}.get(
        item_list.role, "department"
    )
    if key is None:
        return {}
    named = {each.id: each.name.zh for each in county.departments.values()}
    chosen = ask.one_of("department", department, named)
    if key != "department":
        return {key: [chosen]}
    if item_list.role != "does-not":
        return {key: chosen}
    return {key: chosen, "replacement": _replacement(chosen)}


def _replacement(department: str) -> Mapping[str, Any]:
    return {
        "modes": ["issued-by-competent-body"],
        "by": [department],
        "how": {"zh": BLANK},
        "confidence": "low",
    }


@new.command("decision")
@click.argument("slug")
@click.option("--date", help="From when it holds; default: today. 从哪天起算数。")
@click.option("--kind", help="What was decided. 什么决定。")
@click.option("--change", help="What changes. 怎么变。")
@click.option("--item", "items", multiple=True, help="Which items; may be repeated. 哪些事项。")
@click.option("--into", multiple=True, help="What they become, split or merged. 拆成、并成什么。")
@click.option("--to", "to_list", help="The list they stand on afterwards. 变了以后在哪张清单。")
@click.option("--title", help="Its name. 决定的名字。")
@_at_desk
def decision(
    at: _Desk,
    slug: str,
    date: str | None,
    kind: str | None,
    change: str | None,
    items: tuple[str, ...],
    into: tuple[str, ...],
    to_list: str | None,
    title: str | None,
) -> None:
    """Start a decision; its file is named after its date. 新建一个决定，文件名以日期开头。"""
    ask, county = at.ask, at.county
    when = ask.date(date or at.today.isoformat())
    key = ask.slug(f"{when.file_prefix}-{slug}")
    _refuse_used(key, {each: f"decisions/{each}.yml" for each in county.decisions}, ask)
    known = {each.id: each.name.zh for each in county.items.values()}
    chosen = [ask.one_of("item", each, known) for each in items or (None,)]
    lists = {each.id: each.name.zh for each in county.item_lists.values()}
    decided = ask.one_of("kind", kind, _words(DecisionKind))
    given = {
        "kind": decided,
        "date": when.text,
        "level": county.items[chosen[0]].level,
        "stages": _stages(county, decided),
        "changes": [
            _change(
                ask.one_of("change", change, _words(ChangeKind)),
                chosen,
                [ask.one_of("item", each, known) for each in into],
                county.items[chosen[0]].list,
                ask.one_of("to", to_list, lists) if to_list else None,
            )
        ],
        "certainty": "official" if county.profile.official else "illustrative",
        **_named(title, "title"),
    }
    _write(
        at.folder / "decisions" / f"{key}.yml",
        scaffold(Decision, given, ask.lang, _texts(decided)),
        ask,
    )
    click.echo(ask.say("next.decision"))


def _stages(county: County, kind: str) -> list[dict[str, Any]]:
    """Every stage that the county's procedure requires; when and by whom is left blank."""
    return [
        {"stage": each.stage, "by": {"zh": BLANK}}
        for each in county.procedures[kind].stages
        if each.required
    ]


def _texts(kind: str) -> tuple[str, ...]:
    return ("means",) if kind == "admission" else ()


def _change(
    kind: str, items: list[str], into: list[str], today_on: str, to_list: str | None
) -> Mapping[str, Any]:
    """A change of ``items``, which stand on the list ``today_on`` now."""
    change: dict[str, Any] = {"change": kind, "items": items}
    if kind in ("split", "merged"):
        change["into"] = into or [BLANK]
    if kind in ("moved", "removed"):
        change["from_list"] = today_on
    if to_list or kind == "added":
        change["to_list"] = to_list or today_on
    return change


@new.command("township")
@click.argument("name")
@click.option("--code", help="Its statistical code, 9 or 12 digits. 统计用区划代码。")
@_slug_option
@_at_desk
def township(
    at: _Desk,
    name: str,
    code: str | None,
    slug: str | None,
) -> None:
    """Start a township by its Chinese name. 新建一个乡镇、街道。"""
    ask, county = at.ask, at.county
    key = ask.slug(slug or _pinyin(name))
    _refuse_used(key, {each.slug: _file(each) for each in county.townships.values()}, ask)
    given = {
        "code": _free_code(county, ask.code(code, county.profile.code[:6]), ask),
        "name": {"zh": name},
        "kind": _kind(name, _TOWNSHIP_KINDS, ask),
        "villages": [],
    }
    _write(at.folder / "places" / f"{key}.yml", scaffold(Township, given, ask.lang), ask)
    click.echo(ask.say("next.township", slug=key))


@new.command("village")
@click.argument("town", metavar="TOWNSHIP")
@click.argument("name")
@click.option("--code", help="Its 12-digit statistical code. 12位统计用区划代码。")
@_slug_option
@_at_desk
def village(
    at: _Desk,
    town: str,
    name: str,
    code: str | None,
    slug: str | None,
) -> None:
    """Add a village to a township's file. 在乡镇的文件里加一个村、社区。"""
    ask, county = at.ask, at.county
    townships = {each.slug: each for each in county.townships.values()}
    names = {key: each.name.zh for key, each in townships.items()}
    place = townships[ask.one_of("township", town, names)]
    key = ask.slug(slug or _pinyin(name))
    _refuse_used(key, {each.slug: _file(place) for each in place.villages}, ask)
    row = {
        "code": _free_code(county, ask.code(code, place.code[:9]), ask),
        "name": {"zh": name},
        "slug": key,
        "kind": _kind(name, _VILLAGE_KINDS, ask),
    }
    path = at.folder / _file(place)
    write_atomically(path, with_village(path.read_text("utf-8"), row))
    click.echo(ask.say("done", path=path.as_posix()))
    click.echo(ask.say("next.village"))


def _county(folder: Path, today: datetime.date, ask: Asking) -> County:
    checked = check_folder(folder, today)
    if checked.reading.county is None:
        raise ask.error("broken", report=checked.report(ask.lang))
    return checked.reading.county


def _item_files(county: County) -> dict[str, str]:
    """Every id that is or was an item's, with the file that says so; ids are never reused."""
    found = {
        key: f"decisions/{decision.id}.yml"
        for decision in county.decisions.values()
        for change in decision.changes
        for key in change.concerns
    }
    return found | {key: _file(each) for key, each in county.items.items()}


def _refuse_used(key: str, used: Mapping[str, str], ask: Asking) -> None:
    if key in used:
        raise ask.error("taken", value=key, path=used[key])


def _free_code(county: County, code: str, ask: Asking) -> str:
    used = {
        each: _file(place)
        for place in county.townships.values()
        for own in (place, *place.villages)
        for each in (own.code, *own.former_codes)
    }
    _refuse_used(code, used, ask)
    return code


def _kind(name: str, kinds: Mapping[str, str], ask: Asking) -> str:
    """What kind of place it is, from the end of its name."""
    for ending, kind in kinds.items():
        if name.endswith(ending):
            return kind
    raise ask.error("kind", value=name, endings="、".join(kinds))


def _pinyin(name: str) -> str:
    """``永和镇`` as ``yonghe-zhen``."""
    for ending in (*_TOWNSHIP_KINDS, *_VILLAGE_KINDS):
        if name.endswith(ending):
            return "-".join("".join(syllables(part)) for part in (name[: -len(ending)], ending))
    return "".join(syllables(name))


def _named(text: str | None, key: str = "name") -> Mapping[str, Any]:
    return {key: {"zh": text}} if text else {}


def _words(literal: Any) -> dict[str, str]:
    return {each: each for each in get_args(literal)}


def _file(record: Record) -> str:
    return record.origin.file


def _write(path: Path, text: str, ask: Asking) -> None:
    """Write a file that was not there; a folder may be new too."""
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    click.echo(ask.say("done", path=path.as_posix()))
