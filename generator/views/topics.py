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


def related_items(county: County) -> dict[str, tuple[Item, ...]]:
    """What the reader of an item may need too: items that it names, or that name it.

    By item; those without any are not there.
    """
    naming = {key: item.related for key, item in county.items.items() if item.related}
    named = {key: dict.fromkeys(others) for key, others in naming.items()}
    for key, others in naming.items():
        for other in others:
            if other in county.items:
                named.setdefault(other, {})[key] = None
    return {key: _found(list(others), county) for key, others in named.items()}


def _found(keys: list[str], county: County) -> tuple[Item, ...]:
    return tuple(county.items[key] for key in keys if key in county.items)[:_MOST_RELATED]
