"""``qingdan diff``: what villagers and townships see change between two editions."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import click

from generator.check import Checked, check_folder
from generator.language import Language, load_language, shipped_strings
from generator.model import County, Date
from generator.notice import Notice, as_json, as_markdown, as_text, compare_counties
from generator.reading.revision import RevisionError, at_revision

from .options import day, lang_option, lists_argument, today_option

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_FORMS: dict[str, Callable[[Notice, Language, str, str], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@lists_argument
@lang_option
@today_option
@click.option("--format", "form", type=click.Choice(list(_FORMS)), default="text")
def diff(
    old: str,
    new: str | None,
    folder: Path,
    lang: str,
    today: datetime.datetime | None,
    form: str,
) -> None:
    """Say what changes between two editions. 两个版本之间，村民和乡镇看到的有哪些变动。

    OLD and NEW are git revisions, dates, or folders of lists; NEW is the lists as they
    are now unless it is given.
    """
    on = day(today)
    before = _county(old, folder, on, lang)
    after = _county(new, folder, on, lang) if new else _read(folder, on, None, lang)
    days = [_day(each, lang) if each and _DATE.fullmatch(each) else on for each in (old, new)]
    notice = compare_counties(before, after, days[0], days[1])
    language = load_language(lang, folder / "languages")
    names = [_shown(each, language) for each in (old, new or language.say("notice.now"))]
    click.echo(_FORMS[form](notice, language, *names), nl=False)


def _shown(name: str, language: Language) -> str:
    """A day as people write it; a commit by the first of its digits, as git itself shows it."""
    if _DATE.fullmatch(name):
        return language.date(Date.parse(name))
    return name[:8] if _COMMIT.fullmatch(name) else name


def _county(name: str, folder: Path, today: datetime.date, lang: str) -> County:
    """The lists that ``name`` means: of a day, in a folder, or in a git revision."""
    if _DATE.fullmatch(name):
        return _read(folder, today, _day(name, lang), lang)
    if (Path(name) / "county.yml").is_file():
        return _read(Path(name), today, None, lang)
    try:
        with at_revision(folder, name) as copy:
            return _read(copy, today, None, lang)
    except RevisionError:
        raise click.ClickException(_say("no_edition", lang, name=name)) from None


def _day(text: str, lang: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise click.ClickException(_say("no_edition", lang, name=text)) from None


def _read(folder: Path, today: datetime.date, as_of: datetime.date | None, lang: str) -> County:
    """The county; mistakes are the check's business, unless the lists cannot be read at all."""
    checked: Checked = check_folder(folder, today, as_of)
    if checked.county is None:
        raise click.ClickException(checked.report(lang))
    errors = sum(each.level == "error" for each in checked.findings)
    if errors and as_of is None:
        click.echo(_say("errors", lang, count=errors, folder=folder), err=True)
    return checked.county


def _say(key: str, lang: str, **values: object) -> str:
    return shipped_strings(lang)[f"notice.{key}"].format_map(values)
