"""The load: how many items each list has held, from the first publication on."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.model import County, Decision

from .replay import Ledger


@dataclass(frozen=True)
class LoadPoint:
    """How many items stood on each list in one place, after the decisions of a day."""

    day: datetime.date
    counts: dict[str, int]
    """By list."""
    decisions: tuple[Decision, ...]
    """What changed a count that day."""


def loads(county: County, ledger: Ledger, leaf: str, until: datetime.date) -> list[LoadPoint]:
    """Every day up to ``until`` on which a count of the place ``leaf`` changed."""
    counts: Counter[str] = Counter()
    found: dict[datetime.date, LoadPoint] = {}
    for step in ledger.steps:
        before, after = step.before.get(leaf), step.after.get(leaf)
        if before == after or step.day > until:
            continue
        counts.subtract(_present(before))
        counts.update(_present(after))
        earlier = found[step.day].decisions if step.day in found else ()
        decisions = tuple(dict.fromkeys((*(each.id for each in earlier), step.decision.id)))
        found[step.day] = LoadPoint(
            step.day,
            {key: counts[key] for key in county.item_lists if key in counts},
            tuple(county.decisions[each] for each in decisions),
        )
    return list(found.values())


def _present(key: str | None) -> Iterable[str]:
    return () if key is None else (key,)
