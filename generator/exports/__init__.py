"""Open data: the lists as files that other programs read, below ``data/``.

Addresses and versions: ``generator/datafiles.py``; formats: ``docs/data.md``. Every file
is made when it is asked for, so a large county needs no more memory than its largest file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeVar

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
from .tables import Tables, to_csv
from .workbooks import place_workbook, to_xlsx

__all__ = ["DOCUMENTS", "files"]

T = TypeVar("T")


def files(edition: Edition) -> Iterator[SiteFile]:
    """Every file of open data: of the county, of each list and place, and the schemas."""
    for file in COUNTY_FILES:
        yield SiteFile(file.path, partial(_county_file, edition, file.key))
    for path, key in _with_moved(
        edition, {f"lists/{key}": key for key in edition.county.item_lists}
    ):
        for form in LIST_FORMS:
            made = partial(_list_file, edition, key, form)
            yield SiteFile(list_path(path.removeprefix("lists/"), form), made)
    for path, codes in _with_moved(edition, dict(_places(edition))):
        for form in PLACE_FORMS:
            yield SiteFile(place_path(path, form), partial(_place_file, edition, *codes, form))
    for name in schema_names():
        yield SiteFile(schema_path(name), partial(_schema_file, name))


def _with_moved(edition: Edition, pages: Mapping[str, T]) -> Iterator[tuple[str, T]]:
    """What stands at each page, and at the old addresses of pages that have moved."""
    yield from pages.items()
    for redirect in edition.county.redirects.values():
        if redirect.id not in pages and redirect.to in pages:
            yield redirect.id, pages[redirect.to]


def _places(edition: Edition) -> Iterator[tuple[str, tuple[str, str]]]:
    """The page of every place, with the codes of its township and village (``""`` for none)."""
    for township in edition.county.townships.values():
        yield f"places/{township.slug}", (township.code, "")
        for village in township.villages:
            yield f"places/{township.slug}/{village.slug}", (township.code, village.code)


def schema_names() -> tuple[str, ...]:
    """The kinds of documents, and of list files with ``-file`` behind, that have a schema."""
    return (*DOCUMENTS, *(f"{name}-file" for name in LIST_FILES))


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
    if form == "xlsx":
        return place_workbook(edition, view)
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
