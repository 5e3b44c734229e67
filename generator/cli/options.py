"""Options that several commands share."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from generator import clock

lists_argument = click.option(
    "--lists",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("lists"),
    show_default=True,
    help="The folder of the lists. 清单所在的文件夹。",
)
lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="The language of messages. 提示用哪种话。",
)
today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to check and build for; default: today. 按哪一天算。",
)


as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Show the lists as they stood on this day. 看哪一天的清单。",
)


def day(given: datetime.datetime | None) -> datetime.date:
    """The day a command speaks of: as given, of SOURCE_DATE_EPOCH, or today."""
    return given.date() if given else clock.today()
