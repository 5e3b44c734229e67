"""What time it is. Nothing else reads the clock, and only the plugin and the command ask."""

from __future__ import annotations

import datetime
import os


def today() -> datetime.date:
    """The day here, or that of SOURCE_DATE_EPOCH in UTC."""
    return _given() or datetime.datetime.now(datetime.UTC).astimezone().date()


def utc_day() -> datetime.date:
    """The day in UTC, that of SOURCE_DATE_EPOCH if it is set."""
    return _given() or datetime.datetime.now(datetime.UTC).date()


def _given() -> datetime.date | None:
    """The day of SOURCE_DATE_EPOCH, seconds since 1970: for builds that can be repeated.

    Raises:
        ValueError, OverflowError, OSError: when it is not a time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch else None
