"""Everything a search engine needs to know of an edition, in one language.

The same mappings are shipped to the browser as scripts and used here by Python, so
that both sides start from the same bytes: one that every search needs, and one with
more phrases for queries that it does not answer for certain. They are compact: rows are
lists whose columns are named below, phrases of one row are joined by ``|``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from generator.edition import Edition
from generator.language import Language
from generator.model import CHINESE, Department, Hotline, Township, Village

from .grams import Grams
from .items import JOINT, Numbers, Rows, characters_and_readings, item_rows, texts_of
from .phrases import UNLISTED
from .tables import extra_readings, syllable_runs, traditional_pairs

MEANS = ">"
"""Between a word of the lists and what people say for it."""


_AREAS = re.compile("[^省市州县区]{2,}[省市州县区]")


class SearchData(Struct, frozen=True):
    """The data of one language.

    ``first``, which every search needs: ``lists``: [id, role, verdict, level], and for
    items on no list a row without an id for each reason · ``items``: [id, list index, name,
    phrases to show, wordings to search, departments (indexes), replaced by (indexes),
    places it is limited to, variants [[places], list index, name, department]] (trailing
    columns may be missing) · ``departments``: [id, name, phone, phrases] · ``places``:
    [code, path, name, phone, phrases], a township before its villages.

    ``more``: ``phrases``: [other wordings to search, those in languages other than
    Chinese], for each item in the order of ``items``. Both have the same ``digest`` when
    they are of one edition.
    """

    first: Mapping[str, Any]
    more: Mapping[str, Any]


def search_data(edition: Edition, lang: str) -> SearchData:
    """The data of one language, made once."""
    return edition.shared.once("search.data", lang, lambda: _made(edition, lang))


def _made(edition: Edition, lang: str) -> SearchData:
    county = edition.county
    tables = edition.shared.once("search.tables", (), lambda: _tables(edition))
    shown = _Shown(edition, edition.language(lang))
    rows = edition.shared.once("search.rows", (), lambda: _item_rows(edition, tables, shown))
    number = [each.tag for each in edition.languages].index(lang)
    items, more = zip(*(each[number] for each in rows), strict=True) if rows else ((), ())
    digest = hashlib.sha256("\n".join(each[0] for each in items).encode()).hexdigest()[:8]
    first = {
        **tables,
        "digest": digest,
        "itself": shown.language.say("township.itself"),
        "joint": shown.language.say("list.separator"),
        "lists": list(shown.lists()),
        "departments": [shown.department(each) for each in county.departments.values()],
        "places": list(shown.places()),
        "items": list(items),
        "hotlines": [shown.hotline(each) for each in county.lexicon.hotlines],
        "elsewhere": JOINT.join(county.lexicon.elsewhere),
        "around": JOINT.join(_around(edition)),
    }
    return SearchData(first, {"digest": digest, "phrases": list(more)})


def _item_rows(edition: Edition, tables: Mapping[str, Any], shown: _Shown) -> list[Rows]:
    return item_rows(edition, Grams(tables), shown.numbers)


def _tables(edition: Edition) -> dict[str, Any]:
    """What cutting texts into tokens needs."""
    lexicon = edition.county.lexicon
    texts = tuple(_searched(edition))
    characters, readings = characters_and_readings(edition)
    return {
        "words": JOINT.join(MEANS.join((row.means, *row.said)) for row in lexicon.words),
        "ignored": JOINT.join(lexicon.ignored),
        "sounds": syllable_runs(),
        "readings": "".join(sorted(readings | extra_readings(texts))),
        "simplified": traditional_pairs(characters.union(*texts)),
    }


def _around(edition: Edition) -> Iterator[str]:
    """Names of what lies around every place: province, city and county, also without 省市县."""
    profile = edition.county.profile
    for name in (*_AREAS.findall(profile.part_of.zh), profile.name.zh):
        yield name
        yield name[:-1]


def _searched(edition: Edition) -> Iterator[str]:
    """Every Chinese text beside those of items that a query may match."""
    for department in edition.county.departments.values():
        yield from texts_of(department)
    for _, place in _places(edition):
        yield from (place.name.zh, *(each.zh for each in place.former_names))
    for word in edition.county.lexicon.words:
        yield from (word.means, *word.said)
    yield from edition.county.lexicon.ignored


class _Shown:
    """Rows of the data, as shown in one language."""

    def __init__(self, edition: Edition, language: Language) -> None:
        self.language = language
        self._edition = edition
        gone = {key: (each.state, each.item.level) for key, each in edition.unlisted.items()}
        lists = {key: n for n, key in enumerate(edition.county.item_lists)}
        self._reasons = {each: n for n, each in enumerate(sorted(set(gone.values())), len(lists))}
        departments = {key: n for n, key in enumerate(edition.county.departments)}
        reasons = {key: self._reasons[each] for key, each in gone.items()}
        self.numbers = Numbers(lists, departments, reasons)

    def lists(self) -> Iterator[list[str]]:
        for each in self._edition.county.item_lists.values():
            yield [each.id, each.role, each.verdict.to(self.language.tag), each.level]
        for state, level in self._reasons:
            yield ["", UNLISTED, self.language.say(f"unlisted.{state}"), level]

    def department(self, department: Department) -> list[Any]:
        phone = department.phones[0].number if department.phones else ""
        own = self.language.tag
        phrases = [*(each.to(own) for each in department.former_names)]
        phrases += [*department.said_as.get(CHINESE, ()), *department.said_as.get(own, ())]
        return [department.id, department.name.to(own), phone, JOINT.join(dict.fromkeys(phrases))]

    def places(self) -> Iterator[list[Any]]:
        for path, place in _places(self._edition):
            yield self._place(place, path)

    def _place(self, place: Township | Village, path: str) -> list[Any]:
        phones = place.service_centre.phones
        name = place.name.to(self.language.tag)
        names = dict.fromkeys(each.zh for each in (place.name, *place.former_names))
        phrases = JOINT.join(each for each in names if each != name)
        return [place.code, path, name, phones[0].number if phones else "", phrases]

    def hotline(self, hotline: Hotline) -> list[Any]:
        phrases = (phrase for words in hotline.said_as.values() for phrase in words)
        limit = self._edition.county.profile.stale_after_days
        confirmed = int(hotline.is_confirmed(self._edition.today, limit))
        return [hotline.number, hotline.name.to(self.language.tag), JOINT.join(phrases), confirmed]


def _places(edition: Edition) -> Iterator[tuple[str, Township | Village]]:
    """Every place with the path of its page, a township before its villages."""
    for township in edition.county.townships.values():
        path = f"places/{township.slug}"
        yield path, township
        for village in township.villages:
            yield f"{path}/{village.slug}", village
