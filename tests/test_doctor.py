"""The doctor sees what is missing and says how to mend it."""

from __future__ import annotations

import json
import shutil
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.language import shipped_strings

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"


def seen(config: Path, *options: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """The exit code, and what was seen by its key."""
    arguments = ["doctor", "--config", str(config), "--json", "--today", "2026-01-01", *options]
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, {each["key"]: each for each in json.loads(result.output)}


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the small county that may be changed."""
    shutil.copytree(SMALL, tmp_path / "lists")
    config = tmp_path / "lists" / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("../../..", str(ROOT)), "utf-8")
    return config


def test_a_county_in_order_has_nothing_to_mend(county: Path) -> None:
    code, found = seen(county)

    assert code == 0
    assert {"python", "packages", "shell", "disk", "writable", "lists", "demonstration"} <= set(
        found
    )
    assert [each for each in found.values() if each["state"] == "error"] == []


def test_broken_lists_are_to_be_mended(county: Path) -> None:
    (county.parent / "fields.yml").write_text("fields: [", "utf-8")
    code, found = seen(county, "--lang", "en")

    assert code == 1
    assert "Run qingdan check" in found["lists-broken"]["says"]


def test_a_folder_without_configuration_is_told_where_to_go(tmp_path: Path) -> None:
    code, found = seen(tmp_path / "mkdocs.yml")

    assert code == 1
    assert "qingdan adopt" in found["config-missing"]["says"]
    assert "git init" in found["git-no-repository"]["says"]


def test_a_theme_that_is_not_there_is_named(county: Path) -> None:
    county.write_text(
        county.read_text("utf-8").replace(f"{ROOT}/overrides", str(county.parent)), "utf-8"
    )
    code, found = seen(county)

    assert code == 1
    assert "overrides" in found["shell-missing"]["says"]


def test_a_missing_package_is_named(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "requires", lambda _: ["no-such-package>=1", "click>=99"])
    code, found = seen(county)

    assert code == 1
    assert "no-such-package>=1, click>=99" in found["packages-missing"]["says"]


def test_the_address_and_the_telephones_are_looked_at(county: Path) -> None:
    _, found = seen(county)
    assert found["site-url-missing"]["state"] == "note"
    assert "不要编" in found["phones"]["says"]
    county.write_text(county.read_text("utf-8") + "site_url: https://example.org/\n", "utf-8")

    _, found = seen(county)
    assert "https://example.org/" in found["site-url"]["says"]


def test_both_languages_say_the_same_things() -> None:
    assert shipped_strings("zh", "doctor").keys() == shipped_strings("en", "doctor").keys()


def test_it_is_read_in_lines_too(county: Path) -> None:
    output = CliRunner().invoke(main, ["doctor", "--config", str(county)]).output

    assert output.startswith("[好] Python 3")
    assert "处要改" in output.splitlines()[-1]


def test_settings_that_cannot_be_used_are_said_in_chinese(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    for text in ("site_url: [", "site_name: x\nsite_url: example.cn\n"):
        config.write_text(text, "utf-8")
        for command in ("build", "doctor"):
            result = CliRunner().invoke(main, [command, "--config", str(config)])

            assert result.exit_code == 1
            assert "mkdocs.yml 写得不对" in result.output
