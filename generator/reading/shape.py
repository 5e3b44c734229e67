"""From plain data to records: what cannot be one becomes findings that say why."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, ValidationError, convert

from generator.model import (
    CHINESE,
    CODE_PATTERN,
    SLUG_PATTERN,
    Date,
    Languages,
    Part,
    Path,
    Record,
    Text,
)

from .meant import meant_date
from .yamlfile import YamlFile

if TYPE_CHECKING:
    from .mistakes import Mistake

P = TypeVar("P", bound=Part)
R = TypeVar("R", bound=Record)

_OF_PATTERNS = {SLUG_PATTERN: "shape-id", CODE_PATTERN: "shape-code"}
"""Rule by the pattern that a string does not match; any other is ``shape-pattern``."""

_LONGEST_SHOWN = 40
_CLOSE = 0.75
"""How like a key must be to one that may stand there, to be taken for it: one letter of six."""


def record(
    kind: type[R],
    data: object,
    file: YamlFile,
    path: Path = (),
    identity: Mapping[str, str] = MappingProxyType({}),
) -> R | None:
    """A record of ``kind``, or None and findings in ``file``.

    ``identity`` holds the keys that come from the file's name; the file itself must
    not repeat them.
    """
    if not isinstance(data, dict):
        file.report("shape-not-mapping", file.locate(path), value=_shown(data))
        return None
    for key in identity.keys() & data.keys():
        file.report("shape-identity-in-file", file.locate((*path, key)), key=key)
        return None
    whole = {**data, **identity}
    try:
        return made_from(kind, whole)
    except (ValidationError, RecursionError):
        _Report(file, path).all(_mistakes(whole, kind))
        return None


def made_from(kind: type[P], data: Mapping[str, Any]) -> P:
    """The record or part of ``kind`` that says what the plain ``data`` says.

    Raises:
        ValidationError: when the data cannot be one.
    """
    # Numbers are the strings that stand in the file.
    return convert(data, kind, strict=False, dec_hook=_made)


class _Said(Struct):
    """What stands under a key that holds a text.

    Of classes msgspec knows what they may hold;
    a bare annotation it would look into again for every text.
    """

    by_language: Languages


def _made(kind: type[Any], data: object) -> Any:
    """A text or a date, which msgspec does not know."""
    if kind is Date:
        return Date.parse(str(data))
    said = convert({"by_language": data}, _Said).by_language
    if CHINESE not in said:
        raise ValueError(CHINESE)
    return Text(said)


def _mistakes(data: Mapping[str, Any], kind: type[Record]) -> Sequence[Mistake]:
    from .mistakes import Mistake, mistakes  # not loaded while lists are in order

    return list(mistakes(data, kind)) or [Mistake("shape-invalid", (), data)]


class _Report(Struct, dict=True):
    """Turns what is wrong with one record into findings, one a mistake."""

    file: YamlFile
    path: Path

    @cached_property
    def _empty_lines(self) -> set[int]:
        """Lines where it has been said that a value is missing."""
        return {each.line for each in self.file.findings if each.rule == "yaml-no-value"}

    def all(self, found: Sequence[Mistake]) -> None:
        """A finding each; keys that one mapping lacks are named together."""
        missing: dict[Path, list[str]] = {}
        for each in found:
            if each.rule == "shape-missing-key":
                *outer, key = each.path
                missing.setdefault(tuple(outer), []).append(str(key))
        for each in found:
            if each.rule == "shape-unknown-key":
                self._unknown_key(each, missing)
            elif each.rule != "shape-missing-key":
                self._value(each)
        for inside, keys in missing.items():
            if keys:
                position = self.file.locate((*self.path, *inside))
                self.file.report("shape-missing-key", position, key=", ".join(keys))

    def _unknown_key(self, mistake: Mistake, missing: Mapping[Path, list[str]]) -> None:
        *outer, key = mistake.path
        position = self.file.locate(self.path + mistake.path)
        lacking = missing.get(tuple(outer), [])
        close = difflib.get_close_matches(str(key), mistake.allowed, 1, _CLOSE)
        if close:
            self.file.report("shape-unknown-key", position, key=key, nearest=close[0])
        else:
            usable = ", ".join(lacking or mistake.allowed) or "—"
            self.file.report("shape-key-not-here", position, key=key, usable=usable)
        if close and close[0] in lacking:  # one mistake: a required key, written wrongly
            lacking.remove(close[0])

    def _value(self, mistake: Mistake) -> None:
        position = self.file.locate(self.path + mistake.path)
        if position[0] in self._empty_lines:
            return
        rule = _OF_PATTERNS.get(mistake.pattern, mistake.rule)
        values = {"key": _named(mistake.path), "value": _shown(mistake.value)}
        if mistake.allowed:
            values["allowed"] = ", ".join(mistake.allowed)
        if rule == "shape-date" and (meant := meant_date(str(mistake.value))):
            rule, values["meant"] = "shape-date-notation", meant
        self.file.report(rule, position, **values)


def _named(location: Path) -> str:
    """The innermost key; rows of a sequence are called as the sequence is."""
    return next((part for part in reversed(location) if isinstance(part, str)), "")


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
