"""What is on the paper: sizes, words in order, type, margins, codes, tags."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ITEM, SITE, SMALL, TOWNSHIP, VILLAGE, Make, Printed, with_county
from PIL import Image
from sheets import MM, Sheet, codes, in_order, photocopied, without_spaces

from generator.edition import Edition
from generator.model import Text
from generator.posters.kinds import KINDS, PAPERS
from generator.posters.order import Printing, Wanted, orders

MARGIN_MM = 4
FORMS = {
    f"{VILLAGE}/poster-a3-zh": (297, 420),
    f"{VILLAGE}/poster-a3-zh-en": (297, 420),
    f"{VILLAGE}/poster-a3-landscape-zh": (420, 297),
    f"{VILLAGE}/poster-a3-landscape-zh-en": (420, 297),
    f"{TOWNSHIP}/poster-a3-zh": (297, 420),
    f"{TOWNSHIP}/poster-a3-zh-en": (297, 420),
    f"{TOWNSHIP}/plain-a4-zh-en": (210, 297),
    f"{VILLAGE}/plain-a4-zh": (210, 297),
    f"{VILLAGE}/plain-a4-zh-en": (210, 297),
    f"{VILLAGE}/handout-a4-zh": (210, 297),
    f"{VILLAGE}/handout-a4-zh-en": (210, 297),
    f"{TOWNSHIP}/handout-a4-zh": (210, 297),
    f"{TOWNSHIP}/handout-a4-zh-en": (210, 297),
    f"{VILLAGE}/cards-a5-zh": (148, 210),
    f"{VILLAGE}/cards-a5-zh-en": (148, 210),
    f"{ITEM}/slip-a5-zh": (148, 210),
    f"{ITEM}/slip-a5-zh-en": (148, 210),
    "county/plates-a3-zh": (297, 420),
    "county/plates-a3-zh-en": (297, 420),
    "county/county-a3-zh": (297, 420),
    "county/county-a3-zh-en": (297, 420),
}
LISTS = [path for path in FORMS if "/poster" in path or "/plain" in path or "/handout" in path]


@pytest.mark.parametrize("path", FORMS)
def test_every_page_has_the_size_of_its_paper(printed: Printed, path: str) -> None:
    sheet = printed.sheet(path)

    for page in range(len(sheet.pages)):
        assert sheet.box("/MediaBox", page)[2:] == pytest.approx(FORMS[path], abs=0.1)


def names_of(edition: Edition, path: str) -> list[str]:
    villages = {view.path: view for view in _views(edition)}
    view = villages[path.rpartition("/")[0]]
    return [item.name.zh for group in view.groups for item in group.items]


def _views(edition: Edition):
    for township in edition.county.townships.values():
        yield edition.scopes.township(township)
        for village in township.villages:
            yield edition.scopes.village(township, village)


@pytest.mark.parametrize("path", LISTS)
def test_every_item_stands_on_the_sheet_in_published_order(
    printed: Printed, edition: Edition, path: str
) -> None:
    names = names_of(edition, path)

    assert names
    assert in_order(printed.sheet(path).text, names) == []


@pytest.mark.parametrize("path", FORMS)
def test_nothing_stands_in_the_margin_and_no_words_run_into_each_other(
    printed: Printed, path: str
) -> None:
    sheet = printed.sheet(path)

    assert sheet.outside(MARGIN_MM) == []
    assert sheet.collisions() == []


@pytest.mark.parametrize("path", FORMS)
def test_type_is_never_smaller_than_can_be_read(
    printed: Printed, edition: Edition, path: str
) -> None:
    sheet = printed.sheet(path)
    order = next(each for each in orders(edition, Wanted()) if each.path == path)
    least = order.kind.least(order.paper, len(order.tags))
    sizes = {glyph.size for page in sheet.pages for glyph in page}

    assert min(sizes) > 6.4
    if order.kind.id in ("poster", "plain"):
        largest: dict[str, float] = {}
        for glyph in (each for page in sheet.pages for each in page if each.is_upright):
            largest[glyph.text] = max(glyph.size, largest.get(glyph.text, 0))
        for name in names_of(edition, path):
            for character in without_spaces(name.partition("（")[0]):
                assert largest[character] >= least - 0.01, (name, character)


@pytest.mark.parametrize("path", FORMS)
def test_fonts_are_embedded_subsets_and_text_can_be_taken_out(printed: Printed, path: str) -> None:
    fonts = list(printed.sheet(path).fonts())

    assert fonts
    for font in fonts:
        below = font["/DescendantFonts"][0].get_object()
        descriptor = below["/FontDescriptor"].get_object()
        assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
        assert "+" in str(font["/BaseFont"])
        assert "/ToUnicode" in font


@pytest.mark.parametrize("path", FORMS)
def test_the_code_is_read_from_a_coarse_raster_and_from_a_photocopy(
    printed: Printed, path: str
) -> None:
    sheet = printed.sheet(path)
    subject = "" if path.startswith("county") else path.rpartition("/")[0] + "/"
    address = f"{SITE}{subject}?e=2026-01-01"

    image = sheet.raster(dpi=72)
    assert codes(image) == [address]
    assert codes(photocopied(image)) == [address]
    if "/cards" not in path and "/handout" not in path:
        assert without_spaces(address.removeprefix("https://").split("/?")[0]) in sheet.text


def test_a_code_opens_the_page_of_its_place_on_the_built_site(
    printed: Printed, tmp_path: Path
) -> None:
    target = tmp_path / "site"
    tool = Path(sys.executable).with_name("qingdan")
    config = str(SMALL / "mkdocs.yml")
    subprocess.run([tool, "build", "--config", config, "--site-dir", target], check=True)
    for path in (f"{VILLAGE}/poster-a3-zh", f"{ITEM}/slip-a5-zh", "county/county-a3-zh"):
        (address,) = codes(printed.sheet(path).raster(dpi=72))
        page = target / address.removeprefix(SITE).split("?")[0] / "index.html"
        assert page.is_file()
        if path.startswith(VILLAGE):
            assert "琊口村" in page.read_text("utf-8")


@pytest.mark.parametrize("path", FORMS)
def test_every_page_says_that_it_is_a_demonstration(printed: Printed, path: str) -> None:
    for page in printed.sheet(path).pages:
        text = "".join(each.text for each in page)
        assert "示范数据" in text


def test_an_official_county_has_no_demonstration_mark(edition: Edition, make: Make) -> None:
    profile = edition.county.profile.replaced(official=True)
    made = make(with_county(edition, profile=profile), subjects=(VILLAGE,), variants=(("zh",),))

    for order in made.outcome.made:
        assert "示范" not in "".join(x.text for p in made.sheet(order.path).pages for x in p)


def test_what_is_not_known_is_left_to_be_written_and_the_hotline_stands_beside_it(
    edition: Edition, make: Make
) -> None:
    made = make(edition, kinds=("poster",), subjects=("places/dong-zhen/yutang-cun",), turned=False)

    for order in made.outcome.made:
        text = made.sheet(order.path).text
        assert "电话" in text
        assert "办公时间" in text
        assert "12345" in text
        assert "None" not in text


def test_a_photocopier_needs_no_colour(printed: Printed) -> None:
    image = printed.sheet(f"{VILLAGE}/plain-a4-zh").raster(dpi=50)

    for red, green, blue in set(image.get_flattened_data()):
        assert abs(red - green) <= 2
        assert abs(green - blue) <= 2
    ink = sum(255 - each for each in image.convert("L").get_flattened_data()) / 255
    assert ink / (image.width * image.height) < 0.2


def test_the_three_roles_differ_in_shape_when_colour_is_gone(printed: Printed) -> None:
    """The heads of the three panels are filled dark, filled light and hollow."""
    image = printed.sheet(f"{VILLAGE}/poster-a3-zh").raster(dpi=72).convert("L")
    y = int((76 + 6 + 3) * MM)
    shades = {image.getpixel((x, y)) // 40 for x in range(int(16 * MM), int(280 * MM), 7)}

    assert len(shades) >= 3


def test_print_shops_get_bleed_and_crop_marks(edition: Edition, make: Make) -> None:
    wanted = {
        "kinds": ("poster", "handout", "slip"),
        "subjects": (VILLAGE, TOWNSHIP, ITEM),
        "variants": (("zh",),),
    }
    bled = make(edition, printing=Printing(bleed=True), turned=False, **wanted)
    marked = make(edition, printing=Printing(marks=True), turned=False, **wanted)

    sheet = bled.sheet(f"{VILLAGE}/poster-a3-zh-bleed")
    assert sheet.box("/MediaBox") == (0, 0, 303, 426)
    assert sheet.box("/TrimBox") == (3, 3, 300, 423)
    sheet = marked.sheet(f"{VILLAGE}/poster-a3-zh-marks")
    assert sheet.box("/MediaBox") == (0, 0, 317, 440)
    assert sheet.box("/TrimBox") == (10, 10, 307, 430)
    assert sheet.box("/BleedBox") == (7, 7, 310, 433)
    assert sheet.reader.trailer["/Root"]["/StructTreeRoot"]["/K"]
    corners(sheet, 0)
    assert marked.sheet(f"{ITEM}/slip-a5-zh-marks").box("/BleedBox") == (7, 7, 161, 223)
    handout = marked.sheet(f"{TOWNSHIP}/handout-a4-zh-marks")
    for page in range(len(handout.pages)):
        corners(handout, page)


def corners(sheet: Sheet, page: int) -> None:
    """At each corner of the trimmed sheet two marks, outside the bleed and on white."""
    image = sheet.raster(page, dpi=254).convert("L")
    wide, high = image.size

    def darkest(*box: float) -> int:
        left, top, right, bottom = (round(10 * each) for each in box)
        return min(image.crop((left, top, right, bottom)).get_flattened_data())

    w, h = wide / 10, high / 10
    assert darkest(0, 0, 6, 6) > 200
    for x in (10, w - 10):
        assert darkest(x - 0.4, 1, x + 0.4, 6) < 150
        assert darkest(x - 0.4, h - 6, x + 0.4, h - 1) < 150
    for y in (10, h - 10):
        assert darkest(1, y - 0.4, 6, y + 0.4) < 150
        assert darkest(w - 6, y - 0.4, w - 1, y + 0.4) < 150


def test_offset_printing_gets_no_colour_but_the_four_inks(edition: Edition, make: Make) -> None:
    made = make(
        edition,
        subjects=(VILLAGE, ITEM, ""),
        variants=(("zh",),),
        turned=False,
        printing=Printing(cmyk=True),
    )

    for order in made.outcome.made:
        for page in made.sheet(order.path).reader.pages:
            operators = {operator for _, operator in page.get_contents().operations}
            assert not operators & {b"rg", b"RG", b"sh", b"Do"}, order.path
            if order.kind.id != "plain":
                assert b"k" in operators
                spaces = page["/Resources"].get("/ColorSpace", {}).values()
                assert not [each for each in spaces if "RGB" in str(each)]


def test_larger_papers_are_the_same_sheet_larger(edition: Edition, make: Make) -> None:
    made = make(
        edition,
        kinds=("poster",),
        subjects=(VILLAGE,),
        papers=("a2", "a1", "a0"),
        variants=(("zh",),),
        turned=False,
    )

    for paper in ("a2", "a1", "a0"):
        sheet = made.sheet(f"{VILLAGE}/poster-{paper}-zh")
        assert sheet.box("/MediaBox")[2:] == pytest.approx(PAPERS[paper], abs=1.5)
        least = KINDS["poster"].least(paper, 1)
        names = [each.size for page in sheet.pages for each in page if each.text == "纠"]
        assert min(names) >= least
        assert sheet.outside(MARGIN_MM) == []


def test_one_list_can_be_printed_alone(edition: Edition, make: Make) -> None:
    made = make(
        edition,
        kinds=("poster",),
        subjects=(VILLAGE,),
        variants=(("zh",),),
        turned=False,
        printing=Printing(lists=("refuse",), edition="2030-02-03"),
    )
    sheet = made.sheet(f"{VILLAGE}/poster-a3-zh-refuse")

    assert "死亡证明" in sheet.text
    assert "纠纷调解" not in sheet.text
    assert codes(sheet.raster()) == [f"{SITE}{VILLAGE}/?e=2030-02-03"]
    assert "2030年2月3日" in sheet.text


def test_pictures_are_small_enough_to_be_sent(printed: Printed) -> None:
    pictures = list(printed.folder.rglob("*.png"))

    assert len(pictures) > len(FORMS)
    for path in pictures:
        limit = 80_000 if path.name.endswith(".preview.png") else 300_000
        assert path.stat().st_size <= limit, path
        assert max(Image.open(path).size) <= (480 if ".preview" in path.name else 1600)


def test_paper_is_white_in_the_pictures_too(printed: Printed) -> None:
    for name in ("slip-a5-zh.png", "slip-a5-zh.preview.png"):
        image = Image.open(printed.folder / ITEM / name).convert("RGB")
        assert image.getpixel((2, 2)) == (255, 255, 255), name


def test_two_runs_give_the_same_bytes(printed: Printed, tmp_path: Path) -> None:
    """The second one in other processes, in another order."""
    script = Path(sys.executable).with_name("qingdan")
    places = [f"--place={VILLAGE.removeprefix('places/')}", "--item=death-proof"]
    options = ["--lists", str(SMALL), "--out", str(tmp_path), "--today", "2026-01-01", "--all"]
    command = [script, "posters", *places, *options, "--site-url", SITE, "--jobs", "2"]
    subprocess.run(command, check=True, capture_output=True)
    again = {path.relative_to(tmp_path): path for path in tmp_path.rglob("*.p[dn][fg]")}

    assert len(again) >= 20
    for name, path in again.items():
        assert path.read_bytes() == (printed.folder / name).read_bytes(), name


def test_the_township_s_poster_names_the_departments_that_lead_or_took_back(
    printed: Printed,
) -> None:
    text = printed.sheet(f"{TOWNSHIP}/poster-a3-zh").text

    assert "东镇" in text
    assert "→" in text


def test_text_from_lists_is_never_markup(edition: Edition, make: Make) -> None:
    name = '#panic("x") $y$ *z* `w` <b> \\ "q" @r'
    items = dict(edition.county.items)
    changed = {"name": Text({"zh": name})}
    items["death-proof"] = items["death-proof"].replaced(**changed)
    made = make(
        with_county(edition, items=items),
        subjects=(VILLAGE, ITEM),
        variants=(("zh",),),
        turned=False,
    )

    assert made.outcome.problems == []
    for order in made.outcome.made:
        if order.kind.id != "cards":
            assert without_spaces(name) in made.sheet(order.path).text, order.path
