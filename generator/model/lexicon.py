"""The lexicon: words of the place for the words the lists use."""

from __future__ import annotations

from typing import ClassVar

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
    said_as: dict[str, tuple[Phrase, ...]] = {}
    """What people say when they need it, by language."""


class Lexicon(Record):
    """``lexicon.yml``: what search knows about how people speak here."""

    plural: ClassVar[str] = "lexicon"

    hotlines: tuple[Hotline, ...] = ()
    words: tuple[Synonym, ...] = ()
    ignored: tuple[Phrase, ...] = ()
    """Question words and filler: what says nothing about the thing that is sought."""
    elsewhere: tuple[Phrase, ...] = ()
    """Matters that stand on no list (护照, 快递): a query about one gets help, not an item."""
