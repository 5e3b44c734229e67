"""Findings: what is wrong, where, and what to write instead.

A rule yields problems, which know the record but not the line; reading knows the
line. The words stand in ``generator/lang/rules.*.yml``, one entry a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from .record import Origin

Level = Literal["error", "warning"]
"""An error stops the site from being built; a warning is only listed."""


class Problem(Struct, frozen=True):
    """One breach of a rule, before its line is known."""

    rule: str
    origin: Origin
    values: Mapping[str, object] = field(default_factory=dict)
    """What the rule's message names: the word found, the nearest right one …"""


class Finding(Struct, frozen=True):
    """One breach of a rule, with its place in a file (line and column count from 1)."""

    rule: str
    level: Level
    file: str
    line: int
    column: int
    values: Mapping[str, object] = field(default_factory=dict)
