"""What ``mkdocs.yml`` says, as MkDocs reads it."""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
import os
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from generator import clock
from generator.project.settings import PlainSettings, Settings, SettingsError

NAME = "qingdan"
"""Of the plugin."""

_TAKES_IN = ("pymdownx.snippets", "pymdownx.b64")
"""Extensions of Markdown that put other files into a page."""


class QingdanConfig(Config):  # type: ignore[no-untyped-call]
    """Options in ``mkdocs.yml``."""

    lists = config_options.Type(str, default="lists")
    """The folder of the lists, relative to ``mkdocs.yml``."""
    posters = config_options.Type(str, default="build/posters")
    """The folder of the finished sheets, relative to ``mkdocs.yml``; it may be missing."""
    today = config_options.Optional(config_options.Type(datetime.date))
    """The day the site speaks of; default: the day of SOURCE_DATE_EPOCH, or today."""
    as_of = config_options.Optional(config_options.Type(datetime.date))
    """Show the lists as they stood, or will stand, on this day."""


def load(path: Path, *, strict: bool) -> tuple[MkDocsConfig, PlainSettings]:
    """The settings in a file, as MkDocs goes on to use them and as plain data.

    Raises:
        SettingsError: when MkDocs cannot use the file.
    """
    warnings: list[logging.LogRecord] = []
    log = logging.getLogger("mkdocs.config")

    def note(record: logging.LogRecord) -> bool:
        warnings.append(record)
        return True

    log.addFilter(note)
    try:
        config = load_config(str(path), strict=strict or None)  # None: as in the file
    except (Abort, ConfigurationError) as error:
        raise SettingsError(str(error)) from None
    except RecursionError:
        raise SettingsError("INHERIT leads back to the file itself; take that line out") from None
    finally:
        log.removeFilter(note)
    if NAME not in config.plugins:
        raise SettingsError(f"plugins: {NAME} is missing")
    is_lasting = is_alone(config) and not warnings and not config.watch
    return config, {**plain_settings(config), "is_lasting": is_lasting}


def is_alone(config: MkDocsConfig) -> bool:
    """Whether no other plugin and no hook may want to see every page."""
    return set(config.plugins) == {NAME} and not config.hooks


def settings_of(config: MkDocsConfig) -> Settings:
    """What is set, for all that is made from the lists."""
    return Settings.of(_file(config), plain_settings(config), clock.today())


def plain_settings(config: MkDocsConfig) -> PlainSettings:
    """What is set, as plain data (``project.settings.PlainSettings``)."""
    with _file(config).open("rb") as stream:
        written = yaml_load(stream, get_yaml_loader(config=config))
    theme = written.get("theme")
    custom_dir = theme.get("custom_dir") if isinstance(theme, dict) else None
    options = config.plugins[NAME].config
    everything = json.dumps(written, default=_plain)
    return {
        "lists": options["lists"],
        "posters": options["posters"],
        "pages": _from(config, config.docs_dir, written.get("docs_dir")),
        "theme": custom_dir,
        "site_dir": _from(config, config.site_dir, written.get("site_dir")),
        "site_url": config.site_url or None,
        "printed_url": written.get("site_url") or None,
        "directory_urls": config.use_directory_urls,
        "strict": config.strict,
        "today": _day(options["today"]),
        "as_of": _day(options["as_of"]),
        "is_alone": is_alone(config),
        "reads_beside": not all(map(_reads_nothing, config.markdown_extensions)),
        "written": hashlib.sha256(everything.encode()).hexdigest(),
    }


def _reads_nothing(extension: str) -> bool:
    """Whether an extension of Markdown makes a page of its text alone.

    Those of Markdown itself do, and those of PyMdown Extensions but for two. Of any other
    nobody knows.
    """
    named = entry_points(group="markdown.extensions", name=extension)
    module = next((each.module for each in named), extension)
    return module.startswith(("markdown.", "pymdownx.")) and module not in _TAKES_IN


def _file(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").absolute()


def _from(config: MkDocsConfig, path: str, written: Any) -> str:
    """A path as seen from the file, unless an absolute one was written there."""
    if Path(str(written or "")).is_absolute():
        return path
    return os.path.relpath(path, _file(config).parent)


def _plain(value: object) -> str:
    """What stands for a value that is not plain; its tag stands in the file."""
    return str(value) if isinstance(value, datetime.date) else type(value).__name__


def _day(value: datetime.date | None) -> str | None:
    return value.strftime("%Y-%m-%d") if value else None
