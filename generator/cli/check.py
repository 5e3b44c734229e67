"""``qingdan check`` and ``qingdan rules``."""

from __future__ import annotations

import datetime
import difflib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from generator.check import Checked, as_line, check_folder, message
from generator.edition import Edition
from generator.formatting import mend, not_canonical
from generator.language import shipped_strings
from generator.model import County, Finding
from generator.posters.fonts import FontError
from generator.posters.press import typesetter
from generator.posters.problems import findings, missing_glyphs
from generator.reading import read
from generator.rules.reference import as_lines, as_markdown, entries

from .options import as_of_option, day, lang_option, lists_argument, today_option


@click.command()
@lists_argument
@lang_option
@today_option
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--fix", is_flag=True, help="Mend what is mechanical first. 先自动整理。")
@click.option("--strict", is_flag=True, help="Warnings count as errors. 提醒也算错。")
@as_of_option
def check(
    folder: Path,
    lang: str,
    today: datetime.datetime | None,
    form: str,
    fix: bool,
    strict: bool,
    as_of: datetime.datetime | None,
) -> None:
    """Check the lists and say what to write instead. 检查清单，告诉您哪里要改、怎么改。"""
    if fix:
        for name in mend(read(folder)):
            click.echo(f"{folder.as_posix()}/{name}: {_say('fixed', lang)}", err=True)
    checked = check_folder(folder, day(today), as_of.date() if as_of else None)
    found = sorted(
        (*checked.findings, *not_canonical(checked.reading), *_unprintable(checked, day(today))),
        key=lambda each: (each.file, each.line, each.column, each.rule),
    )
    click.echo(_FORMS[form](found, folder, lang), nl=form != "github")
    if as_of and form == "text" and checked.county:
        click.echo(_lists(checked.county, as_of.date(), lang))
    failing = [each for each in found if strict or each.level == "error"]
    raise SystemExit(1 if failing else 0)


def _unprintable(checked: Checked, today: datetime.date) -> list[Finding]:
    """Characters that sheets could not be printed with; the site can do without them."""
    if checked.county is None or checked.has_errors:
        return []
    edition = Edition(checked.county, checked.languages, today)
    try:
        missing = list(missing_glyphs(edition, typesetter(checked.folder / "posters")))
    except FontError:
        return []
    return [replace(each, level="warning") for each in findings(missing, checked.reading)]


def _lists(county: County, as_of: datetime.date, lang: str) -> str:
    """How many items each list has on the day asked for."""
    counts = Counter(item.list for item in county.items.values())
    separator = shipped_strings(lang)["list.separator"]
    lists = (f"{each.name.to(lang)} {counts[key]}" for key, each in county.item_lists.items())
    return _say("as_of", lang, day=as_of.isoformat(), lists=separator.join(lists))


def _as_text(findings: Sequence[Finding], folder: Path, lang: str) -> str:
    errors = sum(each.level == "error" for each in findings)
    lines = [as_line(each, folder, lang) for each in findings]
    return "\n".join((*lines, _say("count", lang, errors=errors, warnings=len(findings) - errors)))


def _as_json(findings: Sequence[Finding], folder: Path, lang: str) -> str:
    rows = [
        {
            "file": f"{folder.as_posix()}/{each.file}",
            "line": each.line,
            "column": each.column,
            "level": each.level,
            "rule": each.rule,
            "message": message(each, lang),
        }
        for each in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _as_github(findings: Sequence[Finding], folder: Path, lang: str) -> str:
    """Workflow commands that GitHub shows beside the lines of a pull request."""
    return "".join(
        f"::{each.level} file={_property(f'{folder.as_posix()}/{each.file}')},line={each.line},"
        f"col={each.column},title={_property(each.rule)}::{_data(message(each, lang))}\n"
        for each in findings
    )


_FORMS: dict[str, Callable[[Sequence[Finding], Path, str], str]] = {
    "text": _as_text,
    "json": _as_json,
    "github": _as_github,
}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _say(key: str, lang: str, **values: object) -> str:
    return shipped_strings(lang)[f"check.{key}"].format_map(values)


@click.command()
@click.argument("keys", nargs=-1, metavar="[RULE]...")
@lang_option
@click.option("--markdown", is_flag=True, help="All of them as a page. 全部写成一页。")
def rules(keys: tuple[str, ...], lang: str, markdown: bool) -> None:
    """Print every rule, or some with examples. 列出全部规则；写上规则名就给出例子。"""
    if markdown:
        click.echo(as_markdown(), nl=False)
        return
    known = {entry.id: entry for entry in entries()}
    for key in keys or known:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            what = "no_rule" if near else "no_rule_near"
            raise click.ClickException(_say(what, lang, rule=key, nearest="".join(near)))
        lines = list(as_lines(known[key], lang))
        click.echo("\n".join(lines if keys else lines[:1]))
