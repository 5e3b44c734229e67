"""The workflows on GitHub: correct, safe for strangers' changes, and pinned to the commit."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$")


def run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name(tool)), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.stem)
def workflow(request: pytest.FixtureRequest) -> Path:
    return request.param


def content(workflow: Path) -> dict[str, Any]:
    return yaml.load(workflow.read_text("utf-8"), Loader=yaml.BaseLoader)


def test_actionlint_finds_nothing_wrong() -> None:
    result = run("actionlint", *map(str, WORKFLOWS))

    assert result.stdout + result.stderr == ""
    assert result.returncode == 0


def test_actionlint_finds_mistakes(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("on: push\njobs: {a: {runs-on: ubuntu-24.04, steps: [{run: x, uses: y}]}}\n")

    assert run("actionlint", str(bad)).returncode == 1


def test_zizmor_finds_nothing_unsafe_even_as_a_strict_auditor() -> None:
    result = run(
        "zizmor",
        "--offline",
        "--no-progress",
        "--persona=auditor",
        "--strict-collection",
        ".github",
    )

    assert result.returncode == 0, result.stdout


def test_zizmor_finds_what_is_unsafe(tmp_path: Path) -> None:
    bad = tmp_path / ".github" / "workflows" / "bad.yml"
    bad.parent.mkdir(parents=True)
    bad.write_text(
        "on: pull_request_target\njobs: {a: {runs-on: ubuntu-24.04, steps: [{uses: x/y@v1}]}}\n"
    )

    assert run("zizmor", "--offline", "--no-progress", str(bad)).returncode >= 11


def test_every_action_is_pinned_to_a_commit_and_says_its_version(workflow: Path) -> None:
    uses = [line for line in workflow.read_text("utf-8").splitlines() if "uses:" in line]

    assert uses or workflow.stem == "comment"  # it uses none
    assert [line for line in uses if not PINNED.search(line)] == []


def test_one_action_is_pinned_to_one_commit_everywhere() -> None:
    found: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for name, commit in re.findall(r"uses: (\S+)@(\S+)", path.read_text("utf-8")):
            found.setdefault(name, set()).add(commit)

    assert {name: commits for name, commits in found.items() if len(commits) > 1} == {}


def test_no_right_is_given_to_a_whole_workflow_and_no_job_runs_for_ever(workflow: Path) -> None:
    data = content(workflow)

    assert data["permissions"] == {}
    for job in data["jobs"].values():
        assert int(job["timeout-minutes"]) <= 90
        assert job["permissions"]


def test_what_runs_on_strangers_changes_can_only_read(workflow: Path) -> None:
    data = content(workflow)
    if "pull_request" in data["on"]:
        for job in data["jobs"].values():
            assert set(job["permissions"].values()) == {"read"}
        assert "secrets." not in workflow.read_text("utf-8")


def test_only_the_job_that_runs_none_of_our_code_may_publish() -> None:
    jobs = content(ROOT / ".github/workflows/pages.yml")["jobs"]

    assert set(jobs["build"]["permissions"].values()) == {"read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert all("run" not in step for step in jobs["deploy"]["steps"])
    assert jobs["deploy"]["needs"] == "build"


def test_the_commands_of_workflows_are_there() -> None:
    targets = set(
        re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    for path in WORKFLOWS:
        for name in re.findall(r"run: make ([a-z-]+)\n", path.read_text("utf-8")):
            assert name in targets, (path, name)
