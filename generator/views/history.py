"""What decisions did to each item."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from generator.model import Change, County, Decision


@dataclass(frozen=True)
class Entry:
    """One change of one item, with the decision that made it."""

    decision: Decision
    change: Change


def histories(county: County) -> dict[str, tuple[Entry, ...]]:
    """By item, everything that happened to it, the oldest first."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for decision in sorted(county.decisions.values(), key=lambda each: (each.date, each.id)):
        for change in decision.changes:
            for item in change.items:
                found[item].append(Entry(decision, change))
    return {item: tuple(entries) for item, entries in found.items()}
