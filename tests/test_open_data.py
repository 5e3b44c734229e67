"""Open data validates against its own schemas and shapes, and nothing in it is a formula."""

from __future__ import annotations

import csv
import datetime
import io
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pyshacl
import pytest
import rdflib
import yaml
from click.testing import CliRunner
from msgspec.structs import replace
from openpyxl.utils.escape import unescape
from random_county import counties, write

from generator import exports
from generator.check import check_folder
from generator.cli import main
from generator.datafiles import COUNTY_FILES, VERSIONS, schema_path
from generator.edition import Edition
from generator.exports.tables import Table, harmless, to_csv
from generator.exports.workbooks import place_workbook
from generator.language import load_language, shipped_strings
from generator.model import Text
from generator.pages.jsonld import government_office, government_service
from generator.reading import read
from generator.schemas import FILE_PATTERNS, LIST_FILES, list_schema
from generator.spreadsheets.tables import tables
from generator.views import Scopes

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"
SHAPES = Path(__file__).parent / "shapes"
TODAY = datetime.date(2026, 11, 24)


@cache
def made(folder: Path, site_url: str | None = None) -> dict[str, bytes]:
    """Every file of open data by its path."""
    checked = check_folder(folder, TODAY)
    assert checked.county is not None
    edition = Edition(checked.county, checked.languages, TODAY, site_url=site_url)
    return {file.path: file.make() for file in exports.files(edition)}


SITE = "https://example.org/lists/"


@cache
def made_at_random(seed: int) -> dict[str, bytes]:
    """The same of a county in which every record and text is a surprise."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "lists", counties(seed, wild=True)[0])
        county = read(Path(folder) / "lists").county
        assert county is not None
        languages = (load_language("zh"), load_language("en"))
        edition = Edition(county, languages, TODAY, site_url=SITE)
        return {file.path: file.make() for file in exports.files(edition)}


@pytest.fixture(params=["demonstration", "small", 1, 2, 3])
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    if isinstance(request.param, int):
        return made_at_random(request.param)
    return made({"demonstration": ROOT / "lists", "small": SMALL}[request.param], SITE)


def loaded(files: dict[str, bytes], path: str) -> Any:
    return json.loads(files[path])


def validator(schema: Any) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


# JSON


def test_every_json_document_is_what_its_published_schema_says(files: dict[str, bytes]) -> None:
    schemas = {kind: validator(loaded(files, schema_path(kind))) for kind in VERSIONS}
    documents = 0
    for path, content in files.items():
        if path.endswith(".json") and "/schema/" not in path and "hsds" not in path:
            data = json.loads(content)
            _, kind, version = data["schema"].split("/")
            assert schema_path(kind).endswith(f".{version}.json")
            schemas[kind].validate(data)
            documents += 1

    assert documents == 2 + sum(
        "/places/" in path or "/lists/" in path for path in files if path.endswith(".json")
    )


def test_a_document_with_another_shape_does_not_validate(files: dict[str, bytes]) -> None:
    schema = validator(loaded(files, schema_path("place")))
    path = next(path for path in files if "/places/" in path and path.endswith(".json"))

    for spoil in (
        lambda data: data.pop("code"),
        lambda data: data.update(code="12"),
        lambda data: data.update(more=1),
        lambda data: data["lists"][0].update(role="other"),
        lambda data: data["name"].pop("zh"),
    ):
        data = loaded(files, path)
        spoil(data)
        assert not schema.is_valid(data)


def test_a_village_s_document_holds_its_80_items() -> None:
    data = loaded(made(ROOT / "lists"), "data/places/yonghe-zhen/dangwan-cun.json")

    assert [len(each["items"]) for each in data["lists"]] == [16, 30, 34]
    assert data["official"] is False
    assert all(each.get("instead") for each in data["lists"][2]["items"])


def test_the_whole_county_is_in_one_document() -> None:
    data = loaded(made(ROOT / "lists"), "data/county.json")

    assert len(data["items"]) == 151
    assert sum(len(each["villages"]) for each in data["places"]) == 87


def test_the_index_names_every_file_and_the_page_s_files_exist(files: dict[str, bytes]) -> None:
    named = {each["path"] for each in loaded(files, "data/index.json")["files"]}

    assert named == {path for path in files if "/schema/" not in path}
    assert {file.path for file in COUNTY_FILES} <= files.keys()


def test_the_same_lists_give_the_same_bytes() -> None:
    first = made(SMALL)
    made.cache_clear()

    assert made(SMALL) == first


def kept(old: Any, new: Any, path: str = "") -> list[str]:
    """What a published shape promised and today's no longer does; additions are no breach."""
    if isinstance(old, dict) and isinstance(new, dict):
        gone = [f"{path}/{key}" for key in old.keys() - new.keys() if key not in WORDS]
        both = [key for key in old.keys() & new.keys() if key not in WORDS]
        return gone + [each for key in both for each in kept(old[key], new[key], f"{path}/{key}")]
    if isinstance(old, list) and isinstance(new, list):
        return [f"{path}: {each}" for each in old if each not in new]
    return [] if old == new else [f"{path}: {old}"]


