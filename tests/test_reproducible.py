"""Two clones in two places of the world, two people, two clocks: the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "counties" / "small"

VILLAGE = "dong-zhen/yakou-cun"

HERE = {
    "TZ": "Asia/Shanghai",
    "LC_ALL": "C.UTF-8",
    "USER": "li",
    "PYTHONHASHSEED": "1",
}
THERE = {
    "TZ": "America/Los_Angeles",
    "LC_ALL": "POSIX",
    "LANGUAGE": "de",
    "USER": "someone-else",
    "PYTHONHASHSEED": "4711",
    "COLUMNS": "40",
}


def clone(folder: Path) -> Path:
    """The generator and a county, copied to a place of their own."""
    shutil.copytree(
        ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(SMALL, folder / "lists", ignore=shutil.ignore_patterns("mkdocs.yml"))
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(f"{config}site_url: https://example.org/lists/\n", "utf-8")
    return folder


def built(folder: Path, surroundings: dict[str, str], mask: int) -> dict[str, bytes]:
    """What a clone makes in the surroundings: all sheets of one village, and the site."""
    old = os.umask(mask)
    try:
        for command in (("posters", "--place", VILLAGE, "--all"), ("build", "--strict")):
            subprocess.run(
                [str(Path(sys.executable).with_name("qingdan")), *command],
                cwd=folder,
                env={
                    "PATH": os.environ["PATH"],
                    "HOME": str(folder),
                    "PYTHONPATH": str(folder),
                    "SOURCE_DATE_EPOCH": "1780000000",
                    **surroundings,
                },
                check=True,
                capture_output=True,
            )
    finally:
        os.umask(old)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for made in ("site", "build/posters")
        for path in (folder / made).rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The same county, built here and there."""
    here = clone(tmp_path_factory.mktemp("here"))
    there = clone(tmp_path_factory.mktemp("there") / "a folder 文件夹 with another name")
    return built(here, HERE, 0o022), built(there, THERE, 0o077)


def test_two_clones_give_the_same_bytes(
    sites: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    here, there = sites

    assert sorted(here) == sorted(there)
    assert [path for path in here if here[path] != there[path]] == []


def test_sheets_are_among_them_and_the_record_names_their_font(
    sites: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    for folder, kinds in (
        ("build", {"poster", "plain", "handout", "cards"}),
        ("site", {"poster", "plain", "handout"}),
    ):
        start = f"{folder}/posters/places/{VILLAGE}/"
        sheets = {path.removeprefix(start) for path in sites[0] if path.startswith(start)}
        assert {path.partition("-")[0] for path in sheets} >= kinds
        assert {path.rpartition(".")[2] for path in sheets} == {"pdf", "png"}
    assert json.loads(sites[0]["site/build.json"])["fonts"]


def test_the_day_of_a_build_is_the_given_one(
    sites: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    assert b'"today":"2026-05-28"' in sites[0]["site/build.json"]
