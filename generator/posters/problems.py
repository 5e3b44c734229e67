"""What keeps a sheet from being made, as findings that name the record at fault."""

from __future__ import annotations

from collections.abc import Iterator

from generator.edition import Edition
from generator.model import Finding, Level, Origin, Problem
from generator.reading import Reading
from generator.rules.walk import readable, records, strings

from .fonts import FontError
from .order import Order, views
from .typeset import GlyphError, SheetError, SheetFullError, TemplateError, Typesetter

LEVELS: dict[str, Level] = {
    "sheet-full": "error",
    "sheet-glyph": "error",
    "sheet-template": "error",
    "sheet-font": "error",
    "sheet-address": "warning",
}
"""Every rule of this module, and how grave a breach is."""


def problem_of(edition: Edition, order: Order, error: SheetError) -> Problem:
    """Why one sheet could not be made, at the record that is to be changed."""
    if isinstance(error, SheetFullError):
        origin = _origin(edition, error.subject)
        return Problem("sheet-full", origin, {"sheet": order.path, "subject": error.subject})
    if isinstance(error, GlyphError):
        origin = next(_holders(edition, error.text), Origin("county.yml"))
        return Problem("sheet-glyph", origin, {"text": error.text})
    assert isinstance(error, TemplateError)
    origin = Origin(f"posters/{error.template}")
    return Problem("sheet-template", origin, {"sheet": order.path, "reason": error.reason})


def without_address(edition: Edition) -> Problem:
    """Sheets were made that carry no code, because the site's address is not known."""
    return Problem("sheet-address", edition.county.profile.origin)


def without_font(error: FontError) -> Problem:
    """No sheet can be made."""
    return Problem("sheet-font", Origin("county.yml"), {"file": error.file})


def missing_glyphs(edition: Edition, setter: Typesetter) -> Iterator[Problem]:
    """For each character that no font has, the first text of the lists that uses it."""
    texts = [
        (record.origin.at(*path), text)
        for record in records(edition.county)
        for path, text in strings(readable(record))
        if path[-1] in edition.county.languages[:2] and "said_as" not in path
    ]
    rest = "".join(sorted({character for _, text in texts for character in text}))
    while (missing := setter.missing(rest)) is not None and set(missing) & set(rest):
        origin = next(where for where, text in texts if set(missing) & set(text))
        yield Problem("sheet-glyph", origin, {"text": missing})
        rest = "".join(character for character in rest if character not in missing)


def findings(problems: list[Problem], reading: Reading) -> list[Finding]:
    """Problems with the lines they stand on, each said once."""
    found = {}
    for each in problems:
        line, column = reading.locate(each.origin)
        finding = Finding(each.rule, LEVELS[each.rule], each.origin.file, line, column, each.values)
        found[each.rule, each.origin, str(each.values)] = finding
    return list(found.values())


def _holders(edition: Edition, text: str) -> Iterator[Origin]:
    """Where in the lists a text with one of these characters stands."""
    for record in records(edition.county):
        for path, value in strings(readable(record)):
            if any(character in value for character in text):
                yield record.origin.at(*path)


def _origin(edition: Edition, subject: str) -> Origin:
    """Where an item or place stands in the lists."""
    key = subject.removeprefix("items/")
    if key in edition.county.items:
        return edition.county.items[key].origin.at("name")
    place = {view.path: view.place for view in views(edition)}.get(subject)
    return place.origin.at("name") if place else Origin("county.yml")
