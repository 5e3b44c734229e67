"""``qingdan search``: what a villager's query finds, in the terminal."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterator
from pathlib import Path

import click

from generator.check import check_folder
from generator.edition import Edition
from generator.language import Language
from generator.search.data import search_data
from generator.search.engine import Answer, Engine
from generator.search.shown import Result

from .options import day, lang_option, lists_argument, today_option


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--place", help="The 12-digit code of a village or township. 村或乡镇的12位代码。")
@lists_argument
@lang_option
@today_option
def search(
    text: tuple[str, ...],
    place: str | None,
    folder: Path,
    lang: str,
    today: datetime.datetime | None,
) -> None:
    """Search as the site does. 像网页上那样查一查。"""
    of_day = day(today)
    checked = check_folder(folder, of_day)
    if checked.county is None:
        raise click.ClickException(checked.report(lang))
    townships = checked.county.townships.values()
    codes = [each.code for town in townships for each in (town, *town.villages)]
    if place and place not in codes:
        near = difflib.get_close_matches(place, codes, n=3) or codes[:3]
        raise click.BadParameter(f"--place {place}: {', '.join(near)} …")
    edition = Edition(checked.county, checked.languages, of_day)
    answer = Engine(search_data(edition, lang)).answer(" ".join(text), place)
    click.echo("\n".join(_lines(answer, edition.language(lang))))


def _lines(answer: Answer, language: Language) -> Iterator[str]:
    for each in answer.hotlines:
        mark = "" if each.confirmed else f"  [{language.say('script.unconfirmed')}]"
        yield f"☎ {each.number}  {each.name}{mark}"
    if not answer.confident:
        yield language.say("script.uncertain")
    for result in (*answer.results, *answer.nearest):
        yield from _result(result, language)


def _result(result: Result, language: Language) -> Iterator[str]:
    verdict = f"  [{result.verdict}]" if result.verdict else ""
    yield f"{result.name}{verdict}  {result.path}"
    who = language.say("list.separator").join(filter(None, (result.instead or result.who,)))
    if who or result.phone:
        yield f"    {who} {result.phone}".rstrip()
    if result.called:
        yield "    " + language.say("list.separator").join(result.called)
