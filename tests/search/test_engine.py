"""What is found, in Python; the browser's side is compared in tests/browser."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from generator.check import check_folder
from generator.cli import main
from generator.edition import Edition
from generator.language import load_language
from generator.search.data import search_data
from generator.search.engine import Engine, Ring

TESTS = Path(__file__).parents[1]
TODAY = datetime.date(2026, 11, 24)
WEST_SUBDISTRICT = "990101001000"


def engine(folder: Path, lang: str) -> Engine:
    checked = check_folder(folder, TODAY)
    assert checked.county
    return Engine(search_data(Edition(checked.county, checked.languages, TODAY), lang))


CHINESE = engine(TESTS.parent / "lists", "zh")
ENGLISH = engine(TESTS.parent / "lists", "en")
LANGUAGES = (load_language("zh"),)
SMALL = engine(TESTS / "counties" / "small", "zh")


@pytest.mark.parametrize(
    "query",
    ["低保", "低宝", "低保咋个申请", "dibao", "di bao", "dī bǎo", "低保申請", "凤冈县2025年低保"],
)
@pytest.mark.parametrize("found_by", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_one_thing_is_found_however_it_is_written(query: str, found_by: Engine) -> None:
    answer = found_by.answer(query)

    assert answer.confident
    assert answer.results[0].id in ("minimum-living-allowance", "social-assistance-acceptance")


def test_emergencies_come_with_the_number_to_ring() -> None:
    assert Ring("119", "火警、救援", confirmed=True) in CHINESE.answer("房子燃起来了").hotlines
    assert [each.number for each in CHINESE.answer("喝了农药").hotlines] == ["120"]
    assert CHINESE.answer("低保").hotlines == ()


@pytest.mark.parametrize("query", ["", "   ", "😂", "？？", "qqqqqq", "xzvkw", "wxyz", "asdf"])
def test_a_query_that_says_nothing_has_no_confident_answer(query: str) -> None:
    answer = CHINESE.answer(query)

    assert not answer.confident
    assert answer.results == ()


def test_letters_answer_only_where_they_are_the_initials_of_a_phrase() -> None:
    keys = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    mash = [row[n : n + 5] for row in keys for n in range(len(row) - 4)] + ["xyzzyqq"]

    assert [each for each in mash if CHINESE.answer(each).confident] == []
    for initials in ("wfgz", "tkgy", "jkz", "y l b x", "ybjf"):
        assert CHINESE.answer(initials).confident, initials


def test_a_place_named_alone_is_the_answer() -> None:
    first = CHINESE.answer("蜂岩镇").results[0]

    assert (first.kind, first.path) == ("place", "places/fengyan-zhen")


def test_a_place_named_with_a_matter_does_not_hide_the_matter() -> None:
    kinds = [each.kind for each in CHINESE.answer("蜂岩镇低保").results]

    assert "item" in kinds
    assert CHINESE.answer("蜂岩镇低保").confident


def test_a_department_named_alone_is_the_answer() -> None:
    assert CHINESE.answer("派出所").results[0].kind == "department"


@pytest.mark.parametrize(("searched", "lang"), [(CHINESE, "zh"), (ENGLISH, "en")])
def test_each_example_in_the_box_is_answered_by_an_item_that_is_called_so(
    searched: Engine, lang: str
) -> None:
    county = check_folder(TESTS.parent / "lists", TODAY).county
    assert county
    for example in load_language(lang).say("ask.example").strip("… ").split("、"):
        first = searched.answer(example).results[0]

        assert example in county.items[first.id].said_as[lang], example


def test_strays_do_not_follow_an_answer() -> None:
    """What shares a word or a sound with a term is no further answer to it."""
    for term in ("高龄补贴", "老板不给钱", "死亡证明"):
        answer = CHINESE.answer(term, limit=50)

        assert answer.confident
        assert 3 <= len(answer.results) <= 8, term
    unsure = CHINESE.answer("底保", limit=50)
    assert len(unsure.nearest) > 10


def test_a_refusal_says_who_does_it_instead() -> None:
    first = CHINESE.answer("死亡证明").results[0]

    assert first.role == "does-not"
    assert "卫生院" in first.instead


def test_what_has_left_the_lists_is_found_and_says_so() -> None:
    first = SMALL.answer("盖章要钱不").results[0]

    assert (first.id, first.list, first.role) == ("stamp-fee", "", "unlisted")
    assert (first.verdict, first.who) == ("不在任何清单上了", "村民委员会")


def test_what_stands_on_a_list_comes_before_what_has_left_them() -> None:
    county = check_folder(TESTS / "counties" / "small", TODAY).county
    assert county
    gone = county.unlisted["stamp-fee"].replaced(name=county.items["hardship-proof"].name)
    changed = structs.replace(county, unlisted={"stamp-fee": gone})
    answer = Engine(search_data(Edition(changed, LANGUAGES, TODAY), "zh")).answer("困难证明")

    assert [each.id for each in answer.results[:2]] == ["hardship-proof", "stamp-fee"]


def test_verdict_and_department_are_those_of_the_villagers_place() -> None:
    at_home = SMALL.answer("娃娃医保").results[0]
    in_the_west = SMALL.answer("娃娃医保", WEST_SUBDISTRICT).results[0]

    assert (at_home.id, in_the_west.id) == ("baby-insurance", "baby-insurance")
    assert at_home.role == "does"
    assert in_the_west.role == "assists"
    assert at_home.who != in_the_west.who


def test_what_is_marked_stands_in_what_is_shown() -> None:
    first = CHINESE.answer("危房改造").results[0]

    assert first.marks
    assert all(each in first.name + "".join(first.called) for each in first.marks if each == "危房")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    answer = SMALL.answer(text, limit=3)

    assert len(answer.results) + len(answer.nearest) <= 3
    assert answer.confident == bool(answer.results)


def test_the_terminal_answers_like_the_site() -> None:
    lists = str(TESTS.parent / "lists")

    result = CliRunner().invoke(main, ["search", "吃低保", "--lists", lists])
    english = CliRunner().invoke(main, ["search", "dibao", "--lists", lists, "--lang", "en"])

    assert result.exit_code == 0, result.output
    assert "items/minimum-living-allowance" in result.output
    assert "items/minimum-living-allowance" in english.output
