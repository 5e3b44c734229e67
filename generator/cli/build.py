"""``qingdan build``: the whole site, safely into place."""

from __future__ import annotations

import datetime
import gc
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from jinja2 import TemplateError
from msgspec.structs import asdict, replace

from generator import clock, publishing
from generator.language import shipped_strings
from generator.project.contents import ListsError
from generator.project.engine import FrameError, Framer, SiteEngine
from generator.project.settings import Settings
from generator.project.template import place_of
from generator.publishing import Step, Summary, Workspace

from .options import as_of_option, lang_option
from .settings import SettingsFile
from .staying import staying

LISTS, USAGE, SITE, BUSY, MACHINE = 1, 2, 3, 4, 5
"""Exit codes, 0 being success: mistakes in the lists, a wrong command, a site that may not
be published, another build running, and trouble with the machine (disk, permissions)."""

_FEW = 200
"""So many files are made before anyone wonders how long it takes."""


@click.command()
@click.option(
    "--config", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True
)
@click.option(
    "--site-dir", type=click.Path(path_type=Path), help="Where to; default as in mkdocs.yml."
)
@click.option("--strict", is_flag=True, help="MkDocs's warnings are errors too.")
@click.option("--full", is_flag=True, help="Keep nothing from the last build. 全部重做。")
@click.option(
    "--last",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The build.json of the edition to compare with; default: that of the site now there.",
)
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
@lang_option
@as_of_option
def build(
    config: Path,
    site_dir: Path | None,
    strict: bool,
    full: bool,
    last: Path | None,
    as_json: bool,
    lang: str,
    as_of: datetime.datetime | None,
) -> None:
    """Build the whole site. 生成整个网站。

    The lists are checked, the site is built beside its place, verified, and swapped in
    when it may be published. Whatever stops a build leaves the last site as it was.
    """
    started = time.perf_counter()
    file = SettingsFile(config, lang, strict=strict)
    with staying():
        settings = file.settings
    if as_of is not None:
        settings = replace(settings, as_of=as_of.date())
    workspace = Workspace(site_dir or settings.site_dir)
    with _explained(workspace, lang), _templates_explained(lang), workspace.held():
        summary = _build(settings, lambda: file.framer, workspace, full=full, last=last, lang=lang)
    seconds = round(time.perf_counter() - started, 2)
    if as_json:
        click.echo(json.dumps(asdict(summary) | {"seconds": seconds}))
    else:
        click.echo(_say("done", lang, **asdict(summary), seconds=seconds))


def _build(
    settings: Settings,
    framer: Callable[[], Framer],
    workspace: Workspace,
    *,
    full: bool,
    last: Path | None,
    lang: str,
) -> Summary:
    with staying():
        settled = workspace.settled()
        files, fingerprint = settings.made_from(None if full else settled)
        memory = publishing.recall(workspace.memory, workspace.next, fingerprint, forget=full)
        engine = SiteEngine(
            settings,
            framer,
            clock.utc_day(),
            memory.lists,
            settled,
            dict(memory.checked.items()),
        )
    gc.set_threshold(50_000)
    origins = publishing.Origins(
        inputs=files | engine.list_files(),
        tools=publishing.tools(),
        fonts=engine.fonts(),
        last=publishing.read_manifest(last or workspace.target / publishing.NAME),
    )
    return publishing.publish(workspace, engine, memory, origins, _progress(lang))


def _progress(lang: str) -> publishing.Progress:
    """A bar on the terminal while many files are made."""

    @contextmanager
    def shown(steps: Iterable[Step], count: int) -> Iterator[Iterable[Step]]:
        hidden = count < _FEW or not sys.stderr.isatty()
        label = _say("making", lang)
        with click.progressbar(
            steps, length=count, label=label, file=sys.stderr, hidden=hidden
        ) as bar:
            yield bar

    return shown


@contextmanager
def _explained(workspace: Workspace, lang: str) -> Iterator[None]:
    """End the command with a clerk's words and an exit code, whatever goes wrong."""
    try:
        yield
    except ListsError as error:
        _end(LISTS, error.checked.report(lang))
    except FrameError as error:
        _end(SITE, _say("frame", lang, reason=str(error).rstrip(".!")))
    except publishing.VerificationError as error:
        lines = [_say(f"problem.{each.rule}", lang, **each.values) for each in error.problems]
        _end(SITE, "\n".join((_say("unfit", lang), *lines)))
    except publishing.ClashError as error:
        _end(SITE, _say("clash", lang, page=error.path))
    except publishing.ManifestError as error:
        _end(USAGE, _say("not-a-manifest", lang, file=error))
    except publishing.ForeignError:
        _end(USAGE, _say("foreign", lang, folder=workspace.target))
    except publishing.BusyError:
        _end(BUSY, _say("busy", lang, folder=workspace.target))
    except OSError as error:
        _end(MACHINE, _say("machine", lang, reason=error.strerror or error, file=error.filename))


@contextmanager
def _templates_explained(lang: str) -> Iterator[None]:
    """The same for what may be a mistake in the theme's templates."""
    try:
        yield
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        place = place_of(error)
        if place is None:
            raise
        reason = error.message if isinstance(error, TemplateError) else error
        _end(SITE, _say("template", lang, place=place, reason=reason or error))


def _end(code: int, text: str) -> NoReturn:
    click.echo(text, err=True)
    raise SystemExit(code)


def _say(key: str, lang: str, **values: object) -> str:
    return shipped_strings(lang)[f"build.{key}"].format_map(values)
