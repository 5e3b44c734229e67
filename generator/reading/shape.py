"""From plain data to records: pydantic finds what is wrong, findings say it.

Pydantic's own words never reach a clerk; each of its error types becomes a rule
whose message stands in the language files.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.model import CODE_PATTERN, SLUG_PATTERN, Path, Record

from .meant import meant_date
from .yamlfile import YamlFile

R = TypeVar("R", bound=Record)

_RULES = {
    "missing": "shape-missing-key",
    "extra_forbidden": "shape-unknown-key",
    "literal_error": "shape-not-allowed",
    "string_pattern_mismatch": "shape-pattern",
    "string_too_short": "shape-empty-text",
    "string_too_long": "shape-too-long",
    "date_notation": "shape-date",
    "chinese_missing": "shape-chinese-missing",
    "bool_parsing": "shape-not-boolean",
    "bool_type": "shape-not-boolean",
    "int_parsing": "shape-not-number",
    "int_parsing_size": "shape-not-number",
    "int_type": "shape-not-number",
    "string_type": "shape-not-text",
    "tuple_type": "shape-not-sequence",
    "dict_type": "shape-not-mapping",
    "model_type": "shape-not-mapping",
    "model_attributes_type": "shape-not-mapping",
}
"""Rule by pydantic error type; anything else is ``shape-invalid``."""

_OF_PATTERNS = {SLUG_PATTERN: "shape-id", CODE_PATTERN: "shape-code"}
"""Rule by the pattern that a string does not match; any other is ``shape-pattern``."""

_LONGEST_SHOWN = 40


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
    try:
        made = kind.model_validate({**data, **identity})
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)
        usable = sorted(kind.model_fields.keys() - data.keys() - identity.keys())
        _Report(file, path, kind, usable).all(found)
        return None
    return made


@dataclass
class _Report:
    """Turns what is wrong with one record into findings, one a mistake."""

    file: YamlFile
    path: Path
    kind: type[Record]
    usable: Sequence[str]
    """Keys that the record could still have."""

    @cached_property
    def _empty_lines(self) -> set[int]:
        """Lines where it has been said that a value is missing."""
        return {each.line for each in self.file.findings if each.rule == "yaml-no-value"}

    def all(self, found: Sequence[ErrorDetails]) -> None:
        """A finding each; keys that one mapping lacks are named together."""
        missing: dict[Path, list[str]] = {}
        for details in found:
            if details["type"] == "missing":
                *outer, key = _location(details)
                missing.setdefault(tuple(outer), []).append(str(key))
        for details in found:
            if details["type"] == "extra_forbidden":
                self._unknown_key(_location(details), missing)
            elif details["type"] != "missing":
                self._value(_location(details), details)
        for inside, keys in missing.items():
            if keys:
                position = self.file.locate((*self.path, *inside))
                self.file.report("shape-missing-key", position, key=", ".join(keys))

    def _unknown_key(self, location: Path, missing: Mapping[Path, list[str]]) -> None:
        *outer, key = location
        close = difflib.get_close_matches(str(key), sorted(_keys_of(self.kind)), n=1)
        lacking = missing.get(tuple(outer), [])
        nearest = close[0] if close else " / ".join(lacking or self.usable)
        if nearest in lacking:  # one mistake: a required key, written wrongly
            lacking.remove(nearest)
        position = self.file.locate(self.path + location)
        self.file.report("shape-unknown-key", position, key=key, nearest=nearest)

    def _value(self, location: Path, details: ErrorDetails) -> None:
        position = self.file.locate(self.path + location)
        if position[0] in self._empty_lines:
            return
        context = details.get("ctx", {})
        rule = _RULES.get(details["type"], "shape-invalid")
        rule = _OF_PATTERNS.get(str(context.get("pattern")), rule)
        values = {"key": _named(location), "value": _shown(details["input"])}
        if rule == "shape-not-allowed":
            expected = str(context.get("expected", "")).replace("'", "")
            values["allowed"] = expected.replace(" or ", ", ")
        if rule == "shape-date" and (meant := meant_date(str(details["input"]))):
            rule, values["meant"] = "shape-date-notation", meant
        self.file.report(rule, position, **values)


def _location(details: ErrorDetails) -> Path:
    return tuple(part for part in details["loc"] if part != "[key]")


def _named(location: Path) -> str:
    """The innermost key; rows of a sequence are called as the sequence is."""
    return next((part for part in reversed(location) if isinstance(part, str)), "")


def _keys_of(kind: type[Any]) -> set[str]:
    """The keys of a record and of the parts inside it."""
    keys: set[str] = set()
    for name, info in kind.model_fields.items():
        keys.add(name)
        for part in (info.annotation, *get_args(info.annotation)):
            if hasattr(part, "model_fields") and part is not kind and not hasattr(part, "root"):
                keys.update(part.model_fields)
    return keys


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
