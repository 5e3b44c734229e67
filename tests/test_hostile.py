"""Whatever text stands in the lists comes out as text, or as a finding."""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import hostile
import nu
import pypdf
import pytest
from click.testing import CliRunner

from generator.check import as_line, check_folder
from generator.cli import main

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"
TODAY = datetime.date(2026, 1, 1)

ADDRESS = re.compile(r"(\.\.?/)*[\w./#?&=%+-]*|tel:[\d-]+|data:,|https://example\.org/[\w./-]*")
"""What an address on a page may be."""

REFUSED = {
    "NUL": "村\x00里",
    "bell": "村\x07里",
    "escape": "村\x1b[31m里",
    "C1": "村\x9b31m里",
    "noncharacter": "村\ufffe里",
    "zero width": "村\u200b里",
    "joiner": "村\u200d里",
    "byte order mark": "村\ufeff里",
    "right-to-left override": "村\u202e里",
    "isolate": "村\u2066里",
    "soft hyphen": "村\u00ad里",
    "radical": "⽔里",
    "two alphabets": "\u0440aypal",
    "resident's number": "51010119900101123X 110101199003071233",
    "mobile number": "打13800138000",
    "private mail": "写信到zhangsan@qq.com",
    "too long": "村" * 2001,
    "empty": "",
}
"""A finding at every field that holds it."""


def test_every_field_of_every_kind_of_record_is_filled(tmp_path: Path) -> None:
    filled = hostile.fill(tmp_path / "lists", lambda *_: "文字")

    assert filled.fields == hostile.text_fields()
    assert len(filled.fields) > 80


