"""Texts are cut into the same pieces however people write them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.search.grams import Grams
from generator.search.packing import script_of
from generator.search.script import common_characters
from generator.search.sounds import Sounds, fold
from generator.search.stem import stem
from generator.search.tables import (
    extra_readings,
    simplified_by_code,
    syllable_runs,
    traditional_pairs,
)

TABLES = {
    "words": "去世>落气>过世|家里>屋头|allowance>old people money",
    "ignored": "怎么|咋个|哪个管|the",
    "sounds": syllable_runs(),
    "readings": "".join(sorted(extra_readings(["银行", "低保"]))),
    "simplified": traditional_pairs("低保医费证"),
}
GRAMS = Grams(TABLES)


def written(text: str) -> set[str]:
    return {
        slot.written
        for wording in GRAMS.wordings(GRAMS.normalise(text))
        for slot in GRAMS.slots(wording)
    }


@given(st.text())
@example("e兮")  # half pinyin, half a character whose reading is not shipped
def test_any_text_is_cut_and_normalising_twice_changes_nothing(text: str) -> None:
    once = GRAMS.normalise(text)

    assert GRAMS.normalise(once) == once
    for reading in GRAMS.readings(once):
        assert all(slot.tokens for slot in reading.slots)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz"))
def test_any_letters_are_stemmed_and_tried_as_pinyin(letters: str) -> None:
    assert letters.startswith(stem(letters)[:2]) or not letters
    found = Sounds(TABLES["sounds"], "").syllables(letters)
    assert found is None or len("".join(found)) <= len(letters)


@pytest.mark.parametrize(
    ("text", "same"),
    [("ＤＩＢＡＯ", "dibao"), ("dībǎo", "dibao"), ("醫保費證", "医保费证"), ("⼈", "人")],
)
def test_width_tone_marks_and_traditional_forms_do_not_matter(text: str, same: str) -> None:
    assert GRAMS.normalise(text) == same


def test_filler_is_left_out_and_words_of_the_place_are_understood() -> None:
    assert "去世" in written("屋头有人落气了咋个办")
    assert not {"咋个", "个办"} & written("落气咋个办")


def test_a_latin_word_of_the_lexicon_is_only_found_whole() -> None:
    assert "then" in written("then")
    assert "allowance" not in written("bold people money")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nan", "lan"),
        ("zheng", "zen"),
        ("chi", "ci"),
        ("shu", "su"),
        ("ling", "lin"),
        ("hui", "fei"),
    ],
)
def test_what_sounds_alike_in_the_south_west_is_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("letters", "syllables"),
    [
        ("weifanggaizao", ["wei", "fang", "gai", "zao"]),
        ("dibao", ["di", "bao"]),
        ("nvfang", ["nu", "fang"]),
        ("dibaox", ["di", "bao"]),
        ("xzvkw", None),
    ],
)
def test_pinyin_is_cut_into_the_fewest_syllables(letters: str, syllables: list[str] | None) -> None:
    assert Sounds(TABLES["sounds"], "").syllables(letters) == syllables


def test_folding_a_syllable_twice_changes_nothing() -> None:
    sounds = Sounds(TABLES["sounds"], "")
    syllables = {found for each in common_characters() for found in sounds.of(each)}

    assert len(syllables) > 300
    assert all(fold(fold(each)) == fold(each) for each in syllables)


def test_a_character_has_all_its_readings() -> None:
    sounds = Sounds(TABLES["sounds"], TABLES["readings"])

    assert set(sounds.of("行")) == {"xing", "hang"}
    assert sounds.of("保") == ["bao"]
    assert sounds.of("龘") == []


def test_every_common_character_keeps_its_reading_when_packed() -> None:
    sounds = Sounds(TABLES["sounds"], "")

    assert len(common_characters()) == 3755
    assert all(sounds.of(each) for each in common_characters())


def test_traditional_characters_are_unpacked_as_they_were_packed() -> None:
    pairs = simplified_by_code(traditional_pairs("医证"))

    assert pairs[ord("醫")] == "医"
    assert pairs[ord("證")] == "证"
    assert set(pairs.values()) <= {"医", "证"}


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("subsidies", "subsidy"),
        ("registered", "register"),
        ("cutting", "cut"),
        ("houses", "hous"),
        ("house", "hous"),
        ("gas", "gas"),
        ("illness", "illness"),
    ],
)
def test_english_words_lose_their_endings(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_search_data_is_a_script_whatever_it_holds() -> None:
    script = script_of("Found", {"items": [["x", "é\u2028'\\</script>"]]})

    assert script.startswith("self.Found=[")
    assert "\u2028" not in script
    assert script.count("\n") == 1


def test_a_column_is_one_text_only_where_no_text_has_lines_of_its_own() -> None:
    plain = script_of("Found", {"items": [["x", "one"], ["y"]]})
    lines = script_of("Found", {"items": [["x", "one\ntwo"], ["y"]]})

    assert '"items":["x\\\\ny","one\\\\n"]' in plain
    assert '"items":["x\\\\ny",["one\\\\ntwo",0]]' in lines
