"""``mkdocs.yml`` as a command reads it; what is wrong with it in a clerk's words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.language import load_language

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def load_settings(config: Path, lang: str, *, strict: bool = False) -> MkDocsConfig:
    """The settings of a site.

    Raises:
        ClickException: when MkDocs cannot use the file; its own words are given as well.
    """
    # Material prints a notice for developers at every import; clerks need not see it.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    try:
        return load_config(str(config), strict=strict)
    except (Abort, ConfigurationError) as error:
        if not config.is_file():
            message = load_language(lang).say("build.no-config", file=config)
        else:
            reason = " ".join(str(error).split())
            message = load_language(lang).say("build.config", file=config, reason=reason)
        raise click.ClickException(message) from None
