"""What rules are asked about: a county on a day, and what several rules need of it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar, cast

from generator.ledger import Leaves, Ledger, OnDay, replay
from generator.model import County, Path, Record

from .walk import place_codes, readable, records, strings

R = TypeVar("R", bound=Record)


STEPS = ("decisions", "item_lists", "townships", "profile.code", "items.id")
"""What the replayed decisions depend on; see ``Rule.reads``."""

STANDINGS = (*STEPS, "items.list", "items.places", "items.variants")
"""What it depends on where items stand."""


class Checking:
    """A county as it is checked on ``today``; what several rules need is worked out once."""

    def __init__(self, county: County, today: datetime.date) -> None:
        self.county = county
        self.today = today
        self._records: dict[type[Record], tuple[Record, ...]] = {}
        self._strings: dict[int, tuple[tuple[Path, str], ...]] = {}
        self._counts: dict[datetime.date, Counter[str]] = {}

    @cached_property
    def ledger(self) -> Ledger:
        """The decisions, replayed."""
        return replay(self.county)

    @cached_property
    def leaves(self) -> Leaves:
        """The single places."""
        return Leaves(self.county)

    @cached_property
    def place_codes(self) -> frozenset[str]:
        """The codes that a scope may name."""
        return place_codes(self.county)

    @cached_property
    def ignored(self) -> frozenset[str]:
        """The words that search passes over."""
        return frozenset(self.county.lexicon.ignored)

    def records(self, kind: type[R]) -> Sequence[R]:
        """Every record of a kind, in the order of the files; villages are part of townships."""
        if kind not in self._records:
            every = records(self.county)
            self._records[kind] = tuple(each for each in every if isinstance(each, kind))
        return cast("Sequence[R]", self._records[kind])

    def on(self, day: datetime.date) -> OnDay:
        """Where items stand on ``day``."""
        return OnDay(self.county, day, lambda: self.ledger)

    def counts(self, day: datetime.date) -> Counter[str]:
        """How many items each list has on ``day``."""
        if day not in self._counts:
            on = self.on(day)
            lists = (on.list_of(item) for item in self.county.items.values())
            self._counts[day] = Counter(each for each in lists if each)
        return self._counts[day]

    def strings(self, record: Record) -> Sequence[tuple[Path, str]]:
        """Every string of a record a reader can see: texts in each language, and phrases.

        The record must live as long as this.
        """
        if id(record) not in self._strings:
            self._strings[id(record)] = tuple(strings(readable(record)))
        return self._strings[id(record)]
