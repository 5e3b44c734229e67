"""The MkDocs adapter: generated pages in memory, and nothing else.

Plain ``mkdocs build``, ``serve`` and ``gh-deploy`` work. The lists are read and
checked before MkDocs cleans ``site/``, so broken lists leave the last site whole.
Pages are MkDocs pages whose HTML is made when the theme asks for it and dropped
once it is written; only the page being written is ever held in memory.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment, FileSystemLoader
from mkdocs import __version__ as mkdocs_version
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator import pages
from generator.edition import SiteFile
from generator.pages import Site
from generator.project.contents import Contents, ListsError, checked_lists
from generator.project.frame import Frame
from generator.project.settings import Settings
from generator.project.template import needs_mkdocs
from generator.publishing.files import file_hash

from .assets import site_assets, taken
from .generated import GeneratedPage, LinkableFiles, generated_file
from .scripts import minified
from .settings import QingdanConfig, is_alone, settings_of
from .static import missing_links, sitemap

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

__all__ = ["QingdanPlugin"]

_LOG = logging.getLogger("mkdocs.plugins.qingdan")


class QingdanPlugin(BasePlugin[QingdanConfig]):  # type: ignore[no-untyped-call]
    """Feeds the pages of a county's lists to MkDocs."""

    given: Contents | None = None
    """What ``qingdan build`` has read; where nobody else wants to see pages, it writes them."""
    contents: Contents
    material: Sequence[str] = ()
    """The folders of the theme that stand between our own and MkDocs's."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Keep MkDocs from listing Material's 14,000 files, which took as long as 100 pages.

        No page of ours loads one; its templates are there for a county's own (``on_env``).
        """
        self.material = config.theme.dirs[1:-1]
        config.theme.dirs[1:-1] = []
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read and check the lists.

        Raises:
            PluginError: when the check finds an error; the message lists all of them.
        """
        try:
            self.contents = self.given or _read(settings_of(config))
        except ListsError as error:
            raise PluginError(str(error)) from None

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages; give hand-written ones the same kind of address."""
        contents = self.contents
        for file in list(files):
            if file.is_documentation_page():
                _into_folder(file)
        contents.settle(self._frame(files, config))
        if self._only_frames(config):
            return LinkableFiles(files, contents.sources(), contents.site, config)
        for source in contents.sources():
            files.append(generated_file(source, contents.site, config))
        for _, provide in contents.files():
            for each in provide():
                files.append(_made(each, config))
        return files

    def _frame(self, files: Files, config: MkDocsConfig) -> Frame:
        site = self.contents.site
        written = (_place_of(file, site) for file in files if file.is_documentation_page())
        theme = config.theme.custom_dir
        return Frame(
            written=frozenset(written),
            early=taken(files, "assets/early.js").strip(),
            worker=minified(taken(files, "assets/sw.js")),
            assets=site_assets(files, site, config),
            needs_mkdocs=needs_mkdocs(Path(theme) if theme else None),
        )

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Escape in the theme's templates as in components: MkDocs itself does not."""
        assert isinstance(env.loader, FileSystemLoader)
        env.loader.searchpath[1:1] = self.material
        env.autoescape = True
        env.auto_reload = False  # MkDocs makes a new environment for each build
        env.bytecode_cache = pages.compiled_templates(f"MkDocs {mkdocs_version}")
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the theme what surrounds the page."""
        shell, site = self.contents.shell, self.contents.site
        if isinstance(page, GeneratedPage):  # MkDocs's navigation knows hand-written pages only
            _set(context, ui=shell.of(page.source), nav=Navigation([], []))
        else:
            _set(context, ui=shell.of_written(*_place_of(page.file, site)))
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give static templates (404, sitemap) the site."""
        site = self.contents.site
        _set(
            context,
            site=site,
            missing_links=missing_links(site),
            sitemap=sitemap(site, self.contents.addresses),
            ui=self.contents.shell.of_written(site.languages[0].tag, ""),
        )
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add what phones keep, made from the finished pages."""
        if not self._only_frames(config):
            folder = Path(config.site_dir)
            for file in self.contents.last(folder, lambda path: file_hash(folder / path)):
                (folder / file.path).write_bytes(file.make())

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the lists, so that a saved file changes the page."""
        server.watch(str(settings_of(config).lists))
        return server

    def _only_frames(self, config: MkDocsConfig) -> bool:
        """Whether ``qingdan build`` writes what is made from the lists."""
        return self.given is not None and is_alone(config)


def _read(settings: Settings) -> Contents:
    """The contents of a site as its lists are now.

    Raises:
        ListsError: when the check finds an error.
    """
    checked, county = checked_lists(settings)
    contents = Contents(settings, county, checked.languages)
    site = contents.site
    if site.prints.outdated:
        _LOG.info(site.languages[0].say("posters.outdated", count=site.prints.outdated))
    return contents


def _set(context: TemplateContext, **values: object) -> None:
    """Add what MkDocs's own type of a context does not know."""
    cast("dict[str, object]", context).update(values)


def _made(file: SiteFile, config: MkDocsConfig) -> File:
    if file.source is None:
        return File.generated(config, file.path, content=file.make())
    return File.generated(config, file.path, abs_src_path=str(file.source))


def _into_folder(file: File) -> None:
    """``about.md`` becomes ``about/index.html`` whatever the mode, like generated pages."""
    uri = PurePosixPath(file.src_uri)
    if uri.stem != "index":
        file.dest_uri = str(uri.with_suffix("") / "index.html")


def _place_of(file: File, site: Site) -> tuple[str, str]:
    """The language and path of a hand-written page, from where it lies."""
    parts = PurePosixPath(file.dest_uri).parent.parts
    for language in site.languages[1:]:
        if parts[:1] == (language.tag,):
            return language.tag, "/".join(parts[1:])
    return site.languages[0].tag, "/".join(parts)