WORDS = {"title", "description", "default"}


def test_published_documents_keep_what_their_version_promised(bless: bool) -> None:
    folder = Path(__file__).parent / "golden" / "schemas"
    found = {
        path.rpartition("/")[2]: json.loads(content)
        for path, content in made(SMALL).items()
        if path.startswith("data/schema/") and ".v" in path
    }
    if bless:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, schema in found.items():
            text = json.dumps(schema, ensure_ascii=False, indent=1)
            (folder / name).write_text(f"{text}\n", "utf-8")
    promised = {path.name: json.loads(path.read_bytes()) for path in folder.iterdir()}

    assert promised.keys() <= found.keys()
    for name, schema in promised.items():
        assert kept(schema, found[name]) == [], name


def test_a_broken_promise_is_seen() -> None:
    old = {"properties": {"code": {"type": "string"}}, "required": ["code"]}

    assert (
        kept(old, {"properties": {"code": {"type": "string"}, "x": {}}, "required": ["code"]}) == []
    )
    assert kept(old, {"properties": {}, "required": ["code"]}) == ["/properties/code"]
    assert kept(old, {"properties": {"code": {"type": "integer"}}, "required": []}) != []


# Tables


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_every_csv_is_a_table_without_formulas(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith(".csv"):
            rows = read_csv(content)
            assert len(rows) > 1 or path.count("/") > 1, path  # a list, a place may be empty
            assert {len(row) for row in rows} == {len(rows[0])}, path
            assert all(rows[0]), path
            assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row if cell), path


def test_every_xlsx_is_text_alone(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(content))
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}, path


def sheets(content: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The card and the rows of a place's workbook, as another program reads them."""
    card, items = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    headings, *rows = items.iter_rows(values_only=True)
    facts = {str(label): str(value or "") for label, value in card.iter_rows(values_only=True)}
    return facts, [dict(zip(headings, (each or "" for each in row), strict=True)) for row in rows]


def test_the_workbook_of_a_place_holds_what_its_document_holds(files: dict[str, bytes]) -> None:
    places = [path for path in files if "/places/" in path and path.endswith(".xlsx")]
    assert len(places) == sum("/places/" in path and path.endswith(".json") for path in files)
    for path in places:
        data = loaded(files, path.replace(".xlsx", ".json"))
        card, rows = sheets(files[path])

        assert (card["区划代码"], card["名称"]) == (data["code"], data["name"]["zh"])
        numbers = [each["number"] for each in data["service_centre"].get("phones", ())]
        assert [line.split()[0] for line in card["电话"].split("\n")] == (
            numbers or ["清单里没有写"]
        )
        assert ("示范数据，非官方" in card) is not data["official"]
        assert [(row["编号"], row["一句话回答"], row["一句结论"]) for row in rows] == [
            (item["id"], item["answer"]["zh"], each["verdict"]["zh"])
            for each in data["lists"]
            for item in each["items"]
        ]


def test_a_workbook_says_whom_to_ring_and_what_to_bring() -> None:
    county = loaded(made(SMALL), "data/county.json")
    phones = {each["id"]: each.get("phones", []) for each in county["departments"]}
    items = {each["id"]: each for each in county["items"]}
    path = next(path for path in made(SMALL) if path.count("/") == 3 and path.endswith(".xlsx"))
    _, rows = sheets(made(SMALL)[path])

    assert any(row["那里的电话"] for row in rows)
    assert any(row["要带什么"] for row in rows)
    for row in rows:
        item = items[row["编号"]]
        assert row["要带什么"] == "\n".join(each["zh"] for each in item.get("bring", ()))
        for each in phones[item["department"]]:
            assert each["number"] in row["那里的电话"]


@pytest.mark.parametrize("name", ["=1+1", "<b>&amp;</b>", "_x0041_", "a\nb", "  字"])
def test_a_card_holds_the_very_text_of_the_lists(name: str) -> None:
    checked = check_folder(SMALL, TODAY)
    assert checked.county is not None
    township = next(iter(checked.county.townships.values()))
    view = Scopes(checked.county).township(township)
    named = township.replaced(name=Text({"zh": name}))
    edition = Edition(checked.county, checked.languages, TODAY)

    content = place_workbook(edition, replace(view, township=named))

    grids = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cell = next(row[1] for row in grids.iter_rows() if row[0].value == "名称")
    assert (unescape(cell.value), cell.data_type) == (name, "s")


def test_places_with_the_same_items_share_what_holds_them() -> None:
    """So that the files of ten thousand villages cost seconds and not minutes."""
    checked = check_folder(ROOT / "lists", TODAY)
    assert checked.county is not None
    edition = Edition(checked.county, checked.languages, TODAY)
    for file in exports.files(edition):
        if "/places/" in file.path:
            file.make()

    names = ("Scopes.groups", "exports.frame", "place_document.lists", "Tables.of_place")
    made = Counter(each.partition(":")[0] for each in edition.shared.reads)
    assert {made[name] for name in names} == {made["Scopes.groups"]}
    assert made["Scopes.groups"] < 10


FORMULAS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "　=1", "=cmd|'/c calc'!A0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_is_none(text: str) -> None:
    table = Table("=x", ["栏"], [[text]])

    assert read_csv(to_csv(table))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", ["村里不开", "12345", "a=b", "", "（一）"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_the_national_tables_have_their_columns_and_guess_nothing() -> None:
    files = made(ROOT / "lists")
    catalogue = read_csv(files["data/disclosure-catalogue.csv"])
    service = read_csv(files["data/gbt-39046.csv"])

    assert catalogue[0][:3] == ["序号", "一级事项", "二级事项"]
    assert {row[catalogue[0].index("公开时限")] for row in catalogue[1:]} == {""}
    assert len(service) == len(catalogue) == 152
    assert {row[service[0].index("统一社会信用代码")] for row in service[1:]} == {""}
    columns = json.loads((SHAPES / "national.json").read_text("utf-8"))
    for headings, known in (
        (service[0], columns["GB/T 39046-2020"]),
        (catalogue[0], columns["基层政务公开标准目录"]),
    ):
        assert [each for each in known if each in headings] == headings
    by_name = {row[0]: row for row in service}
    assert by_name["健在证明"][service[0].index("行使层级代码")] == "4"


# Linked data


def test_cpsv_ap_is_a_graph_of_the_right_shape(files: dict[str, bytes]) -> None:
    graph = rdflib.Graph().parse(data=files["data/cpsv-ap.jsonld"], format="json-ld")
    shapes = rdflib.Graph().parse(SHAPES / "cpsv-ap.ttl")

    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)

    assert conforms, text
    services = set(
        graph.subjects(rdflib.RDF.type, rdflib.URIRef("http://purl.org/vocab/cpsv#PublicService"))
    )
    assert len(services) == len(loaded(files, "data/county.json")["items"])


