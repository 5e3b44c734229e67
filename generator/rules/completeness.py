"""What a villager needs must be there."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from generator.ledger import county_on, departments_in, is_coming
from generator.model import CHINESE, CooperativeItem, County, TakenBackItem, VillageItem

from .rule import Breach, error, warning
from .walk import places

FEWEST_PHRASES = 3
"""Fewer ways of saying an item, and villagers will not find it."""


def _village_items(county: County, role: str) -> Iterator[VillageItem]:
    for item in county.items.values():
        if isinstance(item, VillageItem) and county.item_lists[item.list].role == role:
            yield item


def _led_by_village(item: VillageItem, county: County) -> bool:
    department = county.departments.get(item.department)
    return department is not None and department.level == "village"


@error("replacement-missing")
def replacement_missing(county: County, today: datetime.date) -> Iterator[Breach]:
    """What the village does not do needs a replacement: refusing is no answer."""
    for item in _village_items(county, "does-not"):
        if item.replacement is None or not item.replacement.modes:
            yield item.origin.at("list"), {"name": item.name.zh}


@error("replacement-without-body")
def replacement_without_body(county: County, today: datetime.date) -> Iterator[Breach]:
    """A replacement names who issues, checks or accepts."""
    for item in _village_items(county, "does-not"):
        if item.replacement is not None and not item.replacement.by:
            yield item.origin.at("replacement", "by"), {"name": item.name.zh}


@warning("replacement-by-village")
def replacement_by_village(county: County, today: datetime.date) -> Iterator[Breach]:
    """What the village does not do cannot be replaced by the village."""
    for item in _village_items(county, "does-not"):
        if _led_by_village(item, county):
            yield item.origin.at("department"), {"name": item.name.zh}


@error("lead-department-missing")
def lead_department_missing(county: County, today: datetime.date) -> Iterator[Breach]:
    """What the village only assists with needs a lead department other than the village."""
    for item in _village_items(county, "assists"):
        if _led_by_village(item, county):
            yield item.origin.at("department"), {"name": item.name.zh}


@error("township-lead-missing")
def township_lead_missing(county: County, today: datetime.date) -> Iterator[Breach]:
    """Cooperative and taken-back duties name the departments that lead or took over."""
    for item in county.items.values():
        if isinstance(item, CooperativeItem) and not item.leads:
            yield item.origin.at("leads"), {"name": item.name.zh}
        elif isinstance(item, TakenBackItem) and not item.taken_by:
            yield item.origin.at("taken_by"), {"name": item.name.zh}


@warning("replacement-on-wrong-list")
def replacement_on_wrong_list(county: County, today: datetime.date) -> Iterator[Breach]:
    """Only items the village does not do have a replacement."""
    for role in ("does", "assists"):
        for item in _village_items(county, role):
            if item.replacement is not None:
                yield item.origin.at("replacement"), {"name": item.name.zh}


@warning("said-as-few")
def said_as_few(county: County, today: datetime.date) -> Iterator[Breach]:
    """An item needs at least three of villagers' own ways of saying it."""
    for item in county.items.values():
        count = len(item.said_as.get(CHINESE, ()))
        if count < FEWEST_PHRASES:
            yield item.origin.at("said_as"), {"count": count, "fewest": FEWEST_PHRASES}


@error("ground-missing")
def ground_missing(county: County, today: datetime.date) -> Iterator[Breach]:
    """An item rests on a basis, or says where it comes from."""
    for item in county.items.values():
        if not item.basis and item.source is None:
            yield item.origin, {"name": item.name.zh}


@error("township-without-villages")
def township_without_villages(county: County, today: datetime.date) -> Iterator[Breach]:
    """Every township has villages."""
    for township in county.townships.values():
        if not township.villages:
            yield township.origin, {"name": township.name.zh}


def _counts(county: County, today: datetime.date) -> tuple[Counter[str], Counter[str]]:
    """Items on each list today, and once everything that is coming counts."""
    now = Counter(item.list for item in county_on(county, today).items.values())
    if not any(is_coming(each, today) for each in county.decisions.values()):
        return now, now
    last = county_on(county, datetime.date.max).items.values()
    return now, Counter(item.list for item in last)


@error("count-differs")
def count_differs(county: County, today: datetime.date) -> Iterator[Breach]:
    """A list has as many items as the county declares, today or after what is coming."""
    counts = _counts(county, today)
    for item_list in county.item_lists.values():
        declared = item_list.count
        if declared is not None and declared not in [each[item_list.id] for each in counts]:
            values = {"declared": declared, "found": counts[0][item_list.id]}
            yield item_list.origin.at("count"), values


@error("list-without-items")
def list_without_items(county: County, today: datetime.date) -> Iterator[Breach]:
    """A list that is published has items."""
    counts = _counts(county, today)
    for item_list in county.item_lists.values():
        if not any(each[item_list.id] for each in counts):
            yield item_list.origin.at("id"), {"id": item_list.id}


@warning("custodian-missing")
def custodian_missing(county: County, today: datetime.date) -> Iterator[Breach]:
    """Each list names the office that answers for it."""
    for item_list in county.item_lists.values():
        if item_list.custodian is None:
            yield item_list.origin, {"id": item_list.id}


@warning("department-unused")
def department_unused(county: County, today: datetime.date) -> Iterator[Breach]:
    """A department that no item and no decision names may be a leftover."""
    used = {key for item in county.items.values() for key in item.departments}
    used.update(*(departments_in(each, county) for each in county.decisions.values()))
    for department in county.departments.values():
        if department.id not in used:
            yield department.origin.at("id"), {"id": department.id}


@warning("topic-unused")
def topic_unused(county: County, today: datetime.date) -> Iterator[Breach]:
    """A field or life event that no item is filed under may be a leftover."""
    fields = {item.field for item in county.items.values()}
    events = {event for item in county.items.values() for event in item.life_events}
    for field in county.fields.values():
        if field.id not in fields:
            yield field.origin.at("id"), {"id": field.id}
    for event in county.life_events.values():
        if event.id not in events:
            yield event.origin.at("id"), {"id": event.id}


@error("official-phone-missing")
def official_phone_missing(county: County, today: datetime.date) -> Iterator[Breach]:
    """In an official county every place has a telephone."""
    if county.profile.official:
        for place in places(county):
            if not place.service_centre.phones:
                yield place.origin, {"name": place.name.zh}


@error("official-certainty")
def official_certainty(county: County, today: datetime.date) -> Iterator[Breach]:
    """An official county publishes only items from its own published list."""
    if county.profile.official:
        for item in county.items.values():
            if item.certainty != "official":
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
