"""Records as plain data, field by field, so that what is read of a watched county is noted."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

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
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
