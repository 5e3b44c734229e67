"""A file of which only what it has in common with others has changed is not made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.parts import Common
from generator.publishing.commons import Commons
from generator.publishing.pieces import Pieces
from generator.publishing.trace import Name, Recorder, Stale, Trace
from generator.watch import Read

LISTS: Read = ("view", "lists")


class Site:
    """Two places that have their lists in common, and a name each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.recorder = Recorder(Trace(), {})
        self.commons = Commons(self.recorder)
        for path in ("a", "b"):
            self.make(path, b"lists")

    def make(self, path: str, lists: bytes | None) -> None:
        """Make the file of a place with these lists; it may have none."""
        pieces = Pieces(self.recorder, {}, {}, {}, (), self.commons)
        common = () if lists is None else (Common("lists", lists),)
        content = pieces.joined(path, (path.encode(), *common, b" end"), None)
        (self.folder / path).write_bytes(content)
        reads: set[Read] = {("names", path), *([] if lists is None else [LISTS])}
        self.recorder.note(path, "made from", reads)

    def changed(self, *names: Name) -> None:
        """Go on to the next build, before which something changed."""
        stale: Stale = self.recorder.trace.stale({*names})
        self.commons = Commons(self.recorder, self.commons.places, stale.files)

    def renewed(self, path: str) -> bytes | None:
        return self.commons.renewed(path, self.folder)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_one_file_is_made_and_the_others_get_what_it_holds(site: Site) -> None:
    site.changed(("view/lists", ""))

    assert site.renewed("a") is None
    site.make("a", b"other lists, and more")
    assert site.renewed("b") == b"bother lists, and more end"


def test_what_was_renewed_can_be_renewed_again(site: Site) -> None:
    for lists in (b"longer lists", b"short", b""):
        site.changed(("view/lists", ""))
        site.make("a", lists)
        found = site.renewed("b")
        assert found == b"b" + lists + b" end"
        (site.folder / "b").write_bytes(found)


def test_a_file_of_which_something_else_changed_too_is_made(site: Site) -> None:
    site.changed(("view/lists", ""), ("names/b", ""))
    site.make("a", b"other lists")

    assert site.renewed("b") is None


def test_a_file_of_which_only_something_else_changed_is_made(site: Site) -> None:
    site.changed(("names/b", ""))
    site.make("a", b"lists")

    assert site.renewed("b") is None


def test_a_file_that_has_nothing_in_common_any_more_is_made(site: Site) -> None:
    site.make("b", None)
    site.changed(("view/lists", ""), ("names/b", ""))
    site.make("a", b"other lists")

    assert site.renewed("b") is None
    assert {*site.commons.places} == {"a"}
