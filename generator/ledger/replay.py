"""Decisions, one after the other, and what each did to each item."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby

from msgspec import Struct, field

from generator.model import Change, County, Decision

from .kinds import effect, moves
from .leaves import Leaves, Standing


class Step(Struct, frozen=True):
    """What one change did to one item: where it stood before and after, in every place."""

    decision: Decision
    number: int
    """Which of the decision's changes, from 0."""
    item: str
    before: Standing
    after: Standing
    forerunners: Standing = field(default_factory=dict)
    """Where that stood of which the item is made, or the item itself before a pause that ends."""
    paused: Standing = field(default_factory=dict)
    """Where it stood before it was suspended, in the places in which it still is."""

    @property
    def change(self) -> Change:
        """The change itself."""
        return self.decision.changes[self.number]

    @property
    def day(self) -> datetime.date:
        """From when it counts."""
        return self.decision.date.begins

    @property
    def touched(self) -> tuple[str, ...]:
        """The leaves in which something became different."""
        leaves = dict.fromkeys((*self.before, *self.after))
        return tuple(each for each in leaves if self.before.get(each) != self.after.get(each))


class Move(Struct, frozen=True):
    """What a decision did alike to several items."""

    decision: Decision
    before: Standing
    after: Standing
    count: int
    """To how many."""


class Ledger:
    """Every step of a county, the coming ones included, in the order in which they count."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.steps = steps

    def standing(self, item: str, day: datetime.date = datetime.date.max) -> Standing:
        """Where one item stands on ``day``."""
        steps = self._by_item.get(item, ())
        passed = bisect_right(steps, day, key=lambda step: step.day)
        return steps[passed - 1].after if passed else {}

    def paused(self, item: str, day: datetime.date) -> Standing:
        """Where an item stood before it was suspended, in the places in which it is on ``day``."""
        steps = self._by_item.get(item, ())
        passed = bisect_right(steps, day, key=lambda step: step.day)
        return steps[passed - 1].paused if passed else {}

    def knows(self, item: str) -> bool:
        """Whether any decision ever put the item on a list."""
        return item in self._by_item

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The steps in fewer words: a publication puts thousands of items on one list."""
        alike = groupby(
            self.steps, lambda step: (step.decision.id, id(step.before), id(step.after))
        )
        found = [list(steps) for _, steps in alike]
        return tuple(
            Move(steps[0].decision, steps[0].before, steps[0].after, len(steps)) for steps in found
        )

    @cached_property
    def _by_item(self) -> Mapping[str, tuple[Step, ...]]:
        found: dict[str, list[Step]] = defaultdict(list)
        for step in self.steps:
            found[step.item].append(step)
        return {item: tuple(steps) for item, steps in found.items()}


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions in the order in which they count, whatever the order of the files.

    By the first day that the date names; of the same day those of the coarser date
    first, publications before the rest, then by file name.
    """
    return sorted(
        decisions,
        key=lambda each: (
            each.date.begins,
            -each.date.latest.toordinal(),
            each.kind != "publication",
            each.id,
        ),
    )


def replay(county: County) -> Ledger:
    """Replay every decision that was not rejected, from the first publication on."""
    return Ledger(tuple(_steps(county)))


def _steps(county: County) -> Iterator[Step]:
    replaying = _Replaying(county)
    for decision in in_order(county.decisions.values()):
        for number, change in enumerate(() if decision.is_rejected else decision.changes):
            if moves(change):
                yield from replaying.steps(decision, number, change)


_NOWHERE: Standing = {}


class _Outcome(Struct, frozen=True):
    """What a change does to every item that stood alike before it."""

    before: Standing
    was_paused: Standing
    after: Standing
    gone: Standing
    """Where the items stood and stand no longer."""
    forerunners: Standing
    paused: Standing


class _Replaying:
    """Where every item stands while decisions are read one after the other."""

    def __init__(self, county: County) -> None:
        self._county = county
        self._leaves = Leaves(county)
        self._now: dict[str, Standing] = {}
        self._paused: dict[str, Standing] = {}
        """By item, where it stood in the places in which it is suspended."""

    def steps(self, decision: Decision, number: int, change: Change) -> Iterator[Step]:
        left: dict[str, str] = {}
        alike: dict[tuple[str | None, int, int], _Outcome] = {}
        for item in change.items:
            level = level_of(self._county, item, change)
            before = self._now.get(item, _NOWHERE)
            paused = self._paused.get(item, _NOWHERE)
            # A list is published as a whole: thousands of items with one and the same outcome.
            key = (level, id(before), id(paused))  # an outcome keeps both alive
            if key not in alike:
                scope = self._leaves.within(level, decision.places_of(change)) if level else ()
                alike[key] = _outcome(change, before, scope, paused)
            made = alike[key]
            left.update(made.gone)
            self._now[item], self._paused[item] = made.after, made.paused
            yield Step(decision, number, item, before, made.after, made.forerunners, made.paused)
        for item in change.into:
            yield from self._made(decision, number, item, left)

    def _made(self, decision: Decision, number: int, item: str, left: Standing) -> Iterator[Step]:
        """What was made by splitting or merging stands where that stood of which it is made."""
        to_list = decision.changes[number].to_list
        before = self._now.get(item, _NOWHERE)
        after = {**before, **{leaf: to_list or each for leaf, each in left.items()}}
        if after != before:
            still = _without(self._paused.get(item, _NOWHERE), after)
            self._now[item], self._paused[item] = after, still
            yield Step(decision, number, item, before, after, left, still)


def _outcome(
    change: Change, before: Standing, scope: tuple[str, ...], paused: Standing
) -> _Outcome:
    after = effect(change, before, scope, paused)
    gone = _without(before, after)
    # A pause ends where the item stands again, and where it is removed for good.
    ended = scope if change.change == "removed" else after
    still = {**_without(paused, ended), **(gone if change.change == "suspended" else {})}
    return _Outcome(before, paused, after, gone, _without(paused, still), still)


def _without(standing: Standing, leaves: Iterable[str]) -> dict[str, str]:
    gone = set(leaves)
    return {leaf: each for leaf, each in standing.items() if leaf not in gone}


def level_of(county: County, item: str, change: Change) -> str | None:
    """The level of an item; of one without a file, that of the list it is put on."""
    if known := county.item(item):
        return known.level
    item_list = county.item_lists.get(change.to_list or change.from_list or "")
    return item_list.level if item_list else None
