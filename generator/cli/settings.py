"""``mkdocs.yml`` as a command reads it; what is wrong with it in a clerk's words."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import clock
from generator.language import load_language
from generator.project.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from generator.plugin.framer import Framer


class SettingsFile:
    """A file of settings, and MkDocs for who needs it: a rebuild seldom does."""

    def __init__(self, path: Path, lang: str, *, strict: bool = False) -> None:
        """The file at ``path``, unread; ``lang`` is that of messages."""
        self._path = path
        self._lang = lang
        self._strict = strict

    @cached_property
    def settings(self) -> Settings:
        """The settings of a site.

        Raises:
            ClickException: when MkDocs cannot use the file; its own words are given as well.
        """
        return read_settings(
            self._path, clock.today(), lambda: self.framer.plain_settings, strict=self._strict
        )

    @cached_property
    def framer(self) -> Framer:
        """MkDocs with these settings, loaded when it is asked for.

        Raises:
            ClickException: as for ``settings``.
        """
        # Material prints a notice for developers at every import; clerks need not see it.
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        from generator.plugin.framer import Framer

        try:
            return Framer(self._path, strict=self._strict)
        except SettingsError as error:
            raise click.ClickException(self._explained(error)) from None

    def _explained(self, error: SettingsError) -> str:
        language = load_language(self._lang)
        if not self._path.is_file():
            return language.say("build.no-config", file=self._path)
        reason = " ".join(str(error).split()).rstrip(".!")
        return language.say("build.config", file=self._path, reason=reason)
