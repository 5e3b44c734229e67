"""Which pages there are: groups of those that are found together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from generator.model import Item, Township

from . import changes, data, items, places, registers, slips, special
from .site import Site
from .source import PageSource

Group = tuple[str, Callable[[], list[PageSource]]]
"""A name, and what finds the pages.

The name says all that the pages are about: the record, by register and key. Which pages
they are follows from what finding them reads of the county.
"""

_OF_COUNTY: Mapping[str, Callable[[Site, str], Iterable[PageSource]]] = {
    "county": special.pages,
    "places": lambda site, lang: (places.overview(site, lang),),
    "registers": registers.overviews,
    "changes": lambda site, lang: (changes.overview(site, lang),),
    "slips": slips.former,
    "data": data.pages,
}
"""Pages that are about the whole county."""

_OF_RECORDS: Mapping[str, Callable[[Site, str, Any], PageSource]] = {
    "unlisted": items.of_unlisted,
    "item_lists": registers.of_list,
    "departments": registers.of_department,
    "fields": registers.of_field,
    "life_events": registers.of_life_event,
    "decisions": changes.of_decision,
}
"""By register, the page about each of its records."""


def groups(site: Site) -> Iterator[Group]:
    """All pages, in every language."""
    for name, find in _OF_COUNTY.items():
        yield name, partial(_in_languages, site, find)
    for code, township in site.county.townships.items():
        yield from _of_places(site, code, township)
    for key, item in site.county.items.items():
        yield f"items/{key}", partial(_in_languages, site, _of_item, item)
    for register, page in _OF_RECORDS.items():
        for key, record in getattr(site.county, register).items():
            yield f"{register}/{key}", partial(_in_languages, site, _only, page, record)


def sources(site: Site) -> Iterator[PageSource]:
    """Every generated page in every language."""
    for _, find in groups(site):
        yield from find()


def _in_languages(
    site: Site, find: Callable[..., Iterable[PageSource]], *about: object
) -> list[PageSource]:
    return [page for each in site.languages for page in find(site, each.tag, *about)]


def _of_places(site: Site, code: str, township: Township) -> Iterator[Group]:
    yield f"townships/{code}", partial(_in_languages, site, _of_township, township)
    for village in township.villages:
        find = partial(_in_languages, site, _only, places.of_village, township, village)
        yield f"townships/{code}/villages/{village.code}", find


def _of_township(site: Site, lang: str, township: Township) -> Iterator[PageSource]:
    yield places.of_township(site, lang, township)
    yield changes.of_township(site, lang, township)


def _of_item(site: Site, lang: str, item: Item) -> Iterator[PageSource]:
    yield items.of_item(site, lang, item)
    if slips.has_slip(site, item):
        yield slips.of_item(site, lang, item)


def _only(
    site: Site, lang: str, page: Callable[..., PageSource], *about: object
) -> Iterator[PageSource]:
    yield page(site, lang, *about)
