"""Pages described for machines, in schema.org's words.

A service is always given its real provider: what the village does not do is never
described as a service of the village.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.language import html_tag
from generator.model import (
    CHINESE,
    CooperativeItem,
    County,
    Department,
    Item,
    Place,
    TakenBackItem,
    Text,
    TownshipItem,
    VillageItem,
)

JsonLd = dict[str, Any]

_MOST_NAMES = 12
"""How many names beside its own a service is given: the most usual ones."""


def government_office(place: Place, county: County, url: str | None, lang: str) -> JsonLd:
    """A village or township as a ``GovernmentOffice``; what is unknown is left out.

    Hours are left out too: they are a sentence, and schema.org wants a notation.
    """
    centre = place.service_centre
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "GovernmentOffice",
            "@id": url,
            "identifier": place.code,
            "name": _text(centre.name or place.official or place.name, lang),
            "address": _text(centre.address, lang),
            "telephone": [phone.number for phone in centre.phones],
            "areaServed": _area(place.name, lang),
            "parentOrganization": {
                "@type": "GovernmentOrganization",
                "name": _text(county.profile.name, lang),
            },
        }
    )


def government_service(
    item: Item, county: County, url: str | None, lang: str, township: str
) -> JsonLd:
    """An item as a ``GovernmentService`` of whoever really provides it.

    ``township`` is what the reader's language calls the township that does a basic duty.
    """
    assert isinstance(item, VillageItem | TownshipItem)
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "GovernmentService",
            "@id": url,
            "identifier": item.id,
            "name": _text(item.name, lang),
            "alternateName": list(item.said_as.get(lang, ())[:_MOST_NAMES]),
            "description": _text(item.answer, lang),
            "serviceType": _text(county.fields[item.field].name, lang),
            "provider": [_organization(each, lang) for each in _providers(item, county)]
            or [{"@type": "GovernmentOrganization", "name": township}],
            "areaServed": _area(county.profile.name, lang),
        }
    )


def _providers(item: Item, county: County) -> list[Department]:
    """Who provides the service; no department does what a township does itself."""
    role = county.item_lists[item.list].role
    if isinstance(item, VillageItem):
        others = item.replacement.by if role == "does-not" and item.replacement else ()
        keys = tuple(dict.fromkeys((item.department, *others)))
    elif isinstance(item, CooperativeItem):
        keys = item.leads
    elif isinstance(item, TakenBackItem):
        keys = item.taken_by
    else:
        keys = ()
    return [county.departments[key] for key in keys]


def _organization(department: Department, lang: str) -> JsonLd:
    kind = "Organization" if department.level == "outside" else "GovernmentOrganization"
    return {"@type": kind, "name": _text(department.name, lang)}


def _area(name: Text, lang: str) -> JsonLd:
    return {"@type": "AdministrativeArea", "name": _text(name, lang)}


def _text(value: Text | None, lang: str) -> object:
    """Plain text, or with its language where it is not the page's own."""
    if value is None:
        return None
    if own := value.get(lang):
        return own
    return {"@value": value.zh, "@language": html_tag(CHINESE)}


def _without_empty(data: Mapping[str, Any]) -> JsonLd:
    return {key: value for key, value in data.items() if value not in (None, [], ())}
