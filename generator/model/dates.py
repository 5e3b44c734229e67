"""Dates as coarse as their source: the part of EDTF that public lists need.

Extended Date/Time Format, ISO 8601-2:2019: ``2023``, ``2024-05``, ``2024-05-20``,
half-years ``2023-40`` (first) and ``2023-41`` (second), a trailing ``~`` for
"about", ``?`` for "uncertain", and ``../2024-05`` for "not later than".
"""

from __future__ import annotations

import calendar
import datetime
import re
from functools import total_ordering

_PATTERN = re.compile(
    r"(?P<open>\.\./)?(?P<year>[0-9]{4})(?:-(?P<part>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<mark>[~?])?"
)
_HALF_YEARS = {40: (1, 6), 41: (7, 12)}
PATTERN = "^" + re.sub(r"\?P<[a-z]+>", "", _PATTERN.pattern) + "$"
"""The accepted notation as a regular expression, for the JSON Schema."""


@total_ordering
class Date:
    """A calendar date known to the year, half-year, month or day.

    ``earliest`` and ``latest`` are the first and last day it can mean; both are
    inclusive. Dates sort by ``latest``, then ``earliest``.
    """

    # No dataclass: msgspec would take the mapping of its fields for a date.
    __slots__ = ("earliest", "latest", "text")

    def __init__(self, text: str, earliest: datetime.date, latest: datetime.date) -> None:
        self.text = text
        self.earliest = earliest
        self.latest = latest

    @classmethod
    def parse(cls, text: str) -> Date:
        """Read EDTF notation.

        Raises:
            ValueError: when ``text`` is not a date in the supported notation.
        """
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise ValueError(text)
        first, last = _bounds(match)
        return cls(text, datetime.date.min if match["open"] else first, last)

    @property
    def is_open(self) -> bool:
        """Whether only the end is known ("not later than")."""
        return self.text.startswith("../")

    @property
    def is_uncertain(self) -> bool:
        """Whether the source itself is not sure."""
        return self.text.endswith(("~", "?"))

    @property
    def begins(self) -> datetime.date:
        """First day of the period that is named, also where only the end is known.

        From this day on a decision counts: ``2023`` from 1 January, ``../2024-05`` from
        1 May 2024.
        """
        return Date.parse(self.text.removeprefix("../")).earliest if self.is_open else self.earliest

    @property
    def precision(self) -> str:
        """``year``, ``half``, ``month`` or ``day``."""
        digits = self.text.removeprefix("../").rstrip("~?").split("-")
        if len(digits) == len(("year", "part")) and int(digits[1]) in _HALF_YEARS:
            return "half"
        return ("year", "month", "day")[len(digits) - 1]

    @property
    def file_prefix(self) -> str:
        """How file names begin that begin with the date; half-years only give the year."""
        digits = self.text.removeprefix("../").rstrip("~?")
        return digits[:4] if self.precision == "half" else digits

    def is_after(self, day: datetime.date) -> bool:
        """Whether the date certainly lies after ``day``."""
        return self.earliest > day

    def is_past(self, day: datetime.date) -> bool:
        """Whether the whole period has ended before ``day``."""
        return self.latest < day

    def __lt__(self, other: Date) -> bool:
        return (self.latest, self.earliest) < (other.latest, other.earliest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Date) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Date.parse({self.text!r})"


def _bounds(match: re.Match[str]) -> tuple[datetime.date, datetime.date]:
    year = int(match["year"])
    if match["part"] is None:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    part = int(match["part"])
    if match["day"] is not None:
        day = datetime.date(year, part, int(match["day"]))
        return day, day
    first_month, last_month = _HALF_YEARS.get(part, (part, part))
    first = datetime.date(year, first_month, 1)
    last_day = calendar.monthrange(year, last_month)[1]
    return first, datetime.date(year, last_month, last_day)
