"""What must not go live does not, and what is live says what it was made from."""

from __future__ import annotations

import datetime
import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import SMALL

from generator.check import check_folder
from generator.cli import main
from generator.publishing import Manifest, Workspace, read_manifest, workspace
from generator.publishing.facts import page_facts
from generator.publishing.verify import Built, Editions, verify

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of its own with its first site."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(SMALL, folder / "lists", ignore=shutil.ignore_patterns("mkdocs.yml"))
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    assert build(folder).exit_code == 0
    return folder


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Path:
    """A copy of the project that may be changed."""
    return Path(shutil.copytree(first, tmp_path / "project"))


def build(folder: Path, *options: str, site: str = "site") -> Result:
    arguments = ["--config", str(folder / "mkdocs.yml"), "--site-dir", str(folder / site)]
    return CliRunner().invoke(main, ["build", *arguments, *options])


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_record_of_a_build_is_true_and_knows_no_place_or_person(project: Path) -> None:
    manifest = read_manifest(project / "site" / "build.json")
    assert manifest is not None
    files = tree(project / "site")
    content = files.pop("build.json").decode()

    assert manifest.files == {
        path: hashlib.sha256(each).hexdigest() for path, each in files.items()
    }
    for path, digest in manifest.inputs.items():
        place = ROOT / path if path.startswith("generator/") else project / path
        assert hashlib.sha256(place.read_bytes()).hexdigest() == digest, path
    assert {"lists/village/allowance.yml", "mkdocs.yml", "overrides/main.html"} <= set(
        manifest.inputs
    )
    assert manifest.tools["mkdocs"] == "1.6.1"
    assert "/tmp" not in content
    assert str(Path.home()) not in content


def test_what_was_done_can_be_read_by_a_program(project: Path) -> None:
    edit(project / "lists/village/allowance.yml", "村里可以代办", "村里帮您跑")
    summary = json.loads(build(project, "--json").stdout)

    assert summary["pages"] == sum(path.endswith(".html") for path in tree(project / "site"))
    assert 0 < summary["changed"] < summary["kept"]
    assert summary["removed"] <= 2  # what phones keep is named after its content


def test_an_address_that_vanishes_stops_the_build_until_it_leads_on(project: Path) -> None:
    before = tree(project / "site")
    edit(project / "lists/places/dong-zhen.yml", "slug: yakou-cun", "slug: xin-cun")
    result = build(project)

    assert result.exit_code == 3
    assert "places/dong-zhen/yakou-cun/index.html" in result.stderr
    assert "redirects.yml" in result.stderr
    assert tree(project / "site") == before

    redirect = "redirects:\n  - id: places/dong-zhen/yakou-cun\n    to: places/dong-zhen/xin-cun\n"
    (project / "lists/redirects.yml").write_text(redirect, "utf-8")
    result = build(project)

    assert result.exit_code == 0, result.output
    page = (project / "site/en/places/dong-zhen/yakou-cun/index.html").read_text("utf-8")
    assert 'content="0; url=../../../places/dong-zhen/xin-cun/"' in page
    assert build(project).exit_code == 0


def test_a_redirect_to_nowhere_stops_the_build(project: Path) -> None:
    redirect = "redirects:\n  - id: old\n    to: no-such-page\n"
    (project / "lists/redirects.yml").write_text(redirect, "utf-8")
    result = build(project)

    assert result.exit_code == 3
    assert "“../no-such-page/”" in result.stderr


def test_two_files_of_one_address_stop_the_build(project: Path) -> None:
    redirect = "redirects:\n  - id: places\n    to: search\n"
    (project / "lists/redirects.yml").write_text(redirect, "utf-8")
    result = build(project)

    assert result.exit_code == 3
    assert "“places/index.html”" in result.stderr


@pytest.mark.parametrize(
    ("addition", "named"),
    [
        ('<img src="https://example.org/x.png" alt="">', "https://example.org/x.png"),
        ('<a href="no-such-page/">x</a>', "no-such-page/"),
        ('<a href="#nowhere">x</a>', "#nowhere"),
        ('<p id="twice"></p><p id="twice"></p>', "twice"),
        ('<p style="background: url(//example.org/x)"></p>', "//example.org/x"),
    ],
)
def test_a_theme_that_breaks_pages_stops_the_build(
    project: Path, addition: str, named: str
) -> None:
    edit(project / "overrides/main.html", "</footer>", f"{addition}</footer>")
    result = build(project, "--lang", "en")

    assert result.exit_code == 3
    assert named in result.stderr
    assert "must not go live" in result.stderr


def test_mistakes_in_lists_leave_what_is_remembered(project: Path) -> None:
    item = project / "lists/village/allowance.yml"
    text = item.read_text("utf-8")
    item.write_text(text.replace("civil-affairs", "civil-afairs"), "utf-8")
    for lang, words in (("zh", "是不是“civil-affairs”"), ("en", "Did you mean “civil-affairs”")):
        result = build(project, "--lang", lang)
        assert result.exit_code == 1
        assert words in result.stderr
    item.write_text(text, "utf-8")

    assert json.loads(build(project, "--json").stdout)["kept"] > 50


def test_a_folder_of_somebody_s_own_is_left_alone(project: Path) -> None:
    (project / "mine").mkdir()
    (project / "mine" / "letter.txt").write_text("x", "utf-8")
    result = build(project, site="mine")

    assert result.exit_code == 2
    assert tree(project / "mine") == {"letter.txt": b"x"}


