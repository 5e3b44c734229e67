"""Whom a decision concerns: places, departments, lists."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from generator.model import County, Decision, Township

from .replay import Ledger, in_order


def holds_in(decision: Decision, township: Township, county: County) -> bool:
    """Whether a decision, or a change in it, holds in the township or one of its villages."""
    scopes = [decision.places_of(change) for change in decision.changes] or [decision.places]
    return any(
        not scope or county.profile.code in scope or any(township.covers(code) for code in scope)
        for scope in scopes
    )


def departments_in(decision: Decision, county: County) -> frozenset[str]:
    """The departments that ask, lead, take a stage, or stand in an item that changes."""
    found = {decision.applicant, decision.lead, *(each.department for each in decision.stages)}
    for change in decision.changes:
        known = (county.item(key) for key in change.concerns)
        found.update(key for item in known if item for key in item.departments)
    return frozenset(each for each in found if each)


class ListEntry(Struct):
    """What one decision did to one list."""

    decision: Decision
    entered: list[str] = field(default_factory=list)
    """Items that came, at least in some places."""
    left: list[str] = field(default_factory=list)
    """Items that went, at least from some places."""


def list_history(ledger: Ledger, key: str) -> list[ListEntry]:
    """What every decision did to the list ``key``, the oldest first."""
    found: dict[str, ListEntry] = {}
    for step in ledger.steps:
        before, after = set(step.before.values()), set(step.after.values())
        if key not in before ^ after:
            continue
        entry = found.setdefault(step.decision.id, ListEntry(step.decision))
        (entry.entered if key in after else entry.left).append(step.item)
    return list(found.values())


def newest_first(county: County) -> Iterator[Decision]:
    """Every decision, the coming ones first."""
    yield from reversed(in_order(county.decisions.values()))
