"""What counties really write: long names, many items, rare characters, nothing known.

By geometry, not by eye: nothing in the margin, no two words in one place, every name there
in its order, and no type below what can be read.
"""

from __future__ import annotations

import pytest
from conftest import TOWNSHIP, VILLAGE, Make, Printed, with_county, with_items
from sheets import Sheet, codes, in_order, without_spaces

from generator.edition import Edition
from generator.model import ServiceCentre, Text
from generator.posters.kinds import KINDS
from generator.posters.order import Order

SYLLABLES = "城乡居民基本养老保险待遇资格认证申请帮办残疾人两项补贴农村危房改造林木采伐许可"


PLACES = ("poster", "plain", "handout", "cards")


def names(count: int) -> dict[str, list[str]]:
    """Names of 6 to 16 characters, each of them different."""
    made = [
        SYLLABLES[number % 20 : number % 20 + 6 + number % 9] + f"{number:03}"
        for number in range(count)
    ]
    first, second = round(count * 0.2), round(count * 0.6)
    return {"does": made[:first], "assists": made[first:second], "does-not": made[second:]}


def check(printed: Printed, expected: dict[str, list[str]], languages: int) -> dict[str, int]:
    """Every made sheet holds every name; by kind, the pages of its longest sheet."""
    assert printed.outcome.problems == []
    pages: dict[str, int] = {}
    for order in printed.outcome.made:
        sheet = printed.sheet(order.path)
        sound(sheet, order)
        wanted = [name for group in expected.values() for name in group]
        if order.kind.id == "slip":
            wanted = expected["does-not"][:1]
        assert in_order(sheet.text, wanted) == [], order.path
        least = order.kind.least(order.paper, languages)
        digits = [each.size for page in sheet.pages for each in page if each.text == wanted[-1][-4]]
        if order.kind.id in ("poster", "plain", "cards"):
            assert max(digits) >= least - 0.01, order.path
        pages[order.kind.id] = max(pages.get(order.kind.id, 0), len(sheet.pages))
    return pages


def sound(sheet: Sheet, order: Order) -> None:
    """Nothing in the margin, no two words in one place, nothing too small, a code that is read."""
    assert sheet.outside(4) == [], order.path
    assert sheet.collisions() == [], order.path
    assert min(each.size for page in sheet.pages for each in page) > 6.4, order.path
    assert codes(sheet.raster()), order.path


@pytest.mark.parametrize(
    ("count", "kinds", "turned"),
    [
        (10, PLACES, False),
        (60, ("poster",), None),
        (120, PLACES, False),
    ],
    ids=["10", "60", "120"],
)
@pytest.mark.parametrize("variant", [("zh",), ("zh", "en")], ids=["zh", "zh-en"])
def test_ten_to_a_hundred_and_twenty_items_fit_on_as_many_sheets_as_they_need(
    edition: Edition,
    make: Make,
    count: int,
    kinds: tuple[str, ...],
    turned: bool | None,
    variant: tuple[str, ...],
) -> None:
    expected = names(count)
    many = with_items(edition, expected, english="Application for a subsidy of some kind")

    made = make(many, kinds=kinds, subjects=(VILLAGE,), variants=(variant,), turned=turned)

    pages = check(made, expected, len(variant))
    assert set(pages) == set(kinds)
    assert pages["poster"] == 1 if count == 10 else pages["poster"] <= 4


def test_an_item_of_sixty_characters_wraps(edition: Edition, make: Make) -> None:
    long = ("琊㙟𠮷" + SYLLABLES * 2)[:60]
    expected = {"does": [long], "assists": ["短名"], "does-not": [long[1:] + "证"]}
    made = make(
        with_items(edition, expected, english="x" + " long words" * 15),
        kinds=(*PLACES, "slip"),
        subjects=(VILLAGE, "items/does-not-0"),
    )

    assert set(check(made, expected, 2)) == {*PLACES, "slip"}


@pytest.mark.parametrize(
    "name", ["琊㙟𠮷村民委员会第一村", "东坪坝上场口新华和平三社区", "一" * 11 + "村"]
)
def test_a_village_of_twelve_rare_characters_without_a_service_centre(
    edition: Edition, make: Make, name: str
) -> None:
    made = make(
        with_villages(edition, {name: "A Village With Quite a Long Name in English"}),
        kinds=PLACES,
        subjects=(VILLAGE,),
    )

    assert made.outcome.problems == []
    assert {order.kind.id for order in made.outcome.made} == set(PLACES)
    for order in made.outcome.made:
        sheet = made.sheet(order.path)
        assert without_spaces(name) in sheet.text, order.path
        sound(sheet, order)
        if order.kind.id == "poster":
            assert max(each.size for page in sheet.pages for each in page) >= 24


