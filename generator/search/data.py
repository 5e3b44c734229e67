"""Everything a search engine needs to know of an edition, in one language.

The same mapping is shipped to the browser as a script and used here by Python, so
that both sides start from the same bytes. It is compact: rows are lists whose
columns are named below, phrases of one row are joined by ``|``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
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
from .tables import extra_readings, syllable_runs, traditional_pairs

JOINT = "|"
"""Between the phrases of one row."""

SHOWN_PHRASES = 3
"""How many phrases a result may say an item is called."""

OTHER_PHRASES = 13
"""How many phrases of another language are searched, the most usual ones first."""

TOWNSHIP_PHRASES = 12
"""How many phrases of a township item are searched: what a phone loads is for villagers."""

MEANS = ">"
"""Between a word of the lists and what people say for it."""


_AREAS = re.compile("[^省市州县区]{2,}[省市州县区]")


def search_data(edition: Edition, lang: str) -> dict[str, Any]:
    """The data of one language.

    ``lists``: [id, role, verdict, level] · ``items``: [id, list index, name, phrases to
    show, wordings to search, departments (indexes), replaced by (indexes), places it is
    limited to, variants [[places], list index, name, department]] (trailing columns may
    be missing) · ``departments``: [id, name, phone, phrases] · ``places``: [code, path,
    name, phone, phrases], a township before its villages.
    """
    county = edition.county
    tables = _tables(edition)
    shown = _Shown(edition, edition.language(lang), Grams(tables))
    return {
        **tables,
        "itself": shown.language.say("township.itself"),
        "joint": shown.language.say("list.separator"),
        "lists": [
            [each.id, each.role, each.verdict.to(lang), each.level]
            for each in county.item_lists.values()
        ],
        "departments": [shown.department(each) for each in county.departments.values()],
        "places": list(shown.places()),
        "items": [shown.item(each) for each in county.items.values()],
        "hotlines": [shown.hotline(each) for each in county.lexicon.hotlines],
        "elsewhere": JOINT.join(county.lexicon.elsewhere),
        "around": JOINT.join(_around(edition)),
    }


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
    things: tuple[Item | Department, ...] = (*county.items.values(), *county.departments.values())
    for thing in things:
        yield from (thing.name.zh, *(each.zh for each in thing.former_names))
        yield from thing.said_as.get(CHINESE, ())
    for _, place in _places(edition):
        yield from (place.name.zh, *(each.zh for each in place.former_names))
    for word in county.lexicon.words:
        yield from (word.means, *word.said)
    yield from county.lexicon.ignored


class _Shown:
    """Rows of the data, as shown in one language."""

    def __init__(self, edition: Edition, language: Language, grams: Grams) -> None:
        self.language = language
        self._grams = grams
        self._edition = edition
        self._lists = {key: n for n, key in enumerate(edition.county.item_lists)}
        self._departments = {key: n for n, key in enumerate(edition.county.departments)}

    def item(self, item: Item) -> list[Any]:
        lang = self.language.tag
        return _trimmed(
            [
                item.id,
                self._lists[item.list],
                item.name.to(lang),
                *self._phrases(item),
                self._indexes(_responsible(item)),
                self._indexes(_replaced_by(item)),
                list(item.places),
                [self._variant(each) for each in item.variants],
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

    def _phrases(self, item: Item) -> tuple[str, str]:
        """What an item is called: a few phrases to show, and all the rest to search.

        The rest is put in the words of the lists, without filler: many phrases then say
        the same and are shipped once. What people call the item is searched in every
        language; of its names the shown one, and the Chinese one of a village item. What
        leads to a village item leads there alone.
        """
        own = self.language.tag
        most = TOWNSHIP_PHRASES if item.level == "township" else None
        said = list(item.said_as.get(own, item.said_as.get(CHINESE, ())))[:most]
        shown = said[:SHOWN_PHRASES]
        chinese = [item.name.zh] if item.level == "village" else []
        rest = [*chinese, *(each.to(own) for each in item.former_names), *said[SHOWN_PHRASES:]]
        as_said: list[str] = []
        for lang, found in item.said_as.items():
            rest += found[:OTHER_PHRASES] if lang != own else ()
            as_said += map(self._as_said, found[:SHOWN_PHRASES] if own != lang == CHINESE else ())
        known = {self._wording(each) for each in (item.name.to(own), *shown)}
        known |= self._of_villages if item.level == "township" else set()
        wordings = dict.fromkeys([*map(self._wording, rest), *as_said])
        return JOINT.join(shown), JOINT.join(each for each in wordings if each not in known)

    @cached_property
    def _of_villages(self) -> set[str]:
        """All wordings of village items."""
        items = self._edition.county.items.values()
        phrases = (
            words for each in items if each.level == "village" for words in each.said_as.values()
        )
        return {self._wording(each) for each in itertools.chain.from_iterable(phrases)}

    def _as_said(self, phrase: str) -> str:
        """A phrase in its own words, without filler."""
        return " ".join(self._grams.wordings(self._grams.normalise(phrase))[0].split())

    def _wording(self, phrase: str) -> str:
        """A phrase in the words of the lists, without filler."""
        return " ".join(self._grams.wordings(self._grams.normalise(phrase))[-1].split())

    def _variant(self, variant: Variant) -> list[Any]:
        name = variant.name.to(self.language.tag) if variant.name else ""
        listed = self._lists[variant.list] if variant.list else -1
        department = self._departments[variant.department] if variant.department else -1
        return [list(variant.places), listed, name, department]

    def hotline(self, hotline: Hotline) -> list[Any]:
        phrases = (phrase for words in hotline.said_as.values() for phrase in words)
        return [hotline.number, hotline.name.to(self.language.tag), JOINT.join(phrases)]

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
