"""What decisions did to each item."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from generator.ledger import Status, in_order, status_of
from generator.model import Change, County, Decision


@dataclass(frozen=True)
class Entry:
    """One change of one item, with the decision that made it."""

    decision: Decision
    change: Change
    status: Status


def histories(county: County, today: datetime.date) -> dict[str, tuple[Entry, ...]]:
    """By item, everything that happened to it or is to come, the oldest first."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for decision in in_order(county.decisions.values()):
        for change in decision.changes:
            for item in change.concerns:
                found[item].append(Entry(decision, change, status_of(decision, today)))
    return {item: tuple(entries) for item, entries in found.items()}
