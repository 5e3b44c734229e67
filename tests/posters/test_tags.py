"""What a screen reader is given: every word in its place, in its language, and nothing else.

No validator of the whole standard can be installed with our other tools; these are the
rules of PDF/UA-1 (ISO 14289-1) that a reader's ear depends on, tested on the finished files.
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
from conftest import ITEM, TOWNSHIP, VILLAGE, Make, Printed, with_county
from sheets import Sheet, codes, in_order, without_spaces
from tags import STANDARD, Element, Place, inks, structure
from test_sheets import FORMS, LISTS, names_of

from generator.edition import Edition
from generator.model import Text

CHINESE = re.compile(r"[\u3400-\u9fff]")
CARDS = [path for path in FORMS if "/cards" in path]
POSTERS = [path for path in LISTS if "/handout" not in path]
HANDOUTS = [path for path in LISTS if "/handout" in path]


def texts(sheet: Sheet) -> dict[Place, str]:
    """What is written in each piece of marked content."""
    found: dict[Place, str] = defaultdict(str)
    for ink in inks(sheet):
        found[ink.page, ink.content] += ink.text
    return found


def spoken(sheet: Sheet, element: Element) -> str:
    """The words of an element as they are read out, without spaces."""
    written = texts(sheet)
    return without_spaces("".join(written[place] for place in element.places()))


@pytest.mark.parametrize("path", FORMS)
def test_a_sheet_says_what_it_is_called_and_in_what_language(printed: Printed, path: str) -> None:
    sheet = printed.sheet(path)
    catalog = sheet.reader.trailer["/Root"]

    assert catalog["/Lang"] == "zh-CN"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert catalog["/MarkInfo"]["/Suspects"].value is False
    assert b"<pdfuaid:part>1</pdfuaid:part>" in sheet.pdf
    assert sheet.reader.metadata.title
    assert (
        f">{html.escape(sheet.reader.metadata.title, quote=False)}<"
        in catalog["/Metadata"].get_data().decode()
    )


@pytest.mark.parametrize("path", FORMS)
def test_all_ink_is_read_out_once_or_is_decoration(printed: Printed, path: str) -> None:
    sheet = printed.sheet(path)
    written: set[Place] = set()
    for ink in inks(sheet):
        assert (ink.content >= 0) != ("Artifact" in ink.marks), ink
        if ink.content >= 0:
            written.add((ink.page, ink.content))

    read = Counter(structure(sheet).places())

    assert written
    assert set(read) == written
    assert set(read.values()) == {1}


@pytest.mark.parametrize("path", FORMS)
def test_a_reader_finds_the_element_of_every_piece_of_a_page(printed: Printed, path: str) -> None:
    sheet = printed.sheet(path)
    root = sheet.reader.trailer["/Root"]["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    parents = dict(zip(numbers[::2], (each.get_object() for each in numbers[1::2]), strict=True))

    for element in structure(sheet).walk():
        for page, content in (kid for kid in element.kids if isinstance(kid, tuple)):
            found = parents[sheet.reader.pages[page]["/StructParents"]][content]
            assert found.get_object() == element.node


@pytest.mark.parametrize("path", FORMS)
def test_elements_are_of_standard_types_and_lie_where_they_may(printed: Printed, path: str) -> None:
    top = structure(printed.sheet(path))
    inside = {
        "LI": {"L"},
        "Lbl": {"LI"},
        "LBody": {"LI"},
        "THead": {"Table"},
        "TBody": {"Table"},
        "TR": {"THead", "TBody"},
        "TH": {"TR"},
        "TD": {"TR"},
    }

    assert top.kind == "Document"
    for element in top.walk():
        assert element.kind in STANDARD
        for kid in (each for each in element.kids if isinstance(each, Element)):
            assert kid.kind not in inside or element.kind in inside[kid.kind]
            assert element.kind != "L" or kid.kind == "LI"


@pytest.mark.parametrize("path", FORMS)
def test_headings_begin_with_the_sheet_s_name_and_skip_no_level(
    printed: Printed, path: str
) -> None:
    sheet = printed.sheet(path)
    headings = structure(sheet).of_kind("H1", "H2", "H3")
    levels = [int(each.kind[1:]) for each in headings]

    assert all(spoken(sheet, each) for each in headings)
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    # Cards are cut apart, so each has its own.
    assert levels.count(1) == (len(sheet.pages) if path in CARDS else 1)


@pytest.mark.parametrize("path", LISTS)
def test_every_list_has_a_heading(printed: Printed, edition: Edition, path: str) -> None:
    sheet = printed.sheet(path)
    level = "township" if path.rpartition("/")[0] == TOWNSHIP else "village"
    names = [each.name.zh for each in edition.county.lists_of(level)]

    headings = [spoken(sheet, each) for each in structure(sheet).of_kind("H2")]

    assert len(headings) == len(names)
    assert in_order("".join(headings), names) == []


@pytest.mark.parametrize("path", LISTS)
def test_items_are_read_out_in_published_order(
    printed: Printed, edition: Edition, path: str
) -> None:
    sheet = printed.sheet(path)

    assert in_order(spoken(sheet, structure(sheet)), names_of(edition, path)) == []


@pytest.mark.parametrize("path", POSTERS)
def test_every_item_of_a_poster_is_an_item_of_a_list_with_its_number(
    printed: Printed, edition: Edition, path: str
) -> None:
    sheet = printed.sheet(path)
    entries = structure(sheet).of_kind("LI")
    names = names_of(edition, path)

    assert len(entries) == len(names)
    for entry, name in zip(entries, names, strict=True):
        label, body = entry.kids
        assert re.fullmatch(r"\d+", spoken(sheet, label))
        assert spoken(sheet, body).startswith(without_spaces(name.partition("（")[0]))


@pytest.mark.parametrize("path", HANDOUTS)
def test_every_cell_of_a_hand_out_has_its_column_s_heading(
    printed: Printed, edition: Edition, path: str
) -> None:
    sheet = printed.sheet(path)
    tables = structure(sheet).of_kind("Table")
    rows = 0

    for table in tables:
        head, *others = table.of_kind("TR")
        heads = [str(each.node["/ID"]) for each in head.kids]
        assert {each.kind for each in head.kids} == {"TH"}
        assert {each.attribute("/Scope") for each in head.kids} == {"/Column"}
        for row in others:
            assert [list(map(str, each.attribute("/Headers"))) for each in row.kids] == [
                [each] for each in heads
            ]
        rows += len(others)
    assert rows == len(names_of(edition, path))


@pytest.mark.parametrize("path", FORMS)
def test_the_code_and_the_address_are_described(printed: Printed, path: str) -> None:
    sheet = printed.sheet(path)
    top = structure(sheet)
    (address,) = set(codes(sheet.raster()))

    figures = top.of_kind("Figure")
    assert figures
    for figure in figures:
        assert figure.node["/Alt"] == f"二维码：{address}"
        assert figure.attribute("/BBox")
    for link in top.of_kind("Link"):
        (annotation,) = (each for each in link.kids if not isinstance(each, tuple | Element))
        assert annotation["/Subtype"] == "/Link"
        assert annotation["/A"]["/URI"] == address
        assert annotation["/Contents"]
    annotated = sum(len(page.get("/Annots", [])) for page in sheet.reader.pages)
    assert len(top.of_kind("Link")) == annotated
    assert all(page.get("/Tabs") == "/S" for page in sheet.reader.pages if "/Annots" in page)


def voices(sheet: Sheet) -> dict[str, str]:
    """All that is read out, by the language it is read in."""
    language = {
        place: element.language
        for element in structure(sheet).walk()
        for place in element.kids
        if isinstance(place, tuple)
    }
    found: dict[str, str] = defaultdict(str)
    for ink in inks(sheet):
        if ink.content >= 0:
            said_in = ink.language or language[ink.page, ink.content]
            found[said_in.split("-")[0]] += f"{ink.text} "
    return found


@pytest.mark.parametrize("path", [path for path in FORMS if path.endswith("-zh-en")])
def test_each_language_is_read_out_by_its_own_voice(printed: Printed, path: str) -> None:
    heard = voices(printed.sheet(path))

    assert set(heard) == {"zh", "en"}
    assert not CHINESE.search(heard["en"])
    assert CHINESE.search(heard["zh"])
    # Names, numbers and addresses are the same in both; sentences are not.
    english = r"\b(?:the|village|county|of|does|certificate|and)\b"
    assert re.search(english, heard["en"], re.IGNORECASE)
    assert not re.search(english, re.sub(r"\S*[./]\S*", "", heard["zh"]), re.IGNORECASE)


def test_a_village_without_an_english_name_keeps_its_own_on_a_bilingual_sheet(
    edition: Edition, make: Make
) -> None:
    township, *rest = edition.county.townships.values()
    village = township.villages[0].replaced(name=Text({"zh": "琊口村"}))
    changed = township.replaced(villages=(village,))
    townships = {each.code: each for each in (changed, *rest)}

    made = make(
        with_county(edition, townships=townships),
        subjects=(VILLAGE,),
        variants=(("zh", "en"),),
        turned=False,
    )

    assert made.outcome.problems == []
    for order in made.outcome.made:
        heard = voices(made.sheet(order.path))
        assert "琊口村" in without_spaces(heard["zh"])
        assert not CHINESE.search(heard["en"]), order.path


def test_a_slip_is_read_in_the_order_of_its_reasons(printed: Printed) -> None:
    sheet = printed.sheet(f"{ITEM}/slip-a5-zh")
    heads = [spoken(sheet, each) for each in structure(sheet).of_kind("H1", "H2")]

    assert in_order("".join(heads), ["告知单", "可以这样核实", "找这些单位", "依据"]) == []
