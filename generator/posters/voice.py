"""Texts of a sheet in its one or two languages, the larger one first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from generator.edition import Edition
from generator.model import Department, Phone, Text

_BRACKETS = re.compile(r" \([^)]*\)$")

Said = list[str]
"""A text in the main language and, where there is one, in the second."""


class Voice(Struct, frozen=True, eq=False):
    """Says things in the languages of one sheet."""

    edition: Edition
    tags: tuple[str, ...]

    def text(self, value: Text) -> Said:
        """A text of the lists; the second language only where it has been translated."""
        main, *others = self.tags
        return [
            _line(value.to(main)),
            *(_line(own) for tag in others if (own := value.get(tag))),
        ]

    def maybe(self, value: Text | None) -> Said | None:
        """A text that may be missing."""
        return None if value is None else self.text(value)

    def say(self, key: str, **values: object) -> Said:
        """Words of the generator; ``Text`` and ``Said`` values are put in by language."""
        found = []
        for number, tag in enumerate(self.tags):
            language = self.edition.language(tag)
            if number and not language.has(key):
                continue
            given = {name: _in(value, tag, number) for name, value in values.items()}
            found.append(_line(language.say(key, **given)))
        return found

    def edition_named(self, name: str) -> Said:
        """Which edition of the lists this is; in words where it is named after a day."""
        named = [self.edition.language(tag).edition(name) for tag in self.tags]
        return self.say("sheet.edition", edition=named)

    def join(self, texts: Sequence[Said]) -> Said:
        """Several texts as one list in a sentence; one language where any lacks the second."""
        if not texts:
            return []
        length = min(len(text) for text in texts)
        separators = [self.edition.language(tag).say("list.separator") for tag in self.tags]
        return [separators[i].join(text[i] for text in texts) for i in range(length)]

    def office(self, department: Department) -> Said:
        """A department's name as short as people of the county say it: 县民政局."""
        return [
            _short(text, tag, self.edition.county.profile.name)
            for text, tag in zip(self.text(department.name), self.tags, strict=False)
        ]

    def offices(self, keys: Sequence[str]) -> Said:
        """Several departments by their ids."""
        return self.join([self.office(self.edition.county.departments[key]) for key in keys])

    def phone(self, phone: Phone) -> dict[str, object]:
        """A telephone with whose it is."""
        return {"number": phone.number, "note": self.maybe(phone.note)}


def _in(value: object, tag: str, number: int) -> object:
    if isinstance(value, Text):
        return _line(value.to(tag))
    if isinstance(value, list):
        return value[min(number, len(value) - 1)]
    return value


def _line(text: str) -> str:
    """One line: what a clerk broke over lines in YAML is one sentence on paper."""
    return " ".join(text.split())


def _short(name: str, tag: str, county: Text) -> str:
    """Without the county's own name, which the sheet's head has already given.

    样县民政局 becomes 县民政局, Sample County Court (registry) becomes County Court.
    """
    name = _BRACKETS.sub("", name)
    whole = county.get(tag)
    if not whole or not name.startswith(whole):
        return name
    kind = whole.split()[-1] if " " in whole else whole[-1]
    return kind + name.removeprefix(whole)
