"""What one build leaves for the next is believed only while it is true."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from array import array
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_rebuild import build, project, tree

from generator.publishing.marks import SiteMarks
from generator.publishing.memory import Memory
from generator.publishing.store import LONG_NUMBERS, NUMBERS, PLAIN, TEXT, Form, Part, Store
from generator.untouched import Mark, mark, settle

WORDS = ("村里可以代办", "村里帮您跑")

KEYS = st.sampled_from(["a", "b", "items/低保", ""])
NUMBER = st.integers(0, 2**32 - 1)
LONG = st.integers(0, 2**64 - 1)
PLAIN_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("ab"), inner),
    max_leaves=5,
)
FORMS = {
    "plain": (PLAIN, PLAIN_DATA),
    "text": (TEXT, st.text(st.characters(exclude_categories=["Cs"]))),
    "numbers": (NUMBERS, st.lists(NUMBER).map(lambda found: array("I", found))),
    "long": (LONG_NUMBERS, st.lists(LONG).map(lambda found: array("Q", found))),
}


def part(path: Path, form: Form) -> tuple[Store, Part]:
    """A part between two others."""
    store = Store(path)
    store.part("after", TEXT)
    found = store.part("middle", form)
    store.part("before", TEXT)
    return store, found


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
def test_a_part_is_a_dictionary_that_outlives_the_build(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    form, values = FORMS[name]
    path = tmp_path_factory.mktemp("store") / "memory.db"
    expected: dict = {}
    for _ in range(data.draw(st.integers(1, 3))):
        store, found = part(path, form)
        for key, value in data.draw(st.lists(st.tuples(KEYS, st.none() | values))):
            if value is not None:
                found[key] = expected[key] = value
            elif key in expected:
                del found[key], expected[key]
            assert found.get(key) == expected.get(key)
        if data.draw(st.booleans()):
            expected = data.draw(st.dictionaries(KEYS, values))
            found.become(expected)
        assert dict(found.items()) == expected
        assert {*found} == expected.keys()
        assert len(found) == len(expected)
        store.save()
    _, found = part(path, form)
    assert dict(found.items()) == expected
    assert {key: found[key] for key in expected} == expected


def test_only_rows_that_differ_are_written(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    store, found = part(path, TEXT)
    found.become({str(number): "x" * 5000 for number in range(50)})
    store.save()
    before = path.read_bytes()

    store, found = part(path, TEXT)
    found.become({str(number): "x" * 5000 for number in range(50)} | {"7": "y" * 5000})
    store.save()

    after = path.read_bytes()
    assert len(after) == len(before)
    pages = range(0, len(after), 8192)
    written = [at for at in pages if after[at : at + 8192] != before[at : at + 8192]]
    assert 0 < len(written) <= 3


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a bit": lambda path: path.write_bytes(
        path.read_bytes()[:5000] + b"\xff" + path.read_bytes()[5001:]
    ),
    "the end": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "everything": lambda path: path.write_bytes(b""),
    "the file": Path.unlink,
    "the seal": lambda path: path.with_suffix(".sha256").unlink(),
    "the seal's text": lambda path: path.with_suffix(".sha256").write_bytes(b"\xff" * 64),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_is_not_believed(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "memory.db"
    store, found = part(path, TEXT)
    found["a"] = "1"
    store.save()
    DAMAGE[damage](path)

    store, found = part(path, TEXT)

    assert store.is_new
    assert dict(found.items()) == {}
    found["a"] = "2"
    store.save()
    assert dict(part(path, TEXT)[1].items()) == {"a": "2"}


def test_a_build_that_does_not_end_leaves_nothing_to_believe(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    part(path, TEXT)[0].save()
    part(path, TEXT)[0].break_seal()

    assert part(path, TEXT)[0].is_new


def test_rows_of_another_kind_of_store_mean_a_build_from_nothing(tmp_path: Path) -> None:
    folder, site = built(tmp_path)
    path = workspace(site) / "memory.db"
    with sqlite3.connect(path) as rows:
        rows.execute("alter table remembered rename to known")
    rows.close()
    seal = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_suffix(".sha256").write_text(seal, "ascii")
    assert not Store(path).is_new

    assert rebuilt(folder, site) == 0


def built(folder: Path) -> tuple[Path, Path]:
    """A project and its site, built twice, so that both folders have had their turn."""
    project(folder)
    site = folder / "site"
    for _ in range(2):
        edit(folder)
        assert build(folder, site).exit_code == 0
    return folder, site


def allowance(folder: Path) -> Path:
    return folder / "lists" / "village" / "allowance.yml"


def edit(folder: Path) -> str:
    """Change words to others, and back the next time; gives the words that stand there now."""
    text = allowance(folder).read_text("utf-8")
    old, new = WORDS if WORDS[0] in text else reversed(WORDS)
    allowance(folder).write_text(text.replace(old, new), "utf-8")
    return new


def workspace(site: Path) -> Path:
    return site.with_name(f".{site.name}.build")


@cache
def fresh(words: str) -> dict[str, bytes]:
    """The site of the lists with these words, from nothing."""
    with tempfile.TemporaryDirectory() as made:
        folder = project(Path(made))
        if words not in allowance(folder).read_text("utf-8"):
            edit(folder)
        assert build(folder, folder / "site").exit_code == 0
        return tree(folder / "site")


def rebuilt(folder: Path, site: Path) -> int:
    """Build again after an edit; the site is as from nothing. How many files were kept."""
    words = edit(folder)
    result = build(folder, site)
    assert result.exit_code == 0, result.output
    assert tree(site) == fresh(words)
    kept: int = json.loads(result.stdout)["kept"]
    return kept


def remembered(site: Path) -> Memory:
    return Memory(Store(workspace(site) / "memory.db"), "")


def assert_nothing_must_be_read(site: Path) -> None:
    marks = remembered(site).marks
    assert len(marks.next.paths) > 200
    assert marks.next.differing(f"{workspace(site)}/next") == []
    assert marks.live.differing(str(site)) == []


def test_after_a_build_nothing_has_to_be_read_to_know_the_site(tmp_path: Path) -> None:
    folder, site = built(tmp_path)
    for _ in range(2):
        edit(folder)
        assert build(folder, site).exit_code == 0
        assert_nothing_must_be_read(site)


def change_page(root: Path) -> None:
    """The same size, and the time set back."""
    page = root / "about" / "index.html"
    before = page.stat()
    text = page.read_bytes()
    page.write_bytes(text.replace(b"<h1", b"<h2", 1))
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert page.stat().st_size == len(text)


def replace_page(root: Path) -> None:
    page = root / "about" / "index.html"
    content = page.read_bytes().replace(b"<h1", b"<h2", 1)
    page.unlink()
    page.write_bytes(content)


def link_page(root: Path) -> None:
    """What it leads to may change without the link's doing."""
    page = root / "about" / "index.html"
    other = root.parent / "other.html"
    other.write_bytes(page.read_bytes())
    page.unlink()
    page.symlink_to(other)


