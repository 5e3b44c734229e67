"""Runs: only what changed is made again, a county's own files, the site with and without sheets."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sheets import Sheet

from generator.cli import main
from generator.paper import Picture, Print, Prints

SMALL = Path(__file__).parents[1] / "counties" / "small"
ROOT = Path(__file__).parents[2]
SITE = "https://lists.example.org/sample/"
POSTER = "places/dong-zhen/yakou-cun/poster-a3-zh"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the small county that may be changed, with the site's address."""
    folder = tmp_path / "lists"
    shutil.copytree(SMALL, folder)
    config = folder / "mkdocs.yml"
    text = config.read_text("utf-8").replace("../../..", str(ROOT))
    text = text.replace("    lists: .", "    lists: .\n    posters: ../build/posters")
    config.write_text(text + f"site_url: {SITE}\n", "utf-8")
    return folder


def run(county: Path, *options: str, out: Path | None = None) -> Result:
    """``qingdan posters`` for two villages, in one language, unless told otherwise."""
    which = options or ("--sheet", "poster", "--lang", "zh", "--place", "dong-zhen")
    folder = out or county.parent / "build" / "posters"
    arguments = ["--lists", str(county), "--config", str(county / "mkdocs.yml")]
    more = ["--out", str(folder), "--today", "2026-01-01", "--jobs", "1"]
    return CliRunner().invoke(main, ["posters", *which, *arguments, *more])


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def files(county: Path) -> dict[str, int]:
    folder = county.parent / "build" / "posters"
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*.p[dn][fg]")
    }


@pytest.mark.parametrize("given", ["example.gov.cn/lists/", "ftp://example.gov.cn/", "https://"])
def test_a_code_never_leads_to_what_no_phone_opens(county: Path, given: str) -> None:
    refused = run(county, "--site-url", given, "--sheet", "poster", "--lang", "zh")

    assert refused.exit_code == 2
    assert f"--site-url {given}: https://" in refused.output
    assert not files(county)


def test_a_place_in_which_nothing_changed_is_not_made_again(county: Path) -> None:
    first = run(county)
    assert first.exit_code == 0, first.output
    assert "新印 3 张，没变的 0 张" in first.output
    before = files(county)

    again = run(county)
    assert "新印 0 张，没变的 3 张" in again.output
    assert files(county) == before

    replace(county / "places" / "dong-zhen.yml", "琊口村小学旁边", "琊口村卫生室旁边")
    changed = run(county)
    assert "新印 1 张，没变的 2 张" in changed.output
    assert {name for name, time in files(county).items() if before.get(name) != time} == {
        f"{POSTER}.pdf",
        f"{POSTER}.png",
        f"{POSTER}.preview.png",
    }

    (county.parent / "build" / "posters" / f"{POSTER}.png").unlink()
    assert "新印 1 张，没变的 2 张" in run(county).output


def test_a_long_run_ends_though_its_processes_are_renewed(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = import_module("generator.posters.press")
    monkeypatch.setattr(press, "BATCH", 3)
    monkeypatch.setattr(press, "MOST_BATCHES", 1)
    sheets = ("--sheet", "plain", "--sheet", "poster", "--lang", "zh", "--place", "dong-zhen")

    result = run(county, *sheets, "--all", "--jobs", "2")

    assert result.exit_code == 0, result.output
    assert "新印 9 张" in result.output


def test_a_county_changes_colours_and_words_by_files_of_its_own(county: Path) -> None:
    own = county / "posters"
    own.mkdir()
    (own / "theme.typ").write_text(
        '#import "base/theme.typ": *\n'
        '#let colour = colour + (band: rgb("#7a0000"))\n'
        "#let palette(options) = (colour: colour, offset: offset, plain: plain).at(options.colours)\n"
        '#let logo = image("logo.svg", alt: "样县标志")\n',
        "utf-8",
    )
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7H1z" fill="#0f0"/></svg>'
    (own / "logo.svg").write_text(square, "utf-8")

    result = run(county)
    assert result.exit_code == 0, result.output
    image = Sheet((county.parent / "build" / "posters" / f"{POSTER}.pdf").read_bytes()).raster(
        dpi=50
    )
    colours = {colour for _, colour in image.getcolors(1 << 20)}
    assert (0x7A, 0, 0) in colours
    assert (0, 255, 0) in colours
    assert CliRunner().invoke(main, ["check", "--lists", str(county)]).exit_code == 0


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("#let sheet(data, options) = nothing\n", "unknown variable"),
        ('#import "@preview/cetz:0.3.4"\n#let sheet(data, options) = [x]\n', "package"),
        ('#let sheet(data, options) = read("/etc/passwd")\n', "file"),
    ],
)
def test_a_template_that_fails_is_a_finding(county: Path, template: str, reason: str) -> None:
    (county / "posters").mkdir()
    (county / "posters" / "poster.typ").write_text(template, "utf-8")

    result = run(county)

    assert result.exit_code == 1
    assert "posters/poster.typ" in result.output
    assert "sheet-template" in result.output
    assert reason in result.output
    assert "Traceback" not in result.output


