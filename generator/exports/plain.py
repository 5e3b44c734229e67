"""Records as plain data, field by field, so that what is read of a watched county is noted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from generator.edition import Edition
from generator.model import Date, Item, Text, fields_of
from generator.model import Part as ModelPart
from generator.parts import Part, Run


def plain(value: Any) -> Any:
    """A record, part, text or tuple as JSON would hold it; what is empty or unset is left out."""
    if isinstance(value, Text):
        return dict(value.by_language)
    if isinstance(value, ModelPart):
        found = {name: plain(getattr(value, name)) for name in fields_of(type(value))}
        return {name: each for name, each in found.items() if each not in (None, "", [], {})}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return str(value) if isinstance(value, Date) else value


def as_json(data: Any) -> bytes:
    """Compact JSON in UTF-8 with a line break at its end."""
    return compact(data) + b"\n"


def compact(data: Any, stand_in: Callable[[Any], Any] | None = None) -> bytes:
    """The same, to stand in a larger document; ``stand_in`` gives what stands for other values."""
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=stand_in)
    return made.encode()


def items_run(edition: Edition, data: Callable[[Item], Any], part: str = "") -> list[Run]:
    """What stands for items among the values of a list in a large document.

    ``data`` gives the value of one; ``part`` is the list they stand on, ``""`` for all items.
    """
    keys = edition.keys_of(part)

    def make(key: str, place: int) -> bytes:
        return compact(data(edition.county.items[key]))

    return [Run("items", keys, make, part, joint=b",")] if keys else []


_STAND_IN = "\0"
"""Where a part will stand; no text of the lists holds it (``reading.yamlfile``)."""


def json_parts(data: Any) -> Iterator[Part]:
    """``as_json`` of data that holds runs, or values that are finished (``compact``), in parts."""
    parts: list[Part] = []

    def stand_in(value: Part) -> str:
        parts.append(value)
        return _STAND_IN

    between = compact(data, stand_in).split(compact(_STAND_IN))
    for text, each in zip(between, parts, strict=False):
        yield text
        yield each
    yield between[len(parts)] + b"\n"
