"""``qingdan posters``: sheets for the wall, the counter and the hand."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from msgspec.structs import replace

from generator.check import Checked, as_line, check_folder
from generator.edition import Edition
from generator.language import shipped_strings
from generator.posters.fonts import FontError
from generator.posters.kinds import KINDS, PAPERS
from generator.posters.order import Order, Printing, Wanted, orders, published, variants
from generator.posters.press import Outcome, press, typesetter
from generator.posters.problems import findings, missing_glyphs, without_font

from .options import day, lists_argument, today_option
from .settings import SettingsFile

OWN = "posters"
"""The county's folder of templates and fonts, below its lists."""


@click.command()
@lists_argument
@today_option
@click.option("--place", "places", multiple=True, help="township/village, township, or a code.")
@click.option("--item", "items", multiple=True, help="An item, for its slip.")
@click.option("--sheet", "kinds", multiple=True, type=click.Choice(list(KINDS)))
@click.option("--lang", "langs", multiple=True, help="zh, or zh-en for two languages.")
@click.option("--size", "papers", multiple=True, type=click.Choice(list(PAPERS)))
@click.option("--landscape", is_flag=True, help="Posters in landscape. 横版。")
@click.option("--all", "everything", is_flag=True, help="Every kind, upright and landscape. 全部。")
@click.option("--bleed", is_flag=True, help="3 mm of bleed for the print shop. 出血3毫米。")
@click.option("--marks", is_flag=True, help="Bleed and crop marks. 出血和裁切线。")
@click.option("--cmyk", is_flag=True, help="Print-shop colours. 印刷四色。")
@click.option("--edition", "printed", help="Print this edition in place of county.yml's.")
@click.option("--list", "lists", multiple=True, help="Only this list. 只印这张清单。")
@click.option("--site-url", help="The site's address; default: site_url of mkdocs.yml.")
@click.option("--config", type=click.Path(path_type=Path), default=Path("mkdocs.yml"))
@click.option("--out", type=click.Path(path_type=Path), default=Path("build/posters"))
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0: one a core.")
@click.option("--messages", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def posters(
    folder: Path, today: datetime.datetime | None, config: Path, out: Path, jobs: int, **asked: Any
) -> None:
    """Make posters, hand-outs, cards and slips. 印海报、折页、桌牌和告知单。

    Without options: the sheets that stand on the site, for every place. What has not
    changed since the last run is not made again.
    """
    lang = asked["messages"]
    checked = check_folder(folder, day(today))
    if checked.county is None or checked.has_errors:
        raise click.ClickException(checked.report(lang))
    edition = Edition(checked.county, checked.languages, day(today))
    if config.is_file():
        settings = SettingsFile(config, lang).settings
        edition = replace(
            edition, directory_urls=settings.directory_urls, site_url=settings.printed_url
        )
    if asked["site_url"]:
        edition = replace(edition, site_url=_web_address(asked["site_url"]))
    wanted = list(_orders(edition, asked))
    outcome = _pressed(edition, wanted, out, folder / OWN, jobs)
    _report(checked, outcome, out, lang)


def _pressed(edition: Edition, wanted: Sequence[Order], out: Path, own: Path, jobs: int) -> Outcome:
    """Make the sheets behind a progress bar."""
    try:
        unprintable = list(missing_glyphs(edition, typesetter(own)))
        with click.progressbar(length=len(wanted), label="posters", show_pos=True) as bar:
            outcome = press(edition, wanted, out, own, jobs, bar.update)
    except FontError as error:
        return Outcome(problems=[without_font(error)])
    outcome.problems[:0] = unprintable
    return outcome


def _report(checked: Checked, outcome: Outcome, out: Path, lang: str) -> None:
    found = findings(outcome.problems, checked.reading)
    for each in found:
        click.echo(as_line(each, checked.folder, lang), err=True)
    done = {"made": len(outcome.made), "kept": len(outcome.kept), "folder": out.as_posix()}
    click.echo(shipped_strings(lang)["check.sheets"].format_map(done))
    raise SystemExit(1 if any(each.level == "error" for each in found) else 0)


def _orders(edition: Edition, asked: dict[str, Any]) -> Iterator[Order]:
    wanted = _wanted(edition, asked)
    if wanted == replace(Wanted(printing=wanted.printing), turned=False):
        for order in published(edition):
            yield replace(order, printing=wanted.printing)
    else:
        yield from orders(edition, wanted)


def _wanted(edition: Edition, asked: dict[str, Any]) -> Wanted:
    everything = asked["everything"]
    kinds = asked["kinds"] or (tuple(KINDS) if everything else ())
    return Wanted(
        kinds=kinds or (("slip",) if asked["items"] and not asked["places"] else ()),
        subjects=tuple(_subjects(edition, asked["places"], asked["items"])),
        variants=tuple(_variants(edition, asked["langs"])),
        papers=asked["papers"],
        turned=None if everything else asked["landscape"],
        printing=Printing(
            bleed=asked["bleed"],
            marks=asked["marks"],
            cmyk=asked["cmyk"],
            edition=asked["printed"],
            lists=tuple(_known(asked["lists"], edition.county.item_lists, "--list")),
        ),
    )


def _subjects(edition: Edition, places: Iterable[str], items: Iterable[str]) -> Iterator[str]:
    """Paths of the places and items named; a place by its path or its code."""
    known: dict[str, str] = {}
    for township in edition.county.townships.values():
        known[township.slug] = known[township.code] = f"places/{township.slug}"
        for village in township.villages:
            path = f"{township.slug}/{village.slug}"
            known[path] = known[village.code] = f"places/{path}"
    yield from (known[each] for each in _known(places, known, "--place"))
    yield from (f"items/{each}" for each in _known(items, edition.county.items, "--item"))


def _variants(edition: Edition, langs: Iterable[str]) -> Iterator[tuple[str, ...]]:
    known = {"-".join(tags): tags for tags in variants(edition)}
    yield from (known[each] for each in _known(langs, known, "--lang"))


def _web_address(given: str) -> str:
    """The address that codes on paper lead to.

    Raises:
        click.BadParameter: where no phone would open it.
    """
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise click.BadParameter(f"--site-url {given}: https://example.gov.cn/lists/ …")
    return given


def _known(given: Iterable[str], known: Iterable[str], option: str) -> Iterator[str]:
    """What was given, if it exists.

    Raises:
        click.BadParameter: for the first name that does not.
    """
    names = set(known)
    for each in given:
        if each not in names:
            most = ", ".join(sorted(names)[:12])
            raise click.BadParameter(f"{option} {each}: {most} …")
        yield each
