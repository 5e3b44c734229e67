"""However a clerk breaks a file, it ends in findings with file and line, never in an exception."""

from __future__ import annotations

import datetime
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from generator.check import as_line, check_folder
from generator.pages import Site, sources

SMALL = Path(__file__).parent / "counties" / "small"
TODAY = datetime.date(2026, 1, 1)
ROUNDS = 1000

Break = Callable[[random.Random, str], str]


def drop_line(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    lines.pop(chance.randrange(len(lines)))
    return "".join(lines)


def repeat_line(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    return "".join((*lines[:place], lines[place], *lines[place:]))


def swap_lines(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "".join(lines)


def shift_line(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    lines[place] = chance.choice(["  ", " ", "\t", "    - "]) + lines[place]
    return "".join(lines)


def insert(chance: random.Random, text: str) -> str:
    odd = [
        "\x00",
        "\u202e",
        "\u200b",
        "&a ",
        "*a",
        "!!python/object:os.system ",
        "{{ x }}",
        "<script>",
        ": ",
        "- ",
        "'",
        '"',
        "[",
        "}",
        "#",
        "|",
        "\n---\n",
        "\ufeff",
        "９",
        "../",
        "=1+1",
        "x" * 5000,
    ]
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(odd) + text[place:]


def cut(chance: random.Random, text: str) -> str:
    return text[: chance.randrange(len(text))]


def replace_value(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    key = lines[place].partition(":")[0]
    value = chance.choice(
        ["", "~", "true", "[]", "{}", "[a, b]", "{zh: x}", "12", "2024-13-45", "no-such", "''"]
    )
    lines[place] = f"{key}: {value}\n"
    return "".join(lines)


BREAKS: list[Break] = [drop_line, repeat_line, swap_lines, shift_line, insert, cut, replace_value]


def test_a_thousand_broken_counties_end_in_findings(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    folder = tmp_path / "lists"
    shutil.copytree(SMALL, folder)
    files = sorted(path for path in folder.rglob("*.yml") if path.name != "mkdocs.yml")
    outcomes = {"found": 0, "passed": 0}

    for _ in range(ROUNDS):
        path = chance.choice(files)
        whole = path.read_text("utf-8")
        broken = whole
        for _ in range(chance.randint(1, 3)):
            broken = chance.choice(BREAKS)(chance, broken) or "x"
        path.write_text(broken, "utf-8", newline="")
        outcomes[outcome(folder)] += 1
        path.write_text(whole, "utf-8", newline="")

    assert outcomes["found"] > ROUNDS / 2


def outcome(folder: Path) -> str:
    """``found`` when the check has errors, ``passed`` when pages can be made."""
    checked = check_folder(folder, TODAY)
    for finding in checked.findings:
        named = folder / finding.file
        lines = named.read_bytes().count(b"\n") + 1 if named.is_file() else 1
        assert 1 <= finding.line <= lines + 1, finding
        assert as_line(finding, folder, "zh")
    if checked.county is None or checked.has_errors:
        assert any(each.level == "error" for each in checked.findings)
        return "found"
    for source in sources(Site(checked.county, checked.languages, TODAY)):
        source.html()
    return "passed"


def test_odd_files_and_folders_are_findings(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(SMALL, folder)
    (folder / "village" / "Bad Name.yaml").write_text("x", "utf-8")
    (folder / "village" / "link.yml").symlink_to("/etc/passwd")
    (folder / "village" / "folder.yml").mkdir()
    (folder / "county.yml").write_bytes("name: 样县".encode("gb18030"))
    (folder / "stray.txt").write_text("x", "utf-8")

    found = {(each.rule, each.file) for each in check_folder(folder, TODAY).findings}

    assert {
        ("file-name", "village/Bad Name.yaml"),
        ("file-missing", "village/link.yml"),
        ("file-missing", "village/folder.yml"),
        ("yaml-encoding", "county.yml"),
        ("file-unknown", "stray.txt"),
    } <= found


def test_a_missing_folder_is_a_finding(tmp_path: Path) -> None:
    checked = check_folder(tmp_path / "nowhere", TODAY)

    assert [each.rule for each in checked.findings] == ["folder-missing"]