def with_villages(edition: Edition, names: dict[str, str]) -> Edition:
    """The county with a first township of other villages, about which nothing is known."""
    township, *rest = edition.county.townships.values()
    pattern = township.villages[0]
    villages = tuple(
        pattern.replaced(
            name=Text({"zh": chinese, "en": english}),
            service_centre=ServiceCentre(),
            slug=pattern.slug if number == 0 else f"{pattern.slug}-{number}",
        )
        for number, (chinese, english) in enumerate(names.items())
    )
    township = township.replaced(villages=villages)
    return with_county(edition, townships={each.code: each for each in (township, *rest)})


@pytest.mark.parametrize("count", [10, 60, 120])
def test_all_villages_of_a_county_stand_on_its_sheet(
    edition: Edition, make: Make, count: int
) -> None:
    short = {f"琊㙟{number}村": f"Yalang {number} Village" for number in range(count)}
    long = {"东坪坝上场口新华和平三社区": "A Community With Quite a Long Name in English"}

    made = make(with_villages(edition, short | long), kinds=("county",))

    assert made.outcome.problems == []
    for order in made.outcome.made:
        sheet = made.sheet(order.path)
        sound(sheet, order)
        assert in_order(sheet.text, [*short, *long]) == [], order.path


@pytest.mark.parametrize("count", [1, 6, 12])
def test_plates_of_long_names_and_long_notes(edition: Edition, make: Make, count: int) -> None:
    pattern = next(iter(edition.county.plates.values()))
    names = [f"琊㙟𠮷村新时代文明实践站{number}" for number in range(count)]
    plates = {
        name: pattern.replaced(
            name=Text({"zh": name, "en": "Station of civilization in the new era"}),
            note=Text({"zh": SYLLABLES, "en": "volunteers and culture " * 3}),
        )
        for name in names
    }

    made = make(with_county(edition, plates=plates), kinds=("plates",))

    assert made.outcome.problems == []
    for order in made.outcome.made:
        sheet = made.sheet(order.path)
        sound(sheet, order)
        assert in_order(sheet.text, names) == [], order.path


def test_a_character_that_no_font_has_is_named_where_it_stands(
    edition: Edition, make: Make
) -> None:
    items = dict(edition.county.items)
    changed = {"name": Text({"zh": "\U0002a6d0证明"})}
    items["death-proof"] = items["death-proof"].replaced(**changed)

    made = make(with_county(edition, items=items), kinds=("poster",), subjects=(VILLAGE,))

    assert made.outcome.made == []
    assert {each.rule for each in made.outcome.problems} == {"sheet-glyph"}
    for each in made.outcome.problems:
        assert each.values["text"] == "\U0002a6d0"
        assert each.origin.file == "village/death-proof.yml"
        assert each.origin.path[0] == "name"


def test_what_fits_on_no_sheet_is_a_finding_that_names_the_item(
    edition: Edition, make: Make
) -> None:
    items = dict(edition.county.items)
    for key, times in (("death-proof", 48), ("hardship-proof", 47), ("mediation", 46)):
        endless = {"name": Text({"zh": SYLLABLES * times})}
        items[key] = items[key].replaced(**endless)

    made = make(
        with_county(edition, items=items),
        kinds=("poster", "slip"),
        subjects=(VILLAGE, "items/death-proof"),
        variants=(("zh",),),
        turned=False,
    )

    assert made.outcome.made == []
    problems = made.outcome.problems
    assert {each.rule for each in problems} == {"sheet-full"}, problems
    assert {each.origin.file for each in problems} == {"village/death-proof.yml"}


def test_a_township_without_any_lists_still_has_its_poster(edition: Edition, make: Make) -> None:
    items = {key: item for key, item in edition.county.items.items() if item.level == "village"}
    made = make(
        with_county(edition, items=items),
        kinds=("poster", "handout"),
        subjects=(TOWNSHIP,),
        variants=(("zh",),),
        turned=False,
    )

    assert made.outcome.problems == []
    assert "东镇" in made.sheet(f"{TOWNSHIP}/poster-a3-zh").text


def test_the_stated_distances_follow_the_rule_of_twenty_points_a_metre() -> None:
    poster = KINDS["poster"]

    assert poster.least("a2", 1) == 20
    assert [poster.least(paper, 1) for paper in ("a3", "a2", "a1", "a0")] == [12, 20, 28, 40]
