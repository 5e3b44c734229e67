"""What a villager needs must be there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from generator.ledger import departments_in, is_coming
from generator.model import (
    CHINESE,
    CooperativeItem,
    Item,
    ItemList,
    TakenBackItem,
    Township,
    TownshipItem,
    VillageItem,
)

from .checking import STANDINGS, Checking
from .rule import Breach, error, of_each, warning
from .walk import places_of

FEWEST_PHRASES = 3
"""Fewer ways of saying an item, and villagers will not find it."""


def _role(item: Item, about: Checking) -> str:
    return about.county.item_lists[item.list].role


def _led_by_village(item: VillageItem, about: Checking) -> bool:
    department = about.county.departments.get(item.department)
    return department is not None and department.level == "village"


@of_each(VillageItem, error("replacement-missing", "item_lists.role"))
def replacement_missing(item: VillageItem, about: Checking) -> Iterator[Breach]:
    """What the village does not do needs a replacement: refusing is no answer."""
    is_missing = item.replacement is None or not item.replacement.modes
    if is_missing and _role(item, about) == "does-not":
        yield item.origin.at("list"), {"name": item.name.zh}


@of_each(VillageItem, error("replacement-without-body", "item_lists.role"))
def replacement_without_body(item: VillageItem, about: Checking) -> Iterator[Breach]:
    """A replacement names who issues, checks or accepts."""
    is_missing = item.replacement is not None and not item.replacement.by
    if is_missing and _role(item, about) == "does-not":
        yield item.origin.at("replacement", "by"), {"name": item.name.zh}


@of_each(VillageItem, warning("replacement-by-village", "item_lists.role", "departments.level"))
def replacement_by_village(item: VillageItem, about: Checking) -> Iterator[Breach]:
    """What the village does not do cannot be replaced by the village."""
    if _role(item, about) == "does-not" and _led_by_village(item, about):
        yield item.origin.at("department"), {"name": item.name.zh}


@of_each(VillageItem, error("lead-department-missing", "item_lists.role", "departments.level"))
def lead_department_missing(item: VillageItem, about: Checking) -> Iterator[Breach]:
    """What the village only assists with needs a lead department other than the village."""
    if _role(item, about) == "assists" and _led_by_village(item, about):
        yield item.origin.at("department"), {"name": item.name.zh}


@of_each(TownshipItem, error("township-lead-missing"))
def township_lead_missing(item: TownshipItem, about: Checking) -> Iterator[Breach]:
    """Cooperative and taken-back duties name the departments that lead or took over."""
    if isinstance(item, CooperativeItem) and not item.leads:
        yield item.origin.at("leads"), {"name": item.name.zh}
    elif isinstance(item, TakenBackItem) and not item.taken_by:
        yield item.origin.at("taken_by"), {"name": item.name.zh}


@of_each(VillageItem, warning("replacement-on-wrong-list", "item_lists.role"))
def replacement_on_wrong_list(item: VillageItem, about: Checking) -> Iterator[Breach]:
    """Only items the village does not do have a replacement."""
    if item.replacement is not None and _role(item, about) != "does-not":
        yield item.origin.at("replacement"), {"name": item.name.zh}


@of_each(Item, warning("said-as-few"))
def said_as_few(item: Item, about: Checking) -> Iterator[Breach]:
    """An item needs at least three of villagers' own ways of saying it."""
    count = len(item.said_as.get(CHINESE, ()))
    if count < FEWEST_PHRASES:
        yield item.origin.at("said_as"), {"count": count, "fewest": FEWEST_PHRASES}


@of_each(Item, error("ground-missing"))
def ground_missing(item: Item, about: Checking) -> Iterator[Breach]:
    """An item rests on a basis, or says where it comes from."""
    if not item.basis and item.source is None:
        yield item.origin, {"name": item.name.zh}


@of_each(Township, error("township-without-villages"))
def township_without_villages(township: Township, about: Checking) -> Iterator[Breach]:
    """Every township has villages."""
    if not township.villages:
        yield township.origin, {"name": township.name.zh}


def _counts(about: Checking) -> tuple[Counter[str], Counter[str]]:
    """Items on each list today, and once everything that is coming counts."""
    now = about.counts(about.today)
    if any(is_coming(each, about.today) for each in about.county.decisions.values()):
        return now, about.counts(date.max)
    return now, now


@error("count-differs", *STANDINGS)
def count_differs(about: Checking) -> Iterator[Breach]:
    """A list has as many items as the county declares, today or after what is coming."""
    counts = _counts(about)
    for item_list in about.county.item_lists.values():
        declared = item_list.count
        if declared is not None and declared not in [each[item_list.id] for each in counts]:
            values = {"declared": declared, "found": counts[0][item_list.id]}
            yield item_list.origin.at("count"), values


@error("list-without-items", *STANDINGS)
def list_without_items(about: Checking) -> Iterator[Breach]:
    """A list that is published has items."""
    counts = _counts(about)
    for item_list in about.county.item_lists.values():
        if not any(each[item_list.id] for each in counts):
            yield item_list.origin.at("id"), {"id": item_list.id}


@of_each(ItemList, warning("custodian-missing"))
def custodian_missing(item_list: ItemList, about: Checking) -> Iterator[Breach]:
    """Each list names the office that answers for it."""
    if item_list.custodian is None:
        yield item_list.origin, {"id": item_list.id}


_DEPARTMENTS = ("items.department", "items.replacement", "items.leads", "items.taken_by")
"""What ``Item.departments`` reads."""


@warning("department-unused", "departments.id", "decisions", *_DEPARTMENTS)
def department_unused(about: Checking) -> Iterator[Breach]:
    """A department that no item and no decision names may be a leftover."""
    county = about.county
    used = {key for item in county.items.values() for key in item.departments}
    used.update(*(departments_in(each, county) for each in county.decisions.values()))
    for department in county.departments.values():
        if department.id not in used:
            yield department.origin.at("id"), {"id": department.id}


@warning("topic-unused", "fields.id", "life_events.id", "items.field", "items.life_events")
def topic_unused(about: Checking) -> Iterator[Breach]:
    """A field or life event that no item is filed under may be a leftover."""
    county = about.county
    fields = {item.field for item in county.items.values()}
    events = {event for item in county.items.values() for event in item.life_events}
    for field in county.fields.values():
        if field.id not in fields:
            yield field.origin.at("id"), {"id": field.id}
    for event in county.life_events.values():
        if event.id not in events:
            yield event.origin.at("id"), {"id": event.id}


@of_each(Township, error("official-phone-missing", "profile.official"))
def official_phone_missing(township: Township, about: Checking) -> Iterator[Breach]:
    """In an official county every place has a telephone."""
    if about.county.profile.official:
        for place in places_of(township):
            if not place.service_centre.phones:
                yield place.origin, {"name": place.name.zh}


@of_each(Item, error("official-certainty", "profile.official"))
def official_certainty(item: Item, about: Checking) -> Iterator[Breach]:
    """An official county publishes only items from its own published list."""
    if about.county.profile.official and item.certainty != "official":
        yield item.origin.at("certainty"), {"certainty": item.certainty}


RULES = (
    replacement_missing,
    replacement_without_body,
    replacement_by_village,
    lead_department_missing,
    township_lead_missing,
    replacement_on_wrong_list,
    said_as_few,
    ground_missing,
    township_without_villages,
    count_differs,
    list_without_items,
    custodian_missing,
    department_unused,
    topic_unused,
    official_phone_missing,
    official_certainty,
)
