"""The MkDocs adapter: generated pages in memory, and nothing else.

Plain ``mkdocs build``, ``serve`` and ``gh-deploy`` work. The lists are read and
checked before MkDocs cleans ``site/``, so broken lists leave the last site whole.
Pages are MkDocs pages whose HTML is made when the theme asks for it and dropped
once it is written; only the page being written is ever held in memory.
"""

from __future__ import annotations

import dataclasses
import datetime
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar, cast

from jinja2 import Environment, FileSystemLoader, Template
from mkdocs import __version__ as mkdocs_version
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from mkdocs.utils.yaml import yaml_load

from generator import exports, feeds, offline, pages, posters, search
from generator.check import Checked, check_folder
from generator.edition import Edition, SiteFile
from generator.pages import PageSource, Shell, Site
from generator.paper import Prints
from generator.publishing.files import file_hash
from generator.reading import Remembered
from generator.rules import Kept
from generator.watch import Shared, recording, watched

from .assets import named_assets, taken
from .frame import Frame
from .generated import GeneratedPage, LinkableFiles, generated_file
from .scripts import minified
from .static import missing_links, sitemap

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

__all__ = ["QingdanPlugin"]

_PROVIDERS: tuple[Callable[[Site], Iterable[SiteFile]], ...] = (
    search.files,
    posters.files,
    exports.files,
    pages.redirects,
    feeds.files,
)
"""Renderers of everything that is not a page; each looks at the edition and nothing else."""


T = TypeVar("T")
Provider = tuple[str, Callable[[], Sequence[T]]]
"""Finds pages or files that belong together, and the name of the shared result that is."""

_TEMPLATE = "main.html"
_LOG = logging.getLogger("mkdocs.plugins.qingdan")


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


