"""Two counties with every mistake: exactly these findings, in both languages.

``malformed`` has files that cannot be read as lists; ``faulty`` can be read, and breaks the
rules. ``make bless`` writes the expected findings anew; the diff is then read like code.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.check import check_folder, message
from generator.cli import main
from generator.language import shipped_strings
from generator.reading import read
from generator.reading.yamlfile import MAX_BYTES

TESTS = Path(__file__).parent
COUNTIES = ("malformed", "faulty")
NOBODY = 65534
RULES = {
    key.removesuffix(".title") for key in shipped_strings("zh", "rules") if key.endswith(".title")
}
MADE_BELOW = {"yaml-too-big", "file-unreadable", "language-incomplete", "item-list-elsewhere"}
"""Mistakes that no repository should keep, or that others would drown or be drowned by."""


def checked(county: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What ``qingdan check`` prints."""
    monkeypatch.chdir(TESTS)
    options = ["check", "--lists", f"counties/{county}", "--today", "2026-01-01", "--lang", lang]
    result = CliRunner().invoke(main, options)
    assert result.exit_code == 1
    return result.output


@pytest.mark.parametrize("county", COUNTIES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_check_says_exactly_this(
    county: str, lang: str, bless: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = TESTS / "golden" / county / f"findings.{lang}.txt"
    output = checked(county, lang, monkeypatch)
    if bless:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(output, encoding="utf-8", newline="\n")

    assert output == expected.read_text("utf-8")


def test_every_rule_is_broken_by_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    output = "\n".join(checked(county, "en", monkeypatch) for county in COUNTIES)
    broken = set(re.findall(r"^\S+: (?:error|warning) ([a-z-]+): ", output, re.MULTILINE))

    assert broken == RULES - MADE_BELOW


def test_a_file_of_a_megabyte_is_too_big(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TESTS / "counties" / "small", tmp_path / "lists"))
    with (folder / "fields.yml").open("a", encoding="utf-8") as stream:
        stream.write("# 一样的话\n" * (MAX_BYTES // 10))

    assert ("yaml-too-big", "fields.yml") in {(f.rule, f.file) for f in read(folder).findings}


def test_an_item_of_the_villages_does_not_lie_among_those_of_the_townships(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TESTS / "counties" / "small", tmp_path / "lists"))
    (folder / "village/allowance.yml").rename(folder / "township/allowance.yml")

    found = [(each.rule, each.file, each.line) for each in read(folder).findings]
    assert found == [("item-list-elsewhere", "township/allowance.yml", 4)]


def test_a_township_whose_file_was_copied_does_not_take_the_place_of_the_first(
    tmp_path: Path,
) -> None:
    folder = Path(shutil.copytree(TESTS / "counties" / "small", tmp_path / "lists"))
    copied = min((folder / "places").iterdir())
    shutil.copy(copied, folder / "places" / "zz-copied.yml")

    found = [(each.rule, each.file, each.line) for each in read(folder).findings]
    assert found == [("place-code-twice", "places/zz-copied.yml", 1)]


def test_a_page_whose_name_came_garbled_out_of_an_archive_is_named(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TESTS / "counties" / "small", tmp_path / "lists"))
    garbled = os.fsencode(folder / "pages") + "/关于.md".encode("gbk")
    shutil.copy(folder / "pages" / "about.md", garbled)

    found = check_folder(folder, datetime.date(2026, 1, 1)).findings
    told = [message(each, "en") for each in found if each.rule == "file-name"]
    assert [each.endswith("ending in .md, such as tree-felling.md.") for each in told] == [True]


def test_an_added_language_that_says_too_little_is_listed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TESTS / "counties" / "small", tmp_path / "lists"))
    county = folder / "county.yml"
    county.write_text(
        county.read_text("utf-8").replace("  - en\n", "  - en\n  - ug-Arab\n"), "utf-8"
    )
    (folder / "languages").mkdir()
    (folder / "languages" / "ug-Arab.yml").write_text("language:\n  direction: rtl\n", "utf-8")
    checked = check_folder(folder, datetime.date(2026, 1, 1))

    assert not checked.has_errors
    assert [each.file for each in checked.findings if each.rule == "language-incomplete"] == [
        "languages/ug-Arab.yml"
    ]
    assert [each.direction for each in checked.languages] == ["ltr", "ltr", "rtl"]


@pytest.fixture
def forbidden() -> Iterator[Path]:
    """Lists of which the user running the test may not read everything, even if that is root."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(shutil.copytree(TESTS / "counties" / "small", Path(name) / "lists"))
        modes = {"fields.yml": 0, "village": 0, "township": 0o444}
        for path, mode in modes.items():
            (folder / path).chmod(mode)
        if os.getuid() == 0:
            os.seteuid(NOBODY)
        yield folder
        os.seteuid(os.getuid())
        for path in modes:
            (folder / path).chmod(0o755)


def test_what_may_not_be_read_is_a_finding(forbidden: Path) -> None:
    found = {(finding.rule, finding.file) for finding in read(forbidden).findings}

    assert found >= {
        ("file-unreadable", "fields.yml"),
        ("file-unreadable", "village"),
        ("file-unreadable", "township/fishing.yml"),
    }


def test_lists_that_may_not_be_looked_into_are_a_finding(forbidden: Path) -> None:
    assert [each.rule for each in read(forbidden / "village").findings] == ["file-unreadable"]
