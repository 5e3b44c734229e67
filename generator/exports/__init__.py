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
    PLACE_FORMS,
    VERSIONS,
    list_path,
    place_path,
    schema_path,
)
from generator.edition import Edition, SiteFile
from generator.kept import generator_and, kept
from generator.parts import Part
from generator.schemas import LIST_FILES, class_schema, list_schema
from generator.views import PlaceView

from .documents import county_document, index_document, list_document, place_document
from .hsds import services
from .linked import cpsv, schema_org
from .national import disclosure_catalogue, service_platform
from .plain import as_json, json_parts
from .tables import Tables, to_csv
from .workbooks import county_workbook, list_workbook, place_workbook

__all__ = ["files"]

T = TypeVar("T")


def files(edition: Edition) -> Iterator[SiteFile]:
    """Every file of open data: of the county, of each list and place, and the schemas."""
    for file in COUNTY_FILES:
        if file.key == "workbook":
            yield SiteFile.archive(file.path, partial(county_workbook, edition))
        elif file.key in _IN_PIECES:
            yield SiteFile.of_parts(file.path, partial(_IN_PIECES[file.key], edition))
        else:
            yield SiteFile(file.path, partial(_WHOLE[file.key], edition))
    for path, key in _with_moved(
        edition, {f"lists/{key}": key for key in edition.county.item_lists}
    ):
        name = path.removeprefix("lists/")
        yield SiteFile.of_parts(list_path(name, "json"), partial(_list_json, edition, key))
        yield SiteFile.of_parts(list_path(name, "csv"), partial(_list_csv, edition, key))
        yield SiteFile.archive(list_path(name, "xlsx"), partial(list_workbook, edition, key))
    for path, codes in _with_moved(edition, dict(_places(edition))):
        for form in PLACE_FORMS:
            parts = partial(_place_file, edition, *codes, form)
            yield SiteFile.of_parts(place_path(path, form), parts)
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
    return (*VERSIONS, *(f"{name}-file" for name in LIST_FILES))


def _list_json(edition: Edition, key: str) -> Iterator[Part]:
    return json_parts(list_document(edition, key))


def _list_csv(edition: Edition, key: str) -> Iterator[Part]:
    return Tables(edition).item_lines(key)


def _place_file(edition: Edition, township: str, village: str, form: str) -> Iterator[Part]:
    view = _view(edition, township, village)
    if form == "json":
        yield from json_parts(place_document(edition, view))
    elif form == "xlsx":
        yield place_workbook(edition, view)
    else:
        yield Tables(edition).of_place(view)


def _schema_file(name: str) -> bytes:
    made_from = f"schema {name} {generator_and('msgspec')}"
    return kept(made_from, lambda: _schema(name).decode()).encode()


def _schema(name: str) -> bytes:
    if name in VERSIONS:
        from .shapes import DOCUMENTS  # not loaded where no schema changes

        return as_json(class_schema(name, DOCUMENTS[name]))
    return as_json(list_schema(name.removesuffix("-file")))


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


_IN_PIECES: dict[str, Callable[[Edition], Iterator[Part]]] = {
    "county": lambda edition: json_parts(county_document(edition)),
    "items": lambda edition: Tables(edition).item_lines(""),
    "schema_org": lambda edition: json_parts(schema_org(edition)),
    "cpsv": lambda edition: json_parts(cpsv(edition)),
    "hsds": lambda edition: json_parts(services(edition)),
    "gbt": service_platform,
    "catalogue": disclosure_catalogue,
}
"""Files that hold every item, by key."""

_WHOLE: dict[str, Callable[[Edition], bytes]] = {
    "places": lambda edition: to_csv(Tables(edition).places()),
    "departments": lambda edition: to_csv(Tables(edition).departments()),
    "index": lambda edition: as_json(index_document(edition, list(_views(edition)))),
}
