"""What stands on each kind of sheet, as data for its template.

A sheet's content is its own part, and lists that many places share; the shared part
is made once and knows its digest, so that hundreds of sheets cost little to compare.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from urllib.parse import quote, urlsplit

from msgspec import Struct, field

from generator.edition import Edition
from generator.model import Department, Item, ServiceCentre, Text, VillageItem
from generator.views import PlaceView

from .order import Order, views
from .rows import Data, county_lists, events_of, groups_of, handout_row, poster_row
from .voice import Said, Voice


class Lists(Struct, frozen=True):
    """The lists of one or more sheets, in the languages of those sheets."""

    encoded: bytes
    """JSON, as the template reads it."""
    digest: str
    """SHA-256 of ``encoded``."""

    @classmethod
    def of(cls, data: Sequence[Data]) -> Lists:
        """Lists made from data."""
        encoded = encode(data)
        return cls(encoded, hashlib.sha256(encoded).hexdigest())


class Content(Struct, frozen=True):
    """Everything a template needs to know."""

    own: Data
    lists: Lists


def encode(data: object) -> bytes:
    """JSON, always in the same bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class Writer(Struct, eq=False, dict=True):
    """Writes the content of orders; what sheets share is written once.

    Codes lead to the edition's ``site_url``; without one no code is printed.
    """

    edition: Edition
    _lists: dict[tuple[object, ...], Lists] = field(default_factory=dict)

    @cached_property
    def _views(self) -> dict[str, PlaceView]:
        return {view.path: view for view in views(self.edition)}

    def content(self, order: Order) -> Content:
        """What stands on the ordered sheet."""
        voice = Voice(self.edition, order.tags)
        own = self._common(voice, order)
        if order.kind.subject == "county":
            return self._county(voice, order, own)
        if order.kind.subject == "item":
            item = self.edition.county.items[order.subject.removeprefix("items/")]
            return Content(own | self._slip(voice, item), Lists.of(()))
        return self._place(voice, order, own)

    def _common(self, voice: Voice, order: Order) -> Data:
        profile = self.edition.county.profile
        edition = order.printing.edition or profile.edition
        hotline = profile.hotline
        words = {
            name: voice.say(f"sheet.{name}", number=hotline.number)
            for name in _WORDS[order.kind.id]
        }
        words |= {
            "edition": voice.edition_named(edition),
            "source": voice.say("sheet.source", source=profile.site_name),
            "demonstration": voice.say("shell.demonstration"),
            "demonstration_note": voice.say("sheet.demonstration_note"),
            "scan": voice.say("sheet.scan"),
        }
        return {
            "subject": order.subject or "county",
            "county": voice.text(profile.name),
            "hotline": {
                "number": profile.hotline.number,
                "note": voice.maybe(profile.hotline.note) or voice.say("centre.hotline"),
            },
            "demonstration": not profile.official,
            "address": self._address(voice, order.subject, edition),
            "words": words,
        }

    def _address(self, voice: Voice, path: str, edition: str) -> Data | None:
        """The code of the subject's page, with the edition that a scanner's page compares."""
        page = self.edition.address(voice.tags[0], path)
        if page is None:
            return None
        full = f"{page}?e={quote(edition, safe='')}"
        parts = urlsplit(page)
        short = f"{parts.netloc}{parts.path}".removesuffix("index.html").rstrip("/")
        return {
            "url": full,
            "short": short,
            "alt": voice.say("sheet.code_alt", url=full),
        }

    def _place(self, voice: Voice, order: Order, own: Data) -> Content:
        view = self._views[order.subject]
        place = view.place
        level = "village" if view.village else "township"
        above = [self.edition.county.profile.name]
        if view.village:
            above.append(view.township.name)
        heading = voice.say(f"sheet.heading.{level}")
        own |= {
            "above": [voice.text(each) for each in above],
            "place": voice.text(place.name),
            "heading": heading,
            "title": _side_by_side(voice.text(place.name), heading),
            "tag": voice.say(f"sheet.tag.{level}"),
            "centre": _centre(voice, place.service_centre),
            "names": [voice.text(each) for each in (*above, place.name)],
        }
        return Content(own, self._lists_of(voice, order, view))

    def _lists_of(self, voice: Voice, order: Order, view: PlaceView) -> Lists:
        """The place's lists; places that read the same share them."""
        chosen = order.printing.lists
        key = (id(view.groups), order.kind.id, order.tags, chosen)
        if key not in self._lists:
            groups = [group for group in view.groups if not chosen or group.item_list.id in chosen]
            write = events_of if order.kind.id == "cards" else groups_of
            detail = handout_row if order.kind.id == "handout" else poster_row
            self._lists[key] = Lists.of(write(voice, groups, detail))
        return self._lists[key]

    def _slip(self, voice: Voice, item: Item) -> Data:
        assert isinstance(item, VillageItem)
        county = self.edition.county
        name = voice.text(item.name)
        replacement = item.replacement
        bodies = replacement.by if replacement else (item.department,)
        return {
            "title": _side_by_side(voice.say("sheet.slip.title"), name),
            "heading": voice.say("sheet.slip.title"),
            "name": name,
            "says": voice.say("sheet.slip.says", name=item.name),
            "how": voice.text(replacement.how if replacement else item.answer),
            "bodies": [_body(voice, county.departments[key]) for key in bodies],
            "exceptions": [voice.text(each.text) for each in item.exceptions],
            "basis": [_basis(voice, each.document, each.article) for each in item.basis],
        }

    def _county(self, voice: Voice, order: Order, own: Data) -> Content:
        county = self.edition.county
        kind = order.kind.id
        heading = voice.say(f"sheet.{kind}.title")
        own |= {
            "heading": heading,
            "place": voice.text(county.profile.name),
            "part_of": voice.text(county.profile.part_of),
            "title": _side_by_side(voice.text(county.profile.name), heading),
        }
        if kind == "plates":
            own["plates"] = [
                {"name": voice.text(each.name), "note": voice.maybe(each.note)}
                for each in county.plates.values()
            ]
            return Content(own, Lists.of(()))
        own["places"] = [
            {
                "name": voice.text(township.name),
                "villages": [voice.text(village.name) for village in township.villages],
            }
            for township in county.townships.values()
        ]
        return Content(own, Lists.of(county_lists(voice)))


