"""Every rule has an example: a piece of a file that keeps it and one that breaks it."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.check import check_folder
from generator.cli import main
from generator.formatting import not_canonical
from generator.language import shipped_strings
from generator.model import Finding
from generator.rules.reference import as_markdown

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"
TODAY = datetime.date(2026, 1, 1)
EXAMPLES = shipped_strings("examples", "rules")
RULES = [
    key.removesuffix(".title") for key in shipped_strings("zh", "rules") if key.endswith(".title")
]
NOT_A_PIECE_OF_TEXT = {"yaml-too-big", "yaml-encoding", "file-unreadable", "language-incomplete"}
"""Rules about a whole file, which no piece of text can show; test_faulty.py breaks them."""

NEEDS_SEVERAL_FILES = {"said-as-crowded", "lexicon-hides-phrase"}


def part(rule: str, name: str) -> str | None:
    return EXAMPLES.get(f"{rule}.{name}")


def make_official(folder: Path) -> None:
    """Some rules hold only for a county that publishes for real."""
    path = folder / "county.yml"
    path.write_text(path.read_text("utf-8").replace("official: false", "official: true"), "utf-8")


def put(folder: Path, rule: str, name: str) -> range:
    """Put a rule's good or bad piece where the small county has one of them; its lines."""
    piece = str(part(rule, name))
    original = SMALL / str(part(rule, "file"))
    text = original.read_text("utf-8") if original.exists() else piece
    there = next(each for each in map(str, (part(rule, "good"), part(rule, "bad"))) if each in text)
    first = text[: text.index(there)].count("\n") + 1
    path = folder / str(part(rule, "file"))
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(there, piece, 1), "utf-8")
    return range(first, first + piece.count("\n"))


def broken(folder: Path, rule: str) -> list[Finding]:
    """The breaches of one rule."""
    checked = check_folder(folder, TODAY)
    if rule == "format-not-canonical":
        return list(not_canonical(checked.reading))
    return [each for each in checked.findings if each.rule == rule]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "lists"))


def test_every_rule_has_an_example() -> None:
    shown = {key.partition(".")[0] for key in EXAMPLES}

    assert shown == set(RULES) - NOT_A_PIECE_OF_TEXT


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if part(rule, "bad") and rule not in NEEDS_SEVERAL_FILES]
)
def test_the_bad_piece_breaks_the_rule_and_the_good_one_keeps_it(rule: str, folder: Path) -> None:
    if rule.startswith("official-"):
        make_official(folder)
    for name in ("good", "bad"):
        lines = put(folder, rule, name)
        found = broken(folder, rule)
        here = [
            each for each in found if each.file == part(rule, "file") and each.line in (1, *lines)
        ]

        assert bool(here) == (name == "bad"), (name, lines, found)


@pytest.mark.parametrize("rule", [rule for rule in RULES if part(rule, "moved")])
def test_the_bad_name_breaks_the_rule(rule: str, folder: Path) -> None:
    assert broken(folder, rule) == []

    (folder / str(part(rule, "file"))).rename(folder / str(part(rule, "moved")))

    assert broken(folder, rule) != []


def test_the_page_of_rules_is_up_to_date(bless: bool) -> None:
    page = ROOT / "docs" / "rules.md"
    if bless:
        page.write_text(as_markdown(), encoding="utf-8", newline="\n")

    assert page.read_text("utf-8") == as_markdown()


def test_a_rule_is_shown_with_its_examples() -> None:
    output = CliRunner().invoke(main, ["rules", "said-as-few", "--lang", "en"]).output

    assert output.startswith(
        "said-as-few (warning): At least three ways of saying it\n  ✓ said_as:"
    )
    assert output.endswith("  ✗ said_as:\n  ✗   zh:\n  ✗     - 扯皮\n")


def test_every_rule_is_named_and_an_unknown_one_is_answered_with_the_nearest() -> None:
    output = CliRunner().invoke(main, ["rules"]).output

    assert [line.partition(" ")[0] for line in output.splitlines()] == RULES
    unknown = CliRunner().invoke(main, ["rules", "said-as-fewer", "--lang", "en"])
    assert (unknown.exit_code, "said-as-few" in unknown.output) == (1, True)
