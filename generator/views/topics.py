"""Items by what they are about."""

from __future__ import annotations

from collections import defaultdict

from generator.model import County, Item

_MOST_RELATED = 6


def items_by_field(county: County) -> dict[str, tuple[Item, ...]]:
    """The items of each field, by its id, in the county's order."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in county.items.values():
        found[item.field].append(item)
    return {key: tuple(found[key]) for key in county.fields}


def items_by_life_event(county: County) -> dict[str, tuple[Item, ...]]:
    """The items of each life event, by its id, in the county's order."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in county.items.values():
        for event in item.life_events:
            found[event].append(item)
    return {key: tuple(found[key]) for key in county.life_events}


def related_items(item: Item, county: County) -> tuple[Item, ...]:
    """Items that a reader of ``item`` may need: those it names, and those that name it."""
    named = dict.fromkeys(item.related)
    named.update(
        dict.fromkeys(other.id for other in county.items.values() if item.id in other.related)
    )
    return tuple(county.items[key] for key in list(named)[:_MOST_RELATED] if key in county.items)
