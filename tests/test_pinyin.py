"""How Chinese is read aloud: as pypinyin says, without asking it each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from generator.pinyin import syllables

ROOT = Path(__file__).parents[1]
PHRASES = tuple(phrases_dict)
CHINESE = [range(0x3007, 0x3008), range(0x3400, 0xA000), range(0xF900, 0xFB00)]
LANGUAGES = st.text(st.characters(codec="utf-8"), max_size=4)
PIECES = st.sampled_from(PHRASES).flatmap(
    lambda phrase: st.slices(len(phrase)).map(lambda piece: phrase[piece])
)
TEXTS = st.lists(st.sampled_from(PHRASES) | PIECES | LANGUAGES, max_size=6).map("".join)


@settings(deadline=None)  # the first of all texts waits for the table
@given(TEXTS)
def test_a_text_is_read_as_pypinyin_reads_it(text: str) -> None:
    assert syllables(text) == lazy_pinyin(text)


def test_every_character_is_read_as_pypinyin_reads_it() -> None:
    known = {*map(chr, pinyin_dict), *(chr(code) for codes in CHINESE for code in codes)}
    text = " ".join(sorted(known))

    assert syllables(text) == lazy_pinyin(text)


def test_every_phrase_and_beginning_of_one_is_read_as_pypinyin_reads_it() -> None:
    """At the end of a text pypinyin looks at the beginning of a phrase with other eyes."""
    for phrase in PHRASES:
        text = "，".join(phrase[:end] for end in range(len(phrase), 0, -1))
        assert syllables(text) == lazy_pinyin(text)


def test_the_demonstration_county_is_read_as_pypinyin_reads_it() -> None:
    for file in sorted((ROOT / "lists").rglob("*.yml")):
        text = file.read_text("utf-8")
        assert syllables(text) == lazy_pinyin(text), file


def test_pypinyin_is_asked_once_for_all_builds() -> None:
    read = (
        "import sys, generator.pinyin as it; it.syllables('银行'); print('pypinyin' in sys.modules)"
    )
    for _ in range(2):
        said = subprocess.run([sys.executable, "-c", read], capture_output=True, check=True)

    assert said.stdout == b"False\n"
