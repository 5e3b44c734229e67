"""The MkDocs adapter: generated pages in memory, and nothing else.

Plain ``mkdocs build``, ``serve`` and ``gh-deploy`` work. The lists are read and
checked before MkDocs cleans ``site/``, so broken lists leave the last site whole.
Pages are MkDocs pages whose HTML is made when the theme asks for it and dropped
once it is written; only the page being written is ever held in memory.
"""

from __future__ import annotations

import datetime
import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any, cast

import rjsmin
from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from mkdocs.utils.yaml import yaml_load

from . import offline, pages, posters, search
from .check import Checked, check_folder
from .edition import Edition, SiteFile
from .links import Links
from .pages import PageSource, Shell, Site, source_uri, sources
from .paper import Prints

_ASSETS = {
    "styles": "assets/qingdan.css",
    "script": "assets/qingdan.js",
    "search_script": "assets/search.js",
    "lunr_script": "assets/lunr.js",
    "offline_script": "assets/offline.js",
    "search_box_script": "assets/search-box.js",
    "answer_script": "assets/answer.js",
    "card": "assets/card.png",
}
_LUNR = "mkdocs/contrib/search/templates/search/lunr.js"
"""Found through MkDocs's distribution: under its spare engine the module is another."""

_PROVIDERS: tuple[Callable[[Edition], Iterable[SiteFile]], ...] = (
    search.files,
    pages.files,
    posters.files,
)
"""Renderers of everything that is not a page; each looks at the edition and nothing else."""

_THEME_FILES_WE_DROP = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""Material's own 400 kB: no page of ours loads them."""


_LOG = logging.getLogger("mkdocs.plugins.qingdan")


class QingdanConfig(Config):  # type: ignore[no-untyped-call]
    """Options in ``mkdocs.yml``."""

    lists = config_options.Type(str, default="lists")
    """The folder of the lists, relative to ``mkdocs.yml``."""
    posters = config_options.Type(str, default="build/posters")
    """The folder of the finished sheets, relative to ``mkdocs.yml``; it may be missing."""
    today = config_options.Optional(config_options.Type(datetime.date))
    """The day the site speaks of; default: the day of SOURCE_DATE_EPOCH, or today."""


