"""``qingdan build`` and ``qingdan pages``: the site, and its Markdown sources."""

from __future__ import annotations

import datetime
import os
import shutil
import tempfile
from pathlib import Path

import click

from generator.check import Checked, check_folder
from generator.pages import Site, source_uri, sources

from .options import day, lang_option, lists_argument, today_option


@click.command()
@click.option(
    "--config", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True
)
@click.option(
    "--site-dir", type=click.Path(path_type=Path), help="Where to; default as in mkdocs.yml."
)
@click.option("--strict", is_flag=True, help="MkDocs's warnings are errors too.")
def build(config: Path, site_dir: Path | None, strict: bool) -> None:
    """Build the whole site. 生成整个网站。

    The site is built beside its place and swapped in when it is whole, so a build
    that fails leaves the last one as it was.
    """
    # Material prints a notice for developers at every import; clerks need not see it.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config

    loaded = load_config(str(config), strict=strict)
    target = (site_dir or Path(loaded.site_dir)).absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".qingdan-") as made:
        loaded.site_dir = str(Path(made) / "site")
        loaded.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(loaded)
        _swap(Path(loaded.site_dir), target, Path(made) / "old")


def _swap(new: Path, target: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    new.rename(target)


@click.command()
@lists_argument
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="A new or empty folder."
)
@lang_option
@today_option
def pages(folder: Path, out: Path, lang: str, today: datetime.datetime | None) -> None:
    """Write every page as Markdown with front matter. 把每一页写成 Markdown 文件。"""
    checked = check_folder(folder, day(today))
    if checked.county is None or checked.has_errors:
        raise click.ClickException(checked.report(lang))
    if out.exists() and any(out.iterdir()):
        raise click.ClickException(_not_empty(out, lang))
    _write(checked, folder, out, day(today))


def _write(checked: Checked, folder: Path, out: Path, today: datetime.date) -> None:
    assert checked.county is not None
    site = Site(checked.county, checked.languages, today)
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
