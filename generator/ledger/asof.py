"""A county as it stood, or will stand, on a day.

Lists follow from the decisions. Wording is that of the files, unless a decision
recorded another: nobody wrote down more, so nothing more is claimed.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypedDict

from msgspec.structs import replace

from generator.language import SHIPPED, shipped_strings
from generator.model import ITEM_CLASSES, Change, County, Decision, Item, Text, Variant, fields_of

from .kinds import recorded_words
from .leaves import Leaves, Standing, standing_of
from .replay import Ledger, in_order, replay

_Recorded = tuple[Decision, Change]


class Listing(TypedDict):
    """How the lists of a day differ from the files, as plain data."""

    altered: list[str]
    """Items that stand elsewhere that day, or read otherwise."""
    unlisted: list[str]
    order: list[str] | None
    """All items on a list; None when their order is that of the files."""


def county_on(county: County, day: datetime.date) -> County:
    """The county with its lists as of ``day``.

    Items that stand on no list that day go to ``unlisted``. An item that no decision
    ever named, or that one moved to a list that is none, keeps the place its file gives
    it; the check reports both.
    """
    return listed(county, OnDay(county, day, lambda: replay(county)))


def listed(county: County, on: OnDay) -> County:
    """The county with its lists as ``on`` tells."""
    items: dict[str, Item] = {}
    unlisted: dict[str, Item] = {}
    for key, item in {**county.items, **county.unlisted}.items():
        (items if on.is_listed(item) else unlisted)[key] = on.shown(item)
    order = {key: number for number, key in enumerate(county.item_lists)}
    in_lists = sorted(items.values(), key=lambda item: order[item.list])
    return replace(county, items={item.id: item for item in in_lists}, unlisted=unlisted)


def listing(county: County, shown: County) -> Listing:
    """How ``shown``, the county as of a day, differs from the county."""
    every = {**county.items, **county.unlisted}
    now = {**shown.items, **shown.unlisted}
    order, usual = list(shown.items), [key for key in county.items if key in shown.items]
    return Listing(
        altered=[key for key, item in now.items() if item is not every[key]],
        unlisted=list(shown.unlisted),
        order=None if order == usual else order,
    )


def listed_again(county: County, on: OnDay, known: Listing) -> County:
    """As ``listed``, where it is known how the lists of the day differ from the files."""
    every = {**county.items, **county.unlisted}
    every |= {key: on.shown(every[key]) for key in known["altered"]}
    unlisted = {key: every[key] for key in known["unlisted"]}
    order = known["order"] or [key for key in county.items if key not in unlisted]
    return replace(county, items={key: every[key] for key in order}, unlisted=unlisted)


class OnDay:
    """Where the items of a county stand on one day, and how they read."""

    def __init__(self, county: County, day: datetime.date, replayed: Callable[[], Ledger]) -> None:
        """``replayed`` gives the county's decisions replayed; asked when first needed."""
        self._county = county
        self._day = day
        self._replayed = replayed
        self._leaves = Leaves(county)

    def list_of(self, item: Item) -> str | None:
        """The list of an item in most places; None when it stands on none."""
        standing = self._standing(item)
        if standing is None:
            return item.list
        return _main_list(item, standing) if standing else None

    def is_listed(self, item: Item) -> bool:
        """Whether the item stands on a list."""
        standing = self._standing(item)
        return standing is None or bool(standing)

    def shown(self, item: Item) -> Item:
        """The item as it stands and reads that day; on no list, as in its file but for words."""
        standing = self._standing(item)
        worded = _worded(item, self._words.get(item.id, ()), self._leaves)
        return _standing_as(worded, standing, self._county, self._leaves) if standing else worded

    def _standing(self, item: Item) -> Standing | None:
        """Where the decisions put an item; None when it stands as its file says."""
        decided = self._ledger.standing(item.id, self._day)
        if not decided and not self._ledger.knows(item.id):
            return None
        if any(each not in self._county.item_lists for each in decided.values()):
            return None
        is_as_written = decided and decided == standing_of(item, self._leaves)
        return None if is_as_written else decided

    @cached_property
    def _ledger(self) -> Ledger:
        return self._replayed()

    @cached_property
    def _words(self) -> Mapping[str, list[_Recorded]]:
        return _recorded_after(self._county, self._day)


