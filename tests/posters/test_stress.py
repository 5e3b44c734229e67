"""What counties really write: long names, many items, rare characters, nothing known.

By geometry, not by eye: nothing in the margin, no two words in one place, every name there
in its order, and no type below what can be read.
"""

from __future__ import annotations

import pytest
from conftest import TOWNSHIP, VILLAGE, Make, Printed, with_county, with_items
from sheets import codes, in_order, without_spaces

from generator.edition import Edition
from generator.model import ServiceCentre, Text
from generator.posters.kinds import KINDS

SYLLABLES = "城乡居民基本养老保险待遇资格认证申请帮办残疾人两项补贴农村危房改造林木采伐许可"


def names(count: int) -> dict[str, list[str]]:
    """Names of 6 to 16 characters, each of them different."""
    made = [
        SYLLABLES[number % 20 : number % 20 + 6 + number % 9] + f"{number:03}"
        for number in range(count)
    ]
    first, second = round(count * 0.2), round(count * 0.6)
    return {"does": made[:first], "assists": made[first:second], "does-not": made[second:]}


def check(printed: Printed, expected: dict[str, list[str]], languages: int) -> int:
    """Every made sheet holds every name; the most pages a poster needed."""
    assert printed.outcome.problems == []
    pages = 0
    for order in printed.outcome.made:
        sheet = printed.sheet(order.path)
        assert sheet.outside(4) == [], order.path
        assert sheet.collisions() == [], order.path
        wanted = [name for group in expected.values() for name in group]
        assert in_order(sheet.text, wanted) == [], order.path
        least = order.kind.least(order.paper, languages)
        digits = [each.size for page in sheet.pages for each in page if each.text == wanted[-1][-4]]
        if order.kind.id in ("poster", "plain"):
            assert max(digits) >= least - 0.01, order.path
        assert all(codes(sheet.raster(page)) for page in range(len(sheet.pages)) if page == 0)
        pages = max(pages, len(sheet.pages))
    return pages


@pytest.mark.parametrize("count", [10, 60, 120])
@pytest.mark.parametrize("variant", [("zh",), ("zh", "en")], ids=["zh", "zh-en"])
def test_ten_to_a_hundred_and_twenty_items_fit_on_as_many_sheets_as_they_need(
    edition: Edition, make: Make, count: int, variant: tuple[str, ...]
) -> None:
    expected = names(count)
    many = with_items(edition, expected, english="Application for a subsidy of some kind")
    kinds = ("poster", "plain") if count != 60 else ("poster", "handout")

    made = make(many, kinds=kinds, subjects=(VILLAGE,), variants=(variant,), turned=count == 60)

    pages = check(made, expected, len(variant))
    assert pages == 1 if count == 10 else pages <= 8


def test_an_item_of_sixty_characters_wraps(edition: Edition, make: Make) -> None:
    long = (SYLLABLES * 2)[:60]
    expected = {"does": [long], "assists": ["短名"], "does-not": [long[1:] + "证"]}
    made = make(
        with_items(edition, expected, english="x" + " long words" * 15),
        kinds=("poster", "plain", "handout"),
        subjects=(VILLAGE,),
    )

    assert check(made, expected, 2) >= 1


@pytest.mark.parametrize(
    "name", ["琊㙟𠮷村民委员会第一村", "东坪坝上场口新华和平三社区", "一" * 11 + "村"]
)
def test_a_village_of_twelve_rare_characters_without_a_service_centre(
    edition: Edition, make: Make, name: str
) -> None:
    township, *rest = edition.county.townships.values()
    village = township.villages[0].model_copy(
        update={
            "name": Text({"zh": name, "en": "A Village With Quite a Long Name in English"}),
            "service_centre": ServiceCentre(),
        }
    )
    township = township.model_copy(update={"villages": (village,)})
    townships = {each.code: each for each in (township, *rest)}
    made = make(
        with_county(edition, townships=townships),
        kinds=("poster", "handout", "cards") if "𠮷" in name else ("poster",),
        subjects=(VILLAGE,),
    )

    assert made.outcome.problems == []
    for order in made.outcome.made:
        sheet = made.sheet(order.path)
        assert without_spaces(name) in sheet.text, order.path
        assert sheet.outside(4) == [], order.path
        assert sheet.collisions() == [], order.path
        if order.kind.id == "poster":
            assert max(each.size for page in sheet.pages for each in page) >= 24


def test_a_character_that_no_font_has_is_named_where_it_stands(
    edition: Edition, make: Make
) -> None:
    items = dict(edition.county.items)
    changed = {"name": Text({"zh": "\U0002a6d0证明"})}
    items["death-proof"] = items["death-proof"].model_copy(update=changed)

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
        items[key] = items[key].model_copy(update=endless)

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
