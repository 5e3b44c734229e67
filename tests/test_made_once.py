"""What is kept beside compiled modules is believed only while it is what it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from generator import kept
from generator.pages import compiled, compiled_templates


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "_FOLDER", tmp_path / "kept")
    return tmp_path / "kept"


def never() -> str:
    raise AssertionError("it was there already")


def test_a_text_is_made_once(folder: Path) -> None:
    assert kept.kept("this", lambda: "甲\n乙\n") == "甲\n乙\n"
    assert kept.kept("this", never) == "甲\n乙\n"
    assert kept.kept("something else", lambda: "丙") == "丙"


@pytest.mark.parametrize("content", [b"", b"\n", "丁".encode()[:2], b"0" * 64 + b"\nx"])
def test_a_text_that_is_not_what_was_written_is_made_again(folder: Path, content: bytes) -> None:
    kept.kept("this", lambda: "甲")
    for file in folder.iterdir():
        file.write_bytes(content)

    assert kept.kept("this", lambda: "甲") == "甲"
    assert kept.kept("this", never) == "甲"


def test_nothing_is_kept_where_nothing_can_be_written(folder: Path) -> None:
    folder.write_text("not a folder", "utf-8")

    assert kept.kept("this", lambda: "甲") == "甲"
    assert kept.kept("this", lambda: "乙") == "乙"


def test_of_what_is_kept_the_older_half_goes_when_it_is_too_much(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_MOST", 20)
    seen: set[Path] = set()
    for number in range(100):
        kept.kept(f"text {number}", lambda: "甲")
        (new,) = {*folder.iterdir()} - seen
        os.utime(new, (number, number))
        seen.add(new)
        assert len(list(folder.iterdir())) <= 20

    for number in range(95, 100):
        assert kept.kept(f"text {number}", never) == "甲"


def test_templates_of_projects_that_are_gone_do_not_stay_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_MOST", 10)
    monkeypatch.setattr(compiled, "_FOLDER", tmp_path)
    for number in range(25):
        project = tmp_path / "projects" / str(number)
        project.mkdir(parents=True)
        (project / "main.html").write_text("x", "utf-8")
        cache = compiled_templates("")
        Environment(loader=FileSystemLoader(project), bytecode_cache=cache).get_template(
            "main.html"
        )

    (folder,) = (each for each in tmp_path.iterdir() if each.name != "projects")
    assert 1 < len(list(folder.iterdir())) <= 11
