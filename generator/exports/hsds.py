"""Items as services of the Human Services Data Specification 3 (Open Referral).

https://docs.openreferral.org/en/v3.1/ : a service has ``id`` (a UUID), ``name`` and
``status``; the organization that offers it stands inside it. HSDS knows one language a
record, so names are Chinese and the English name is the alternate one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any

from generator.edition import Edition
from generator.model import Department, Item, VillageItem
from generator.views import item_state

from .documents import answer_of, providers
from .linked import without_empty
from .plain import items_run

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://schema.qingdan/hsds")
TAXONOMY = "qingdan lists"


def services(edition: Edition) -> dict[str, Any]:
    """Every item, in the shape of HSDS's list of services (one page holds them all)."""
    count = len(edition.county.items)
    return {
        "total_items": count,
        "total_pages": 1,
        "page_number": 1,
        "size": count,
        "first_page": True,
        "last_page": True,
        "empty": not count,
        "contents": items_run(edition, partial(_service, edition)),
    }


def _service(edition: Edition, item: Item) -> dict[str, Any]:
    key = _uuid(edition, f"items/{item.id}")
    organization = _organization(edition, _provider(edition, item))
    names = [*item.said_as.get("zh", ()), item.name.get("en")]
    return without_empty(
        {
            "id": key,
            "organization_id": organization["id"],
            "name": item.name.zh,
            "alternate_name": "、".join(filter(None, names)) or None,
            "description": answer_of(item).zh,
            "url": edition.address("zh", f"items/{item.id}"),
            "status": _status(item),
            "application_process": _joined(getattr(item, "steps", ())) or None,
            "fees_description": _chinese(item, "fee"),
            "assured_date": _checked_on(item),
            "alert": _alert(edition, item),
            "organization": organization,
            "required_documents": list(_required(edition, item)),
            "service_areas": [_area(edition, key)],
            "attributes": [_attribute(edition, item, key)],
        }
    )


def _provider(edition: Edition, item: Item) -> Department | None:
    """The body that really provides it; None stands for the county's own townships."""
    keys = providers(item, edition.county.item_lists[item.list].role)
    if isinstance(item, VillageItem) and item.replacement:
        keys = (*item.replacement.by, *keys)
    return edition.county.departments[keys[0]] if keys else None


def _organization(edition: Edition, department: Department | None) -> dict[str, Any]:
    if department is None:
        profile = edition.county.profile
        return {
            "id": _uuid(edition, "county"),
            "name": profile.name.zh,
            "description": profile.part_of.zh + profile.name.zh,
        }
    key = _uuid(edition, f"departments/{department.id}")
    phones = [
        {"id": _uuid(edition, f"departments/{department.id}/{each.number}"), "number": each.number}
        for each in department.phones
    ]
    found = {"id": key, "name": department.name.zh, "description": department.name.zh}
    return found | ({"phones": phones} if phones else {})


def _status(item: Item) -> str:
    replacement = getattr(item, "replacement", None)
    is_gone = replacement is not None and set(replacement.modes) == {"cancelled"}
    return "defunct" if is_gone else "active"


def _alert(edition: Edition, item: Item) -> str | None:
    """What is not sure about it."""
    state = item_state(item, edition.county, edition.today)
    return edition.language("zh").say("basis.stale") if state.is_stale else None


def _required(edition: Edition, item: Item) -> Iterator[dict[str, Any]]:
    for number, text in enumerate(getattr(item, "bring", ()), 1):
        yield {"id": _uuid(edition, f"items/{item.id}/bring/{number}"), "document": text.zh}


def _area(edition: Edition, service: str) -> dict[str, Any]:
    return {
        "id": _uuid(edition, f"{service}/area"),
        "service_id": service,
        "name": edition.county.profile.name.zh,
    }


def _attribute(edition: Edition, item: Item, service: str) -> dict[str, Any]:
    item_list = edition.county.item_lists[item.list]
    term = _uuid(edition, f"lists/{item_list.id}")
    return {
        "id": _uuid(edition, f"{service}/list"),
        "link_id": service,
        "link_entity": "service",
        "taxonomy_term_id": term,
        "taxonomy_term": {
            "id": term,
            "code": item_list.id,
            "name": item_list.title.zh,
            "description": item_list.verdict.zh,
            "taxonomy": TAXONOMY,
        },
    }


def _checked_on(item: Item) -> str | None:
    """The day on which the last of its grounds was checked, when it is known to the day."""
    days = [basis.checked_on for basis in item.basis if basis.checked_on.precision == "day"]
    return max(days).latest.isoformat() if days else None


def _joined(texts: Any) -> str:
    return "；".join(each.zh for each in texts)


def _chinese(item: Item, key: str) -> str | None:
    text = getattr(item, key, None)
    return text.zh if text else None


def _uuid(edition: Edition, path: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{edition.county.profile.code}/{path}"))
