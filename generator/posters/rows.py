"""Lists as rows of a sheet: one dictionary a list or life event, one a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from generator.edition import Edition
from generator.model import CooperativeItem, Item, TakenBackItem, TownshipItem, VillageItem
from generator.views import ItemGroup

from .voice import Said, Voice

ROLES = {"basic": "does", "cooperative": "assists", "taken-back": "does-not"}
"""A township's roles wear the marks of a village's."""

Data = dict[str, Any]
Row = Callable[[Voice, Item], Data]


def groups_of(voice: Voice, groups: Sequence[ItemGroup], row: Row) -> list[Data]:
    """Each list with its rows."""
    return [
        {
            **_list(voice, group),
            "items": [{"id": item.id, **row(voice, item)} for item in group.items],
        }
        for group in groups
    ]


def _list(voice: Voice, group: ItemGroup) -> Data:
    item_list = group.item_list
    return {
        "role": ROLES.get(item_list.role, item_list.role),
        "name": voice.text(item_list.name),
        "verdict": voice.text(item_list.verdict),
        "summary": voice.text(item_list.summary or item_list.title),
    }


def poster_row(voice: Voice, item: Item) -> Data:
    """Name, and one note: what to bring, or the offices it leads to."""
    offices = _offices(item, voice.edition)
    name = voice.text(item.name)
    short, bracket, rest = _explained(name[0])
    return {
        "name": name,
        "short": short,
        "rest": bracket + rest,
        "note": _where(voice, offices) if offices else _bring(voice, item),
        "arrow": "→ " if offices else "",
    }


def _explained(name: str) -> tuple[str, str, str]:
    """A name and the brackets at its end that explain it; brackets inside are part of it."""
    return name.partition("（") if name.endswith("）") else (name, "", "")


def _where(voice: Voice, offices: Sequence[str]) -> Said:
    """The first office, and whether there are others; the page behind the code names them."""
    first = voice.offices(offices[:1])
    return voice.say("sheet.and_others", office=first) if offices[1:] else first


def _bring(voice: Voice, item: Item) -> Said | None:
    things = [voice.text(each) for each in getattr(item, "bring", ())]
    return voice.say("sheet.bring", things=voice.join(things)) if things else None


def _offices(item: Item, edition: Edition) -> tuple[str, ...]:
    """Where an item leads; nothing for what the place itself does."""
    if isinstance(item, CooperativeItem):
        return item.leads
    if isinstance(item, TakenBackItem):
        return item.taken_by
    if isinstance(item, VillageItem) and edition.list_of(item).role != "does":
        return item.replacement.by if item.replacement else (item.department,)
    return ()


def handout_row(voice: Voice, item: Item) -> Data:
    """Name, answer, every office, and its phones."""
    assert isinstance(item, VillageItem | TownshipItem)
    keys = _offices(item, voice.edition)
    if isinstance(item, VillageItem) and not keys:
        keys = (item.department,)
    departments = [voice.edition.county.departments[key] for key in keys]
    phones = dict.fromkeys(phone.number for each in departments for phone in each.phones)
    return {
        "name": voice.text(item.name),
        "answer": voice.text(item.answer),
        "office": voice.offices(keys) or voice.say("township.itself"),
        "phones": list(phones),
    }


def events_of(voice: Voice, groups: Sequence[ItemGroup], row: Row) -> list[Data]:
    """The items of each life event, what the village does first."""
    county = voice.edition.county
    found = []
    for key, event in county.life_events.items():
        rows = [
            {"id": item.id, "role": group.item_list.role, **row(voice, item)}
            for group in groups
            for item in group.items
            if key in item.life_events
        ]
        if rows:
            summary = voice.maybe(event.summary)
            found.append({"name": voice.text(event.name), "summary": summary, "items": rows})
    verdicts = [_list(voice, group) for group in groups]
    return [each | {"verdicts": verdicts} for each in found]


def county_lists(voice: Voice) -> list[Data]:
    """The village lists with their counts, without rows."""
    county = voice.edition.county
    counts = dict.fromkeys(county.item_lists, 0)
    for item in county.items.values():
        counts[item.list] += 1
    return [
        {**_list(voice, ItemGroup(each, ())), "count": counts[each.id]}
        for each in county.lists_of("village")
    ]
