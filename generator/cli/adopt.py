"""``qingdan adopt``: a new county from a table of place codes and names."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path

import click

import generator
from generator.adoption import (
    InTheWayError,
    Mistake,
    NewCounty,
    Places,
    PlacesError,
    arranged,
    read_table,
    write,
)
from generator.adoption.county import OVERRIDES
from generator.check import check_folder, shown
from generator.language import shipped_strings

from .options import day, lang_option, today_option

_ENGINE = Path(generator.__file__).parents[1]
_WORKFLOW = ".github/workflows/pages.yml"
_COUNTY_CODE = re.compile(r"([0-9]{4}(?!00)[0-9]{2})(0{6})?")
_HAN = re.compile(r"[\u3400-\u9fff·]{2,30}")
_PHONE = re.compile(r"1[0-9]{2,4}|0[0-9]{2,3}-[0-9]{7,8}")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--from",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV or YAML of place codes and names. 地名和代码的表。",
)
@click.option("--name", help="The county's Chinese name. 县名。")
@click.option("--code", help="The county's code, 6 digits. 县的代码，6位。")
@click.option("--part-of", help="Its province and city. 哪个省哪个市。")
@click.option("--hotline", default="12345", show_default=True, help="热线电话。")
@lang_option
@today_option
def adopt(
    folder: Path,
    table: Path | None,
    name: str | None,
    code: str | None,
    part_of: str | None,
    hotline: str,
    lang: str,
    today: datetime.datetime | None,
) -> None:
    """Start a new county in DIR, with its places and what any county needs. 新的县从这里开始。

    Nothing that is there already is ever overwritten.
    """
    say = _Saying(lang)
    if not (_ENGINE / OVERRIDES).is_dir() or not (_ENGINE / "mkdocs.yml").is_file():
        raise say.error("engine", path=_ENGINE)
    if (folder / "lists").exists():
        raise say.error("in_the_way", path=folder / "lists")
    if table is None:  # asked in the order in which one would tell it
        name = say.matching("name", "--name", name, _HAN)
        part_of = say.matching("part_of", "--part-of", part_of, _HAN)
    places = _places(table, say)
    new = NewCounty(
        code=_county_code(code, places, say),
        name=_county_name(name, places, say),
        part_of=say.matching("part_of", "--part-of", part_of, _HAN),
        places=places,
        hotline=say.matching("hotline", "--hotline", hotline, _PHONE),
        today=day(today),
    )
    for path in _written(new, folder, say):
        click.echo(say("done", path=path))
    checked = check_folder(folder / "lists", day(today))
    errors = sum(each.level == "error" for each in checked.findings)
    click.echo(say("check", errors=errors, warnings=len(checked.findings) - errors))
    click.echo(say("next"))
    publishes_itself = (folder / _WORKFLOW).is_file()
    click.echo(say("next_push" if publishes_itself else "next_serve"))


class _Saying:
    """The words of ``generator/lang/adopt.*.yml``."""

    def __init__(self, lang: str) -> None:
        self._words = shipped_strings(lang, "adopt")

    def __call__(self, key: str, **values: object) -> str:
        return self._words[key].format_map(
            {name: shown(str(each)) for name, each in values.items()}
        )

    def error(self, key: str, **values: object) -> click.ClickException:
        """What is wrong and what to write instead, ready to be raised."""
        return click.ClickException(self(f"error.{key}", **values))

    def matching(self, key: str, option: str, given: str | None, pattern: re.Pattern[str]) -> str:
        """The answer to a question, if it has the right shape.

        Raises:
            ClickException: when it has not, or nobody answers.
        """
        answer = given if given is not None else self.ask(key, option)
        if not pattern.fullmatch(answer.strip()):
            raise self.error("county_code" if key == "code" else key, value=answer)
        return answer.strip()

    def ask(self, key: str, option: str) -> str:
        """The answer to a question on the terminal."""
        question = self(f"ask.{key}")
        try:
            answer: str = click.prompt(question, err=True)
        except click.Abort:
            if sys.stdin.isatty():
                raise
            raise self.error("missing", option=option, question=question) from None
        return answer

    def mistakes(self, path: str, found: PlacesError) -> click.ClickException:
        """Every mistake of a table, a line each."""
        head = self("error.mistakes", path=path, count=len(found.mistakes))
        return click.ClickException("\n".join((head, *map(self._mistake, found.mistakes))))

    def _mistake(self, mistake: Mistake) -> str:
        line = self("mistake.line", line=mistake.line)
        if f"mistake.{mistake.key}" in self._words:
            return f"  {line}{self(f'mistake.{mistake.key}', **mistake.values)}"
        return f"  {line}{self('mistake.unusable', rule=mistake.key)}"


def _places(table: Path | None, say: _Saying) -> Places:
    """The places of a table, or of lines typed on the terminal."""
    content, suffix = _typed(say) if table is None else _content(table, say)
    try:
        return arranged(read_table(content, suffix))
    except PlacesError as error:
        raise say.mistakes(str(table or "-"), error) from None


def _content(table: Path, say: _Saying) -> tuple[bytes, str]:
    try:
        return table.read_bytes(), table.suffix.lower()
    except OSError as error:
        raise say.error("unreadable", path=table, reason=error.strerror) from None


def _typed(say: _Saying) -> tuple[bytes, str]:
    click.echo(say("ask.rows"), err=True)
    rows = []
    while line := sys.stdin.readline().strip():
        rows.append(",".join(line.split(maxsplit=1)))
    if not rows:
        raise say.error("missing", option="--from", question=say("ask.rows"))
    return "\n".join(rows).encode(), ".csv"


def _county_code(given: str | None, places: Places, say: _Saying) -> str:
    """The county's code at full length, as given or as the table's rows begin."""
    found = places.townships[0][0].code[:6]
    code = say.matching("code", "--code", given or found, _COUNTY_CODE)[:6]
    if code != found:
        raise say.error("county_differs", found=found, start=code)
    return code.ljust(12, "0")


def _county_name(given: str | None, places: Places, say: _Saying) -> str:
    named = places.county.name if places.county else None
    return say.matching("name", "--name", given or named, _HAN)


def _written(new: NewCounty, folder: Path, say: _Saying) -> list[Path]:
    try:
        return write(new, folder, _ENGINE)
    except InTheWayError as error:
        raise say.error("in_the_way", path=error.path) from None
    except OSError as error:
        raise say.error("unwritable", path=folder, reason=error.strerror) from None
