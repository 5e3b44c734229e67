"""However a file is broken, it ends in findings or a refusal, never in an exception."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import fuzzing
import pytest

from generator.check import check_folder

SMALL = Path(__file__).parent / "counties" / "small"
TODAY = datetime.date(2026, 1, 1)

ROUNDS = 700
"""A slice of the ten thousand that ``make fuzz`` runs."""


@pytest.mark.parametrize("target", fuzzing.TARGETS, ids=lambda target: target.__name__)
def test_broken_input_ends_in_findings(target: fuzzing.Target) -> None:
    count = fuzzing.TARGETS[target] * ROUNDS // sum(fuzzing.TARGETS.values())
    outcome = fuzzing.rounds(target, count, seed=20261124)

    assert outcome.crashes == []
    assert outcome.counts.keys() <= {"found", "passed"}
    assert outcome.counts["found"] > count / 3
    assert outcome.slowest < 20


@pytest.mark.parametrize("target", fuzzing.TARGETS, ids=lambda target: target.__name__)
def test_unbroken_input_passes(target: fuzzing.Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise breaking it would show nothing."""
    monkeypatch.setattr(fuzzing, "broken", lambda _, text: text)
    monkeypatch.setattr(fuzzing, "broken_bytes", lambda _, content: content)

    outcome = fuzzing.rounds(target, 3, seed=1)
    assert outcome.counts["passed"] == 3


def test_odd_files_and_folders_are_findings(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(SMALL, folder)
    (folder / "village" / "Bad Name.yaml").write_text("x", "utf-8")
    (folder / "village" / "link.yml").symlink_to("/etc/passwd")
    (folder / "village" / "folder.yml").mkdir()
    (folder / "county.yml").write_bytes("name: 样县".encode("gb18030"))
    (folder / "stray.txt").write_text("x", "utf-8")
    (folder / "pages" / "secret.md").symlink_to("/etc/passwd")
    (folder / "pages" / "headless.md").write_text("# 没有头", "utf-8")
    (folder / "pages" / "templated.md").write_text("---\ntitle: x\ntemplate: y\n---\n", "utf-8")
    (folder / "pages" / "junk.md").write_bytes(bytes(range(256)))

    found = {(each.rule, each.file) for each in check_folder(folder, TODAY).findings}

    assert {
        ("file-name-notation", "village/Bad Name.yaml"),
        ("file-not-plain", "village/link.yml"),
        ("file-not-plain", "village/folder.yml"),
        ("yaml-encoding", "county.yml"),
        ("file-unknown", "stray.txt"),
        ("file-not-plain", "pages/secret.md"),
        ("page-head", "pages/headless.md"),
        ("page-head", "pages/templated.md"),
        ("yaml-encoding", "pages/junk.md"),
    } <= found


def test_language_files_that_nobody_reads_are_findings(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "lists"))
    (folder / "languages").mkdir()
    (folder / "languages" / "de.yml").write_text("language: {name: Deutsch}\n", "utf-8")
    (folder / "languages" / "en.yml").symlink_to("/etc/passwd")

    found = {(each.rule, each.file) for each in check_folder(folder, TODAY).findings}

    assert {("file-unknown", "languages/de.yml"), ("file-not-plain", "languages/en.yml")} <= found


def test_a_missing_folder_is_a_finding(tmp_path: Path) -> None:
    checked = check_folder(tmp_path / "nowhere", TODAY)

    assert [each.rule for each in checked.findings] == ["folder-missing"]
