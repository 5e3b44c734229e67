"""What a phone keeps is what was published, and its version says when that changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_mkdocs import county as county  # noqa: PLC0414  a fixture

from generator.cli import main

NOT_KEPT = {"fishing", "stamp-fee", "home-checkups"}
"""Items of one town only, or on no list."""


def built(county: Path) -> Path:
    site = county.parent / "site"
    arguments = ["build", "--config", str(county / "mkdocs.yml"), "--site-dir", str(site)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return site


def kept(site: Path) -> dict:
    line = (site / "sw.js").read_text("utf-8").splitlines()[0]
    return json.loads(line.removeprefix("var SITE = ").removesuffix(";"))


def test_everything_to_be_kept_is_a_file_of_the_site(county: Path) -> None:
    site = built(county)

    for language in kept(site)["languages"].values():
        for url in (*language["urls"], language["bundle"]):
            assert (site / url.partition("?")[0]).exists(), url
        kept_data = {url.split(".")[0] for url in language["urls"] if "?" in url}
        assert kept_data == {"assets/search-data", "assets/search-more"}


def test_the_bundle_holds_the_published_page_of_every_item_that_holds_everywhere(
    county: Path,
) -> None:
    site = built(county)

    for tag, prefix in (("zh-CN", ""), ("en", "en/")):
        bundle = json.loads((site / kept(site)["languages"][tag]["bundle"]).read_text("utf-8"))
        names = {folder.name for folder in (site / prefix / "items").iterdir()}
        assert set(bundle) == {f"{prefix}items/{name}/" for name in names - NOT_KEPT}
        assert all(
            (site / path / "index.html").read_text("utf-8") == bundle[path] for path in bundle
        )


@pytest.mark.parametrize(
    ("old", "new", "changes"), [("", "# a comment\n", False), ("低保", "低保金", True)]
)
def test_the_version_changes_when_what_is_kept_changes(
    county: Path, old: str, new: str, changes: bool
) -> None:
    before = kept(built(county))["version"]
    item = county / "village" / "allowance.yml"
    item.write_text(item.read_text("utf-8").replace(old, new, 1), "utf-8")

    assert (kept(built(county))["version"] != before) == changes
