"""Changes for feed readers and calendars: Atom (RFC 4287) and iCalendar (RFC 5545).

One feed for the county, each township and each department, one calendar for the
county, in every language. Entries keep their identity when the site moves: it is a
UUID of the county's code and the decision's file name (RFC 9562, version 5), since a
tag: URI would need a host name that a county may not have, or not keep.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Iterator
from functools import partial
from xml.etree import ElementTree as ET

from .edition import Edition, SiteFile
from .language import Language
from .ledger import (
    DueDate,
    departments_in,
    due_dates,
    explain,
    holds_in,
    newest_first,
    status_of,
)
from .model import Decision

ATOM = "http://www.w3.org/2005/Atom"
_CHINA = "T00:00:00+08:00"
"""Dates are days in China, which has one time zone."""

MOST_ENTRIES = 50
_LONGEST_LINE = 75
"""Bytes of a line of a calendar (RFC 5545, 3.1)."""

_NAMESPACE = uuid.UUID("a7a1f0a4-0a5b-5f4e-9c56-5f6a2f1d2c11")

ET.register_namespace("", ATOM)


def files(edition: Edition) -> Iterator[SiteFile]:
    """Every feed and calendar of the site."""
    decisions = tuple(newest_first(edition.county))
    for language in edition.languages:
        for path, name, chosen in _feeds(edition, language, decisions):
            file = edition.file_path(language.tag, f"{path}/feed.xml")
            yield SiteFile(file, partial(atom, edition, language, path, name, chosen))
        file = edition.file_path(language.tag, "changes/calendar.ics")
        yield SiteFile(file, partial(calendar, edition, language))


def _feeds(
    edition: Edition, language: Language, decisions: tuple[Decision, ...]
) -> Iterator[tuple[str, str, tuple[Decision, ...]]]:
    """The page that each feed belongs to, whose changes it holds, and which they are."""
    county, tag = edition.county, language.tag
    yield "changes", county.profile.name.to(tag), decisions
    for township in county.townships.values():
        here = tuple(each for each in decisions if holds_in(each, township, county))
        yield f"changes/places/{township.slug}", township.name.to(tag), here
    concerned = {each.id: departments_in(each, county) for each in decisions}
    for department in county.departments.values():
        its = tuple(each for each in decisions if department.id in concerned[each.id])
        yield f"departments/{department.id}", department.name.to(tag), its


def atom(
    edition: Edition, language: Language, path: str, name: str, decisions: Iterable[Decision]
) -> bytes:
    """An Atom feed of ``decisions``; links are there only when the site has an address."""
    shown = list(decisions)[:MOST_ENTRIES]
    feed = ET.Element(_atom("feed"), {"xml:lang": language.html_tag})
    _text(feed, "id", _urn(edition, f"{language.tag}/{path}"))
    _text(feed, "title", language.say("changes.of", name=name))
    _text(feed, "updated", _updated([_changed_on(each, edition.today) for each in shown]))
    author = ET.SubElement(feed, _atom("author"))
    _text(author, "name", edition.county.profile.name.to(language.tag))
    _link(feed, "alternate", edition.address(language.tag, path))
    _link(feed, "self", edition.file_address(language.tag, f"{path}/feed.xml"))
    for decision in shown:
        _entry(feed, edition, language, decision)
    ET.indent(feed)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(feed: ET.Element, edition: Edition, language: Language, decision: Decision) -> None:
    entry = ET.SubElement(feed, _atom("entry"))
    _text(entry, "id", _urn(edition, f"{language.tag}/decisions/{decision.id}"))
    _text(entry, "title", decision.title.to(language.tag))
    changed = _changed_on(decision, edition.today)
    _text(entry, "updated", f"{changed.isoformat()}{_CHINA}")
    _link(entry, "alternate", edition.address(language.tag, f"changes/{decision.id}"))
    ET.SubElement(
        entry,
        _atom("category"),
        {"term": decision.kind, "label": language.say(f"decision.{decision.kind}")},
    )
    _text(entry, "content", "\n".join(_told(edition, language, decision)))


def _told(edition: Edition, language: Language, decision: Decision) -> Iterator[str]:
    """What a decision says, a sentence a line."""
    status = status_of(decision, edition.today)
    if status != "in-force":
        yield language.say(f"status.{status}")
    yield " ".join(decision.summary.to(language.tag).split())
    for change in decision.changes:
        told = explain(change, edition.county, language, is_refused=decision.is_rejected)
        yield told + language.say("stop")


def _changed_on(decision: Decision, today: datetime.date) -> datetime.date:
    """The last day on which something happened to a decision, as far as it is recorded."""
    dates = [each.date for each in decision.stages if each.date]
    dates += [each for each in (decision.date, decision.answered, decision.reviewed) if each]
    past = [each.begins for each in dates if each.begins <= today]
    return max(past, default=min(each.begins for each in dates))


def _updated(days: list[datetime.date]) -> str:
    return f"{max(days, default=datetime.date(1970, 1, 1)).isoformat()}{_CHINA}"


def _urn(edition: Edition, name: str) -> str:
    return uuid.uuid5(_NAMESPACE, f"{edition.county.profile.code}/{name}").urn


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _atom(name)).text = text


def _link(parent: ET.Element, relation: str, address: str | None) -> None:
    if address:
        ET.SubElement(parent, _atom("link"), {"rel": relation, "href": address})


def calendar(edition: Edition, language: Language) -> bytes:
    """The county's coming dates: decisions that begin to count or end, and reviews due."""
    name = edition.county.profile.name.to(language.tag)
    due = due_dates(edition.county, edition.today)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Qingdan//changes//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(language.say('changes.of', name=name))}",
        *(line for each in due for line in _event(edition, language, each)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def _event(edition: Edition, language: Language, due: DueDate) -> Iterator[str]:
    record = due.decision or due.item_list
    assert record is not None
    title = record.title.to(language.tag)
    folder = "changes" if due.decision else "lists"
    address = edition.address(language.tag, f"{folder}/{record.id}")
    begins = due.date.begins
    yield "BEGIN:VEVENT"
    yield f"UID:{_urn(edition, f'{due.kind}/{folder}/{record.id}')}"
    yield f"DTSTAMP:{edition.today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{begins:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{due.date.latest + datetime.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(language.say(f'due.{due.kind}') + language.say('colon') + title)}"
    if due.decision:
        yield f"DESCRIPTION:{_escaped(due.decision.summary.to(language.tag))}"
    if address:
        yield f"URL:{address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Text of a calendar (RFC 5545, 3.3.11)."""
    text = " ".join(text.split())
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, never cut inside a character."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode("utf-8"))
        if size + width > _LONGEST_LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += width
    return "\r\n".join(pieces)
