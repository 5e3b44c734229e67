"""One thing, one name, one address, for ever."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator.model import CHINESE, Decision, Profile, Record, Township

from .checking import Checking
from .rule import Breach, error, of_each
from .walk import places, places_of

_OF_WINDOWS = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


@of_each(Record, error("id-reserved"))
def id_reserved(record: Record, about: Checking) -> Iterator[Breach]:
    """No id is a name that Windows keeps for devices: no file or folder can have it there."""
    for each in places_of(record) if isinstance(record, Township) else (record,):
        key: str = getattr(each, "slug", "") or getattr(each, "id", "")
        if _OF_WINDOWS.fullmatch(key):
            yield each.origin, {"id": key}


@error("place-code-twice", "townships")
def place_code_twice(about: Checking) -> Iterator[Breach]:
    """No two places may have the same code."""
    seen: set[str] = set()
    for place in places(about.county):
        if place.code in seen:
            yield place.origin.at("code"), {"code": place.code}
        seen.add(place.code)


@of_each(Township, error("village-code-outside-township"))
def village_code_outside_township(township: Township, about: Checking) -> Iterator[Breach]:
    """A village's code begins with the nine digits of its township (统计用区划代码编制规则)."""
    for village in township.villages:
        if village.code[:9] != township.code[:9]:
            yield village.origin.at("code"), {"code": village.code, "township": township.code[:9]}


@of_each(Township, error("township-code-outside-county", "profile.code"))
def township_code_outside_county(township: Township, about: Checking) -> Iterator[Breach]:
    """A township's code begins with the six digits of its county and ends in 000."""
    start = about.county.profile.code[:6]
    if not township.code.startswith(start) or not township.code.endswith("000"):
        yield township.origin.at("code"), {"code": township.code, "county": start}


@of_each(Township, error("village-slug-twice"))
def village_slug_twice(township: Township, about: Checking) -> Iterator[Breach]:
    """Villages of one township need different slugs, since the slug is their address."""
    seen: set[str] = set()
    for village in township.villages:
        if village.slug in seen:
            yield village.origin.at("slug"), {"slug": village.slug}
        seen.add(village.slug)


@error("former-code-in-use", "townships")
def former_code_in_use(about: Checking) -> Iterator[Breach]:
    """A code that a place once had is never given to another place."""
    current = {place.code for place in places(about.county)}
    for place in places(about.county):
        for number, code in enumerate(place.former_codes):
            if code in current:
                yield place.origin.at("former_codes", number), {"code": code}


@error("item-name-twice", "items.list", "items.name", "items.places")
def item_name_twice(about: Checking) -> Iterator[Breach]:
    """Two items of one list that hold in the same places may not have the same name."""
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    for item in about.county.items.values():
        key = (item.list, item.name.zh, item.places)
        if key in seen:
            yield item.origin.at("name"), {"name": item.name.zh}
        seen.add(key)


@of_each(Decision, error("decision-name-date"))
def decision_name_date(decision: Decision, about: Checking) -> Iterator[Breach]:
    """A decision's file name begins with its date, as exactly as the date is known."""
    start = decision.date.file_prefix
    if not decision.id.startswith(f"{start}-"):
        yield decision.origin.at("date"), {"date": decision.date.text, "start": start}


@of_each(Profile, error("languages-order"))
def languages_order(profile: Profile, about: Checking) -> Iterator[Breach]:
    """The first language is Chinese (国家通用语言文字法第十四条), and none is named twice."""
    languages = profile.languages
    repeated = [tag for tag, count in Counter(languages).items() if count > 1]
    if not languages or languages[0] != CHINESE or repeated:
        yield profile.origin.at("languages"), {"languages": ", ".join(languages)}


RULES = (
    id_reserved,
    place_code_twice,
    village_code_outside_township,
    township_code_outside_county,
    village_slug_twice,
    former_code_in_use,
    item_name_twice,
    decision_name_date,
    languages_order,
)
