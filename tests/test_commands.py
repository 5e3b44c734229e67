"""The commands as they are documented: every one, with every option, and their exit codes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator.cli import build as building
from generator.cli import main

SMALL = Path(__file__).parent / "counties" / "small"
ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "commands.md"
MARK = "<!-- The rest is taken from the commands themselves by `make bless`. -->\n"


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command, by its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from commands(found, (*path, name))
        else:
            yield (*path, name)


def reference() -> str:
    """What every command says of itself."""
    parts = []
    for words in commands(main):
        arguments = [*words, "--help"]
        result = CliRunner(env={"COLUMNS": "90"}).invoke(main, arguments, prog_name="qingdan")
        assert result.exit_code == 0, words
        parts.append(f"\n## qingdan {' '.join(words)}\n\n```text\n{result.output.strip()}\n```\n")
    return "".join(parts)


def test_every_command_and_option_is_documented_as_it_is(bless: bool) -> None:
    head, mark, _ = PAGE.read_text("utf-8").partition(MARK)
    if bless:
        PAGE.write_text(head + mark + reference(), encoding="utf-8", newline="\n")

    assert PAGE.read_text("utf-8") == head + mark + reference()


def test_every_command_says_what_it_does_in_both_languages() -> None:
    for words in commands(main):
        output = CliRunner().invoke(main, [*words, "--help"]).output
        assert re.search("[\u4e00-\u9fff]", output), words
        assert re.search("^  [A-Z][a-z]+ ", output, re.MULTILINE), words


def test_the_exit_codes_of_builds_are_those_that_are_documented() -> None:
    documented = set(map(int, re.findall(r"^\| (\d) \|", PAGE.read_text("utf-8"), re.MULTILINE)))

    codes = {
        building.LISTS,
        building.USAGE,
        building.SITE,
        building.BUSY,
        building.MACHINE,
    }
    assert documented == {0, *codes}


def test_a_newer_version_without_its_packages_says_how_to_get_them() -> None:
    start = "import sys; sys.modules['yaml'] = None; from generator.cli import run; run()"
    command = [sys.executable, "-c", start, "check"]

    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert "少了要用的包 yaml" in result.stderr
    assert "make check" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("export", "--xlsx", "{file}/lists.xlsx"),
        ("schema", "--out", "{file}"),
        ("pages", "--out", "{file}/pages"),
    ],
    ids=lambda options: options[0],
)
def test_what_cannot_be_written_is_named_with_a_remedy(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("x", "utf-8")
    start = [sys.executable, "-c", "from generator.cli import run; run()"]
    given = [each.format(file=file) for each in options]
    lists = ["--lists", str(SMALL)] if options[0] != "schema" else []

    result = subprocess.run([*start, *given, *lists], capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert f"{file}" in result.stderr
    assert "有没有权限" in result.stderr
    assert "Traceback" not in result.stderr
    assert file.read_text("utf-8") == "x"


def test_a_search_in_a_place_that_is_none_is_refused() -> None:
    arguments = ["search", "低保", "--lists", str(SMALL), "--place", "990101100"]
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 2
    assert "--place 990101100: 990101101" in result.output


def test_a_rule_that_is_like_none_is_not_guessed_at() -> None:
    result = CliRunner().invoke(main, ["rules", "xyz"])

    assert result.exit_code == 1
    assert "是不是" not in result.output


def test_a_wrong_command_exits_with_2_and_mistakes_in_the_lists_with_1(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["chek"]).exit_code == 2
    assert CliRunner().invoke(main, ["check", "--lists", str(tmp_path)]).exit_code == 1


def test_the_shell_completes_commands_and_options() -> None:
    def completed(line: str) -> list[str]:
        environment = {
            **os.environ,
            "_QINGDAN_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split()) - 1),
        }
        program = str(Path(sys.executable).with_name("qingdan"))
        done = subprocess.run(
            [program], env=environment, capture_output=True, text=True, check=True
        )
        return [each.partition(",")[2] for each in done.stdout.split()]

    assert "check" in completed("qingdan che")
    assert "--format" in completed("qingdan check --for")
    assert completed("qingdan check --format git") == ["github"]
    source = re.search(r'eval "\$\((.*?)\)"', PAGE.read_text("utf-8"))
    assert source
    done = subprocess.run(
        source[1], shell=True, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "complete " in done.stdout


def test_a_name_that_is_no_id_leads_to_the_search() -> None:
    arguments = ["show", "低保", "--lists", str(ROOT / "lists")]
    result = CliRunner().invoke(main, arguments)

    assert (result.exit_code, "qingdan search 低保" in result.output) == (1, True)


def test_a_workbook_that_is_not_there_is_not_said_to_change_nothing(tmp_path: Path) -> None:
    arguments = ["import", str(tmp_path / "gone.xlsx"), "--lists", str(ROOT / "lists")]
    result = CliRunner().invoke(main, arguments)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "没有这个文件" in result.stderr


@pytest.mark.parametrize("written", ["yesterday", "1e99", "9" * 30])
def test_a_day_that_cannot_be_read_from_the_environment_is_refused_in_words(written: str) -> None:
    result = CliRunner(env={"SOURCE_DATE_EPOCH": written}).invoke(main, ["rules"])

    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH: write seconds since 1970" in " ".join(result.output.split())
