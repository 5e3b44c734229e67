"""From plain data to records: pydantic finds what is wrong, findings say it.

Pydantic's own words never reach a clerk; each of its error types becomes a rule
whose message stands in the language files.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.model import Path, Record

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
        for details in error.errors(include_url=False, include_context=True):
            _report(file, path, kind, details)
        return None
    return made


def _report(file: YamlFile, path: Path, kind: type[Record], details: ErrorDetails) -> None:
    location = tuple(part for part in details["loc"] if part != "[key]")
    rule = _RULES.get(details["type"], "shape-invalid")
    key = str(location[-1]) if location else ""
    values: dict[str, object] = {"key": key, "value": _shown(details["input"])}
    if rule == "shape-unknown-key":
        values["nearest"] = _nearest(kind, key)
    elif rule == "shape-not-allowed":
        values["allowed"] = str(details.get("ctx", {}).get("expected", "")).replace("'", "")
    file.report(rule, file.locate(path + location), **values)


def _nearest(kind: type[Record], key: str) -> str:
    """The known key that looks most like ``key``, or all of them."""
    known = sorted(_keys_of(kind))
    found = difflib.get_close_matches(key, known, n=1)
    return found[0] if found else " / ".join(known)


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
