"""``qingdan build``'s way: MkDocs makes its own part, generated files are written straight.

The bytes are those of ``mkdocs build`` (``tests/test_build.py`` compares), at a cost
that does not include MkDocs's care for each page, and file by file, so that what has
not changed can be left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build, get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_build_date
from mkdocs.utils.templates import TemplateContext
from mkdocs.utils.yaml import yaml_load

from generator import posters
from generator.edition import SiteFile
from generator.offline import Hashing
from generator.pages import STAND_IN, PageSource, Site, source_uri
from generator.parts import Part
from generator.publishing import Group, Work, below, fingerprint, project_inputs
from generator.reading import Remembered
from generator.rules import Kept

from . import QingdanPlugin, group_of
from .frame import Frame
from .generated import PageInParts

_SHEETS = group_of(posters.files)
"""Finished sheets lie outside the lists."""


class DirectEngine:
    """Makes the files of a site for ``publishing``.

    Where other plugins or hooks are configured they may want to see every page, so
    MkDocs makes all of the site, and nothing can be kept.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        remembered: Remembered | None = None,
        device: int | None = None,
        kept: Kept | None = None,
    ) -> None:
        """Read and check the lists; for what they are given see ``check_folder``.

        Raises:
            PluginError: when the check finds an error; the message lists all of them.
        """
        self._config = config
        self._contexts: dict[int, TemplateContext] = {}
        """What MkDocs tells its templates, by how deep a page lies."""
        plugin = config.plugins["qingdan"]
        assert isinstance(plugin, QingdanPlugin)
        self._plugin = plugin
        plugin.framing = set(config.plugins) == {"qingdan"} and not config.hooks
        checked = plugin.read(config, remembered, device, kept)
        assert checked.county is not None
        self.reading, self.county = checked.reading, checked.county
        self.lists, self.kept = checked.reading.released(), checked.kept

    @property
    def edition(self) -> Site:
        """The lists, watched."""
        return self._plugin.site

    def frame(self, folder: Path) -> dict[str, Any]:
        """Let MkDocs write hand-written pages, the theme's files, 404 and sitemap."""
        self._config.site_dir = str(folder)
        build(self._config)
        assert self._plugin.frame
        return self._plugin.frame.to_data()

    def framed(self, known: dict[str, Any]) -> None:
        """Go on as if ``frame`` had been called, which then gave ``known``."""
        self._plugin.settle(Frame.from_data(known))
        self._plugin.on_env(self._config.theme.get_env(), config=self._config, files=Files([]))

    def frame_identity(self, paths: Collection[str]) -> str | None:
        """A hash of what the frame is made from beside the lists: the pages that there are."""
        if not self._plugin.framing:
            return None
        made_from = [get_build_date(), *sorted(path for path in paths if path.endswith(".html"))]
        return hashlib.sha256("\n".join(made_from).encode()).hexdigest()

    def groups(self) -> Iterator[Group]:
        """Every generated page, then every file that is not a page."""
        if not self._plugin.framing:
            return
        for name, find in self._plugin.pages():
            yield Group(name, partial(self._pages, name, find))
        for file_name, provide in self._plugin.providers():
            is_open = file_name == _SHEETS
            yield Group(file_name, partial(_files, provide), is_open=is_open)

    def last(self, folder: Path, hash_of: Hashing) -> Iterator[SiteFile]:
        """What is made from the finished pages."""
        if self._plugin.framing:
            yield from self._plugin.last(folder, hash_of)

    def _pages(self, name: str, find: Callable[[], Iterable[PageSource]]) -> Iterator[Work]:
        for source in find():
            uri = source_uri(source.path, self.edition.prefix(source.lang))
            yield Work(f"{uri.removesuffix('.md')}.html", source, partial(self._page, source))
        self.edition.shared.forget(name)  # from here on, the works alone know the pages

    def _page(self, source: PageSource) -> Iterator[Part]:
        """The page as MkDocs would write it."""
        page = PageInParts.of(source, self.edition, self._config)
        page.read_source(self._config)
        nav = Navigation([], [])
        depth = page.url.count("/")
        if depth not in self._contexts:
            self._contexts[depth] = get_context(nav, (), self._config, page)
        context: TemplateContext = {**self._contexts[depth], "page": page}
        context = self._plugin.on_page_context(context, page=page, config=self._config, nav=nav)
        html = self._plugin.template.render(context).encode(errors="xmlcharrefreplace")
        first, *others = html.split(STAND_IN.encode())
        yield first
        for run, other in zip(page.runs, others, strict=True):
            yield run
            yield other

    def fonts(self) -> dict[str, str]:
        """The hash of every font file that sheets of the site are set in, by its name."""
        _, lists = _places(self._config)
        return posters.used_fonts(self.edition, lists / "posters")

    def list_files(self) -> dict[str, str]:
        """The hash of every list file, by its path in the project."""
        config, lists = _places(self._config)
        return below(config, lists, self.reading.hashes)


def _files(provide: Callable[[], Iterable[SiteFile]]) -> Iterator[Work]:
    for file in provide():
        yield Work(file.path, file, file.in_parts, file.is_archive)


def project(config: MkDocsConfig) -> tuple[dict[str, str], str]:
    """What a site is made from beside list files: hashes by path, and one of everything."""
    plugin = config.plugins["qingdan"]
    assert isinstance(plugin, QingdanPlugin)
    path, lists = _places(config)
    theme = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    inputs = project_inputs(path, lists, theme)
    with path.open("rb") as stream:
        written = yaml_load(stream)
    options = [
        written,
        config.site_url,
        config.use_directory_urls,
        config.strict,
        plugin.config.as_of,
    ]
    return inputs, fingerprint(inputs, plugin.today(), json.dumps(options, default=str))


def _places(config: MkDocsConfig) -> tuple[Path, Path]:
    """The configuration file and the folder of the lists."""
    plugin = config.plugins["qingdan"]
    assert isinstance(plugin, QingdanPlugin)
    return Path(config.config_file_path).absolute(), plugin.lists_folder(config).absolute()
