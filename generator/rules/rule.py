"""What a rule is: a documented function that finds breaches in a county."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.model import County, Level, Origin, Problem

Breach = tuple[Origin, Mapping[str, object]]
"""Where a rule is broken, and what its message names."""

Check = Callable[[County, datetime.date], Iterator[Breach]]


@dataclass(frozen=True)
class Rule:
    """A named rule, whose docstring is the rule in one sentence.

    Its words for clerks stand in ``generator/lang/rules.*.yml`` under the same id.
    """

    id: str
    level: Level
    check: Check

    @property
    def sentence(self) -> str:
        """The rule, from its docstring."""
        return (self.check.__doc__ or "").strip()

    def problems(self, county: County, today: datetime.date) -> Iterator[Problem]:
        """Every breach in ``county`` as of ``today``."""
        for origin, values in self.check(county, today):
            yield Problem(self.id, origin, values)


def error(key: str) -> Callable[[Check], Rule]:
    """Declare a rule whose breach stops the site from being built."""
    return lambda check: Rule(key, "error", check)


def warning(key: str) -> Callable[[Check], Rule]:
    """Declare a rule whose breach is only listed."""
    return lambda check: Rule(key, "warning", check)
