"""Every command in the guides does what the guides say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GUIDES = ("change", "departments", "posters", "data")
PERSON = {
    f"GIT_{role}_{what}": "x@y" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands need of this folder, kept by git."""
    folder = tmp_path_factory.mktemp("guides") / "original"
    folder.mkdir()
    for name in ("lists", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "usb.yml", "Makefile", "pyproject.toml"):
        shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    for command in (["init", "--quiet"], ["add", "lists"], ["commit", "--quiet", "--message=x"]):
        subprocess.run(["git", *command], cwd=folder, env={**os.environ, **PERSON}, check=True)
    return folder


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("guide", GUIDES)
def test_the_commands_of_a_guide_run_one_after_the_other(
    guide: str, lang: str, original: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "county"
    shutil.copytree(original, folder, symlinks=True)
    text = (DOCS / lang / f"{guide}.md").read_text("utf-8")
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    assert blocks

    script = "set -euo pipefail\n" + "".join(blocks)
    result = subprocess.run(
        ["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_both_languages_have_the_same_guides_with_the_same_commands() -> None:
    def commands(path: Path) -> list[str]:
        text = path.read_text("utf-8")
        found = re.findall(r"^ *([./\w]*qingdan [^`]*?|make [a-z]+)$", text, re.MULTILINE)
        return [re.sub(r" --(lang|messages) en", "", each).strip() for each in found]

    names = {path.name for path in (DOCS / "zh").iterdir() if path.suffix == ".md"}
    assert names == {path.name for path in (DOCS / "en").iterdir() if path.suffix == ".md"}
    for name in names:
        assert commands(DOCS / "zh" / name) == commands(DOCS / "en" / name), name


def test_files_and_commands_that_documents_name_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in DOCS.rglob("*.md"):
        text = page.read_text("utf-8")
        for path in re.findall(r"`((?:tests|generator|docs|\.github)/[\w./-]+)`", text):
            assert (ROOT / path).exists(), (page, path)
        for target in re.findall(r"`make ([a-z]+)`", text):
            assert target in targets, (page, target)
