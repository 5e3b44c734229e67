"""Why an item stands on no list, and what came in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from generator.model import County, Item

from .history import Entry

UnlistedState = Literal["left", "coming", "suspended", "split", "merged"]


class Unlisted(Struct, frozen=True):
    """An item that has left the lists, or is still to enter one: its page remains."""

    item: Item
    state: UnlistedState
    entry: Entry | None
    """The change that says so; None where no decision names the item."""
    became: tuple[Item, ...]
    """What it was split or merged into."""


def unlisted(county: County, histories: Mapping[str, tuple[Entry, ...]]) -> dict[str, Unlisted]:
    """Every item on no list, by id, with the last that happened to it."""
    return {
        key: _unlisted(item, histories.get(key, ()), county)
        for key, item in county.unlisted.items()
    }


def _unlisted(item: Item, entries: tuple[Entry, ...], county: County) -> Unlisted:
    past = [each for each in entries if each.status == "in-force"]
    coming = [each for each in entries if each.status == "coming"]
    entry = next(iter((*past[-1:], *coming[:1])), None)
    state = _state(item, entry)
    into = entry.change.into if entry and state in ("split", "merged") else ()
    became = (county.item(each) for each in into)
    return Unlisted(item, state, entry, tuple(each for each in became if each))


def _state(item: Item, entry: Entry | None) -> UnlistedState:
    if entry is None:
        return "left"
    if entry.status == "coming":
        return "coming"
    kind = entry.change.change
    if item.id in entry.change.items and kind in ("suspended", "split", "merged"):
        return kind
    return "left"
