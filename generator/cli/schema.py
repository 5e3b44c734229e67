"""``qingdan schema``: JSON Schemas of the list files, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator.schemas import LIST_FILES, list_schema


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("lists/.schema"),
    show_default=True,
    help="The folder to write them to.",
)
def schema(out: Path) -> None:
    """Write JSON Schemas that make editors check and explain. 让编辑器边写边提示。

    ``.vscode/settings.json`` says which list files each of them is for.
    """
    out.mkdir(parents=True, exist_ok=True)
    for name in LIST_FILES:
        text = json.dumps(list_schema(name), ensure_ascii=False, indent=2)
        (out / f"{name}.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")
    click.echo(f"{len(LIST_FILES)} → {out}")
