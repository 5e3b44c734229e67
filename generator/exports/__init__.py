"""Open data: the lists as files that other programs read, below ``data/``.

Addresses and versions: ``generator/datafiles.py``; formats: ``docs/data.md``. Every file
is made when it is asked for, so a large county needs no more memory than its largest file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from generator.datafiles import (
    COUNTY_FILES,
    LIST_FORMS,
    PLACE_FORMS,
    list_path,
    place_path,
    schema_path,
)
from generator.edition import Edition, SiteFile
from generator.schemas import LIST_FILES, class_schema, list_schema
from generator.views import PlaceView

from .documents import DOCUMENTS, county_document, index_document, list_document, place_document
from .hsds import services
from .linked import cpsv, schema_org
from .national import disclosure_catalogue, service_platform
from .plain import as_json
from .tables import Tables, to_csv, to_xlsx

__all__ = ["DOCUMENTS", "files"]


def files(edition: Edition) -> Iterator[SiteFile]:
    """Every file of open data: of the county, of each list and place, and the schemas."""
    for file in COUNTY_FILES:
        yield SiteFile(file.path, partial(_county_file, edition, file.key))
    for key in edition.county.item_lists:
        for form in LIST_FORMS:
            yield SiteFile(list_path(key, form), partial(_list_file, edition, key, form))
    for township in edition.county.townships.values():
        yield from _of_place(edition, f"places/{township.slug}", township.code, "")
        for village in township.villages:
            path = f"places/{township.slug}/{village.slug}"
            yield from _of_place(edition, path, township.code, village.code)
    for name in schema_names():
        yield SiteFile(schema_path(name), partial(_schema_file, name))


def schema_names() -> tuple[str, ...]:
    """The kinds of documents, and of list files with ``-file`` behind, that have a schema."""
    return (*DOCUMENTS, *(f"{name}-file" for name in LIST_FILES))


def _of_place(edition: Edition, path: str, township: str, village: str) -> Iterator[SiteFile]:
    for form in PLACE_FORMS:
        make = partial(_place_file, edition, township, village, form)
        yield SiteFile(place_path(path, form), make)


def _county_file(edition: Edition, key: str) -> bytes:
    return _COUNTY[key](edition)


def _list_file(edition: Edition, key: str, form: str) -> bytes:
    if form == "json":
        return as_json(list_document(edition, key))
    items = [item for item in edition.county.items.values() if item.list == key]
    table = Tables(edition).items(edition.county.item_lists[key].name.zh, items)
    return to_csv(table) if form == "csv" else to_xlsx([table])


def _place_file(edition: Edition, township: str, village: str, form: str) -> bytes:
    view = _view(edition, township, village)
    if form == "json":
        return as_json(place_document(edition, view))
    return to_csv(Tables(edition).of_place(view))


def _schema_file(name: str) -> bytes:
    if name in DOCUMENTS:
        return as_json(class_schema(name, DOCUMENTS[name]))
    return as_json(list_schema(name.removesuffix("-file")))


def _workbook(edition: Edition) -> bytes:
    tables = Tables(edition)
    county = edition.county
    return to_xlsx(
        [
            *(
                tables.items(each.name.zh, [i for i in county.items.values() if i.list == each.id])
                for each in county.item_lists.values()
            ),
            tables.places(),
            tables.departments(),
        ]
    )


def _views(edition: Edition) -> Iterator[PlaceView]:
    for township in edition.county.townships.values():
        yield edition.scopes.township(township)
        for village in township.villages:
            yield edition.scopes.village(township, village)


def _view(edition: Edition, township_code: str, village_code: str) -> PlaceView:
    township = edition.county.townships[township_code]
    for village in township.villages:
        if village.code == village_code:
            return edition.scopes.village(township, village)
    return edition.scopes.township(township)


_COUNTY: dict[str, Callable[[Edition], bytes]] = {
    "county": lambda edition: as_json(county_document(edition)),
    "workbook": _workbook,
    "items": lambda edition: to_csv(Tables(edition).items("", edition.county.items.values())),
    "places": lambda edition: to_csv(Tables(edition).places()),
    "departments": lambda edition: to_csv(Tables(edition).departments()),
    "schema_org": lambda edition: as_json(schema_org(edition)),
    "cpsv": lambda edition: as_json(cpsv(edition)),
    "hsds": lambda edition: as_json(services(edition)),
    "gbt": lambda edition: to_csv(service_platform(edition)),
    "catalogue": lambda edition: to_csv(disclosure_catalogue(edition)),
    "index": lambda edition: as_json(index_document(edition, list(_views(edition)))),
}