def test_the_shapes_find_what_is_missing() -> None:
    graph = rdflib.Graph().parse(data=made(SMALL)["data/cpsv-ap.jsonld"], format="json-ld")
    graph.remove((None, rdflib.DCTERMS.title, None))

    assert not pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES / "cpsv-ap.ttl"))[0]


def test_schema_org_names_real_providers_and_refers_to_nothing_that_is_missing(
    files: dict[str, bytes],
) -> None:
    graph = loaded(files, "data/schema-org.jsonld")["@graph"]
    ids = {each["@id"] for each in graph}

    assert len(ids) == len(graph)
    assert {each["@type"] for each in graph} <= {
        "GovernmentService", "GovernmentOffice", "GovernmentOrganization", "Organization",
    }  # fmt: skip
    for service in graph:
        for provider in service.get("provider", ()):
            assert provider["@id"] in ids
            assert "/departments/" in provider["@id"]


VOCABULARY = json.loads((SHAPES / "schema-org.json").read_text("utf-8"))
Node = dict[str, Any]


def misused(node: Node, known: dict[str, Node]) -> list[str]:
    """What of a node, and of the nodes in it, schema.org's vocabulary does not allow."""
    kinds = VOCABULARY["types"].get(node["@type"], ())
    found = [] if kinds else [node["@type"]]
    for key, value in node.items():
        if key.startswith("@"):
            continue
        name = f"{node['@type']}.{key}"
        term = VOCABULARY["properties"].get(key)
        if term is None or not {*kinds} & {*term["of"]}:
            found.append(name)
            continue
        for each in value if isinstance(value, list) else [value]:
            found += valued(name, each, {*term["is"]}, known)
    return found


def valued(name: str, value: Any, allowed: set[str], known: dict[str, Node]) -> list[str]:
    if isinstance(value, str) or "@value" in value:
        return [] if "Text" in allowed else [name]
    target = value if "@type" in value else known[value["@id"]]
    fits = allowed & {*VOCABULARY["types"].get(target["@type"], ())}
    return ([] if fits else [name]) + (misused(value, known) if "@type" in value else [])


