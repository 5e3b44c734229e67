"""Where open data lies below the site's root, and the versions of its formats.

Pages lead to these files and ``exports`` makes them; neither knows the other. Addresses
are permanent: what changes its meaning gets a new version and a new schema beside the old.
"""

from __future__ import annotations

from msgspec import Struct

FOLDER = "data"

VERSIONS = {"county": 1, "list": 1, "place": 1, "index": 1}
"""The version of each kind of JSON document."""


class DataFile(Struct, frozen=True):
    """A file about the whole county; its words are ``data.files.<key>`` in the catalogs."""

    key: str
    path: str
    """Below the site's root."""
    form: str
    """``JSON``, ``CSV``, ``XLSX`` or ``JSON-LD``."""


COUNTY_FILES = (
    DataFile("workbook", "data/county.xlsx", "XLSX"),
    DataFile("items", "data/items.csv", "CSV"),
    DataFile("places", "data/places.csv", "CSV"),
    DataFile("departments", "data/departments.csv", "CSV"),
    DataFile("county", "data/county.json", "JSON"),
    DataFile("schema_org", "data/schema-org.jsonld", "JSON-LD"),
    DataFile("cpsv", "data/cpsv-ap.jsonld", "JSON-LD"),
    DataFile("hsds", "data/hsds.json", "JSON"),
    DataFile("gbt", "data/gbt-39046.csv", "CSV"),
    DataFile("catalogue", "data/disclosure-catalogue.csv", "CSV"),
    DataFile("index", "data/index.json", "JSON"),
)
"""The files about the whole county, in the order in which the page names them."""

LIST_FORMS = ("json", "csv", "xlsx")
PLACE_FORMS = ("json", "csv", "xlsx")


def list_path(item_list: str, form: str) -> str:
    """The file of one list; ``form`` is one of ``LIST_FORMS``."""
    return f"{FOLDER}/lists/{item_list}.{form}"


def place_path(place: str, form: str) -> str:
    """The file of a place by the path of its page (``places/yonghe-zhen``)."""
    return f"{FOLDER}/{place}.{form}"


def schema_path(kind: str) -> str:
    """The JSON Schema of a kind of document, or of a kind of list file."""
    version = f".v{VERSIONS[kind]}" if kind in VERSIONS else ""
    return f"{FOLDER}/schema/{kind}{version}.json"


def schema_name(kind: str) -> str:
    """What a document says of itself: ``qingdan/county/v1``."""
    return f"qingdan/{kind}/v{VERSIONS[kind]}"
