"""MkDocs as ``qingdan build`` uses it: for what is not made from the lists."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import build, get_context
from mkdocs.exceptions import Abort, PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils.templates import TemplateContext

from generator.pages import PageSource
from generator.parts import Insert
from generator.project.contents import Contents
from generator.project.engine import FrameError
from generator.project.template import PAGE, PageMaker

from . import QingdanPlugin
from .generated import PageInParts
from .settings import NAME, load


@contextmanager
def _warnings_shown() -> Iterator[None]:
    """Show what MkDocs warns of also where it counts that, which keeps Python from showing it."""
    log, shown = logging.getLogger("mkdocs"), logging.StreamHandler()
    shown.setLevel(logging.WARNING)
    log.addHandler(shown)
    try:
        yield
    finally:
        log.removeHandler(shown)


class Framer:
    """MkDocs, with the settings of one file (``project.engine.Framer``)."""

    def __init__(self, path: Path, *, strict: bool) -> None:
        """Have MkDocs read ``mkdocs.yml``.

        Raises:
            SettingsError: when it cannot use the file.
        """
        self._config, self.plain_settings = load(path, strict=strict)
        self._config.plugins.on_startup(command="build", dirty=False)

    def frame(self, contents: Contents, folder: Path) -> None:
        """Build the site, but for what ``qingdan build`` makes by itself."""
        self._config.site_dir = str(folder)
        self._plugin.given = contents
        try:
            with _warnings_shown():
                build(self._config)
        except (Abort, PluginError) as error:
            raise FrameError(str(error)) from error

    def page_maker(self, contents: Contents) -> PageMaker:
        """Renders pages as MkDocs does, with all that it tells templates."""
        self._plugin.contents = contents
        template = self._environment.get_template(PAGE)
        contexts: dict[int, TemplateContext] = {}
        """By how deep a page lies."""

        def made(source: PageSource) -> tuple[str, tuple[Insert, ...]]:
            page = PageInParts.of(source, contents.site, self._config)
            page.read_source(self._config)
            nav = Navigation([], [])
            depth = page.url.count("/")
            if depth not in contexts:
                contexts[depth] = get_context(nav, (), self._config, page)
            context: TemplateContext = {**contexts[depth], "page": page}
            context = self._plugin.on_page_context(context, page=page, config=self._config, nav=nav)
            return template.render(context), page.inserts

        return made

    @cached_property
    def _environment(self) -> Environment:
        env = self._config.theme.get_env()
        return self._plugin.on_env(env, config=self._config, files=Files([]))

    @property
    def _plugin(self) -> QingdanPlugin:
        plugin = self._config.plugins[NAME]
        assert isinstance(plugin, QingdanPlugin)
        return plugin
