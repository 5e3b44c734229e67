"""Records as plain data, field by field, so that what is read of a watched county is noted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from generator.edition import Part, Piece
from generator.model import Date, Text


def plain(value: Any) -> Any:
    """A record, part, text or tuple as JSON would hold it; what is empty or unset is left out."""
    if isinstance(value, Text):
        return dict(value.root)
    if isinstance(value, BaseModel):
        found = {name: plain(getattr(value, name)) for name in type(value).model_fields}
        return {name: each for name, each in found.items() if each not in (None, "", [], {})}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return str(value) if isinstance(value, Date) else value


def as_json(data: Any) -> bytes:
    """Compact JSON in UTF-8 with a line break at its end."""
    return _compact(data) + b"\n"


def piece(about: str, make: Callable[[], Any]) -> Piece:
    """A value somewhere in a large document; ``make`` gives it as data."""
    return Piece(about, lambda: _compact(make()))


_STAND_IN = "\0"
"""Where a piece will stand; no text of the lists holds it (``reading.yamlfile``)."""


def json_parts(data: Any) -> Iterator[Part]:
    """``as_json`` of data that holds pieces, in parts."""
    pieces: list[Piece] = []

    def stand_in(value: Piece) -> str:
        pieces.append(value)
        return _STAND_IN

    between = _compact(data, stand_in).split(_compact(_STAND_IN))
    for text, each in zip(between, pieces, strict=False):
        yield text
        yield each
    yield between[len(pieces)] + b"\n"


def _compact(data: Any, stand_in: Callable[[Any], Any] | None = None) -> bytes:
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=stand_in)
    return made.encode()
