"""What must hold in a county's lists."""

from __future__ import annotations

import datetime

from generator.model import Finding
from generator.reading import Reading


def check(reading: Reading, today: datetime.date) -> tuple[Finding, ...]:
    """Every finding about the lists on ``today``, by file and line."""
    return tuple(sorted(reading.findings, key=lambda each: (each.file, each.line, each.column, each.rule)))