# Items are read only when the register of lists is right, so that one is broken alone.
@pytest.mark.parametrize("in_lists", [False, True], ids=["records", "register of lists"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_no_text_may_hold_is_found_in_every_field(
    name: str, in_lists: bool, tmp_path: Path
) -> None:
    filled = hostile.fill(
        tmp_path / "lists",
        lambda file, _: REFUSED[name] if (file == "item-lists.yml") is in_lists else "文字",
    )

    checked = check_folder(filled.folder, TODAY)

    found = {(each.file, each.line) for each in checked.findings if each.level == "error"}
    for file, path in filled.places:
        if (file == "item-lists.yml") is in_lists:
            line, _ = checked.reading.files[file].locate(path)
            assert (file, line) in found, (file, path)
    for each in checked.findings:
        line = as_line(each, filled.folder, "zh")
        assert len(line) < 1000
        assert not re.search("[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e]", line)


def test_words_for_search_hold_no_punctuation_at_all(tmp_path: Path) -> None:
    filled = hostile.fill(tmp_path / "lists", lambda *_: hostile.EVERYTHING)
    found = [each for each in check_folder(filled.folder, TODAY).findings if each.level == "error"]

    assert {each.file for each in found} == {"lexicon.yml"}
    odd = [each for each in found if each.rule == "lexicon-odd-word"]
    assert len(odd) >= len(hostile.WORDS_ONLY)


def test_a_megabyte_of_text_is_a_finding(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(SMALL, folder)
    path = folder / "village" / "allowance.yml"
    path.write_text(path.read_text("utf-8") + f"note:\n  zh: {'村' * 400_000}\n", "utf-8")

    found = [(each.rule, each.file) for each in check_folder(folder, TODAY).findings]
    assert ("yaml-too-big", "village/allowance.yml") in found


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small county with everything hostile that a text may hold, in every field."""
    return hostile.county(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def built(county: Path) -> Path:
    """Its site."""
    return hostile.build(county)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the same county with harmless text in every field."""
    return hostile.build(hostile.county(tmp_path_factory.mktemp("plain"), text="文字"))


class _Page(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def kinds(self) -> Counter[tuple[str, tuple[str, ...]]]:
        """How often each element stands on the page, with the names of its attributes."""
        return Counter((tag, tuple(sorted(attributes))) for tag, attributes in self.elements)


def html_file(path: Path) -> None:
    page = _Page(path.read_text("utf-8"))
    for _, attributes in page.elements:
        assert attributes.get("id") != "hostile"
        assert not [name for name in attributes if name.startswith("on")], attributes
        for name in ("href", "src", "action"):
            assert ADDRESS.fullmatch(attributes.get(name, "")), attributes
    text = path.read_text("utf-8")
    for each in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text):
        json.loads(each)


def json_file(path: Path) -> None:
    json.loads(path.read_text("utf-8"))


def script(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.strip()
    assert not re.search("[\u2028\u2029]", text)


def xml_file(path: Path) -> None:
    for element in ET.fromstring(path.read_text("utf-8")).iter():
        assert element.tag.rpartition("}")[2] not in ("b", "script", "img")
        for value in element.attrib.values():
            assert not value.startswith("javascript:")


def csv_file(path: Path) -> None:
    text = path.read_text("utf-8-sig")
    for row in csv.reader(io.StringIO(text), strict=True):
        assert not [
            cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and cell[:1]
        ]


def calendar(path: Path) -> None:
    """Lines of RFC 5545: folded at 75 octets, and no text that begins a line of its own."""
    content = path.read_bytes()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    lines = content.decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert all(re.match(r"[A-Z-]+(;[A-Z-]+=[^:]*)?:", line) for line in lines[:-1])
    assert not re.search("[\n\r]", "".join(lines))


def workbook(path: Path) -> None:
    """Cells hold texts, and nothing is calculated, run or fetched."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert not [each for each in names if "external" in each.lower() or "vba" in each.lower()]
        for name in names:
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                tags = [element.tag for element in ET.fromstring(archive.read(name)).iter()]
                assert not [tag for tag in tags if tag.endswith(("}f", "}hyperlink"))], name


def nothing(path: Path) -> None:
    """A picture or style of our own, without text from lists."""


LOOK: dict[str, Callable[[Path], None]] = {
    ".html": html_file,
    ".json": json_file,
    ".webmanifest": json_file,
    ".js": script,
    ".xml": xml_file,
    ".atom": xml_file,
    ".jsonld": json_file,
    ".csv": csv_file,
    ".xlsx": workbook,
    ".ics": calendar,
    ".css": nothing,
    ".png": nothing,
    ".gz": nothing,
}
"""How each kind of file is looked at; a kind that is not here has to be added."""


def test_every_file_of_the_site_holds_the_text_as_text(built: Path) -> None:
    for path in sorted(each for each in built.rglob("*") if each.is_file()):
        try:
            LOOK[path.suffix](path)
        except AssertionError as error:
            raise AssertionError(path) from error


def test_the_site_has_the_files_it_has_with_harmless_text(built: Path, plain: Path) -> None:
    def names(folder: Path) -> set[str]:
        found = (each.relative_to(folder).as_posix() for each in folder.rglob("*"))
        return {re.sub(r"\.[0-9a-f]{8}\.", ".", each) for each in found}

    assert names(built) == names(plain)


def test_every_page_has_the_elements_it_has_with_harmless_text(built: Path, plain: Path) -> None:
    for path in built.rglob("*.html"):
        other = plain / path.relative_to(built)
        found, expected = (_Page(each.read_text("utf-8")).kinds() for each in (path, other))

        assert found == expected, path


def test_readers_see_every_character_that_was_written(built: Path) -> None:
    text = _Page((built / "items/allowance/index.html").read_text("utf-8")).text

    for name, mark in hostile.MARKS.items():
        assert " ".join(mark.split()) in text, name
    assert hostile.START in text


def test_no_template_language_is_obeyed(built: Path) -> None:
    for path in built.rglob("*.html"):
        assert str(7 * 191) not in path.read_text("utf-8"), path


def test_the_html_is_valid(built: Path) -> None:
    assert nu.mistakes(built) == ""


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_the_check_says_it_in_one_line_each(county: Path, form: str) -> None:
    arguments = ["check", "--lists", str(county), "--today", "2026-01-01", "--format", form]
    output = CliRunner().invoke(main, arguments).output

    if form == "json":
        assert len(json.loads(output)) > 600
    else:
        start = {"text": f"{county.as_posix()}/", "github": "::warning file="}[form]
        lines = output.splitlines()
        assert all(line.startswith(start) for line in lines[: -1 if form == "text" else None])


def test_pages_in_markdown_hold_it_too(county: Path, tmp_path: Path) -> None:
    arguments = ["pages", "--lists", str(county), "--out", str(tmp_path / "pages")]
    assert CliRunner().invoke(main, arguments).exit_code == 0

    for path in (tmp_path / "pages").rglob("*.md"):
        html_text = path.read_text("utf-8")
        assert "<script>" not in html_text.partition("---\n\n")[2], path


def test_a_telephone_is_a_telephone(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(SMALL, folder)
    path = folder / "county.yml"
    path.write_text(path.read_text("utf-8").replace('"12345"', "\"12345' onclick='x\""), "utf-8")

    found = [each.rule for each in check_folder(folder, TODAY).findings if each.level == "error"]
    assert found == ["phone-shape"]


def test_a_workbook_for_clerks_holds_texts_only(county: Path, tmp_path: Path) -> None:
    book = tmp_path / "lists.xlsx"
    result = CliRunner().invoke(main, ["export", "--lists", str(county), "--xlsx", str(book)])
    assert result.exit_code == 0, result.output
    workbook(book)

    with zipfile.ZipFile(book) as archive:
        texts = "".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    assert html.escape(hostile.START, quote=False) in texts
    # What was written comes back as it was: nothing has changed.
    result = CliRunner().invoke(main, ["import", str(book), "--lists", str(county)])
    assert "Traceback" not in result.output
    assert "和现在的清单一样" in result.output, result.output


def test_sheets_are_printed_with_the_text_as_text(tmp_path: Path) -> None:
    text = f"{hostile.MARKS['typst']} {hostile.MARKS['jinja']}"
    lists = hostile.county(tmp_path, text=text)
    out = tmp_path / "sheets"
    arguments = ["posters", "--lists", str(lists), "--config", str(lists / "mkdocs.yml")]
    arguments += ["--out", str(out), "--item", "hardship-proof", "--lang", "zh"]
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code in (0, 1), result.output
    assert not result.exception or isinstance(result.exception, SystemExit)
    made = sorted(out.rglob("*.pdf"))
    assert made, result.output
    for path in made:
        content = path.read_bytes()
        assert not re.search(rb"/(JavaScript|JS|Launch|SubmitForm|EmbeddedFile)\b", content)
        read = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        plain = re.sub(r"\s", "", read)
        assert re.sub(r"\s", "", "#panic(1) $x^2$ *粗*") in plain
        assert str(7 * 191) not in plain
