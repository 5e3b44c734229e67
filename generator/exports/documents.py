"""The county, a list and a place as JSON, and the shapes of these documents.

The classes here are the published shapes: their JSON Schemas lie beside the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import ConfigDict, Field

from generator.datafiles import (
    COUNTY_FILES,
    LIST_FORMS,
    PLACE_FORMS,
    list_path,
    place_path,
    schema_name,
)
from generator.edition import Edition
from generator.model import (
    BasicItem,
    CooperativeItem,
    Department,
    Document,
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
    TakenBackItem,
    Text,
    Township,
    TownshipItem,
    VillageItem,
)
from generator.model import Field as Area
from generator.views import PlaceView

from .plain import items_run, plain

AnyItem = VillageItem | BasicItem | CooperativeItem | TakenBackItem


class Head(Part):
    """What every document says of itself."""

    # Dates and texts are written as the lists have them.
    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: str = Field(alias="schema")
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

    schema_: Literal["qingdan/county/v1"] = Field(alias="schema")
    county: Profile
    item_lists: tuple[ItemList, ...]
    departments: tuple[Department, ...]
    fields: tuple[Area, ...]
    life_events: tuple[LifeEvent, ...]
    documents: tuple[Document, ...]
    plates: tuple[Plate, ...] = ()
    places: tuple[Township, ...]
    """Townships with their villages."""
    items: tuple[AnyItem, ...]


class ListDocument(Head):
    """One list with its items: ``data/lists/<id>.json``."""

    schema_: Literal["qingdan/list/v1"] = Field(alias="schema")
    list: ItemList
    items: tuple[AnyItem, ...]


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

    schema_: Literal["qingdan/place/v1"] = Field(alias="schema")
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

    schema_: Literal["qingdan/index/v1"] = Field(alias="schema")
    files: tuple[IndexEntry, ...]


DOCUMENTS: dict[str, type[Head]] = {
    "county": CountyDocument,
    "list": ListDocument,
    "place": PlaceDocument,
    "index": IndexDocument,
}


def head(edition: Edition, kind: str) -> dict[str, Any]:
    """The first keys of a document."""
    profile = edition.county.profile
    found = {
        "schema": schema_name(kind),
        "edition": profile.edition,
        "official": profile.official,
        "languages": [each.tag for each in edition.languages],
    }
    return found | ({"site": edition.site_url} if edition.site_url else {})


def county_document(edition: Edition) -> dict[str, Any]:
    """``CountyDocument`` as data, its items as a run."""
    county = edition.county
    registers = ("item_lists", "departments", "fields", "life_events", "documents", "plates")
    return {
        **head(edition, "county"),
        "county": plain(county.profile),
        **{name: [plain(each) for each in getattr(county, name).values()] for name in registers},
        "places": [plain(each) for each in county.townships.values()],
        "items": items_run(edition, plain),
    }


def list_document(edition: Edition, key: str) -> dict[str, Any]:
    """``ListDocument`` as data, its items as a run."""
    return {
        **head(edition, "list"),
        "list": plain(edition.county.item_lists[key]),
        "items": items_run(edition, plain, key),
    }


def place_document(edition: Edition, view: PlaceView) -> dict[str, Any]:
    """``PlaceDocument`` as data."""
    place = view.place
    found = {
        **head(edition, "place"),
        "code": place.code,
        "name": plain(place.name),
        "kind": place.kind,
        "township": plain(view.township.name) if view.village else None,
        "service_centre": plain(place.service_centre),
        "page": f"{view.path}/",
        "lists": [_place_list(group.item_list, group.items) for group in view.groups],
    }
    return {key: value for key, value in found.items() if value is not None}


def index_document(edition: Edition, views: Sequence[PlaceView]) -> dict[str, Any]:
    """``IndexDocument`` as data."""
    county = edition.county
    files = [{"path": each.path, "about": county.profile.code} for each in COUNTY_FILES]
    for key in county.item_lists:
        files += [{"path": list_path(key, form), "about": key} for form in LIST_FORMS]
    for view in views:
        for form in PLACE_FORMS:
            files.append({"path": place_path(view.path, form), "about": view.place.code})
    return {**head(edition, "index"), "files": files}


def answer_of(item: Item) -> Text:
    """The plain sentence that every item of a village or township has."""
    assert isinstance(item, VillageItem | TownshipItem)
    return item.answer


def providers(item: Item, role: str) -> tuple[str, ...]:
    """The departments that really provide an item; none for what any township does itself."""
    if isinstance(item, VillageItem):
        others = item.replacement.by if role == "does-not" and item.replacement else ()
        return tuple(dict.fromkeys((item.department, *others)))
    if isinstance(item, CooperativeItem):
        return item.leads
    return item.taken_by if isinstance(item, TakenBackItem) else ()


def _place_list(item_list: ItemList, items: Sequence[Item]) -> dict[str, Any]:
    return {
        "id": item_list.id,
        "role": item_list.role,
        "name": plain(item_list.name),
        "verdict": plain(item_list.verdict),
        "items": [_place_item(item, item_list.role) for item in items],
    }


def _place_item(item: Item, role: str) -> dict[str, Any]:
    found = {
        "id": item.id,
        "name": plain(item.name),
        "answer": plain(answer_of(item)),
        "departments": list(providers(item, role)),
        "page": f"items/{item.id}/",
    }
    replacement = item.replacement if isinstance(item, VillageItem) else None
    if replacement and role == "does-not":
        found["instead"] = plain(replacement.how)
    return found
