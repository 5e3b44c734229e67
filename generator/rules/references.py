"""What a record names must exist."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Collection, Iterator

from generator.model import (
    CooperativeItem,
    County,
    Decision,
    Item,
    Origin,
    TakenBackItem,
    VillageItem,
)

from .rule import Breach, error
from .walk import bases, place_codes


def missing(key: str, known: Collection[str], origin: Origin) -> Iterator[Breach]:
    """A breach when ``key`` is not among ``known``; it names the nearest right one."""
    if key not in known:
        nearest = difflib.get_close_matches(key, known, n=1)
        yield origin, {"id": key, "nearest": nearest[0] if nearest else ""}


def _departments(item: Item) -> Iterator[tuple[Origin, str]]:
    origin = item.origin
    if isinstance(item, VillageItem):
        yield origin.at("department"), item.department
        for number, key in enumerate(item.replacement.by if item.replacement else ()):
            yield origin.at("replacement", "by", number), key
    elif isinstance(item, CooperativeItem):
        yield from ((origin.at("leads", n), key) for n, key in enumerate(item.leads))
    elif isinstance(item, TakenBackItem):
        yield from ((origin.at("taken_by", n), key) for n, key in enumerate(item.taken_by))
    for number, variant in enumerate(item.variants):
        if variant.department:
            yield origin.at("variants", number, "department"), variant.department


def _departments_of_decision(decision: Decision) -> Iterator[tuple[Origin, str]]:
    for name in ("applicant", "lead"):
        if key := getattr(decision, name):
            yield decision.origin.at(name), key
    for number, stage in enumerate(decision.stages):
        if stage.department:
            yield decision.origin.at("stages", number, "department"), stage.department


@error("department-unknown")
def department_unknown(county: County, today: datetime.date) -> Iterator[Breach]:
    """A department that an item or decision names must stand in departments.yml."""
    for item in county.items.values():
        for origin, key in _departments(item):
            yield from missing(key, county.departments, origin)
    for decision in county.decisions.values():
        for origin, key in _departments_of_decision(decision):
            yield from missing(key, county.departments, origin)


@error("field-unknown")
def field_unknown(county: County, today: datetime.date) -> Iterator[Breach]:
    """An item's field must stand in fields.yml."""
    for item in county.items.values():
        yield from missing(item.field, county.fields, item.origin.at("field"))


@error("life-event-unknown")
def life_event_unknown(county: County, today: datetime.date) -> Iterator[Breach]:
    """An item's life events must stand in life-events.yml."""
    for item in county.items.values():
        for number, key in enumerate(item.life_events):
            yield from missing(key, county.life_events, item.origin.at("life_events", number))


@error("document-unknown")
def document_unknown(county: County, today: datetime.date) -> Iterator[Breach]:
    """A document that is cited must stand in documents.yml."""
    for _, origin, basis in bases(county):
        yield from missing(basis.document, county.documents, origin.at("document"))
    for item in county.items.values():
        practice = getattr(item, "practice", None)
        for number, key in enumerate(practice.documents if practice else ()):
            yield from missing(
                key, county.documents, item.origin.at("practice", "documents", number)
            )
    for decision in county.decisions.values():
        for number, key in enumerate(decision.documents):
            yield from missing(key, county.documents, decision.origin.at("documents", number))
        for number, basis in enumerate(decision.basis):
            origin = decision.origin.at("basis", number, "document")
            yield from missing(basis.document, county.documents, origin)
    for document in county.documents.values():
        if document.replaced_by:
            origin = document.origin.at("replaced_by")
            yield from missing(document.replaced_by, county.documents, origin)


@error("item-unknown")
def item_unknown(county: County, today: datetime.date) -> Iterator[Breach]:
    """An item that another item names must have a file."""
    for item in county.items.values():
        for number, key in enumerate(item.related):
            yield from missing(key, county.items, item.origin.at("related", number))
        for number, exception in enumerate(getattr(item, "exceptions", ())):
            if exception.item:
                origin = item.origin.at("exceptions", number, "item")
                yield from missing(exception.item, county.items, origin)


@error("list-unknown")
def list_unknown(county: County, today: datetime.date) -> Iterator[Breach]:
    """A list that a variant or a decision names must stand in item-lists.yml."""
    for item in county.items.values():
        known = [each.id for each in county.lists_of(item.level)]
        for number, variant in enumerate(item.variants):
            if variant.list:
                yield from missing(variant.list, known, item.origin.at("variants", number, "list"))
    for decision in county.decisions.values():
        for number, change in enumerate(decision.changes):
            for name in ("from_list", "to_list"):
                key = getattr(change, name)
                if key:
                    origin = decision.origin.at("changes", number, name)
                    yield from missing(key, county.item_lists, origin)


@error("place-unknown")
def place_unknown(county: County, today: datetime.date) -> Iterator[Breach]:
    """A place code in a scope, a variant or a decision must be a place of this county."""
    known = place_codes(county)
    for item in county.items.values():
        for number, code in enumerate(item.places):
            yield from missing(code, known, item.origin.at("places", number))
        for number, variant in enumerate(item.variants):
            for position, code in enumerate(variant.places):
                origin = item.origin.at("variants", number, "places", position)
                yield from missing(code, known, origin)
    for decision in county.decisions.values():
        for number, code in enumerate(decision.places):
            yield from missing(code, known, decision.origin.at("places", number))
        for number, change in enumerate(decision.changes):
            for position, code in enumerate(change.places):
                origin = decision.origin.at("changes", number, "places", position)
                yield from missing(code, known, origin)


RULES = (
    department_unknown,
    field_unknown,
    life_event_unknown,
    document_unknown,
    item_unknown,
    list_unknown,
    place_unknown,
)
