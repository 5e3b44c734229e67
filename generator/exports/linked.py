"""Items and bodies as linked data: schema.org, and CPSV-AP 3.2.0 of the European Union.

A service always has its real provider: what the village does not do is never described
as a service of the village. Mapping in ``docs/data.md``. CPSV-AP: SEMIC,
https://semiceu.github.io/CPSV-AP/releases/3.2.0/ (mandatory for a public service:
identifier, title, description; for a public organisation: preferred label, territory).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from generator.edition import Edition
from generator.language import html_tag
from generator.model import Department, Document, Item, Phone, Place, Text

from .documents import answer_of, providers
from .plain import items_run

Node = dict[str, Any]

_NAMESPACES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_TERRITORY = "http://data.europa.eu/88u/dataset/atu-type"
"""The class that CPSV-AP's shapes ask of the territory of a public organisation."""


def schema_org(edition: Edition) -> Node:
    """Every item as a ``GovernmentService``, every place as a ``GovernmentOffice``."""
    return {
        "@context": "https://schema.org",
        "@graph": [
            *items_run(edition, partial(_schema_service, edition)),
            *(_schema_office(edition, *each) for each in _places(edition)),
            *(_schema_organization(edition, each) for each in edition.county.departments.values()),
        ],
    }


def cpsv(edition: Edition) -> Node:
    """Every item as a ``cpsv:PublicService``, with the registers that items refer to."""
    county = edition.county
    return {
        "@context": _NAMESPACES,
        "@graph": [
            _territory(edition),
            _authority(edition, "county", county.profile.name),
            *(
                _authority(edition, f"departments/{key}", each.name)
                for key, each in county.departments.items()
            ),
            *(_concept(edition, f"fields/{k}", v.name) for k, v in county.fields.items()),
            *(_concept(edition, f"lists/{k}", v.title) for k, v in county.item_lists.items()),
            *(_life_event(edition, each.id, each.name) for each in county.life_events.values()),
            *(_legal(edition, county.documents[key]) for key in sorted(county.documents)),
            *items_run(edition, partial(_public_service, edition)),
        ],
    }  # fmt: skip


def name_of(edition: Edition, path: str) -> str:
    """The URI of a thing: its page's address, or a name of its own on a site without one."""
    if edition.site_url:
        return f"{edition.site_url.rstrip('/')}/{path}"
    return f"urn:qingdan:{edition.county.profile.code}:{path.replace('/', ':')}"


# schema.org


def _schema_service(edition: Edition, item: Item) -> Node:
    county = edition.county
    departments = providers(item, county.item_lists[item.list].role)
    return without_empty(
        {
            "@type": "GovernmentService",
            "@id": name_of(edition, f"items/{item.id}"),
            "identifier": item.id,
            "name": _texts(item.name),
            "alternateName": list(_phrases(item)),
            "description": _texts(answer_of(item)),
            "category": _texts(county.item_lists[item.list].title),
            "serviceType": _texts(county.fields[item.field].name),
            "provider": [{"@id": name_of(edition, f"departments/{key}")} for key in departments],
            "areaServed": {"@type": "AdministrativeArea", "name": _texts(county.profile.name)},
        }
    )


def _schema_office(edition: Edition, place: Place, path: str) -> Node:
    """A place; without its hours: schema.org wants a notation, and they are a sentence."""
    centre = place.service_centre
    return without_empty(
        {
            "@type": "GovernmentOffice",
            "@id": name_of(edition, path),
            "identifier": place.code,
            "name": _texts(centre.name or place.official or place.name),
            "address": _texts(centre.address),
            "telephone": _numbers(centre.phones),
        }
    )


def _schema_organization(edition: Edition, department: Department) -> Node:
    is_outside = department.level == "outside"
    return without_empty(
        {
            "@type": "Organization" if is_outside else "GovernmentOrganization",
            "@id": name_of(edition, f"departments/{department.id}"),
            "identifier": department.id,
            "name": _texts(department.name),
            "address": _texts(department.address),
            "telephone": _numbers(department.phones),
        }
    )


def _places(edition: Edition) -> Iterator[tuple[Place, str]]:
    for township in edition.county.townships.values():
        yield township, f"places/{township.slug}"
        for village in township.villages:
            yield village, f"places/{township.slug}/{village.slug}"


