"""Everything a search engine needs to know of an edition, in one language.

The same mappings are shipped to the browser as scripts and used here by Python, so
that both sides start from the same bytes: one that every search needs, and one with
more phrases for queries that it does not answer for certain. They are compact: rows are
lists whose columns are named below, phrases of one row are joined by ``|``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.edition import Edition
from generator.language import Language
from generator.model import (
    CHINESE,
    BasicItem,
    CooperativeItem,
    Department,
    Hotline,
    Item,
    TakenBackItem,
    Township,
    Variant,
    Village,
    VillageItem,
)

from .grams import Grams
from .phrases import UNLISTED, Parts, Phrases
from .tables import extra_readings, syllable_runs, traditional_pairs

JOINT = "|"
"""Between the phrases of one row."""

MEANS = ">"
"""Between a word of the lists and what people say for it."""


_AREAS = re.compile("[^省市州县区]{2,}[省市州县区]")


@dataclass(frozen=True)
class SearchData:
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
    grams = edition.shared.once("search.grams", (), lambda: Grams(tables))
    phrases = Phrases(edition, lang, grams)
    items = list(_items(edition))
    parts = [phrases.of(each) for each in items]
    digest = hashlib.sha256("\n".join(each.id for each in items).encode()).hexdigest()[:8]
    first = {
        **tables,
        "digest": digest,
        "itself": shown.language.say("township.itself"),
        "joint": shown.language.say("list.separator"),
        "lists": list(shown.lists()),
        "departments": [shown.department(each) for each in county.departments.values()],
        "places": list(shown.places()),
        "items": list(map(shown.item, items, parts)),
        "hotlines": [shown.hotline(each) for each in county.lexicon.hotlines],
        "elsewhere": JOINT.join(county.lexicon.elsewhere),
        "around": JOINT.join(_around(edition)),
    }
    more = [[JOINT.join(each.more), JOINT.join(each.more_of_others)] for each in parts]
    return SearchData(first, {"digest": digest, "phrases": more})


def _tables(edition: Edition) -> dict[str, Any]:
    """What cutting texts into tokens needs."""
    lexicon = edition.county.lexicon
    texts = tuple(_searched(edition))
    return {
        "words": JOINT.join(MEANS.join((row.means, *row.said)) for row in lexicon.words),
        "ignored": JOINT.join(lexicon.ignored),
        "sounds": syllable_runs(),
        "readings": extra_readings(texts),
        "simplified": traditional_pairs(set().union(*texts)),
    }


def _around(edition: Edition) -> Iterator[str]:
    """Names of what lies around every place: province, city and county, also without 省市县."""
    profile = edition.county.profile
    for name in (*_AREAS.findall(profile.part_of.zh), profile.name.zh):
        yield name
        yield name[:-1]


def _searched(edition: Edition) -> Iterator[str]:
    """Every Chinese text that a query may match."""
    county = edition.county
    things: tuple[Item | Department, ...] = (*_items(edition), *county.departments.values())
    for thing in things:
        yield from (thing.name.zh, *(each.zh for each in thing.former_names))
        yield from thing.said_as.get(CHINESE, ())
    for _, place in _places(edition):
        yield from (place.name.zh, *(each.zh for each in place.former_names))
    for word in county.lexicon.words:
        yield from (word.means, *word.said)
    yield from county.lexicon.ignored


def _items(edition: Edition) -> Iterator[Item]:
    """Every item that has a page; those on no list come last."""
    yield from edition.county.items.values()
    yield from edition.county.unlisted.values()


class _Shown:
    """Rows of the data, as shown in one language."""

    def __init__(self, edition: Edition, language: Language) -> None:
        self.language = language
        self._edition = edition
        reasons = {(each.state, each.item.level) for each in edition.unlisted.values()}
        self._lists = {key: n for n, key in enumerate(edition.county.item_lists)}
        self._reasons = {each: n for n, each in enumerate(sorted(reasons), len(self._lists))}
        self._departments = {key: n for n, key in enumerate(edition.county.departments)}

    def lists(self) -> Iterator[list[str]]:
        for each in self._edition.county.item_lists.values():
            yield [each.id, each.role, each.verdict.to(self.language.tag), each.level]
        for state, level in self._reasons:
            yield ["", UNLISTED, self.language.say(f"unlisted.{state}"), level]

    def item(self, item: Item, parts: Parts) -> list[Any]:
        gone = self._edition.unlisted.get(item.id)
        return _trimmed(
            [
                item.id,
                self._reasons[gone.state, item.level] if gone else self._lists[item.list],
                item.name.to(self.language.tag),
                JOINT.join(parts.shown),
                JOINT.join(parts.first),
                self._indexes(_responsible(item)),
                self._indexes(_replaced_by(item)),
                list(item.places),
                [] if gone else [self._variant(each) for each in item.variants],
            ]
        )

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

    def _variant(self, variant: Variant) -> list[Any]:
        name = variant.name.to(self.language.tag) if variant.name else ""
        listed = self._lists[variant.list] if variant.list else -1
        department = self._departments[variant.department] if variant.department else -1
        return [list(variant.places), listed, name, department]

    def hotline(self, hotline: Hotline) -> list[Any]:
        phrases = (phrase for words in hotline.said_as.values() for phrase in words)
        limit = self._edition.county.profile.stale_after_days
        confirmed = int(hotline.is_confirmed(self._edition.today, limit))
        return [hotline.number, hotline.name.to(self.language.tag), JOINT.join(phrases), confirmed]

    def _indexes(self, keys: Sequence[str]) -> list[int]:
        return [self._departments[key] for key in keys]


def _places(edition: Edition) -> Iterator[tuple[str, Township | Village]]:
    """Every place with the path of its page, a township before its villages."""
    for township in edition.county.townships.values():
        path = f"places/{township.slug}"
        yield path, township
        for village in township.villages:
            yield f"{path}/{village.slug}", village


def _responsible(item: Item) -> tuple[str, ...]:
    """Departments a villager deals with; none for what the township itself does."""
    match item:
        case VillageItem():
            return (item.department,)
        case CooperativeItem():
            return item.leads
        case TakenBackItem():
            return item.taken_by
        case BasicItem():
            return ()
    raise AssertionError(type(item))


def _replaced_by(item: Item) -> tuple[str, ...]:
    replacement = item.replacement if isinstance(item, VillageItem) else None
    return replacement.by if replacement else ()


def _trimmed(row: list[Any]) -> list[Any]:
    """The row without empty columns at its end."""
    while not row[-1] and row[-1] != 0:
        row.pop()
    return row
