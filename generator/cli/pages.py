"""``qingdan pages``: the Markdown sources of all pages."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import click

from generator.check import Checked, check_folder
from generator.pages import Site, source_uri, sources

from .options import as_of_option, day, lang_option, lists_argument, today_option


@click.command()
@lists_argument
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="A new or empty folder."
)
@lang_option
@today_option
@as_of_option
def pages(
    folder: Path,
    out: Path,
    lang: str,
    today: datetime.datetime | None,
    as_of: datetime.datetime | None,
) -> None:
    """Write every page as Markdown with front matter. 把每一页写成 Markdown 文件。"""
    of_day = as_of.date() if as_of else None
    checked = check_folder(folder, day(today), of_day)
    if checked.county is None or checked.has_errors:
        raise click.ClickException(checked.report(lang))
    if out.exists() and any(out.iterdir()):
        raise click.ClickException(_not_empty(out, lang))
    _write(checked, folder, out, day(today), of_day)


def _write(
    checked: Checked, folder: Path, out: Path, today: datetime.date, as_of: datetime.date | None
) -> None:
    assert checked.county is not None
    site = Site(checked.county, checked.languages, as_of or today, as_of=as_of)
    if (folder / "pages").is_dir():
        shutil.copytree(folder / "pages", out, dirs_exist_ok=True)
    for source in sources(site):
        path = out / source_uri(source.path, site.prefix(source.lang))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source.markdown(), encoding="utf-8", newline="\n")


def _not_empty(out: Path, lang: str) -> str:
    if lang == "en":
        return f"{out} is not empty; name a new folder, so that nothing is overwritten."
    return f"{out} 里已经有东西了，换一个新文件夹，免得盖掉。"
