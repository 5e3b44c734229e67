"""``qingdan codeowners``: who is asked to review which file on GitHub."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from generator.model import County, ItemList
from generator.reading import read

from .options import lang_option, lists_argument


@click.command()
@lists_argument
@lang_option
def codeowners(folder: Path, lang: str) -> None:
    """Print the CODEOWNERS file of the lists. 谁来审哪些文件，交给 GitHub。"""
    county = read(folder).county
    if county is None:
        raise click.ClickException("qingdan check")
    click.echo("\n".join(_lines(county, folder)))


def _lines(county: County, folder: Path) -> Iterator[str]:
    yield "# 由 qingdan codeowners 生成，不要手改。保管人写在 item-lists.yml 的 custodian.github。"
    yield "# Made by `qingdan codeowners` from custodian.github in item-lists.yml."
    owners = dict.fromkeys(_owner(each) for each in county.item_lists.values())
    everyone = " ".join(each for each in owners if each)
    if everyone:
        # The last pattern that fits decides, so the wide ones come first.
        yield f"/{folder.as_posix()}/ {everyone}"
    for item_list in county.item_lists.values():
        yield ""
        yield f"# {item_list.title.zh}"
        yield from _of_list(item_list, county, folder)


def _of_list(item_list: ItemList, county: County, folder: Path) -> Iterator[str]:
    owner = _owner(item_list)
    if owner is None:
        yield "# 还没有写 github · no account yet"
        return
    for item in county.items.values():
        if item.list == item_list.id:
            yield f"/{folder.as_posix()}/{item.origin.file} {owner}"


def _owner(item_list: ItemList) -> str | None:
    return item_list.custodian.github if item_list.custodian else None