def test_a_missing_character_is_named_with_its_line(county: Path) -> None:
    replace(county / "village" / "mediation.yml", "纠纷调解", "纠纷调解\U0002a6d0")

    for lang, words in (("zh", "字体里没有“\U0002a6d0”"), ("en", "no “\U0002a6d0”")):
        result = run(county, "--sheet", "handout", "--messages", lang)
        assert result.exit_code == 1
        assert "village/mediation.yml:2:" in result.output
        assert words in result.output


def test_the_check_names_it_too_before_anything_is_printed(county: Path) -> None:
    replace(county / "village" / "mediation.yml", "纠纷调解", "纠纷调解\U0002a6d0")

    result = CliRunner().invoke(main, ["check", "--lists", str(county), "--today", "2026-01-01"])

    assert "village/mediation.yml:2:3: warning sheet-glyph" in result.output


def test_without_an_address_the_hotline_takes_the_place_of_the_code(county: Path) -> None:
    replace(county / "mkdocs.yml", f"site_url: {SITE}\n", "site_url: ''\n")

    result = run(county)

    assert result.exit_code == 0
    assert "sheet-address" in result.output
    text = Sheet((county.parent / "build" / "posters" / f"{POSTER}.pdf").read_bytes()).text
    assert "扫码" not in text
    assert "12345" in text


def test_a_name_that_does_not_exist_is_said(county: Path) -> None:
    for option in ("--place", "--item", "--list", "--lang"):
        result = run(county, option, "nowhere")
        assert result.exit_code == 2, option
        assert "nowhere" in result.output
        assert "Traceback" not in result.output


def test_lists_with_errors_print_nothing(county: Path) -> None:
    replace(county / "village" / "mediation.yml", "list: self", "list: no-such-list")

    result = run(county)

    assert result.exit_code == 1
    assert "village/mediation.yml" in result.output
    assert not (county.parent / "build").exists()


def build(county: Path, *options: str) -> Path:
    target = county.parent / "site"
    tool = Path(sys.executable).with_name("mkdocs")
    command = [tool, "build", "-q", "-f", str(county / "mkdocs.yml"), "-d", str(target), *options]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return target


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text("utf-8")


def test_the_site_links_the_sheets_that_are_there_and_only_those_of_today(county: Path) -> None:
    today = ("--today", str(datetime.date(2026, 1, 1)))
    village = "places/dong-zhen/yakou-cun"
    site = build(county, "--strict")
    assert "poster-a3" not in page(site, village)
    assert "海报还没有放上来" in page(site, "posters")
    assert "../../../posters/" in page(site, village)

    made = run(
        county, "--item", "death-proof", "--place", "dong-zhen/yakou-cun", "--lang", "zh", *today
    )
    assert made.exit_code == 0, made.output
    site = build(county, "--strict")
    assert "posters/places/dong-zhen/yakou-cun/poster-a3-zh.pdf" in page(site, village)
    assert "../../../../posters/places" in page(site, f"en/{village}")
    assert "poster-a3-zh.preview.png" in page(site, "posters")
    assert "posters/items/death-proof/slip-a5-zh.png" in page(site, "items/death-proof/slip")
    for name in ("poster-a3-zh.pdf", "poster-a3-zh.png", "handout-a4-zh.pdf"):
        published = site / "posters" / village / name
        assert (
            published.read_bytes()
            == (county.parent / "build" / "posters" / village / name).read_bytes()
        )
    assert not list(site.rglob("cards-*")), "made on demand, not published"

    replace(county / "places" / "dong-zhen.yml", "琊口村小学旁边", "琊口村卫生室旁边")
    site = build(county, "--strict")
    assert "poster-a3" not in page(site, village), "the poster says what is no longer so"
    assert "slip-a5-zh.png" in page(site, "items/death-proof/slip")


def test_readers_are_shown_a_village_s_sheet_in_their_own_language() -> None:
    def sheet(subject: str, *tags: str) -> Print:
        picture = Picture(f"posters/{subject}/{'-'.join(tags)}.png", 1, 1, 1)
        return Print("poster", "a3", False, tags, subject, "", 1, (picture,), picture)

    village, township = "places/dong-zhen/yakou-cun", "places/dong-zhen"
    both = [sheet(each, *tags) for tags in (("zh",), ("zh", "en")) for each in (township, village)]
    prints = Prints(Path(), tuple(both))

    shown = {lang: prints.examples(lang)["poster"] for lang in ("zh", "en", "fr")}

    assert {each.subject for each in shown.values()} == {village}
    assert [shown[lang].tags for lang in ("zh", "en")] == [("zh",), ("zh", "en")]
    assert Prints(Path(), (sheet(township, "zh"),)).examples("en")["poster"].subject == township


def test_slips_have_pages_that_item_and_village_link_to(county: Path) -> None:
    site = build(county, "--strict")

    for prefix, words in (("", "村（社区）不出具"), ("en/", "does not issue")):
        slip = page(site, f"{prefix}items/death-proof/slip")
        assert words in slip
        assert "items/death-proof/slip/" in page(site, f"{prefix}items/death-proof")
        village = page(site, f"{prefix}places/dong-zhen/yakou-cun")
        assert "items/death-proof/slip/" in village
    assert "slip" not in page(site, "items/mediation")