class QingdanPlugin(BasePlugin[QingdanConfig]):  # type: ignore[no-untyped-call]
    """Feeds the pages of a county's lists to MkDocs."""

    framing = False
    """Whether MkDocs writes only what is not generated; ``direct`` writes the rest."""
    site: Site
    shell: Shell
    frame: Frame | None = None
    material: Sequence[str] = ()
    """The folders of the theme that stand between our own and MkDocs's."""
    template: Template
    """Of a page."""

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
        if not self.framing:
            self.read(config)

    def read(
        self,
        config: MkDocsConfig,
        remembered: Remembered | None = None,
        device: int | None = None,
        kept: Kept | None = None,
    ) -> Checked:
        """Read and check the lists; for what they are given see ``check_folder``.

        Raises:
            PluginError: when the check finds an error; the message lists all of them.
        """
        as_of = self.config.as_of
        folder = self.lists_folder(config)
        checked = check_folder(folder, self.today(), as_of, remembered, device, kept)
        if checked.county is None or checked.has_errors:
            raise PluginError(checked.report("zh"))
        county = watched(checked.county) if self.framing else checked.county
        edition = Site(
            county=county,
            languages=checked.languages,
            today=as_of or self.today(),
            as_of=as_of,
            directory_urls=config.use_directory_urls,
            site_url=config.site_url or None,
        )
        self.site = dataclasses.replace(edition, prints=self._prints(edition, config))
        self.frame = None
        return checked

    def _prints(self, edition: Edition, config: MkDocsConfig) -> Prints:
        """The finished sheets that fit the lists; `mkdocs serve` has an address of its own."""
        root = Path(config.config_file_path or ".").parent
        own = self.lists_folder(config) / "posters"
        printed = dataclasses.replace(edition, site_url=_printed_address(config))
        prints = posters.catalogue(printed, root / self.config.posters, own)
        if prints.outdated:
            _LOG.info(edition.languages[0].say("posters.outdated", count=prints.outdated))
        return prints

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages; give hand-written ones the same kind of address."""
        for file in list(files):
            if file.is_documentation_page():
                _into_folder(file)
        written = frozenset(
            _place_of(file, self.site) for file in files if file.is_documentation_page()
        )
        early = taken(files, "assets/early.js").strip()
        worker = minified(taken(files, "assets/sw.js"))
        self.settle(Frame(written, self._assets(files, config), early, worker))
        if self.framing:
            return LinkableFiles(files, self.sources(), self.site, config)
        for source in self.sources():
            files.append(generated_file(source, self.site, config))
        for _, provide in self.providers():
            for each in provide():
                files.append(_made(each, config))
        return files

    def settle(self, frame: Frame) -> None:
        """Set up what is made from the lists, inside the frame."""
        if frame == self.frame:
            return
        shared = Shared() if self.frame else self.site.shared
        self.frame = frame
        self.site = dataclasses.replace(self.site, written=frame.written, shared=shared)
        self.shell = Shell(self.site, frame.assets, frame.early)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Escape in the theme's templates as in components: MkDocs itself does not."""
        assert isinstance(env.loader, FileSystemLoader)
        env.loader.searchpath[1:1] = self.material
        env.autoescape = True
        env.auto_reload = False  # MkDocs makes a new environment for each build
        env.bytecode_cache = pages.compiled_templates(f"MkDocs {mkdocs_version}")
        self.template = env.get_template(_TEMPLATE)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the theme what surrounds the page."""
        if isinstance(page, GeneratedPage):  # MkDocs's navigation knows hand-written pages only
            _set(context, ui=self.shell.of(page.source), nav=Navigation([], []))
        else:
            _set(context, ui=self.shell.of_written(*_place_of(page.file, self.site)))
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give static templates (404, sitemap) the site."""
        _set(
            context,
            site=self.site,
            missing_links=missing_links(self.site),
            sitemap=sitemap(self.site, self.addresses),
        )
        _set(context, ui=self.shell.of_written(self.site.languages[0].tag, ""))
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add what phones keep, made from the finished pages."""
        if not self.framing:
            folder = Path(config.site_dir)
            for file in self.last(folder, lambda path: file_hash(folder / path)):
                (folder / file.path).write_bytes(file.make())

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the lists, so that a saved file changes the page."""
        server.watch(str(self.lists_folder(config)))
        return server

    @property
    def addresses(self) -> frozenset[tuple[str, str]]:
        """The (language, path) of every page."""
        assert self.frame
        return self.frame.written | {(source.lang, source.path) for source in self.sources()}

    def sources(self) -> list[PageSource]:
        """Every page that is made from the lists; what they read is their own business."""
        with recording():
            return [source for _, find in self.pages() for source in find()]

    def pages(self) -> Iterator[Provider[PageSource]]:
        """The groups of pages that are made from the lists."""
        for name, find in pages.groups(self.site):
            yield _shared(self.site, f"pages:{name}", find)

    def providers(self) -> Iterator[Provider[SiteFile]]:
        """The groups of files that are no pages."""
        for provide in _PROVIDERS:
            yield _shared(self.site, group_of(provide), partial(provide, self.site))

    def last(self, folder: Path, hash_of: offline.Hashing) -> Iterator[SiteFile]:
        """What is made from the finished site; one opened from files has no service worker."""
        if self.site.directory_urls:
            assert self.frame
            yield from offline.files(folder, hash_of, self.frame.worker, self.site)

    def _assets(self, files: Files, config: MkDocsConfig) -> dict[str, str]:
        """Where the files lie that every page names.

        Search data keeps its name when it changes: with another name in each page, one
        changed item would change every page of the site. Its address says for which
        engine it is, so that none is given the data of another from a phone's store.
        """
        for each in pages.files(self.site):
            files.append(File.generated(config, each.path, content=each.make()))
        named = {f"words.{each.tag}": pages.words_path(each.tag) for each in self.site.languages}
        assets = named_assets(files, named, config)
        engine = PurePosixPath(assets["search_script"]).suffixes[0]
        data = {
            f"{name}.{each.tag}": f"{search.data_path(part, each.tag)}?{engine[1:]}"
            for name, part in (("search_data", "first"), ("search_more", "more"))
            for each in self.site.languages
        }
        return {**assets, **data}

    def lists_folder(self, config: MkDocsConfig) -> Path:
        """Where the lists lie."""
        return Path(config.config_file_path or ".").parent / self.config.lists

    def today(self) -> datetime.date:
        """The day the site speaks of."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if self.config.today:
            return self.config.today
        if epoch:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
        return datetime.datetime.now(datetime.UTC).astimezone().date()


def group_of(provide: Callable[[Site], Iterable[SiteFile]]) -> str:
    """The name of the group that a renderer's files are."""
    return f"files:{provide.__module__}.{provide.__name__}"


def _shared(site: Site, name: str, find: Callable[[], Iterable[T]]) -> Provider[T]:
    """What is found once, and noted as what it read (``watch.Shared``)."""
    return name, lambda: site.shared.once(name, (), lambda: list(find()))


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
