"""The load: how many items each list has held, from the first publication on."""

from __future__ import annotations

import datetime
from collections import Counter

from msgspec import Struct

from generator.model import County, Decision

from .leaves import Standing
from .replay import Ledger


class LoadPoint(Struct, frozen=True):
    """How many items stood on each list in one place, after the decisions of a day."""

    day: datetime.date
    counts: dict[str, int]
    """By list."""
    decisions: tuple[Decision, ...]
    """What changed a count that day."""


def loads(
    county: County, ledger: Ledger, level: str, leaf: str | None, until: datetime.date
) -> list[LoadPoint]:
    """Every day up to ``until`` on which a count of ``level``'s lists changed.

    Counted is the place ``leaf``; without one, each item once, on the list on which it
    stands in most places.
    """
    lists = [each.id for each in county.lists_of(level)]
    counts: Counter[str] = Counter()
    found: dict[datetime.date, LoadPoint] = {}
    for move in ledger.moves:
        day = move.decision.date.begins
        before, after = (_list_in(each, leaf) for each in (move.before, move.after))
        if before == after or day > until or not {before, after} & set(lists):
            continue
        counts.subtract({before: move.count} if before else {})
        counts.update({after: move.count} if after else {})
        earlier = found[day].decisions if day in found else ()
        decisions = {each.id: each for each in (*earlier, move.decision)}
        found[day] = LoadPoint(day, {key: counts[key] for key in lists}, tuple(decisions.values()))
    return list(found.values())


def _list_in(standing: Standing, leaf: str | None) -> str | None:
    if leaf is not None:
        return standing.get(leaf)
    counts = Counter(standing.values())
    return max(counts, key=lambda each: (counts[each], each), default=None)
