"""Whether a finished site may be put before people. One function for each thing that must hold.

A site that fails is never published; the last one stays.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct, field

from generator.model import County

from .facts import PageFacts, css_loads, page_facts
from .files import file_content
from .folder import SiteFolder
from .manifest import Manifest

MOST_BYTES = 500_000_000
"""Half of what GitHub Pages takes (1 GB)."""
MOST_FILES = 100_000
MISSING_PAGE = "404.html"
"""Served at any address, so its links start at the site's root."""

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HARMLESS = ("tel:", "mailto:", "sms:", "data:", "http:", "https:")
_FINGERPRINT = re.compile(r"\.[0-9a-f]{8}\.[a-z0-9]+$")
"""A name that changes with the content: nobody keeps it as an address."""


class Problem(Struct, frozen=True):
    """Why a site must not be published; its words stand under ``rule`` in ``build.*.yml``."""

    rule: str
    values: Mapping[str, object]


class Seen(Struct):
    """What is known of a site from looking at its pages."""

    used: set[str] = field(default_factory=set)
    """Files that pages refer to, or once referred to."""
    uneven: set[str] = field(default_factory=set)
    """Pages that are not even (``PageFacts.is_even``), or once were not."""


class Built(Struct, dict=True):
    """A finished site on disk, before it is published.

    ``sizes`` gives the bytes of every file below ``root``. Files in ``changed`` are
    looked at; every other one stood in a site that was verified already. So did what is
    not among the ``news`` of a changed page; of a page that has none all is looked at.
    """

    root: Path
    sizes: Mapping[str, int]
    changed: Collection[str]
    news: Mapping[str, PageFacts] = field(default_factory=dict)
    site_url: str | None = None
    seen: Seen = field(default_factory=Seen)

    def __post_init__(self) -> None:
        self._find_from = lru_cache(maxsize=4096)(self._find)

    @classmethod
    def of(
        cls, site: SiteFolder, sizes: Mapping[str, int], site_url: str | None, seen: Seen
    ) -> Built:
        """The site in a folder, of which ``seen`` was known before.

        Only what changed is to be looked at, unless pages that are the same may now miss
        something that they refer to.
        """
        sizes = {path: sizes[path] for path in site.files}
        if site.lost_anchors or not site.gone.isdisjoint(seen.used):
            return cls(site.root, sizes, frozenset(site.files), {}, site_url, seen)
        return cls(site.root, sizes, frozenset(site.written), site.news, site_url, seen)

    def content(self, path: str) -> bytes:
        """What the file ``path`` holds."""
        return file_content(f"{self.root}/{path}")

    def facts(self, page: str) -> PageFacts:
        """What is to be looked at in a page."""
        if page in self.news:
            return self.news[page]
        facts = page_facts(self.content(page))
        if not facts.is_even:
            self.seen.uneven.add(page)
        return facts

    def find(self, page: str, address: str) -> tuple[str | None, str]:
        """The file that ``address`` leads to from ``page``, and the anchor in it.

        None when it leads to nothing in the site.
        """
        if address[:1] in ("", "#", "?"):
            return page, unquote(address.partition("#")[2])
        folder = "" if page == MISSING_PAGE else page.rpartition("/")[0]
        while folder and address.startswith("../"):
            folder, address = folder.rpartition("/")[0], address[3:]
        return self._find_from(folder, address)

    def _find(self, folder: str, address: str) -> tuple[str | None, str]:
        """As ``find``, from a folder; most pages lead up to the same few files."""
        path, _, anchor = address.partition("#")
        place = _place(folder, path.partition("?")[0])
        for found in (place, f"{place}/index.html" if place else "index.html"):
            if found in self.sizes:
                self.seen.used.add(found)
                return found, unquote(anchor)
        return None, anchor

    def inside(self, address: str) -> str | None:
        """The address below the site's root, if it is an absolute one of this site.

        One that only begins with the same letters is another's.
        """
        root = (self.site_url or "").rstrip("/")
        rest = address.removeprefix(root)
        if not root or not address.startswith(root) or rest[:1] not in ("", "/", "?", "#"):
            return None
        below = rest.lstrip("/")
        return below if below[:1] not in ("", "?", "#") else f"./{below}"


def _place(folder: str, path: str) -> str:
    """What a relative address means in a folder; ``""`` is the site's root."""
    if "%" in path or path.startswith(("/", ".")) or "/." in path or "//" in path:
        place = posixpath.normpath(posixpath.join(folder, unquote(path)))
        return "" if place == "." else place
    return (f"{folder}/{path}" if folder else path).rstrip("/")


class Editions(Struct, frozen=True):
    """The lists as published now and before."""

    county: County
    last: Manifest | None