def _standing_as(item: Item, standing: Standing, county: County, leaves: Leaves) -> Item:
    """The item with list, scope and variants that say ``standing``."""
    everywhere = leaves.of(item.level)
    main = _main_list(item, standing)
    kept = tuple(each for each in item.variants if _holds(each, item, standing, leaves))
    moved = item.replaced(
        list=main,
        places=() if len(standing) == len(everywhere) else tuple(standing),
        variants=kept,
    )
    shown = standing_of(moved, leaves)
    others = {key: each for key, each in standing.items() if shown.get(key) != each}
    added = _elsewhere(others, kept, item.level, leaves)
    moved = moved.replaced(variants=(*added, *kept))
    return _in_class(moved, county.item_lists[main].role)


def _elsewhere(
    others: Standing, kept: tuple[Variant, ...], level: str, leaves: Leaves
) -> Iterator[Variant]:
    """Variants that put an item on the lists of ``others``, in the wording that holds there."""
    groups: dict[tuple[str, int], list[str]] = {}
    for leaf, item_list in others.items():
        numbers = (n for n, each in enumerate(kept) if leaf in leaves.within(level, each.places))
        groups.setdefault((item_list, next(numbers, -1)), []).append(leaf)
    for (item_list, number), codes in groups.items():
        wording = kept[number] if number >= 0 else Variant(places=())
        yield wording.replaced(places=tuple(codes), list=item_list)


def _main_list(item: Item, standing: Standing) -> str:
    """The list in most places; of equals the one in the file."""
    counts = Counter(standing.values())
    return max(counts, key=lambda each: (counts[each], each == item.list, each))


def _holds(variant: Variant, item: Item, standing: Standing, leaves: Leaves) -> bool:
    covered = leaves.within(item.level, variant.places)
    return variant.list is None or all(standing.get(each) == variant.list for each in covered)


def _in_class(item: Item, role: str) -> Item:
    """The item with the columns of its list; what nobody recorded says so."""
    kind = ITEM_CLASSES[role]
    if isinstance(item, kind):
        return item
    shared: dict[str, Any] = {
        name: getattr(item, name) for name in fields_of(kind) if name in fields_of(type(item))
    }
    missing: dict[str, Any] = {
        name: _unrecorded() if info.type is Text else ()
        for name, info in fields_of(kind).items()
        if name not in shared
    }
    return kind(**shared, **missing).placed(item.origin)


def _unrecorded() -> Text:
    return Text({tag: shipped_strings(tag)["asof.unrecorded"] for tag in SHIPPED})


def _recorded_after(county: County, day: datetime.date) -> dict[str, list[_Recorded]]:
    """By item, the wordings recorded by decisions that count only after ``day``, latest first."""
    found: dict[str, list[_Recorded]] = {}
    for decision in in_order(county.decisions.values()):
        if decision.is_rejected or decision.date.begins <= day:
            continue
        for change in decision.changes:
            for item in change.items:
                found.setdefault(item, []).insert(0, (decision, change))
    return found


def _worded(item: Item, recorded: Iterable[_Recorded], leaves: Leaves) -> Item:
    """The item as it read before the decisions in ``recorded``."""
    for decision, change in recorded:
        words = recorded_words(change, item)
        places = decision.places_of(change)
        text = scoped_text(item, words, places, leaves) if words else None
        if words and text is not None:
            item = _reworded(item, words, _undone(text, change), places, leaves)
    return item


def scoped_text(item: Item, words: str, places: tuple[str, ...], leaves: Leaves) -> Text | None:
    """The item's text ``words``, or its variant's in exactly ``places``; None without one."""
    if not places:
        text: Text | None = getattr(item, words)
        return text
    scope = leaves.within(item.level, places)
    for variant in item.variants:
        if leaves.within(item.level, variant.places) == scope:
            return getattr(variant, words, None)
    return None


def _undone(text: Text, change: Change) -> Text:
    """``text`` with the new passage put back into the old one, in every language that has both."""
    old = change.old.by_language if change.old else {}
    new = change.new.by_language if change.new else {}
    return Text(
        {
            tag: shown.replace(new[tag], old[tag]) if tag in new and tag in old else shown
            for tag, shown in text.by_language.items()
        }
    )


def _reworded(item: Item, words: str, text: Text, places: tuple[str, ...], leaves: Leaves) -> Item:
    if not places:
        return item.replaced(**{words: text})
    scope = leaves.within(item.level, places)
    variants = tuple(
        each.replaced(**{words: text}) if leaves.within(item.level, each.places) == scope else each
        for each in item.variants
    )
    return item.replaced(variants=variants)
