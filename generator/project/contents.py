"""The pages and files that are made from the lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import structs

from generator import exports, feeds, offline, pages, posters, search
from generator.check import Checked, check_folder
from generator.edition import SiteFile
from generator.language import Language
from generator.model import CHINESE, County
from generator.pages import PageSource, Shell, Site
from generator.reading import Remembered
from generator.rules import Kept
from generator.untouched import Settled
from generator.watch import Shared, recording

from .frame import Frame
from .settings import Settings

_PROVIDERS: tuple[Callable[[Site], Iterable[SiteFile]], ...] = (
    search.files,
    posters.files,
    exports.files,
    pages.redirects,
    feeds.files,
)
"""Renderers of everything that is not a page; each looks at the edition and nothing else."""

T = TypeVar("T")
Group = tuple[str, Callable[[], Sequence[T]]]
"""Finds pages or files that belong together, and the name of the shared result that is."""


class ListsError(Exception):
    """The lists have mistakes; the message names each with file and line, in Chinese."""

    def __init__(self, checked: Checked) -> None:
        super().__init__(checked.report(CHINESE))
        self.checked = checked


def checked_lists(
    settings: Settings,
    remembered: Remembered | None = None,
    settled: Settled | None = None,
    kept: Kept | None = None,
) -> tuple[Checked, County]:
    """The lists of a project; for what is given beside it see ``check_folder``.

    Raises:
        ListsError: when the check finds an error.
    """
    days = settings.today, settings.as_of
    checked = check_folder(settings.lists, *days, remembered, settled, kept)
    if checked.county is None or checked.has_errors:
        raise ListsError(checked)
    return checked, checked.county


class Contents:
    """Everything that is made from the lists of a project; ``settle`` comes first."""

    def __init__(
        self,
        settings: Settings,
        county: County,
        languages: tuple[Language, ...],
    ) -> None:
        """The contents of the site of ``county``, watched or not."""
        edition = Site(
            county=county,
            languages=languages,
            today=settings.as_of or settings.today,
            as_of=settings.as_of,
            directory_urls=settings.directory_urls,
            site_url=settings.site_url,
        )
        printed = structs.replace(edition, site_url=settings.printed_url)
        prints = posters.catalogue(printed, settings.posters, settings.lists / "posters")
        self.site = structs.replace(edition, prints=prints)
        self.frame: Frame | None = None

    def settle(self, frame: Frame) -> None:
        """Set up what is made from the lists, inside the frame."""
        if frame == self.frame:
            return
        shared = Shared() if self.frame else self.site.shared
        self.frame = frame
        self.site = structs.replace(self.site, written=frame.written, shared=shared)
        self.shell = Shell(self.site, frame.assets, frame.early)

    @property
    def addresses(self) -> frozenset[tuple[str, str]]:
        """The (language, path) of every page."""
        assert self.frame
        return self.frame.written | {(source.lang, source.path) for source in self.sources()}

    def sources(self) -> list[PageSource]:
        """Every page; what they read is their own business."""
        with recording():
            return [source for _, find in self.pages() for source in find()]

    def pages(self) -> Iterator[Group[PageSource]]:
        """The groups of pages."""
        for name, find in pages.groups(self.site):
            yield self._group(f"pages:{name}", find)

    def files(self) -> Iterator[Group[SiteFile]]:
        """The groups of files that are no pages."""
        for provide in _PROVIDERS:
            yield self._group(group_of(provide), partial(provide, self.site))

    def last(self, folder: Path, hash_of: offline.Hashing) -> Iterator[SiteFile]:
        """What is made from the finished site; one opened from files has no service worker."""
        if self.site.directory_urls:
            assert self.frame
            yield from offline.files(folder, hash_of, self.frame.worker, self.site)

    def _group(self, name: str, find: Callable[[], Iterable[T]]) -> Group[T]:
        """What is found once, and noted as what it read (``watch.Shared``)."""
        return name, lambda: self.site.shared.once(name, (), lambda: list(find()))


def group_of(provide: Callable[[Site], Iterable[SiteFile]]) -> str:
    """The name of the group that a renderer's files are."""
    return f"files:{provide.__module__}.{provide.__name__}"
