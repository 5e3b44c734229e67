"""How Chinese is read aloud, and what of it is remembered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pinyin import Readings, syllables

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=12)


@given(TEXTS.filter(bool))
def test_a_remembered_reading_is_the_one_that_would_be_looked_up(text: str) -> None:
    first = Readings()
    assert first.of(text) == first.of(text) == syllables(text)

    assert Readings(lambda: first.new).of(text) == syllables(text)


def test_what_is_remembered_is_not_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Readings()
    first.of("银行")
    monkeypatch.delattr("generator.pinyin.syllables")

    again = Readings(lambda: first.new)

    assert again.of("银行") == ["yin", "hang"]
    assert again.new == {}
