"""The shapes of published documents: their JSON Schemas lie beside the data."""

from __future__ import annotations

from typing import Literal

from generator.model import (
    Department,
    Document,
    Field,
    Item,
    ItemList,
    LifeEvent,
    Part,
    PlaceCode,
    Plate,
    Profile,
    Role,
    ServiceCentre,
    Slug,
    Text,
    Township,
)


class Head(Part):
    """What every document says of itself."""

    schema: str
    """The kind of document and its version."""
    edition: str
    """The edition of the lists."""
    official: bool
    """False: demonstration data, not published by the county."""
    languages: tuple[str, ...]
    """Languages of the texts; the first one is always there."""
    site: str | None = None
    """The site's address, when it has one; ``page`` is relative to it."""


class CountyDocument(Head):
    """Everything the lists hold: ``data/county.json``."""

    schema: Literal["qingdan/county/v1"]
    county: Profile
    item_lists: tuple[ItemList, ...]
    departments: tuple[Department, ...]
    fields: tuple[Field, ...]
    life_events: tuple[LifeEvent, ...]
    documents: tuple[Document, ...]
    plates: tuple[Plate, ...] = ()
    places: tuple[Township, ...]
    """Townships with their villages."""
    items: tuple[Item, ...]


class ListDocument(Head):
    """One list with its items: ``data/lists/<id>.json``."""

    schema: Literal["qingdan/list/v1"]
    list: ItemList
    items: tuple[Item, ...]


class PlaceItem(Part):
    """An item as it holds in one place."""

    id: Slug
    name: Text
    answer: Text
    departments: tuple[Slug, ...] = ()
    """Who really provides it."""
    instead: Text | None = None
    """For what the village does not do: what to do instead."""
    page: str
    """Its page, below the site's address."""


class PlaceList(Part):
    """A list as it holds in one place."""

    id: Slug
    role: Role
    name: Text
    verdict: Text
    items: tuple[PlaceItem, ...] = ()


class PlaceDocument(Head):
    """A township or village with its lists: ``data/places/….json``."""

    schema: Literal["qingdan/place/v1"]
    code: PlaceCode
    name: Text
    kind: str
    township: Text | None = None
    """For a village: the township it belongs to."""
    service_centre: ServiceCentre = ServiceCentre()
    page: str
    lists: tuple[PlaceList, ...]


class IndexEntry(Part):
    """One file of open data."""

    path: str
    """Below the site's address."""
    about: str
    """The county, a list's id or a place's code."""


class IndexDocument(Head):
    """Every file of open data: ``data/index.json``."""

    schema: Literal["qingdan/index/v1"]
    files: tuple[IndexEntry, ...]


DOCUMENTS: dict[str, type[Head]] = {
    "county": CountyDocument,
    "list": ListDocument,
    "place": PlaceDocument,
    "index": IndexDocument,
}
"""By kind; ``datafiles.VERSIONS`` has the same keys."""
