"""The decision that a clerk has to write, as a file name and its first lines."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from generator.model import Item

Remedy = Mapping[str, object]
"""``file``, and ``snippet``: YAML that starts on a line of its own."""


def admission(item: Item, today: datetime.date, places: Iterable[str] = ()) -> Remedy:
    """For an item that came: an admission."""
    change = [f"  - change: added\n    items: [{item.id}]\n    to_list: {item.list}"]
    return _decision("admission", "admitted", item.id, item.level, today, places, change)


def publication(items: Sequence[Item], today: datetime.date) -> Remedy:
    """For a whole list: its publication."""
    first = items[0]
    lines = [f"      - {item.id}" for item in items]
    change = ["  - change: added", "    items:", *lines, f"    to_list: {first.list}"]
    return _decision("publication", "published", first.list, first.level, today, (), change)


def adjustment(
    item: Item, today: datetime.date, before: str, after: str, places: Iterable[str]
) -> Remedy:
    """For an item that stands elsewhere: an adjustment."""
    change = (
        f"  - change: moved\n    items: [{item.id}]\n    from_list: {before}\n    to_list: {after}"
    )
    return _decision("adjustment", "moved", item.id, item.level, today, places, [change])


def removal(item: str, today: datetime.date, places: Iterable[str] = ()) -> Remedy:
    """For an item that is gone: an adjustment that takes it off."""
    change = [f"  - change: removed\n    items: [{item}]"]
    return _decision("adjustment", "removed", item, None, today, places, change)


def _decision(
    kind: str,
    done: str,
    item: str,
    level: str | None,
    today: datetime.date,
    places: Iterable[str],
    changes: Iterable[str],
) -> Remedy:
    codes = [f'  - "{code}"' for code in places]
    lines = [
        f"kind: {kind}",
        f'date: "{today.isoformat()}"',
        *([f"level: {level}"] if level else []),
        *(["places:", *codes] if codes else []),
        "changes:",
        *changes,
    ]
    text = "\n".join(lines)
    snippet = "".join(f"\n    {line}" for line in text.split("\n"))
    return {"file": f"decisions/{today.isoformat()}-{item}-{done}.yml", "snippet": snippet}
