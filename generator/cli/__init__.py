"""The ``qingdan`` command: thin, every verb is one function of a lower floor."""

from __future__ import annotations

import click

from .adopt import adopt
from .build import build
from .check import check, rules
from .codeowners import codeowners
from .diff import diff
from .new import new
from .pages import pages
from .posters import posters
from .show import show
from .spreadsheets import export, import_


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="qingdan")
def main() -> None:
    """Qingdan (明白清单): public duty lists as a website. 把清单变成网站。"""


for _command in (
    check,
    build,
    pages,
    show,
    diff,
    posters,
    new,
    rules,
    adopt,
    export,
    import_,
    codeowners,
):
    main.add_command(_command)
