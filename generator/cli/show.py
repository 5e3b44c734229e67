"""``qingdan show``: one item, list, place or department in the terminal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import click

from generator.check import check_folder
from generator.language import load_language
from generator.ledger import explain, list_history, replay
from generator.model import County, Item
from generator.views import PlaceView, Scopes, histories, mirrors

from .options import as_of_option, day, lang_option, lists_argument, today_option


@click.command()
@click.argument("key")
@lists_argument
@lang_option
@today_option
@as_of_option
def show(
    key: str,
    folder: Path,
    lang: str,
    today: datetime.datetime | None,
    as_of: datetime.datetime | None,
) -> None:
    """Show an item, list, place or office. 看一件事、一张清单、一个村、一个单位。

    A place is named by its code or as township/village.
    """
    of_day = as_of.date() if as_of else None
    checked = check_folder(folder, day(today), of_day)
    if checked.county is None:
        raise click.ClickException(checked.report(lang))
    lines = list(_lines(checked.county, key, lang, of_day or day(today)))
    if not lines:
        raise click.ClickException(load_language(lang).say("check.nothing_called", id=key))
    click.echo("\n".join(lines))


def _lines(county: County, key: str, lang: str, today: datetime.date) -> Iterator[str]:
    item = county.item(key)
    if item:
        yield from _item(county, item, lang)
        yield from _history(county, key, lang, today)
    elif key in county.item_lists:
        yield from _list(county, key, lang)
    elif key in county.departments:
        yield from _department(county, key, lang)
    else:
        for view in _places(county):
            if key in (view.place.code, view.path.removeprefix("places/")):
                yield from _place(view, lang)


def _item(county: County, item: Item, lang: str) -> Iterator[str]:
    verdict = county.item_lists[item.list].verdict.to(lang)
    if item.id in county.unlisted:
        verdict = load_language(lang).say("unlisted.short")
    yield f"{item.id}  {item.name.to(lang)}  [{verdict}]"
    yield getattr(item, "answer", item.name).to(lang)
    yield " · ".join(item.said_as.get(lang, ()))


def _list(county: County, key: str, lang: str) -> Iterator[str]:
    items = [item for item in county.items.values() if item.list == key]
    yield f"{key}  {county.item_lists[key].title.to(lang)} ({len(items)})"
    yield from (f"  {item.id}  {item.name.to(lang)}" for item in items)
    for entry in list_history(replay(county), key):
        came, went = len(entry.entered), len(entry.left)
        title = entry.decision.title.to(lang)
        yield f"  {entry.decision.date.text}  +{came} -{went}  {entry.decision.id}  {title}"


def _history(county: County, key: str, lang: str, today: datetime.date) -> Iterator[str]:
    language = load_language(lang)
    for entry in histories(county, today).get(key, ()):
        status = language.say(f"status.{entry.status}")
        told = explain(entry.change.replaced(items=(key,)), county, language)
        yield f"  {entry.decision.date.text}  {told}  {entry.decision.id} ({status})"


def _department(county: County, key: str, lang: str) -> Iterator[str]:
    mirror = mirrors(county)[key]
    yield mirror.department.name.to(lang)
    elsewhere = (item for item, _ in mirror.elsewhere)
    parts = (*mirror.answers, *mirror.replaces, *mirror.leads, *mirror.took_back, *elsewhere)
    for item in parts:
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
