"""The lexicon: words of the place for the words the lists use."""

from __future__ import annotations

import datetime
from typing import ClassVar

from .dates import Date
from .record import Part, Record
from .text import PhoneNumber, Phrase, Text


class Synonym(Part):
    """Dialect, outdated and everyday words for one word of the lists."""

    means: Phrase
    """The word as the lists use it."""
    said: tuple[Phrase, ...]
    """What people say or write for it, in any language."""


class Hotline(Part):
    """A number to ring before anything else, shown when a query says why."""

    number: PhoneNumber
    name: Text
    source: Text | None = None
    """Where it was read that the number is this; nobody has confirmed it when absent."""
    checked_on: Date | None = None
    """When it was last compared with its source, or rung."""
    said_as: dict[str, tuple[Phrase, ...]] = {}
    """What people say when they need it, by language."""

    def is_confirmed(self, today: datetime.date, stale_after_days: int) -> bool:
        """Whether the number has a source that was looked at within the days a county allows."""
        if self.source is None or self.checked_on is None or self.checked_on.is_after(today):
            return False
        return (today - self.checked_on.latest).days <= stale_after_days


class Lexicon(Record):
    """``lexicon.yml``: what search knows about how people speak here."""

    plural: ClassVar[str] = "lexicon"

    hotlines: tuple[Hotline, ...] = ()
    words: tuple[Synonym, ...] = ()
    ignored: tuple[Phrase, ...] = ()
    """Question words and filler: what says nothing about the thing that is sought."""
    elsewhere: tuple[Phrase, ...] = ()
    """Matters that stand on no list (护照, 快递): a query about one gets help, not an item."""