class GeneratedPage(Page):
    """A page whose content is made each time it is asked for."""

    def __init__(self, source: PageSource, file: File, config: MkDocsConfig) -> None:
        self._source = source
        super().__init__(None, file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the front matter; the Markdown itself is never needed."""
        self.meta = self._source.meta
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the rendering to ``content``."""

    @property
    def source(self) -> PageSource:
        """What the page is made from."""
        return self._source

    @property
    def content(self) -> str | None:
        """The body as HTML, made anew at every call."""
        return self._source.html()

    @content.setter
    def content(self, value: str | None) -> None:
        """Ignore what MkDocs resets; the content is derived."""


class QingdanPlugin(BasePlugin[QingdanConfig]):  # type: ignore[no-untyped-call]
    """Feeds the pages of a county's lists to MkDocs."""

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read and check the lists.

        Raises:
            PluginError: when the check finds an error; the message lists all of them.
        """
        folder = _lists_folder(self.config, config)
        checked = check_folder(folder, self._today())
        if checked.county is None or checked.has_errors:
            raise PluginError(checked.report("zh"))
        edition = _site(checked, config, self._today())
        self._site = replace(edition, prints=self._prints(edition, config))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages; give hand-written ones the same kind of address."""
        for file in list(files):
            if file.src_uri.startswith(_THEME_FILES_WE_DROP):
                files.remove(file)
            elif file.is_documentation_page():
                _into_folder(file)
        written = frozenset(
            _place_of(file, self._site) for file in files if file.is_documentation_page()
        )
        self._pages = set(written)
        for source in sources(self._site):
            files.append(self._file(source, config))
            self._pages.add((source.lang, source.path))
        for provide in _PROVIDERS:
            for each in provide(self._site):
                files.append(_made(each, config))
        files.append(File.generated(config, _ASSETS["lunr_script"], content=_lunr()))
        early = _taken(files, "assets/early.js").strip()
        self._worker = rjsmin.jsmin(_taken(files, "assets/sw.js"))
        self._shell = Shell(self._site, self._assets(files, config), written, early)
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Escape in the theme's templates as in components: MkDocs itself does not."""
        env.autoescape = True
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the theme what surrounds the page."""
        if isinstance(page, GeneratedPage):
            _set(context, ui=self._shell.of(page.source))
        else:
            _set(context, ui=self._shell.of_written(*_place_of(page.file, self._site)))
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give static templates (404, sitemap) the site."""
        _set(
            context,
            site=self._site,
            missing_links=_missing_links(self._site),
            sitemap=_sitemap(self._site, self._pages),
        )
        _set(context, ui=self._shell.of_written(self._site.languages[0].tag, ""))
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add what phones keep; a site opened from files has no service worker."""
        if self._site.directory_urls:
            offline.write(Path(config.site_dir), self._worker, self._site)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the lists, so that a saved file changes the page."""
        server.watch(str(_lists_folder(self.config, config)))
        return server

    def _prints(self, edition: Edition, config: MkDocsConfig) -> Prints:
        """The finished sheets that fit the lists; `mkdocs serve` has an address of its own."""
        root = Path(config.config_file_path or ".").parent
        own = _lists_folder(self.config, config) / "posters"
        printed = replace(edition, site_url=_printed_address(config))
        prints = posters.catalogue(printed, root / self.config.posters, own)
        if prints.outdated:
            _LOG.info(edition.languages[0].say("posters.outdated", count=prints.outdated))
        return prints

    def _today(self) -> datetime.date:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if self.config.today:
            return self.config.today
        if epoch:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
        return datetime.datetime.now(datetime.UTC).astimezone().date()

    def _assets(self, files: Files, config: MkDocsConfig) -> dict[str, str]:
        """Where the assets lie that pages name; some are there once for each language."""
        uris = dict(_ASSETS)
        for each in self._site.languages:
            uris[f"search_data.{each.tag}"] = search.data_path(each.tag)
            uris[f"words.{each.tag}"] = pages.words_path(each.tag)
        for uri in uris.values():
            if uri.endswith(".js"):
                _minify(files, uri, config)
        return {name: _fingerprinted(files, uri) for name, uri in uris.items()}

    def _file(self, source: PageSource, config: MkDocsConfig) -> File:
        uri = source_uri(source.path, self._site.prefix(source.lang))
        file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        GeneratedPage(source, file, config)
        return file


def _set(context: TemplateContext, **values: object) -> None:
    """Add what MkDocs's own type of a context does not know."""
    cast("dict[str, object]", context).update(values)


def _made(file: SiteFile, config: MkDocsConfig) -> File:
    if file.source is None:
        return File.generated(config, file.path, content=file.make())
    return File.generated(config, file.path, abs_src_path=str(file.source))


def _printed_address(config: MkDocsConfig) -> str | None:
    """``site_url`` as written in ``mkdocs.yml``: what the codes on paper lead to."""
    with Path(config.config_file_path or "mkdocs.yml").open("rb") as stream:
        return yaml_load(stream).get("site_url") or None


def _lists_folder(options: QingdanConfig, config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or ".").parent / options.lists


def _site(checked: Checked, config: MkDocsConfig, today: datetime.date) -> Site:
    assert checked.county is not None
    return Site(
        county=checked.county,
        languages=checked.languages,
        today=today,
        directory_urls=config.use_directory_urls,
        site_url=config.site_url or None,
    )


def _sitemap(site: Site, pages: set[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """For each path, its absolute addresses by language; nothing without a site URL."""
    for path in sorted({path for _, path in pages}) if site.site_url else ():
        yield [
            (each.html_tag, site.address(each.tag, path) or "")
            for each in site.languages
            if (each.tag, path) in pages
        ]


def _missing_links(site: Site) -> dict[str, dict[str, str]]:
    """Where a missing page leads to, in each language, below the site's root."""
    links = Links(0, "", site.directory_urls)
    targets = {"home": "", "search": "search", "places": "places"}
    return {
        each.tag: {
            name: links.other_language(site.prefix(each.tag), path).removeprefix("./")
            for name, path in targets.items()
        }
        for each in site.languages
    }


def _into_folder(file: File) -> None:
    """``about.md`` becomes ``about/index.html`` whatever the mode, like generated pages."""
    uri = PurePosixPath(file.src_uri)
    if uri.stem != "index":
        file.dest_uri = str(uri.with_suffix("") / "index.html")


def _lunr() -> bytes:
    """lunr.js as MkDocs ships it."""
    file = metadata.distribution("mkdocs").locate_file(_LUNR)
    return Path(str(file)).read_bytes()


def _taken(files: Files, uri: str) -> str:
    """The text of a theme file that is part of another file, not one of its own."""
    file = _asset(files, uri)
    files.remove(file)
    return file.content_string


def _minify(files: Files, uri: str, config: MkDocsConfig) -> None:
    """Leave out of a script what only its readers need: phones pay for every byte."""
    file = files.get_file_from_path(uri)
    if file is not None:
        files.remove(file)
        content = cast("str", rjsmin.jsmin(file.content_string))
        files.append(File.generated(config, uri, content=content))


def _asset(files: Files, uri: str) -> File:
    file = files.get_file_from_path(uri)
    if file is None:
        raise PluginError(f"overrides/{uri} is missing")
    return file


def _fingerprinted(files: Files, uri: str) -> str:
    """Rename an asset after its content, so that phones may keep it for ever."""
    file = _asset(files, uri)
    digest = hashlib.sha256(file.content_bytes).hexdigest()[:8]
    path = PurePosixPath(uri)
    file.dest_uri = str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))
    return file.dest_uri


def _place_of(file: File, site: Site) -> tuple[str, str]:
    """The language and path of a hand-written page, from where it lies."""
    parts = PurePosixPath(file.dest_uri).parent.parts
    for language in site.languages[1:]:
        if parts[:1] == (language.tag,):
            return language.tag, "/".join(parts[1:])
    return site.languages[0].tag, "/".join(parts)
