"""What must hold in a county's lists: one documented function for each rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.model import County, Finding
from generator.reading import Reading

from . import (
    completeness,
    dates,
    identity,
    ledger,
    lexicon,
    privacy,
    procedure,
    references,
    wording,
)
from .changes import Changes, changes_since, key_orders
from .checking import STANDINGS, Checking
from .rule import Breach, Rule

__all__ = [
    "RULES",
    "STANDINGS",
    "Changes",
    "Checking",
    "Kept",
    "Rule",
    "changes_since",
    "check",
    "to_keep",
]

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *identity.RULES,
    *completeness.RULES,
    *dates.RULES,
    *ledger.RULES,
    *procedure.RULES,
    *wording.RULES,
    *lexicon.RULES,
    *privacy.RULES,
)


Kept = Mapping[str, Any]
"""What is kept of a check, as plain data: under each rule's id what it found (file, line,
column and values), under ``orders`` what ``key_orders`` gave, under ``lists`` where items
stand (``ledger.Listing``)."""


def check(
    reading: Reading, about: Checking, changes: Changes | None = None, kept: Kept | None = None
) -> dict[str, list[Finding]]:
    """What each rule finds, by its id, about lists that were read.

    With ``changes`` since the check of which something was ``kept``, rules are asked again
    only where they may find something else.
    """
    if changes is None or kept is None:
        return {rule.id: [*_asked(rule, reading, rule.check(about))] for rule in RULES}
    records = tuple(changes.records(about.county))
    files = changes.files.union(record.origin.file for record in records)
    found = {}
    for rule in RULES:
        old = [Finding(rule.id, rule.level, *each) for each in kept.get(rule.id, ())]
        same = [each for each in old if each.file not in files]
        tells = rule.tells if old else ()
        if changes.touch((*rule.reads, *tells)) or (rule.of_each is None and same != old):
            found[rule.id] = [*_asked(rule, reading, rule.check(about))]
        else:
            found[rule.id] = [*same, *_asked(rule, reading, rule.check_some(records, about))]
    return found


def to_keep(found: Mapping[str, Iterable[Finding]], county: County) -> dict[str, Any]:
    """What the next check can use of this one."""
    by_rule = {
        rule: [[each.file, each.line, each.column, dict(each.values)] for each in findings]
        for rule, findings in found.items()
        if findings
    }
    return {"orders": key_orders(county), **by_rule}


def _asked(rule: Rule, reading: Reading, breaches: Iterable[Breach]) -> Iterator[Finding]:
    for origin, values in breaches:
        yield Finding(rule.id, rule.level, origin.file, *reading.locate(origin), values)
