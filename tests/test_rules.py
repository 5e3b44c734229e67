"""Every rule has words in both languages, and its message can be filled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.language import shipped_strings
from generator.reading import parse
from generator.rules import RULES

WORDS = Path(__file__).parents[1] / "generator" / "lang"
SOURCES = Path(__file__).parents[1] / "generator" / "reading"
READING = sorted(
    {
        rule
        for path in SOURCES.glob("*.py")
        for rule in re.findall(
            r'"((?:yaml|shape|file|folder|id|item-list)-[a-z-]+)"', path.read_text("utf-8")
        )
        if rule != "item-lists"
    }
)
BESIDES = {
    rule
    for name in ("language.py", "written.py")
    for rule in re.findall(
        r'"((?:language|page)-[a-z-]+)"', (SOURCES.parent / name).read_text("utf-8")
    )
}
"""Rules about files that are no lists: languages and hand-written pages."""
PARTS = ("title", "message", "remedy")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_says_what_it_is_what_is_wrong_and_what_to_write(lang: str) -> None:
    texts = shipped_strings(lang, "rules")

    for rule in (*READING, *BESIDES, *(each.id for each in RULES)):
        for part in PARTS:
            assert texts.get(f"{rule}.{part}"), (rule, part)


def test_no_words_are_left_of_a_rule_that_is_gone() -> None:
    known = {*READING, *(rule.id for rule in RULES), *BESIDES, "format-not-canonical"}

    assert {key.rpartition(".")[0] for key in shipped_strings("zh", "rules")} == known
    assert shipped_strings("zh", "rules").keys() == shipped_strings("en", "rules").keys()


def test_both_languages_name_the_same_values() -> None:
    chinese, english = (shipped_strings(lang, "rules") for lang in ("zh", "en"))

    for key in chinese:
        assert set(re.findall(r"{(\w+)}", chinese[key])) == set(
            re.findall(r"{(\w+)}", english[key])
        ), key


def test_every_rule_says_in_a_sentence_what_must_hold() -> None:
    assert len(RULES) >= 40
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.sentence.endswith("."), rule.id


@pytest.mark.parametrize("words", sorted(WORDS.glob("*.yml")), ids=lambda path: path.name)
def test_no_words_are_lost_behind_a_hash(words: Path) -> None:
    """A title once ended where YAML took its ``#`` for the start of a comment."""
    found = parse(words.name, words.read_bytes()).findings

    assert not [each for each in found if each.rule == "yaml-hash"]
