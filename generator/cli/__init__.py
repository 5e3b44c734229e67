"""The ``qingdan`` command: thin, every verb is one function of a lower floor."""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
from importlib import import_module

import click

from generator import clock

from .staying import staying

_COMMANDS = {
    "adopt": "adopt",
    "build": "build",
    "check": "check",
    "codeowners": "codeowners",
    "diff": "diff",
    "doctor": "doctor",
    "export": "spreadsheets",
    "import": "spreadsheets",
    "new": "new",
    "pages": "pages",
    "posters": "posters",
    "rules": "check",
    "schema": "schema",
    "search": "search",
    "show": "show",
}
"""The module of each command. Only what is asked for is loaded: posters alone load fonts, and
a build after one changed word would wait for them."""


class _Commands(click.Group):
    """Commands that are loaded when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        with staying():
            module = import_module(f".{_COMMANDS[cmd_name]}", __name__)
        name = f"{cmd_name}_" if cmd_name == "import" else cmd_name
        found: click.Command = getattr(module, name)
        return found


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="qingdan")
def main() -> None:
    """Qingdan (明白清单): public duty lists as a website. 把清单变成网站。"""
    try:
        clock.today()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            "SOURCE_DATE_EPOCH: write seconds since 1970, such as 1767225600, or unset it. "
            "请写成 1970 年以来的秒数，或者去掉它。"
        ) from None


def run() -> None:
    """The command as a process of its own.

    It ends without letting go, one by one, of all that it has made: that took a fifteenth of a
    build.
    """
    try:
        main()
    except ModuleNotFoundError as error:  # a newer version came, and its packages did not
        click.echo(
            f"少了要用的包 {error.name}。运行 make check，它会先装好。\n"
            f"The package {error.name} is missing. Run make check, which installs it first.",
            err=True,
        )
        sys.exit(1)
    except OSError as error:
        path, reason = error.filename, error.strerror
        click.echo(
            f"{path}：读不了或者写不进（{reason}）。看看路径对不对、有没有权限、磁盘满没满。\n"
            f"{path}: cannot be read or written ({reason}). Check the path, the permissions and "
            "the room on the disk.",
            err=True,
        )
        sys.exit(1)
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        atexit._run_exitfuncs()  # noqa: SLF001  temporary folders go, as at every end
        with contextlib.suppress(BrokenPipeError):  # whoever listened has gone
            sys.stdout.flush()  # a full disk is no success: its error ends the command
            sys.stderr.flush()
        os._exit(end.code)
