"""What must hold in a county's lists: one documented function for each rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from generator.model import Finding, Problem
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
from .rule import Rule
from .walk import remembered

__all__ = ["RULES", "Rule", "check", "unclean_files"]

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


def check(reading: Reading, today: datetime.date) -> tuple[Finding, ...]:
    """Every finding about the lists on ``today``, by file and line."""
    findings = [*reading.findings, *_of_rules(reading, today)]
    return tuple(sorted(findings, key=lambda each: (each.file, each.line, each.column, each.rule)))


def unclean_files(findings: Iterable[Finding]) -> set[str]:
    """The files in which a record breaks a rule about itself."""
    rules = {rule.id for rule in RULES if rule.check_record}
    return {each.file for each in findings if each.rule in rules}


def _of_rules(reading: Reading, today: datetime.date) -> list[Finding]:
    if reading.county is None:
        return []
    with remembered():
        return [
            _finding(rule, problem, reading)
            for rule in RULES
            for problem in rule.problems(reading.county, today, reading.clean)
        ]


def _finding(rule: Rule, problem: Problem, reading: Reading) -> Finding:
    line, column = reading.locate(problem.origin)
    return Finding(rule.id, rule.level, problem.origin.file, line, column, problem.values)