def verify(built: Built, editions: Editions) -> list[Problem]:
    """Everything that is wrong with a site; nothing, when it may be published."""
    return [
        *_pages(built),
        *_styles(built),
        *_budgets(built),
        *_kept_addresses(built, editions),
        *_kept_items(built, editions),
    ]


def _pages(built: Built) -> Iterator[Problem]:
    """Pages are whole, their links live; they load what is there, and nothing from elsewhere."""
    anchors: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for page in sorted(path for path in built.changed if path.endswith(".html")):
        facts = built.facts(page)
        if not facts.is_whole:
            yield Problem("page-incomplete", {"page": page})
        for name in facts.repeated:
            yield Problem("id-repeated", {"page": page, "id": name})
        yield from _loads(built, page, facts.loads)
        for link in facts.links:
            found, anchor = _target(built, page, link)
            if found is None:
                yield Problem("link-dead", {"page": page, "link": link})
            elif anchor and found.endswith(".html") and not (found == page and anchor in facts.ids):
                anchors[found].add((anchor, page, link))
    yield from _anchors(built, anchors)


def _anchors(
    built: Built, wanted: Mapping[str, Collection[tuple[str, str, str]]]
) -> Iterator[Problem]:
    """Anchors that links lead to are there; ``wanted`` is by the page led to."""
    for target in sorted(wanted):
        ids = page_facts(built.content(target)).ids
        for anchor, page, link in sorted(wanted[target]):
            if anchor not in ids:
                yield Problem("link-dead", {"page": page, "link": link})


def _target(built: Built, page: str, link: str) -> tuple[str | None, str]:
    """Where a link leads, and to which anchor; the page itself, if out of the site."""
    if link.startswith("../"):  # as nearly all
        return built.find(page, link)
    own = built.inside(link)
    if own is not None:
        return built.find(MISSING_PAGE, own)
    if _SCHEME.match(link) or link.startswith("//"):
        return (page if link.startswith(_HARMLESS) else None), ""
    if page == MISSING_PAGE and link.startswith("/"):
        return page, ""
    return built.find(page, link)


def _styles(built: Built) -> Iterator[Problem]:
    """Style sheets load what is there, and nothing from elsewhere."""
    for style in sorted(path for path in built.changed if path.endswith(".css")):
        text = built.content(style).decode("utf-8", errors="replace")
        yield from _loads(built, style, css_loads(text))


def _loads(built: Built, page: str, addresses: Iterable[str]) -> Iterator[Problem]:
    """What a browser loads by itself is there, in this site."""
    for address in addresses:
        if rule := _broken_by_loading(built, page, address):
            yield Problem(rule, {"page": page, "link": address})


def _broken_by_loading(built: Built, page: str, address: str) -> str | None:
    if address.startswith("data:"):
        return None
    own = built.inside(address)
    if own is None and (_SCHEME.match(address) or address.startswith("/")):
        return "loads-elsewhere"
    found, _ = built.find(page, address) if own is None else built.find(MISSING_PAGE, own)
    return None if found else "file-missing"


def _budgets(built: Built) -> Iterator[Problem]:
    """The site is not bigger than its hosts take."""
    size = sum(built.sizes.values())
    if size > MOST_BYTES:
        yield Problem("too-big", {"size": size // 1_000_000, "most": MOST_BYTES // 1_000_000})
    if len(built.sizes) > MOST_FILES:
        yield Problem("too-many-files", {"count": len(built.sizes), "most": MOST_FILES})


def _kept_addresses(built: Built, editions: Editions) -> Iterator[Problem]:
    """Every address of the last edition is still there, if only to lead on."""
    for path in editions.last.files if editions.last else ():
        if path not in built.sizes and not _FINGERPRINT.search(path):
            yield Problem("address-gone", {"page": path})


def _kept_items(built: Built, editions: Editions) -> Iterator[Problem]:
    """No list loses an item that no decision names."""
    named = {
        item
        for decision in editions.county.decisions.values()
        for change in decision.changes
        for item in change.items
        if change.change in _TAKES_AWAY
    }
    now = items_by_list(editions.county)
    for item_list, items in (editions.last.items if editions.last else {}).items():
        for item in sorted({*items} - {*now.get(item_list, ())} - named):
            yield Problem("item-gone", {"item": item, "list": item_list})


_TAKES_AWAY = {"moved", "removed", "cancelled", "devolved", "taken-back", "renamed"}


def items_by_list(county: County) -> dict[str, list[str]]:
    """The items on each list, in the county's order."""
    found: dict[str, list[str]] = {key: [] for key in county.item_lists}
    for item in county.items.values():
        found[item.list].append(item.id)
    return found
