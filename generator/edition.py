"""One edition of a county's lists: its facts on a day, its languages and its addresses.

Every renderer (pages, search, posters, exports) starts from an ``Edition``; none
needs another renderer.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from .language import Language
from .ledger import Ledger, replay
from .links import Links
from .model import County, Document, Item, ItemList
from .paper import Prints
from .parts import BASES, Extracts, Part, joined
from .views import (
    Entry,
    Mirror,
    PlaceView,
    Scopes,
    Unlisted,
    histories,
    items_by_field,
    items_by_life_event,
    mirrors,
    related_items,
    unlisted,
)
from .watch import Shared, Watching, derived, view
from .zipped import packed

T = TypeVar("T")


class SiteFile(Struct, frozen=True):
    """A file of the site that is not a page: search data, a feed, a table, a poster."""

    path: str
    """Below the site's root, e.g. ``data/items.json``."""
    make: Callable[[], bytes]
    """Its content, made when asked for."""
    source: Path | None = None
    """The file it is a copy of, so that large ones are copied and not read."""
    parts: Callable[[], Iterable[Part]] | None = None
    """What ``make`` joins, where the file is made of pieces."""
    is_archive: bool = False
    """Whether ``parts`` are those of an archive in the plain (``zipped``)."""
    is_named: bool = False
    """Whether its path tells what it holds: one that is there need not be made again."""

    def in_parts(self) -> Iterable[Part]:
        """Its content in parts, whether it is made of pieces or not."""
        return self.parts() if self.parts else (self.make(),)

    @classmethod
    def of_parts(cls, path: str, parts: Callable[[], Iterable[Part]]) -> SiteFile:
        """A file that is made of pieces and what stands between them."""
        return cls(path, lambda: joined(parts()), parts=parts)

    @classmethod
    def archive(cls, path: str, parts: Callable[[], Iterable[Part]]) -> SiteFile:
        """An archive that is made of ``parts`` and then packed."""
        return cls(path, lambda: packed(joined(parts())), parts=parts, is_archive=True)


class Edition(Struct, Watching, frozen=True, eq=False):
    """A county's lists, ready to be published.

    Views are computed once, on first use, and say what they have read (``watch``).
    ``directory_urls`` is False for a site that is opened from files; ``site_url`` is its
    absolute address, if it has one.
    """

    county: County
    languages: tuple[Language, ...]
    today: datetime.date
    directory_urls: bool = True
    site_url: str | None = None
    as_of: datetime.date | None = None
    """The day whose lists these are, when it is not the day of the edition itself."""
    shared: Shared = field(default_factory=Shared)
    prints: Prints = field(default_factory=Prints)
    """The sheets that have been printed from these lists."""

    def prefix(self, lang: str) -> str:
        """The folder of a language below the site's root; the first one has none."""
        return "" if lang == self.languages[0].tag else lang

    def file_path(self, lang: str, path: str) -> str:
        """Where a file that belongs to a language lies, below the site's root."""
        prefix = self.prefix(lang)
        return f"{prefix}/{path}" if prefix else path

    def language(self, lang: str) -> Language:
        """The language with the tag ``lang``."""
        return next(each for each in self.languages if each.tag == lang)

    def address(self, lang: str, path: str) -> str | None:
        """The absolute address of a page, when the site has one."""
        if not self.site_url:
            return None
        links = Links(0, "", self.directory_urls)
        relative = links.other_language(self.prefix(lang), path)
        return f"{self.site_url.rstrip('/')}/{relative.removeprefix('./')}"

    def file_address(self, lang: str, path: str) -> str | None:
        """The absolute address of a file that belongs to a language, when the site has one."""
        if not self.site_url:
            return None
        return f"{self.site_url.rstrip('/')}/{self.file_path(lang, path)}"

    def list_of(self, item: Item) -> ItemList:
        """The list that an item stands on."""
        return self.county.item_lists[item.list]

    def keys_of(self, item_list: str) -> tuple[str, ...]:
        """The ids of the items on a list, or of all for ``""``, in the county's order."""
        return self.on_lists[item_list] if item_list else tuple(self.county.items)

    @view
    def on_lists(self) -> dict[str, tuple[str, ...]]:
        """The ids of the items on each list, in the county's order."""
        found: dict[str, list[str]] = {key: [] for key in self.county.item_lists}
        for key, item in self.county.items.items():
            found[item.list].append(key)
        return {key: tuple(items) for key, items in found.items()}

    def common_lists(self, name: str, view: PlaceView, make: Callable[[], bytes]) -> Part:
        """What ``make`` makes of the lists of a place, as the part of a file (``for_lists``)."""
        if view.place.code in view.named:
            return make()
        return self.shared.common(name, (view.level, view.named), make)

    def for_lists(self, name: str, view: PlaceView, make: Callable[[], T]) -> T:
        """What ``make`` makes of the lists of a place: once for all places that read the same.

        ``make`` must not look at anything else of the place.
        """
        if view.place.code in view.named:  # nobody shares its lists
            return make()
        return self.shared.once(name, (view.level, view.named), make)

    @view
    def scopes(self) -> Scopes:
        return Scopes(self.county, self.shared)

    @view
    def mirrors(self) -> dict[str, Mirror]:
        return mirrors(self.county)

    @derived
    def histories(self) -> dict[str, tuple[Entry, ...]]:
        return histories(self.county, self.today)

    @view
    def unlisted(self) -> dict[str, Unlisted]:
        return unlisted(self.county, self.histories)

    @view
    def ledger(self) -> Ledger:
        return replay(self.county)

    @view
    def by_field(self) -> dict[str, tuple[Item, ...]]:
        return items_by_field(self.county)

    @view
    def by_life_event(self) -> dict[str, tuple[Item, ...]]:
        return items_by_life_event(self.county)

    @derived
    def related(self) -> dict[str, tuple[Item, ...]]:
        return related_items(self.county)

    @view
    def by_document(self) -> dict[str, tuple[str, ...]]:
        """The ids of the items that rest on each document."""
        items = self.county.items

        def make(key: str) -> list[str]:
            return [each.document for each in items[key].basis]

        found: dict[str, dict[str, None]] = {key: {} for key in self.county.documents}
        rested_on = self.shared.extracts(Extracts(BASES, "documents", tuple(items), make))
        for key, documents in zip(items, rested_on, strict=True):
            for document in documents:
                found.setdefault(document, {})[key] = None
        return {key: tuple(keys) for key, keys in found.items()}

    def documents_in_use(self) -> Iterator[tuple[Document, tuple[str, ...]]]:
        """Every document with the ids of the items that rest on it, in the register's order."""
        for key, document in self.county.documents.items():
            yield document, self.by_document[key]
