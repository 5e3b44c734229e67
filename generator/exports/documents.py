"""The county, a list and a place as JSON. What these documents may hold: ``shapes``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

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
    CooperativeItem,
    Item,
    ItemList,
    TakenBackItem,
    Text,
    TownshipItem,
    VillageItem,
)
from generator.views import ItemGroup, PlaceView

from .plain import compact, items_run, plain


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
    """``PlaceDocument`` as data, its lists finished: hundreds of villages have the same."""
    place = view.place
    lists = partial(_place_lists, view.groups)
    found = {
        **head(edition, "place"),
        "code": place.code,
        "name": plain(place.name),
        "kind": place.kind,
        "township": plain(view.township.name) if view.village else None,
        "service_centre": plain(place.service_centre),
        "page": f"{view.path}/",
        "lists": edition.common_lists("place_document.lists", view, lists),
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


def _place_lists(groups: Iterable[ItemGroup]) -> bytes:
    return compact([_place_list(group.item_list, group.items) for group in groups])


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
