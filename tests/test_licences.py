"""Everything the site is made with may be used and passed on by any county."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = re.compile(
    r"MIT( License)?|MIT-CMU|HPND|ISC|0BSD|Unlicense|Zlib|"
    r"BSD( License)?|BSD-[23]-Clause|Apache-2\.0|Apache Software License|Apache License 2\.0|"
    r"PSF-2\.0|Python Software Foundation License|OFL-1\.1|CC0-1\.0|"
    # Changes to the files themselves must be published; using them asks nothing.
    r"Mozilla Public License 2\.0 \(MPL 2\.0\)|MPL-2\.0"
)
"""Licences that ask nothing of a county but to keep the notice."""


def pinned() -> dict[str, str]:
    """Every package of the lock file with its version."""
    text = (ROOT / "requirements" / "site.txt").read_text("utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE))


def tool(name: str, *arguments: str) -> str:
    command = [str(Path(sys.executable).with_name(name)), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout


def is_free(licence: str) -> bool:
    """Whether each licence that holds (``;``), or one that may be chosen (OR), is allowed."""
    return all(
        any(ALLOWED.fullmatch(choice) for choice in re.split(r"\s+OR\s+", each.strip()))
        for each in licence.split(";")
    )


@pytest.fixture(scope="module")
def licences() -> dict[str, str]:
    """The licence of every installed package of the lock file."""
    listed = tool(
        "pip-licenses", "--from=mixed", "--format=json", "--with-system", "--packages", *pinned()
    )
    return {row["Name"]: row["License"] for row in json.loads(listed)}


def test_every_licence_is_a_free_one_without_conditions_on_the_site(
    licences: dict[str, str],
) -> None:
    assert {name: each for name, each in licences.items() if not is_free(each)} == {}


@pytest.mark.parametrize(
    "licence", ["AGPL-3.0-only", "UNKNOWN", "MIT; GPLv3", "GPL-2.0 OR GPL-3.0"]
)
def test_a_licence_with_conditions_is_refused(licence: str) -> None:
    assert not is_free(licence)


def test_no_installed_package_is_missing_from_the_list(licences: dict[str, str]) -> None:
    def plain(name: str) -> str:
        return re.sub(r"[-_.]+", "-", name).lower()

    installed = {plain(each.name) for each in metadata.distributions()}
    assert {plain(each) for each in pinned()} & installed == {plain(each) for each in licences}


def test_the_list_of_parts_names_every_pinned_package_with_its_hashes(tmp_path: Path) -> None:
    target = tmp_path / "sbom.cdx.json"
    tool(
        "cyclonedx-py",
        "requirements",
        "requirements/site.txt",
        "--pyproject=pyproject.toml",
        "--output-reproducible",
        f"--output-file={target}",
    )

    parts = {each["name"]: each for each in json.loads(target.read_text("utf-8"))["components"]}
    assert {name: part["version"] for name, part in parts.items()} == pinned()
    for part in parts.values():
        hashes = [each for each in part["externalReferences"] if each.get("hashes")]
        assert hashes, part["name"]