_EMERGENCY = 3
"""How many digits the number of an emergency service has: 110, 119, 120."""
_WORDS: Mapping[str, tuple[str, ...]] = {
    "poster": ("items", "continued", "phone", "hours", "where"),
    "plain": ("items", "continued", "phone", "hours", "where"),
    "handout": ("items", "phone", "hours", "where", "office", "item", "call", "unknown"),
    "cards": ("items", "continued", "phone"),
    "slip": (
        "slip.to",
        "slip.instead",
        "slip.bodies",
        "slip.basis",
        "slip.exceptions",
        "slip.village",
        "slip.phone",
        "slip.date",
        "slip.courtesy",
    ),
    "plates": ("plates.lead", "plates.report"),
    "county": ("items", "continued", "county.find", "county.lists", "county.villages"),
}
"""What each kind says beside what all sheets say."""


def _side_by_side(*texts: Said) -> Said:
    """Texts joined by a space, language by language."""
    return [" ".join(each) for each in zip(*texts, strict=False)]


def _centre(voice: Voice, centre: ServiceCentre) -> Data:
    return {
        "address": voice.maybe(centre.address),
        "hours": voice.maybe(centre.hours),
        "phones": [voice.phone(each) for each in centre.phones],
    }


def _body(voice: Voice, department: Department) -> Data:
    """Whom to ask; at a number of three digits, for emergencies, nobody asks for a paper."""
    phones = [each for each in department.phones[:1] if len(each.number) > _EMERGENCY]
    return {
        "name": voice.text(department.name),
        "phones": [voice.phone(each) for each in phones],
    }


def _basis(voice: Voice, key: str, article: Text | None) -> Said:
    document = voice.edition.county.documents[key]
    number = f" {document.number}" if document.number else ""
    titles = [f"{text}{number}" for text in voice.text(document.title)]
    return _side_by_side(titles, voice.text(article)) if article else titles
