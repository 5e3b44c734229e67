"""What a rule is: a documented function that finds breaches in a county."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from generator.model import County, Level, Origin, Problem, Record

from .walk import records

Breach = tuple[Origin, Mapping[str, object]]
"""Where a rule is broken, and what its message names."""

Check = Callable[[County, datetime.date], Iterator[Breach]]
RecordCheck = Callable[[Record], Iterator[Breach]]


@dataclass(frozen=True)
class Rule:
    """A named rule, whose docstring is the rule in one sentence.

    Its words for clerks stand in ``generator/lang/rules.*.yml`` under the same id.
    """

    id: str
    level: Level
    check: Check
    check_record: RecordCheck | None = None
    """What the rule asks of one record, where it looks at nothing else."""

    @property
    def sentence(self) -> str:
        """The rule, from its docstring."""
        return (self.check.__doc__ or "").strip()

    def problems(
        self, county: County, today: datetime.date, clean: Collection[str] = ()
    ) -> Iterator[Problem]:
        """Every breach in ``county`` as of ``today``.

        Files in ``clean`` are known to hold no record that breaks a rule about itself.
        """
        for origin, values in self._breaches(county, today, clean):
            yield Problem(self.id, origin, values)

    def _breaches(
        self, county: County, today: datetime.date, clean: Collection[str]
    ) -> Iterator[Breach]:
        if self.check_record is None:
            return self.check(county, today)
        others = (record for record in records(county) if record.origin.file not in clean)
        return chain.from_iterable(map(self.check_record, others))


def error(key: str) -> Callable[[Check], Rule]:
    """Declare a rule whose breach stops the site from being built."""
    return lambda check: Rule(key, "error", check)


def warning(key: str) -> Callable[[Check], Rule]:
    """Declare a rule whose breach is only listed."""
    return lambda check: Rule(key, "warning", check)


def of_record(rule: Callable[[Check], Rule]) -> Callable[[RecordCheck], Rule]:
    """Declare a rule about each record by itself: ``@of_record(error("id-number"))``."""

    def declare(check_record: RecordCheck) -> Rule:
        def check(county: County, today: datetime.date) -> Iterator[Breach]:
            return chain.from_iterable(map(check_record, records(county)))

        check.__doc__ = check_record.__doc__
        return replace(rule(check), check_record=check_record)

    return declare
