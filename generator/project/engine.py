"""``qingdan build``'s way: MkDocs makes the frame, all else is made file by file.

The bytes are those of ``mkdocs build`` (``tests/test_mkdocs.py`` compares), at a cost
that does not include MkDocs's care for each page; and what has not changed can be left
out, MkDocs with it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Protocol

from generator import posters
from generator.edition import SiteFile
from generator.offline import Hashing
from generator.pages import STAND_IN, PageSource, Site, as_bytes, source_uri
from generator.parts import Part
from generator.publishing import Group, Work, below
from generator.reading import Remembered
from generator.rules import Kept
from generator.untouched import Settled
from generator.watch import watched

from .contents import Contents, checked_lists, group_of
from .frame import Frame
from .settings import Settings
from .template import PageMaker, page_maker

_SHEETS = group_of(posters.files)
"""Finished sheets lie outside the lists."""


class FrameError(Exception):
    """The frame cannot be made; the message says why."""


class Framer(Protocol):
    """MkDocs, with the settings that it has read."""

    def frame(self, contents: Contents, folder: Path) -> None:
        """Write what is not made from the lists, and settle the contents in it.

        Beside other plugins it writes everything.

        Raises:
            FrameError: when that cannot be done.
        """

    def page_maker(self, contents: Contents) -> PageMaker:
        """Renders pages in a theme that asks for what only MkDocs knows."""


class SiteEngine:
    """Makes the files of a site for ``publishing``.

    Where other plugins or hooks are configured they may want to see every page, so
    MkDocs makes all of the site, and nothing can be kept.
    """

    def __init__(
        self,
        settings: Settings,
        framer: Callable[[], Framer],
        utc_day: datetime.date,
        remembered: Remembered | None = None,
        settled: Settled | None = None,
        kept: Kept | None = None,
    ) -> None:
        """Read and check the lists; for ``remembered`` to ``kept`` see ``check_folder``.

        ``framer`` is asked for when it is needed; ``utc_day`` is the day that MkDocs
        writes into what it makes.

        Raises:
            ListsError: when the check finds an error.
        """
        self._settings = settings
        self._framer = framer
        self._utc_day = utc_day
        checked, self.county = checked_lists(settings, remembered, settled, kept)
        county = watched(self.county) if settings.is_alone else self.county
        self._contents = Contents(settings, county, checked.languages)
        self.reading = checked.reading
        self.lists, self.kept = checked.reading.released(), checked.kept

    @property
    def edition(self) -> Site:
        """The lists, watched."""
        return self._contents.site

    def frame(self, folder: Path) -> dict[str, Any]:
        """Let MkDocs write hand-written pages, the theme's files, 404 and sitemap.

        Raises:
            FrameError: when it cannot.
        """
        self._framer().frame(self._contents, folder)
        assert self._contents.frame
        return self._contents.frame.to_data()

    def framed(self, known: dict[str, Any]) -> None:
        """Go on as if ``frame`` had been called, which then gave ``known``."""
        self._contents.settle(Frame.from_data(known))

    def frame_identity(self, paths: Collection[str]) -> str | None:
        """A hash of what the frame is made from beside the lists: the pages that there are."""
        if not self._settings.is_alone or self._settings.reads_beside:
            return None
        pages = sorted(path for path in paths if path.endswith(".html"))
        made_from = "\n".join((self._utc_day.isoformat(), *pages))
        return hashlib.sha256(made_from.encode()).hexdigest()

    def groups(self) -> Iterator[Group]:
        """Every generated page, then every file that is not a page."""
        if not self._settings.is_alone:
            return
        for name, find in self._contents.pages():
            yield Group(name, partial(self._pages, name, find))
        for file_name, provide in self._contents.files():
            is_open = file_name == _SHEETS
            yield Group(file_name, partial(_files, provide), is_open=is_open)

    def last(self, folder: Path, hash_of: Hashing) -> Iterator[SiteFile]:
        """What is made from the finished pages."""
        if self._settings.is_alone:
            yield from self._contents.last(folder, hash_of)

    def _pages(self, name: str, find: Callable[[], Iterable[PageSource]]) -> Iterator[Work]:
        for source in find():
            uri = source_uri(source.path, self.edition.prefix(source.lang))
            yield Work(f"{uri.removesuffix('.md')}.html", source, partial(self._page, source))
        self.edition.shared.forget(name)  # from here on, the works alone know the pages

    def _page(self, source: PageSource) -> Iterator[Part]:
        """The page as MkDocs would write it."""
        text, inserts = self._page_maker(source)
        first, *others = as_bytes(text).split(STAND_IN.encode())
        yield first
        for insert, other in zip(inserts, others, strict=True):
            yield insert
            yield other

    @cached_property
    def _page_maker(self) -> PageMaker:
        theme, frame = self._settings.theme, self._contents.frame
        if theme is None or frame is None or frame.needs_mkdocs:
            return self._framer().page_maker(self._contents)
        return page_maker(theme, self._contents)

    def fonts(self) -> dict[str, str]:
        """The hash of every font file that sheets of the site are set in, by its name."""
        return posters.used_fonts(self.edition, self._settings.lists / "posters")

    def list_files(self) -> dict[str, str]:
        """The hash of every list file, by its path in the project."""
        return below(self._settings.config, self._settings.lists, self.reading.hashes)


def _files(provide: Callable[[], Iterable[SiteFile]]) -> Iterator[Work]:
    for file in provide():
        yield Work(file.path, file, file.in_parts, file.is_archive)
