"""What decisions did to each item."""

from __future__ import annotations

import datetime
from collections import defaultdict

from msgspec import Struct

from generator.ledger import Status, in_order, status_of
from generator.model import Change, County, Decision


class Entry(Struct, frozen=True):
    """One change of one item, with the decision that made it."""

    decision: Decision
    number: int
    """Which of the decision's changes, from 0."""
    status: Status

    @property
    def change(self) -> Change:
        """The change itself."""
        return self.decision.changes[self.number]


def histories(county: County, today: datetime.date) -> dict[str, tuple[Entry, ...]]:
    """By item, everything that happened to it or is to come, the oldest first."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for decision in in_order(county.decisions.values()):
        status = status_of(decision, today)
        for number, change in enumerate(decision.changes):
            for item in change.concerns:
                found[item].append(Entry(decision, number, status))
    return {item: tuple(entries) for item, entries in found.items()}
