"""What a clerk most likely meant, to be offered as the thing to write instead."""

from __future__ import annotations

import datetime
import re
import unicodedata

from generator.model import Date

_QUOTES = " \"'“”‘’"
_ORDERS = (
    re.compile(r"(?P<year>[0-9]{4})[-./年](?P<month>[0-9]{1,2})[-./月](?P<day>[0-9]{1,2})[日号]?"),
    re.compile(r"(?P<year>[0-9]{4})[-./年](?P<month>[0-9]{1,2})月?"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2})[-./](?P<month>[0-9]{1,2})[-./](?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})年"),
)
_SPREADSHEET_DAY = re.compile(r"[2-6][0-9]{4}")
"""How Excel and WPS keep a day: so many days after the end of 1899; 1954 to 2091."""
_SPREADSHEET_BEGINS = datetime.date(1899, 12, 30)

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def meant_date(text: str) -> str | None:
    """A date written in another way, as lists write it: ``2026年7月1日`` as ``2026-07-01``."""
    plain = unicodedata.normalize("NFKC", text).strip(_QUOTES)
    if _SPREADSHEET_DAY.fullmatch(plain):
        return str(_SPREADSHEET_BEGINS + datetime.timedelta(days=int(plain)))
    found = next((match for each in _ORDERS if (match := each.fullmatch(plain))), None)
    if found is None:
        return None
    given = found.groupdict()
    later = [given[name].zfill(2) for name in ("month", "day") if given.get(name)]
    try:
        return Date.parse("-".join([given["year"], *later])).text
    except ValueError:
        return None


def meant_name(name: str) -> str | None:
    """A name of a list file as it should be: ``Tree Felling.YAML`` as ``tree-felling.yml``."""
    plain = unicodedata.normalize("NFKC", name).lower().removesuffix(".txt")
    stem, dot, ending = plain.rpartition(".")
    if not dot or ending not in ("yml", "yaml") or not stem.isascii():
        return None
    better = _NOT_IN_NAMES.sub("-", stem).strip("-")
    return f"{better}.yml" if better else None
