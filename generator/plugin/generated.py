"""Pages that are made from the lists, as MkDocs knows pages and files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from generator.pages import PageSource, Site, source_uri
from generator.parts import Insert


class GeneratedPage(Page):
    """A page whose content is made each time it is asked for."""

    def __init__(self, source: PageSource, file: File, config: MkDocsConfig) -> None:
        self._source = source
        self._is_unseen = False
        super().__init__(None, file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the front matter; the Markdown itself is never needed."""
        self.meta = self._source.meta
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the rendering to ``content``.

        MkDocs then takes the content to show it to plugins; when none looks at it, it
        need not be made.
        """
        self._is_unseen = not config.plugins.events["page_content"]

    @property
    def source(self) -> PageSource:
        """What the page is made from."""
        return self._source

    @property
    def content(self) -> str | None:
        """The body as HTML, made anew at every call."""
        if self._is_unseen:
            self._is_unseen = False
            return ""
        return self._body()

    @content.setter
    def content(self, value: str | None) -> None:
        """Ignore what MkDocs resets; the content is derived."""

    def _body(self) -> str:
        return self._source.html()


class PageInParts(GeneratedPage):
    """A page whose content has a stand-in for each insert."""

    inserts: tuple[Insert, ...] = ()
    """Known once the content was asked for."""

    @classmethod
    def of(cls, source: PageSource, site: Site, config: MkDocsConfig) -> PageInParts:
        """The page of a source."""
        return cls(source, _file(source, site, config), config)

    def _body(self) -> str:
        text, self.inserts = self.source.parts()
        return text


def generated_file(source: PageSource, site: Site, config: MkDocsConfig) -> File:
    """A file that MkDocs makes a page of, with its page."""
    file = _file(source, site, config)
    GeneratedPage(source, file, config)
    return file


def _file(source: PageSource, site: Site, config: MkDocsConfig) -> File:
    uri = source_uri(source.path, site.prefix(source.lang))
    return File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)


class LinkableFiles(Files):
    """The files of a build in which MkDocs writes no generated page.

    Hand-written pages may lead to generated ones; those are found when asked for.
    """

    def __init__(
        self, files: Iterable[File], sources: Iterable[PageSource], site: Site, config: MkDocsConfig
    ) -> None:
        super().__init__(list(files))
        self._site = site
        self._config = config
        self._sources = {
            source_uri(source.path, site.prefix(source.lang)): source for source in sources
        }

    def get_file_from_path(self, path: str) -> File | None:
        """The file at ``path``, written by MkDocs or not."""
        found = super().get_file_from_path(path)
        source = self._sources.get(PurePath(path).as_posix())
        if found is None and source is not None:
            return generated_file(source, self._site, self._config)
        return found
