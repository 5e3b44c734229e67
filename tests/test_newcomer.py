"""The way from nothing to a published county, walked literally as the guides have it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHELL = """
set -euo pipefail
# Everything is installed already; a newcomer's make would do it now.
make() {{
  test -e .venv || ln -s {venv} .venv
  command make --old-file=.venv/bin/.site "$@"
}}
"""


def blocks(guide: Path, language: str) -> list[str]:
    """The code blocks of a guide that are written in ``language``."""
    return re.findall(
        rf"^```{language}\n(.*?)^```$", guide.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )


@pytest.fixture
def account(tmp_path: Path) -> dict[str, str]:
    """An environment in which GitHub holds a fork of what is in this folder."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    fork = tmp_path / "github" / "qingdan.git"
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (fork / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, fork / name)
    person = {
        f"GIT_{role}_{what}": "x@y"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        **person,
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": f"url.file://{tmp_path}/github/.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/YOUR-ACCOUNT/",
        "GIT_CONFIG_KEY_1": f"url.file://{tmp_path}/project/.insteadOf",
        "GIT_CONFIG_VALUE_1": "https://github.com/THE-PROJECT/",
    }
    for command in (
        ["init", "--quiet", "--initial-branch=main"],
        ["config", "receive.denyCurrentBranch", "ignore"],
        ["add", "--all", "--force"],
        ["commit", "--quiet", "--message=fork"],
    ):
        subprocess.run(["git", *command], cwd=fork, env=environment, check=True)
    _newer(fork, tmp_path / "project" / "qingdan.git", environment)
    return environment


def _newer(fork: Path, project: Path, environment: dict[str, str]) -> None:
    """The project that was forked, with a newer version in which lists have changed too."""
    clone = ["git", "clone", "--quiet", "--local", fork, project]
    subprocess.run(clone, env=environment, check=True)
    (project / "README.md").write_text("newer\n", "utf-8")
    (project / "CHANGELOG.md").unlink()
    (project / "lists" / "county.yml").write_text("newer: too\n", "utf-8")
    (project / "lists" / "village" / "newer.yml").write_text("newer: too\n", "utf-8")
    for command in (["add", "--all"], ["commit", "--quiet", "--message=newer"]):
        subprocess.run(["git", *command], cwd=project, env=environment, check=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_commands_of_the_guide_lead_to_a_published_county(
    lang: str, tmp_path: Path, account: dict[str, str]
) -> None:
    guide = ROOT / "docs" / lang / "publish.md"
    home = tmp_path / "home"
    home.mkdir()
    (home / "places.csv").write_text(blocks(guide, "csv")[0], "utf-8")
    script = SHELL.format(venv=ROOT / ".venv") + "".join(blocks(guide, "sh"))

    result = subprocess.run(
        ["bash", "-c", script], cwd=home, env=account, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr
    site = home / "county" / "site"
    page = (site / "places/qingping-zhen/dawan-cun/index.html").read_text("utf-8")
    assert "大湾村" in page
    assert "凤冈" not in page
    assert (site / "en/places/qingping-zhen/dawan-cun/index.html").is_file()
    pushed = ["git", "log", "--format=%s", "--first-parent"]
    fork = tmp_path / "github" / "qingdan.git"
    last = subprocess.run(pushed, cwd=fork, env=account, capture_output=True, text=True, check=True)
    assert ("白石县" if lang == "zh" else "Baishi") in last.stdout
    tracked = ["git", "ls-tree", "-r", "--name-only", "HEAD", "lists"]
    names = subprocess.run(
        tracked, cwd=fork, env=account, capture_output=True, text=True, check=True
    )
    assert "lists/places/qingping-zhen.yml" in names.stdout
    assert "lists/township/.gitkeep" in names.stdout
    assert "lists/village/newer.yml" not in names.stdout
    county = home / "county"
    assert (county / "README.md").read_text("utf-8") == "newer\n"
    assert not (county / "CHANGELOG.md").exists()
    assert "白石县" in (county / "lists" / "county.yml").read_text("utf-8")