def test_a_second_build_is_told_to_wait(project: Path) -> None:
    with (project / ".site.build" / "lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        result = build(project)

    assert result.exit_code == 4
    assert "site" in result.stderr


def test_a_place_that_cannot_be_written_is_said_in_words(project: Path) -> None:
    result = build(project, site="mkdocs.yml/site")

    assert result.exit_code == 5
    assert "Traceback" not in result.output


def test_a_record_that_is_none_is_refused(project: Path) -> None:
    (project / "site" / "build.json").write_text("[]", "utf-8")

    assert build(project).exit_code == 2


def test_without_an_exchange_in_one_step_a_swap_is_two_renames(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "exchange", lambda *_: False)
    edit(project / "lists/village/allowance.yml", "村里可以代办", "村里帮您跑")

    assert build(project).exit_code == 0
    assert "村里帮您跑" in (project / "site/items/allowance/index.html").read_text("utf-8")


def test_a_swap_that_stopped_between_two_renames_is_undone(project: Path) -> None:
    before = tree(project / "site")
    (project / "site").rename(project / ".site.build" / "aside")
    with Workspace(project / "site").held():
        assert tree(project / "site") == before


def test_a_swap_that_stopped_after_both_renames_is_tidied(project: Path) -> None:
    before = tree(project / "site")
    shutil.copytree(project / "site", project / ".site.build" / "aside")
    with Workspace(project / "site").held():
        assert tree(project / "site") == before
        assert not (project / ".site.build" / "aside").exists()


def verified(folder: Path, last: Manifest | None = None, **sizes: int) -> list[str]:
    """The rules that a folder of pages breaks."""
    county = check_folder(SMALL, datetime.date(2026, 1, 1)).county
    assert county is not None
    found = {path: len(content) for path, content in tree(folder).items()} | sizes
    return [
        each.rule
        for each in verify(
            Built(folder, found, set(tree(folder)), site_url="https://a.example/lists"),
            Editions(county, last),
        )
    ]


def page(body: str = "", end: str = "</body></html>") -> str:
    return f"<html><head><title>x</title></head><body><h1>x</h1>{body}{end}"


CASES: dict[str, tuple[Callable[[], str], list[str]]] = {
    "whole": (lambda: page('<p id="a"></p><a href="#a">x</a><a href="tel:12345">x</a>'), []),
    "cut short": (lambda: page(end=""), ["page-incomplete"]),
    "frame from elsewhere": (
        lambda: page('<iframe src="//a.example"></iframe>'),
        ["loads-elsewhere"],
    ),
    "script from the root": (lambda: page('<script src="/a.js"></script>'), ["loads-elsewhere"]),
    "link to another host": (lambda: page('<a href="https://a.example/">x</a>'), []),
    "odd scheme": (lambda: page('<a href="javascript:x()">x</a>'), ["link-dead"]),
    "picture set": (lambda: page('<img srcset="a.png 1x, b.png 2x">'), ["file-missing"] * 2),
    "slash for a space": (
        lambda: page(
            '<img/src="//b.example/a.png"><p/style="background: url(//b.example/b)">x</p>'
        ),
        ["loads-elsewhere"] * 2,
    ),
    "no space between values": (
        lambda: page(
            '<img alt="x"src="//b.example/a.png"><p title="x"style="background: url(//b)">'
        ),
        ["loads-elsewhere"] * 2,
    ),
    "unquoted": (lambda: page("<a href=nowhere>x</a>"), ["link-dead"]),
    "picture by the site's address": (
        lambda: page('<img src="https://a.example/lists/index.html">'),
        [],
    ),
    "picture that the site has not": (
        lambda: page('<img src="https://a.example/lists/a.png">'),
        ["file-missing"],
    ),
    "address that begins like the site's": (
        lambda: page('<script src="https://a.example/lists.other/index.html"></script>'),
        ["loads-elsewhere"],
    ),
    "link by the site's address": (
        lambda: page('<a href="https://a.example/lists/none/">x</a>'),
        ["link-dead"],
    ),
    "anchor by the site's address": (
        lambda: page('<a href="https://a.example/lists/#x">x</a><i id="x"></i>'),
        [],
    ),
    "dead anchor by the site's address": (
        lambda: page('<a href="https://a.example/lists#none">x</a>'),
        ["link-dead"],
    ),
    "outside the site": (lambda: page('<a href="../../up/">x</a>'), ["link-dead"]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_page_is_judged(tmp_path: Path, case: str) -> None:
    make, rules = CASES[case]
    (tmp_path / "index.html").write_text(make(), "utf-8")

    assert verified(tmp_path) == rules


def test_a_site_that_is_too_big_or_lost_items_is_refused(tmp_path: Path) -> None:
    last = Manifest("", "", {}, {}, {"can-do": ["no-decision-names-me"]}, {"gone.pdf": ""})

    assert verified(tmp_path, last, **{"x.pdf": 500_000_001}) == [
        "too-big",
        "address-gone",
        "item-gone",
    ]


def test_styles_inside_a_page_are_read() -> None:
    facts = page_facts(b'<style>@import "a.css"; p { background: url(b.png) }</style>')

    assert set(facts.loads) == {"a.css", "b.png"}