# CPSV-AP


def _public_service(edition: Edition, item: Item) -> Node:
    departments = providers(item, edition.county.item_lists[item.list].role)
    return without_empty(
        {
            "@id": name_of(edition, f"items/{item.id}"),
            "@type": "cpsv:PublicService",
            "dct:identifier": item.id,
            "dct:title": _texts(item.name),
            "dct:description": _texts(answer_of(item)),
            "dcat:keyword": list(_phrases(item)),
            "cv:hasCompetentAuthority": _links(
                edition, (f"departments/{key}" for key in departments or ())
            )
            or _links(edition, ("county",)),
            "cv:thematicArea": _links(edition, (f"fields/{item.field}",)),
            "cv:isClassifiedBy": _links(edition, (f"lists/{item.list}",)),
            "cv:isGroupedBy": _links(edition, (f"life-events/{key}" for key in item.life_events)),
            "cv:hasLegalResource": _links(
                edition, dict.fromkeys(f"documents/{basis.document}" for basis in item.basis)
            ),
            "cv:relatedService": _links(edition, _listed(edition, item.related)),
            "dct:spatial": _links(edition, ("territory",)),
            "cpsv:hasInput": list(_evidence(edition, item)),
        }
    )


def _listed(edition: Edition, items: Iterable[str]) -> Iterator[str]:
    """Items that are described here: those that stand on a list."""
    return (f"items/{key}" for key in items if key in edition.county.items)


def _evidence(edition: Edition, item: Item) -> Iterator[Node]:
    """What to bring."""
    for number, text in enumerate(getattr(item, "bring", ()), 1):
        yield {
            "@id": name_of(edition, f"items/{item.id}/bring-{number}"),
            "@type": "cv:Evidence",
            "dct:identifier": f"{item.id}-{number}",
            "dct:title": _texts(text),
        }


def _authority(edition: Edition, path: str, name: Text) -> Node:
    return {
        "@id": name_of(edition, path),
        "@type": "cv:PublicOrganisation",
        "dct:identifier": path.rpartition("/")[2],
        "dct:title": _texts(name),
        "skos:prefLabel": _texts(name),
        "dct:spatial": _links(edition, ("territory",)),
    }


def _territory(edition: Edition) -> Node:
    profile = edition.county.profile
    return {
        "@id": name_of(edition, "territory"),
        "@type": ["dct:Location", _TERRITORY],
        "dct:identifier": profile.code,
        "skos:prefLabel": _texts(profile.name),
    }


def _concept(edition: Edition, path: str, name: Text) -> Node:
    return {
        "@id": name_of(edition, path),
        "@type": "skos:Concept",
        "skos:prefLabel": _texts(name),
    }


def _life_event(edition: Edition, key: str, name: Text) -> Node:
    return {
        "@id": name_of(edition, f"life-events/{key}"),
        "@type": ["cv:Event", "cv:LifeEvent"],
        "dct:identifier": key,
        "dct:title": _texts(name),
    }


def _legal(edition: Edition, document: Document) -> Node:
    found = {
        "@id": name_of(edition, f"documents/{document.id}"),
        "@type": "eli:LegalResource",
        "dct:identifier": document.number or document.id,
        "dct:title": _texts(document.title),
    }
    if document.replaced_by:
        found["dct:isReplacedBy"] = _links(edition, (f"documents/{document.replaced_by}",))
    return found


def _links(edition: Edition, paths: Iterable[str]) -> list[Node]:
    return [{"@id": name_of(edition, path)} for path in paths]


# Both


def _texts(text: Text | None) -> list[Node] | None:
    """A text as one value a language."""
    if text is None:
        return None
    return [{"@value": value, "@language": html_tag(tag)} for tag, value in text.languages()]


def _phrases(item: Item) -> Iterator[Node]:
    for tag, phrases in item.said_as.items():
        yield from ({"@value": phrase, "@language": html_tag(tag)} for phrase in phrases)


def _numbers(phones: Iterable[Phone]) -> list[str]:
    return [phone.number for phone in phones]


def without_empty(data: Mapping[str, Any]) -> Node:
    """The keys that have something to say."""
    return {key: value for key, value in data.items() if value not in (None, [], ())}
