"""Dependencies point down only; the plugin alone knows MkDocs, the top floors alone the clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import generator

ROOT = Path(generator.__file__).parent
FLOORS = [
    "clock",
    "packages",
    "kept",
    "pinyin",
    "untouched",
    "untrusted",
    "model",
    "parts",
    "watch",
    "reading",
    "language",
    "field_names",
    "ledger",
    "rules",
    "formatting",
    "scaffold",
    "adoption",
    "written",
    "check",
    "views",
    "schemas",
    "links",
    "datafiles",
    "paper",
    "zipped",
    "edition",
    "search",
    "posters",
    "exports",
    "spreadsheets",
    "feeds",
    "pages",
    "notice",
    "offline",
    "publishing",
    "project",
    "plugin",
    "cli",
]
"""Lowest first."""

RENDERERS = {"search", "posters", "exports", "spreadsheets", "feeds", "pages"}
"""They stand side by side: none imports another."""

CLOCK = {("date", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("time", "time")}


def modules() -> Iterator[tuple[str, Path, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        relative = path.relative_to(ROOT)
        if relative.name != "__init__.py" or len(relative.parts) > 1:
            floor = relative.parts[0].removesuffix(".py")
            yield floor, path, ast.parse(path.read_text("utf-8"))


def imported(path: Path, tree: ast.Module) -> Iterator[str]:
    package = ("generator", *path.relative_to(ROOT).parent.parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, node.module) if node.module else base)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def test_every_module_stands_on_a_known_floor() -> None:
    assert {floor for floor, _, _ in modules()} <= set(FLOORS)


def test_no_module_imports_from_a_floor_above_its_own() -> None:
    for floor, path, tree in modules():
        above = FLOORS[FLOORS.index(floor) + 1 :]
        for name in imported(path, tree):
            parts = name.split(".")
            assert not (parts[0] == "generator" and parts[1:2] and parts[1] in above), (path, name)


def test_no_renderer_imports_another() -> None:
    for floor, path, tree in modules():
        if floor not in RENDERERS:
            continue
        for name in imported(path, tree):
            parts = name.split(".")
            others = RENDERERS - {floor}
            assert not (parts[0] == "generator" and set(parts[1:2]) & others), (path, name)


def users(package: str) -> set[str]:
    """The floors that import a package, given with the one it stands in."""
    return {
        floor
        for floor, path, tree in modules()
        if any(f"{name}.".startswith(f"{package}.") for name in imported(path, tree))
    }


def test_only_the_plugin_imports_mkdocs() -> None:
    assert users("mkdocs") == {"plugin"}


def test_only_the_plugin_and_the_command_ask_what_day_it_is() -> None:
    assert users("generator.clock") == {"plugin", "cli"}
    for floor, path, tree in modules():
        if floor == "clock":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                owner = node.value.attr if isinstance(node.value, ast.Attribute) else None
                owner = node.value.id if isinstance(node.value, ast.Name) else owner
                assert (owner, node.attr) not in CLOCK, path