def test_schema_org_s_words_are_used_where_its_vocabulary_allows_them(
    files: dict[str, bytes],
) -> None:
    graph = loaded(files, "data/schema-org.jsonld")["@graph"]
    known = {each["@id"]: each for each in graph}

    assert [each for node in graph for each in misused(node, known)] == []


def test_what_pages_say_to_machines_is_in_schema_org_s_words_too() -> None:
    for folder in (ROOT / "lists", SMALL):
        county = check_folder(folder, TODAY).county
        assert county is not None
        nodes = [
            *(
                government_service(each, county, None, "en", "Town")
                for each in county.items.values()
            ),
            *(government_office(each, county, None, "zh") for each in county.townships.values()),
            *(government_office(each, county, None, "zh") for _, each in county.villages()),
        ]
        assert [each for node in nodes for each in misused(node, {})] == []


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "GovernmentThing", "name": "x"},
        {"@type": "GovernmentService", "nmae": "x"},
        {"@type": "GovernmentService", "telephone": "12345"},
        {"@type": "GovernmentService", "provider": "x"},
        {"@type": "GovernmentService", "provider": {"@type": "AdministrativeArea"}},
        {"@type": "GovernmentService", "areaServed": {"@type": "Place", "serviceType": "x"}},
    ],
)
def test_a_word_used_where_schema_org_has_none_is_seen(node: Node) -> None:
    assert misused(node, {})


def test_hsds_is_of_the_right_shape(files: dict[str, bytes]) -> None:
    data = loaded(files, "data/hsds.json")

    validator(json.loads((SHAPES / "hsds-services.json").read_text("utf-8"))).validate(data)
    ids = [each["id"] for each in data["contents"]]
    assert len(set(ids)) == len(ids) == data["total_items"]


# Schemas of the list files


def test_every_list_file_is_what_its_schema_says() -> None:
    for folder in (ROOT / "lists", SMALL):
        checked = 0
        for name, pattern in FILE_PATTERNS.items():
            schema = validator(list_schema(name))
            for path in folder.glob(pattern):
                data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)  # as editors do
                schema.validate(data)
                checked += 1
        assert checked >= len([*folder.rglob("*.yml")]) - 3


BROKEN: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("village-item", lambda data: data.pop("answer")),
    ("village-item", lambda data: data.update(certainty="sure")),
    ("village-item", lambda data: data.update(lsit="not")),
    ("village-item", lambda data: data["name"].pop("zh")),
    ("village-item", lambda data: data.update(department="Police Bureau")),
    ("village-item", lambda data: data.update(id="x")),
    ("village-item", lambda data: data["valid"].update(since="20 May 2024")),
    ("village-item", lambda data: data.update(said_as=["x"])),
]


@pytest.mark.parametrize(("name", "spoil"), BROKEN)
def test_a_broken_file_is_not_what_its_schema_says(
    name: str, spoil: Callable[[dict[str, Any]], object]
) -> None:
    path = SMALL / "village" / "allowance.yml"
    data = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)
    data["valid"] = {"since": "2024"}
    schema = validator(list_schema(name))
    schema.validate(data)
    spoil(data)

    assert not schema.is_valid(data)


def test_schemas_explain_themselves_in_both_languages() -> None:
    item = list_schema("village-item")["properties"]

    assert item["answer"]["title"] == "一句话回答 / Answer in a sentence"
    assert "大白话" in item["answer"]["description"]
    assert (
        "national: 有国家规定，放在这里是我们定的 / a national rule"
        in item["certainty"]["description"]
    )
    assert set(LIST_FILES) >= set(FILE_PATTERNS)


def test_every_column_of_the_workbook_has_a_name_in_both_languages() -> None:
    reading = check_folder(SMALL, TODAY).reading
    for lang in ("zh", "en"):
        words = shipped_strings(lang, "fields")
        for table in tables(reading, ("zh", "en")):
            for column in table.columns:
                for owner, key in column.owners:
                    assert f"{owner}.{key}.label" in words or f"{key}.label" in words, (owner, key)
                for value in column.values:
                    owner, key = column.owners[-1]
                    part = f"values.{value}"
                    assert f"{owner}.{key}.{part}" in words or f"{key}.{part}" in words, (
                        key,
                        value,
                    )


def test_editors_find_the_schema_of_every_list_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "--out", str(tmp_path)])
    mapped = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]

    assert result.exit_code == 0, result.output
    assert mapped == {
        f"./lists/.schema/{name}.json": f"lists/{pattern}"
        for name, pattern in FILE_PATTERNS.items()
    }
    for path in mapped:
        validator(json.loads((tmp_path / Path(path).name).read_text("utf-8")))
