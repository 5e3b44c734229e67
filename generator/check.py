"""Lists read and checked in one go, and findings in a clerk's words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from msgspec import Struct, field

from .language import Language, LanguageError, load_language, shipped_strings
from .ledger import Listing, listed, listed_again, listing
from .model import CHINESE, County, Finding
from .reading import Reading, Remembered, read
from .rules import STANDINGS, Changes, Checking, Kept, changes_since, check, to_keep
from .untouched import Settled
from .written import language_findings, page_findings

_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What a terminal would obey or hide instead of showing it."""

_GUESS = re.compile("⟨(.*?)⟩")
"""What a message says only when there is something near to what was written."""


class Checked(Struct, frozen=True):
    """A county and everything the check has to say about it.

    ``county`` holds the lists as the decisions have them on the day, which is what is
    published; it is None when the files do not even have the right shape. What the
    files themselves say is ``reading.county``.
    """

    folder: Path
    reading: Reading
    county: County | None
    languages: tuple[Language, ...]
    findings: tuple[Finding, ...]
    kept: Kept = field(default_factory=dict)
    """What the next check can use of this one; nothing without a county."""

    @property
    def has_errors(self) -> bool:
        """Whether a site must not be built."""
        return any(each.level == "error" for each in self.findings)

    def report(self, lang: str) -> str:
        """The errors, a line each."""
        errors = [each for each in self.findings if each.level == "error"]
        return "\n" + "\n".join(as_line(each, self.folder, lang) for each in errors)


def check_folder(
    folder: Path,
    today: datetime.date,
    as_of: datetime.date | None = None,
    remembered: Remembered | None = None,
    settled: Settled | None = None,
    kept: Kept | None = None,
) -> Checked:
    """Read ``folder`` and check it on ``today``; a clerk's mistake never raises.

    ``as_of`` gives the lists of another day. A day to come is also checked as that day
    will see it; the past is not judged by what was not known then. For ``remembered``
    and ``settled`` see ``reading.read``; ``kept`` is what ``Checked.kept`` was when that was
    read, with the same days.
    """
    reading = read(folder, remembered, settled)
    languages, beside = _languages(folder, reading.county)
    beside += page_findings(folder)
    if reading.county is None:
        return Checked(folder, reading, None, languages, (*_in_order(reading.findings), *beside))
    about = Checking(reading.county, max(today, as_of or today))
    changes = changes_since(reading, kept["orders"]) if kept else None
    found = check(reading, about, changes, kept)
    county, lists = _listed(about, as_of or today, changes, kept)
    findings = _in_order([*reading.findings, *chain.from_iterable(found.values())])
    now = {**to_keep(found, reading.county), "lists": lists}
    return Checked(folder, reading, county, languages, (*findings, *beside), now)


def _languages(
    folder: Path, county: County | None
) -> tuple[tuple[Language, ...], tuple[Finding, ...]]:
    """The languages of the site, and what is wrong with those that the county has added."""
    languages: list[Language] = []
    findings: list[Finding] = []
    for tag in county.languages if county else ():
        try:
            languages.append(load_language(tag, folder / "languages"))
        except LanguageError as error:
            findings += error.findings
    return tuple(languages), (*findings, *language_findings(folder, languages))


def _listed(
    about: Checking, day: datetime.date, changes: Changes | None, kept: Kept | None
) -> tuple[County, Listing]:
    """The county with its lists of the day, and how these differ from the files."""
    if changes is None or kept is None or changes.touch(STANDINGS):
        county = listed(about.county, about.on(day))
        return county, listing(about.county, county)
    lists: Listing = kept["lists"]
    return listed_again(about.county, about.on(day), lists), lists


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file and line."""
    return sorted(findings, key=lambda each: (each.file, each.line, each.column, each.rule))


def message(finding: Finding, lang: str) -> str:
    """What is wrong, and what to write instead."""
    catalog = "sheets" if finding.rule.startswith("sheet-") else "rules"
    texts = shipped_strings(lang if lang == "en" else CHINESE, catalog)
    parts = (texts[f"{finding.rule}.{part}"] for part in ("message", "remedy"))
    values = {key: shown(str(value)) for key, value in finding.values.items()}
    if "snippet" in values:  # our own lines, to be copied into a file
        values["snippet"] = str(finding.values["snippet"])
    guess = r"\1" if values.get("nearest") else ""
    return " ".join(_GUESS.sub(guess, part).format_map(values) for part in parts)


def shown(text: str) -> str:
    """Text from files with what cannot be seen named by its code."""
    return _HIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def as_line(finding: Finding, folder: Path, lang: str) -> str:
    """``lists/village/x.yml:3:5: error rule: what is wrong. What to write instead.``"""
    place = f"{folder.as_posix()}/{shown(finding.file)}:{finding.line}:{finding.column}"
    return f"{place}: {finding.level} {finding.rule}: {message(finding, lang)}"
