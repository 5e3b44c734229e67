"""A rebuild looks only at what is new in a page, and finds what a look at everything finds."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import SMALL
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.check import check_folder
from generator.publishing.folder import SiteFolder
from generator.publishing.verify import Built, Editions, Seen, verify

PAGES = ("a/index.html", "b/index.html", "c/index.html")
DATA = "data.json"

SOUND = (
    "<p>one</p>",
    '<p>one</p><i id="z"></i>',
    '<a href="#y">y</a>',
    '<a href="../a/">a</a>',
    '<a href="../b/#y">b</a>',
    '<a href="../c/#x"><img src="../data.json" alt=""></a>',
    '<style>p { background: url("../data.json") }</style>',
    '<p\nhidden><a\nhref="../a/">a</a></p>',
    "<script>\nconst text = '';\n</script>",
    "<style>\np { background: url(../data.json) }\n</style>",
    '<p title="\n">x</p>',
)
"""What may stand once in a page that is right; some of it goes on over several lines."""
ODD = (
    '<i id="z"></i>',
    '<i id="z"></i><i id="z"></i>',
    '<a href="#z">z</a>',
    '<a href="../a/index.html#z">z</a>',
    '<a href="../b/#z">z</a>',
    '<a href="../none/">x</a>',
    '<img src="https://elsewhere.example/x.png" alt="">',
    '<p style="background: url(//elsewhere.example/)">x</p>',
    "p { background: url(//elsewhere.example/) }",
    '<script>const text = "<";</script><a href="../none/">x</a>',
    '<a\nhref="../none/">x</a>',
    '<a title="a > b\n" href="../none/">x</a>',
    "<a title='a > b\n' href='../none/'>x</a>",
    "<script>",
    "</script>",
    "<STYLE>",
    "</style>",
)
"""What may be wrong, by itself or beside something else."""


@dataclass
class Site:
    """A site as builds leave it for each other, and the next one that is to be verified."""

    root: Path
    editions: Editions
    seen: Seen = field(default_factory=Seen)
    files: dict[str, str] = field(default_factory=dict)

    def problems(self, files: dict[str, str]) -> list[str]:
        """What a rebuild finds that makes these files of what is there."""
        site = SiteFolder(self.root, self.files, self.seen.uneven)
        for path, text in files.items():
            site.put(path, text.encode())
        site.finish()
        self.files = site.files
        return self._found(Built.of(site, self._sizes(), None, self.seen))

    def all_problems(self) -> list[str]:
        """What a look at all that is there now finds."""
        return self._found(Built(self.root, self._sizes(), {*self.files}))

    def _sizes(self) -> dict[str, int]:
        return {path: (self.root / path).stat().st_size for path in self.files}

    def _found(self, built: Built) -> list[str]:
        return sorted(f"{each.rule} {each.values}" for each in verify(built, self.editions))


@pytest.fixture(scope="module")
def editions() -> Editions:
    county = check_folder(SMALL, datetime.date(2026, 1, 1)).county
    assert county is not None
    return Editions(county, None)


def page(body: list[str]) -> str:
    head = ("<title>x</title>", '<h1 id="x">x</h1>', '<h2 id="y">y</h2>')
    return "\n".join((*head, *body, "<p>end</p>", "</html>"))


Edit = tuple[str, int, int, list[str]]
"""Of a file, after how many lines others are taken away, how many, and what comes there."""


def edited(files: dict[str, str], edits: list[Edit]) -> dict[str, str]:
    """The files after edits. One that is not there is made; one that is left empty goes."""
    found = dict(files)
    for path, at, count, new in edits:
        lines = found[path].split("\n") if path in found else []
        begin = at % (len(lines) + 1)
        lines[begin : begin + count] = new
        found[path] = "\n".join(lines)
    return {path: text for path, text in found.items() if text}


BODY = st.lists(st.sampled_from(SOUND), max_size=5, unique=True)
EDIT = st.tuples(
    st.sampled_from((*PAGES, *PAGES, *PAGES, "d/index.html", DATA)),
    st.integers(0, 20),
    st.sampled_from((0, 1, 1, 1, 2, 100)),
    st.lists(st.sampled_from((*SOUND, *ODD)), max_size=2),
)


@settings(max_examples=300)
@given(
    bodies=st.tuples(BODY, BODY, BODY),
    rounds=st.lists(st.lists(EDIT, min_size=1, max_size=2), min_size=1, max_size=5),
)
def test_what_is_new_in_a_page_has_all_that_is_wrong_with_it(
    editions: Editions, bodies: tuple[list[str], ...], rounds: list[list[Edit]]
) -> None:
    good = {DATA: "{}"} | dict(zip(PAGES, map(page, bodies), strict=True))
    with TemporaryDirectory() as folder:
        site = Site(Path(folder, "0"), editions)
        assert site.problems(good) == site.all_problems() == []
        for number, edits in enumerate(rounds, start=1):
            files = edited(good, edits)
            found = site.problems(files)

            assert found == site.all_problems()
            if found:  # of a site that must not go live nothing is remembered
                site = Site(Path(folder, str(number)), editions)
                site.problems(good)
            else:
                good = files


def test_a_lost_anchor_is_missed_in_what_was_the_same_on_a_page_that_changed(
    editions: Editions, tmp_path: Path
) -> None:
    site = Site(tmp_path, editions)
    files = {path: page([]) for path in PAGES}
    files[PAGES[0]] = page(["<p>one</p>", '<a href="../b/#y">b</a>'])
    assert site.problems(files) == []

    files[PAGES[0]] = files[PAGES[0]].replace("one", "two")
    files[PAGES[1]] = files[PAGES[1]].replace('id="y"', 'id="z"')

    assert site.problems(files) == site.all_problems() != []
