"""``qingdan show``: one item, place or department in the terminal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import click

from generator.check import check_folder
from generator.model import County, Item
from generator.views import PlaceView, Scopes, mirrors

from .options import day, lang_option, lists_argument, today_option


@click.command()
@click.argument("key")
@lists_argument
@lang_option
@today_option
def show(key: str, folder: Path, lang: str, today: datetime.datetime | None) -> None:
    """Show an item, place (code or township/village) or department. 看一件事、一个村或一个单位。"""
    checked = check_folder(folder, day(today))
    if checked.county is None:
        raise click.ClickException(checked.report(lang))
    lines = list(_lines(checked.county, key, lang))
    if not lines:
        raise click.ClickException(
            f"Nothing is called {key}." if lang == "en" else f"没有叫 {key} 的事项、地方或单位。"
        )
    click.echo("\n".join(lines))


def _lines(county: County, key: str, lang: str) -> Iterator[str]:
    if key in county.items:
        yield from _item(county, county.items[key], lang)
    elif key in county.departments:
        yield from _department(county, key, lang)
    else:
        for view in _places(county):
            if key in (view.place.code, view.path.removeprefix("places/")):
                yield from _place(view, lang)


def _item(county: County, item: Item, lang: str) -> Iterator[str]:
    item_list = county.item_lists[item.list]
    yield f"{item.id}  {item.name.to(lang)}  [{item_list.verdict.to(lang)}]"
    yield getattr(item, "answer", item.name).to(lang)
    yield " · ".join(item.said_as.get(lang, ()))


def _department(county: County, key: str, lang: str) -> Iterator[str]:
    mirror = mirrors(county)[key]
    yield mirror.department.name.to(lang)
    for item in (*mirror.answers, *mirror.replaces, *mirror.leads, *mirror.took_back):
        yield f"  {item.id}  {item.name.to(lang)}"


def _places(county: County) -> Iterator[PlaceView]:
    scopes = Scopes(county)
    for township in county.townships.values():
        yield scopes.township(township)
        for village in township.villages:
            yield scopes.village(township, village)


def _place(view: PlaceView, lang: str) -> Iterator[str]:
    yield f"{view.place.code}  {view.place.name.to(lang)}"
    for group in view.groups:
        yield f"{group.item_list.verdict.to(lang)} ({len(group.items)})"
        for item in group.items:
            yield f"  {item.id}  {item.name.to(lang)}"
