"""``qingdan doctor``: a look at the machine, the folder and the lists."""

from __future__ import annotations

import datetime
import json
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Literal

import click
from msgspec import Struct, field
from packaging.requirements import Requirement

from generator.check import check_folder
from generator.language import shipped_strings

from .options import day, lang_option, today_option
from .settings import SettingsFile

State = Literal["ok", "note", "warning", "error"]

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_SHOWN = ("mkdocs", "mkdocs-material", "click", "msgspec")
_MEGABYTE = 1_000_000
_LEAST_MEGABYTES = 500


class Seen(Struct, frozen=True):
    """One thing that was looked at; its words stand under ``key`` in ``doctor.*.yml``."""

    key: str
    state: State
    values: dict[str, object] = field(default_factory=dict)

    def says(self, lang: str) -> str:
        """What was found and, if need be, what to do."""
        return shipped_strings(lang, "doctor")[self.key].format_map(self.values)


@click.command()
@click.option(
    "--config", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON. 写成 JSON。")
@lang_option
@today_option
def doctor(config: Path, as_json: bool, lang: str, today: datetime.datetime | None) -> None:
    """Look whether everything is in order, and say how to mend it. 看看样样齐不齐。

    Exits with 1 when something has to be mended.
    """
    seen = [*_machine(config.absolute().parent), *_folder(config, day(today), lang)]
    counts = {state: sum(each.state == state for each in seen) for state in ("error", "warning")}
    if as_json:
        rows = [{"key": each.key, "state": each.state, "says": each.says(lang)} for each in seen]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        words = shipped_strings(lang, "doctor")
        for each in seen:
            click.echo(f"[{words[f'state.{each.state}']}] {each.says(lang)}")
        summary = words["summary"]
        click.echo(summary.format(errors=counts["error"], warnings=counts["warning"]))
    raise SystemExit(1 if counts["error"] else 0)


def _machine(folder: Path) -> Iterator[Seen]:
    yield Seen("python", "ok", {"version": platform.python_version()})
    yield _packages()
    yield _git(folder)
    free = shutil.disk_usage(folder if folder.exists() else Path()).free // _MEGABYTE
    enough = free >= _LEAST_MEGABYTES
    yield Seen("disk" if enough else "disk-low", "ok" if enough else "error", {"free": free})
    writable = os.access(folder, os.W_OK)
    key = "writable" if writable else "not-writable"
    yield Seen(key, "ok" if writable else "error", {"folder": folder.as_posix()})
    names = (os.environ.get("CHROMIUM", ""), *_BROWSERS)
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    yield Seen("browser", "ok", {"path": path}) if path else Seen("browser-missing", "note")


def _packages() -> Seen:
    """Whether everything that ``pyproject.toml`` asks for is installed, new enough."""
    missing, found = [], {}
    for text in metadata.requires("qingdan") or ():
        wanted = Requirement(text)
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            found[wanted.name] = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            missing.append(text)
        else:
            if found[wanted.name] not in wanted.specifier:
                missing.append(f"{text} ({found[wanted.name]})")
    if missing:
        return Seen("packages-missing", "error", {"missing": ", ".join(missing)})
    shown = ", ".join(f"{name} {found[name]}" for name in _SHOWN if name in found)
    return Seen("packages", "ok", {"count": len(found), "shown": shown})


def _git(folder: Path) -> Seen:
    program = shutil.which("git")
    if program is None:
        return Seen("git-missing", "warning")
    command = [program, "-C", str(folder), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  no shell
    if done.returncode:
        return Seen("git-no-repository", "warning")
    return Seen("git", "ok", {"commit": done.stdout.strip()})


def _folder(config: Path, today: datetime.date, lang: str) -> Iterator[Seen]:
    if not config.is_file():
        yield Seen("config-missing", "error", {"file": config.as_posix()})
        return
    try:
        settings = SettingsFile(config, lang).settings
    except click.ClickException as error:
        yield Seen("config-broken", "error", {"problem": error.message})
        return
    values: dict[str, object] = {"folder": config.absolute().parent.as_posix()}
    there = settings.theme is not None and (settings.theme / "main.html").is_file()
    yield Seen("shell", "ok") if there else Seen("shell-missing", "error", values)
    url = settings.site_url
    yield Seen("site-url", "ok", {"url": url}) if url else Seen("site-url-missing", "note")
    yield _sheets(settings.posters)
    yield from _lists(settings.lists, today)


def _sheets(folder: Path) -> Seen:
    count = sum(1 for _ in folder.rglob("*.pdf")) if folder.is_dir() else 0
    return Seen("sheets", "ok", {"count": count}) if count else Seen("sheets-missing", "note")


def _lists(folder: Path, today: datetime.date) -> Iterator[Seen]:
    checked = check_folder(folder, today)
    errors = sum(each.level == "error" for each in checked.findings)
    if checked.county is None or errors:
        yield Seen("lists-broken", "error", {"errors": errors})
        return
    villages = [village for _, village in checked.county.villages()]
    warnings = len(checked.findings)
    yield Seen(
        "lists",
        "warning" if warnings else "ok",
        {
            "items": len(checked.county.items),
            "places": len(checked.county.townships) + len(villages),
            "warnings": warnings,
        },
    )
    known = sum(bool(village.service_centre.phones) for village in villages)
    unknown = len(villages) - known
    yield Seen("phones", "warning" if unknown else "ok", {"known": known, "unknown": unknown})
    official = checked.county.profile.official
    yield Seen("official", "ok") if official else Seen("demonstration", "note")