def rename_file(root: Path) -> None:
    (root / "about" / "index.html").rename(root / "about" / "index.htm")


TAMPERING: dict[str, Callable[[Path], object]] = {
    "a changed page": change_page,
    "another page in its place": replace_page,
    "a link in its place": link_page,
    "another name": rename_file,
    "a lost page": lambda root: (root / "about" / "index.html").unlink(),
    "a lost folder": lambda root: shutil.rmtree(root / "about"),
    "one file more": lambda root: (root / "about" / "index.html.gz").write_bytes(b"x"),
    "one more at the top": lambda root: (root / "CNAME").write_bytes(b"x"),
    "an empty folder more": lambda root: (root / "about" / "more").mkdir(),
    "a page with another's content": lambda root: shutil.copyfile(
        root / "404.html", root / "about" / "index.html"
    ),
}


@pytest.mark.parametrize("tampering", TAMPERING)
def test_what_was_done_to_the_next_site_by_hand_is_found(tmp_path: Path, tampering: str) -> None:
    folder, site = built(tmp_path)

    TAMPERING[tampering](workspace(site) / "next")

    assert rebuilt(folder, site) == 0


@pytest.mark.parametrize(
    "tampering",
    ["a changed page", "another page in its place", "a link in its place", "one file more"],
)
def test_what_was_done_to_the_live_site_by_hand_is_found_before_it_comes_back(
    tmp_path: Path, tampering: str
) -> None:
    """The live site becomes the next one's folder."""
    folder, site = built(tmp_path)

    TAMPERING[tampering](site)

    counts = [rebuilt(folder, site) for _ in range(3)]
    assert counts.count(0) == 1
    assert counts[-1] > 100


def test_a_copy_elsewhere_is_read_once_and_keeps_what_is_the_same(tmp_path: Path) -> None:
    folder, _ = built(tmp_path / "one")
    other = tmp_path / "two"
    shutil.copytree(folder, other)
    site = other / "site"
    assert len(remembered(site).marks.next.differing(f"{workspace(site)}/next")) > 100

    for _ in range(2):  # each of the two folders
        assert rebuilt(other, site) > 100

    assert_nothing_must_be_read(site)


def test_a_clock_set_back_costs_a_look_and_nothing_else(tmp_path: Path) -> None:
    folder, site = built(tmp_path)
    for path in (*site.rglob("*"), *workspace(site).rglob("*")):
        os.utime(path, (1_000_000_000, 1_000_000_000))

    assert rebuilt(folder, site) > 100
    assert rebuilt(folder, site) > 100


def test_without_links_files_are_read_and_what_is_the_same_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    folder, site = built(tmp_path)

    for _ in range(2):
        assert rebuilt(folder, site) > 100
    differing = remembered(site).marks.next.differing(f"{workspace(site)}/next")
    assert 0 < len(differing) < 100
    change_page(workspace(site) / "next")
    assert rebuilt(folder, site) == 0


def two_folders(root: Path) -> tuple[Path, Path, dict[str, Mark]]:
    """A live site and the copy beside it, with the mark of the one file when it was written."""
    live, copy = root / "live", root / "next"
    for folder in (live, copy):
        (folder / "a").mkdir(parents=True)
    (live / "a" / "page").write_text("0001", "ascii")
    written = {"a/page": mark((live / "a" / "page").lstat())}
    os.link(live / "a" / "page", copy / "a" / "page")
    settle(root)
    return live, copy, written


def test_what_a_build_wrote_and_linked_has_a_mark(tmp_path: Path) -> None:
    live, copy, written = two_folders(tmp_path)

    marks = SiteMarks().swapped(live, copy, written.keys(), written, ())

    assert (marks.live.differing(str(live)), marks.next.differing(str(copy))) == ([], [])


def test_what_somebody_rewrote_before_it_got_a_mark_has_none(tmp_path: Path) -> None:
    live, copy, written = two_folders(tmp_path)
    (live / "a" / "page").write_text("0002", "ascii")

    marks = SiteMarks().swapped(live, copy, written.keys(), written, ())

    assert marks.next.differing(str(copy)) == ["a/page"]


def test_a_folder_with_something_foreign_in_it_has_no_mark(tmp_path: Path) -> None:
    live, copy, written = two_folders(tmp_path)
    (live / "a" / "page.gz").write_text("", "ascii")

    marks = SiteMarks().swapped(live, copy, written.keys(), written, ())

    assert marks.live.differing(str(live)) == ["a"]
    assert marks.next.differing(str(copy)) == []
