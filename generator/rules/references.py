"""What a record names must exist."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

from generator.model import (
    CooperativeItem,
    Decision,
    Document,
    Item,
    Origin,
    Record,
    TakenBackItem,
    VillageItem,
)

from .checking import Checking
from .rule import Breach, error, of_each
from .walk import bases


def missing(key: str, known: Collection[str], origin: Origin) -> Iterator[Breach]:
    """A breach when ``key`` is not among ``known``; it names the nearest right one."""
    if key not in known:
        nearest = difflib.get_close_matches(key, known, n=1)
        yield origin, {"id": key, "nearest": nearest[0] if nearest else ""}


Named = Iterator[tuple[Origin, str]]
"""What a record names, with the place where it does."""


def _departments(record: Record) -> Named:
    if isinstance(record, Item):
        yield from _departments_of_item(record)
    elif isinstance(record, Decision):
        yield from _departments_of_decision(record)


def _departments_of_item(item: Item) -> Named:
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


def _departments_of_decision(decision: Decision) -> Named:
    for name in ("applicant", "lead"):
        if key := getattr(decision, name):
            yield decision.origin.at(name), key
    for number, stage in enumerate(decision.stages):
        if stage.department:
            yield decision.origin.at("stages", number, "department"), stage.department


@of_each(Record, error("department-unknown", "departments.id"))
def department_unknown(record: Record, about: Checking) -> Iterator[Breach]:
    """A department that an item or decision names must stand in departments.yml."""
    for origin, key in _departments(record):
        yield from missing(key, about.county.departments, origin)


@of_each(Item, error("field-unknown", "fields.id"))
def field_unknown(item: Item, about: Checking) -> Iterator[Breach]:
    """An item's field must stand in fields.yml."""
    yield from missing(item.field, about.county.fields, item.origin.at("field"))


@of_each(Item, error("life-event-unknown", "life_events.id"))
def life_event_unknown(item: Item, about: Checking) -> Iterator[Breach]:
    """An item's life events must stand in life-events.yml."""
    for number, key in enumerate(item.life_events):
        yield from missing(key, about.county.life_events, item.origin.at("life_events", number))


def _documents(record: Record) -> Named:
    origin = record.origin
    if isinstance(record, Item):
        for where, basis in bases(record):
            yield where.at("document"), basis.document
        practice = getattr(record, "practice", None)
        for number, key in enumerate(practice.documents if practice else ()):
            yield origin.at("practice", "documents", number), key
    elif isinstance(record, Decision):
        for number, key in enumerate(record.documents):
            yield origin.at("documents", number), key
        for number, basis in enumerate(record.basis):
            yield origin.at("basis", number, "document"), basis.document
    elif isinstance(record, Document) and record.replaced_by:
        yield origin.at("replaced_by"), record.replaced_by


@of_each(Record, error("document-unknown", "documents.id"))
def document_unknown(record: Record, about: Checking) -> Iterator[Breach]:
    """A document that is cited must stand in documents.yml."""
    for origin, key in _documents(record):
        yield from missing(key, about.county.documents, origin)


@of_each(Item, error("item-unknown", "items.id"))
def item_unknown(item: Item, about: Checking) -> Iterator[Breach]:
    """An item that another item names must have a file."""
    for number, key in enumerate(item.related):
        yield from missing(key, about.county.items, item.origin.at("related", number))
    for number, exception in enumerate(getattr(item, "exceptions", ())):
        if exception.item:
            origin = item.origin.at("exceptions", number, "item")
            yield from missing(exception.item, about.county.items, origin)


@of_each(Record, error("list-unknown", "item_lists.level"))
def list_unknown(record: Record, about: Checking) -> Iterator[Breach]:
    """A list that a variant or a decision names must stand in item-lists.yml."""
    if isinstance(record, Item) and record.variants:
        known = [each.id for each in about.county.lists_of(record.level)]
        for number, variant in enumerate(record.variants):
            if variant.list:
                origin = record.origin.at("variants", number, "list")
                yield from missing(variant.list, known, origin)
    elif isinstance(record, Decision):
        for number, change in enumerate(record.changes):
            for name in ("from_list", "to_list"):
                key = getattr(change, name)
                if key:
                    origin = record.origin.at("changes", number, name)
                    yield from missing(key, about.county.item_lists, origin)


def _places(record: Record) -> Named:
    if not isinstance(record, Item | Decision):
        return
    origin = record.origin
    for number, code in enumerate(record.places):
        yield origin.at("places", number), code
    part = "variants" if isinstance(record, Item) else "changes"
    for number, each in enumerate(getattr(record, part)):
        for position, code in enumerate(each.places):
            yield origin.at(part, number, "places", position), code


@of_each(Record, error("place-unknown", "townships", "profile.code"))
def place_unknown(record: Record, about: Checking) -> Iterator[Breach]:
    """A place code in a scope, a variant or a decision must be a place of this county."""
    for origin, code in _places(record):
        yield from missing(code, about.place_codes, origin)


RULES = (
    department_unknown,
    field_unknown,
    life_event_unknown,
    document_unknown,
    item_unknown,
    list_unknown,
    place_unknown,
)
