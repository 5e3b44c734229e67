"""Changes are shown as they were decided, for any day, and can be followed."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import icalendar
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator import feeds
from generator.check import check_folder
from generator.cli import main
from generator.edition import Edition
from generator.ledger import compare
from generator.pages import PageSource, Site, sources

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"
TODAY = datetime.date(2026, 1, 1)
ATOM = "{http://www.w3.org/2005/Atom}"


def site(
    folder: Path = SMALL,
    today: datetime.date = TODAY,
    as_of: datetime.date | None = None,
    url: str | None = "https://example.org/lists/",
) -> Site:
    checked = check_folder(folder, today, as_of)
    assert checked.county is not None
    return Site(checked.county, checked.languages, as_of or today, site_url=url, as_of=as_of)


@pytest.fixture(scope="module")
def pages() -> dict[tuple[str, str], PageSource]:
    return {(each.lang, each.path): each for each in sources(site())}


def run(*words: str) -> str:
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == 0, result.output
    return result.output


# Pages.


def test_every_decision_has_a_page_that_every_timeline_leads_to(
    pages: dict[tuple[str, str], PageSource],
) -> None:
    decisions = site().county.decisions
    for lang in ("zh", "en"):
        overview = pages[lang, "changes"].html()
        for key in decisions:
            assert (lang, f"changes/{key}") in pages
            assert f'changes/{key}/"' in overview


def test_an_admission_shows_who_asked_on_what_basis_with_what_means_and_each_stage(
    pages: dict[tuple[str, str], PageSource],
) -> None:
    html = pages["en", "changes/2025-06-10-allowance-admitted"].html()

    for told in (
        "Admission",
        "Asked by",
        "Sample County Civil Affairs Bureau",
        "article 5",
        "2,000 yuan a year for each village.",
        "To be reviewed",
        "Villages heard",
        "Entered on “The village helps”: “Living allowance”.",
    ):
        assert told in html, told


def test_wordings_stand_side_by_side_with_what_differs_marked(
    pages: dict[tuple[str, str], PageSource],
) -> None:
    html = pages["zh", "changes/2025-12-01-mediation-name-corrected"].html()

    assert "<dd><del>矛盾</del>调解</dd>" in html
    assert "<dd><ins>纠纷</ins>调解</dd>" in html


def test_what_is_refused_or_still_to_come_says_so(
    pages: dict[tuple[str, str], PageSource],
) -> None:
    refused = pages["zh", "changes/2025-03-01-bank-stamps-refused"].html()
    coming = pages["zh", "changes/2099-01-01-home-checkups-admitted"].html()

    assert "没有同意。清单没有变" in refused
    assert "2099年1月1日起才算数" in coming
    assert '<h3 id="coming">' in pages["zh", "changes"].html()


def test_what_a_source_does_not_say_is_said_to_be_unknown(
    pages: dict[tuple[str, str], PageSource],
) -> None:
    html = pages["zh", "changes/2024-05-village-lists"].html()

    assert html.count("来源没有写") == 4
    assert "哪天没有写、样县" in html


def test_an_item_says_what_is_to_come_and_the_overview_what_is_unanswered(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "lists"))
    for name, old, new in (
        ("2099-01-01-home-checkups-admitted.yml", "      - home-checkups", "      - allowance"),
        ("2025-school-report.yml", 'answered: "2025-12-20"\n', ""),
    ):
        path = folder / "decisions" / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    pages = {each.path: each.html() for each in sources(site(folder)) if each.lang == "zh"}

    assert "2099年1月1日起有变动：" in pages["items/allowance"]
    assert 'class="about coming"' not in pages["items/mediation"]
    reports = pages["changes"].partition('id="unanswered"')[2].partition("<h2")[0]
    assert "学校还在要困难证明" in reports


def test_an_item_that_left_keeps_its_address_and_says_since_when(
    pages: dict[tuple[str, str], PageSource],
) -> None:
    html = pages["zh", "items/stamp-fee"].html()

    assert "不在任何清单上了" in html
    assert 'href="../../changes/2025-08-01-stamp-fee-removed/"' in html
    assert "还没列入清单" in pages["zh", "items/home-checkups"].html()
    assert "stamp-fee" not in pages["zh", "lists/self"].html().partition('id="history"')[0]


def test_a_township_sees_its_own_load(pages: dict[tuple[str, str], PageSource]) -> None:
    def bars(place: str) -> list[list[str]]:
        html = pages["zh", f"changes/places/{place}"].html()
        svg = html[html.index("<svg") : html.index("</svg>")]
        days = svg.split('class="load__day"')[1:]
        return [re.findall(r"<title>(村里[^<]*)</title>", day) for day in days]

    street, town = bars("xi-jiedao"), bars("dong-zhen")
    assert street[0] == ["村里办：2", "村里帮办：1", "村里不办：2"]
    assert street[-1] == ["村里办：1", "村里帮办：2", "村里不办：2"]
    assert town[-1] == ["村里办：2", "村里帮办：1", "村里不办：2"]
    assert len(street) == len(town) + 1


def test_a_chart_has_a_name_and_a_table_with_the_same_figures(
    pages: dict[tuple[str, str], PageSource],
) -> None:
    html = pages["en", "changes"].html()
    svg = html[html.index("<svg") : html.index("</svg>")]
    table = html[html.index("<tbody>") : html.index("</tbody>")]
    drawn = re.findall(r"<title>[^<]*?(\d+)</title>", svg)
    told = [each for each in re.findall(r"<td>(\d+)</td>", table) if each != "0"]

    assert 'role="img" aria-label="' in svg
    assert drawn == told != []
    assert "style=" not in svg


def test_text_from_lists_never_becomes_markup(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "lists"))
    path = folder / "decisions" / "2025-12-01-mediation-name-corrected.yml"
    hostile = "<script>alert(1)</script>"
    path.write_text(path.read_text("utf-8").replace("矛盾调解", f"'{hostile}'", 1), "utf-8")
    made = site(folder)
    for source in sources(made):
        if source.kind.startswith("change"):
            assert hostile not in source.html()
    for file in feeds.files(made):
        assert hostile.encode() not in file.make()


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_the_passages_of_two_wordings_are_the_wordings(old: str, new: str) -> None:
    before, after = compare(old, new)

    assert ("".join(each.text for each in before), "".join(each.text for each in after)) == (
        old,
        new,
    )
    same = ["".join(each.text for each in side if not each.changed) for side in (before, after)]
    assert same[0] == same[1]


# As of any day.


def test_a_site_as_of_a_day_says_so_on_every_page(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "lists"))
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("../../..", str(ROOT)), "utf-8")
    target = tmp_path / "site"
    words = ["build", "--config", str(config), "--site-dir", str(target)]
    run(*words, "--as-of", "2025-06-30")

    for path in target.rglob("*.html"):
        shown = path.read_text("utf-8")
        assert "2025年6月30日" in shown or "30 June 2025" in shown
    village = (target / "places/dong-zhen/yutang-cun/index.html").read_text("utf-8")
    helped = village.split('data-list-id="help"')[1].split("data-list-id")[0]
    assert set(re.findall('data-item-id="([^"]+)"', helped)) == {"hardship-proof", "allowance"}
    assert "村里帮着开" in village
    run(*words)
    assert "2025年6月30日" not in (target / "index.html").read_text("utf-8")
    slip = (target / "items/baby-insurance/slip/index.html").read_text("utf-8")
    assert "这张单子作废了" in slip


def test_the_plugin_takes_the_day_as_an_option(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "lists"))
    config = folder / "mkdocs.yml"
    settings = yaml.safe_load(config.read_text("utf-8").replace("../../..", str(ROOT)))
    plugin = settings["plugins"]
    options = plugin["qingdan"] if isinstance(plugin, dict) else plugin[0]["qingdan"]
    options["as_of"] = datetime.date(2025, 8, 1)
    config.write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    target = tmp_path / "site"
    run("build", "--config", str(config), "--site-dir", str(target))

    assert "2025年8月1日" in (target / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2022-12-31", "可办理 0、协助办理 0、不可办理 0、基本履职 0、配合履职 0、上级收回 0"),
        ("2023-01-01", "可办理 0、协助办理 0、不可办理 0、基本履职 26、配合履职 20、上级收回 25"),
        ("2024-04-30", "可办理 0、协助办理 0、不可办理 0、基本履职 25、配合履职 21、上级收回 25"),
        (
            "2024-05-01",
            "可办理 16、协助办理 30、不可办理 34、基本履职 25、配合履职 21、上级收回 25",
        ),
        ("2023-06-30", "可办理 0、协助办理 0、不可办理 0、基本履职 26、配合履职 20、上级收回 25"),
        (
            "2024-06-01",
            "可办理 16、协助办理 30、不可办理 34、基本履职 25、配合履职 21、上级收回 25",
        ),
    ],
)
def test_the_check_counts_the_lists_of_a_day(day: str, told: str) -> None:
    output = run("check", "--lists", str(ROOT / "lists"), "--as-of", day)

    assert f"{day} 的清单：{told}。" in output


COMING, COUNTS = "还没到日子", "已经生效"


@pytest.mark.parametrize(
    ("key", "day", "before", "after"),
    [
        ("drought-emergency-water", "2023-07-01", "[镇里办]", "[镇里配合]"),
        (
            "ev-charger-title-proof",
            "2024-05-20",
            f"取消：“充电桩安装房屋权属证明”  2024-05-20-ev-charger-certificates-cancelled ({COMING})",
            f"取消：“充电桩安装房屋权属证明”  2024-05-20-ev-charger-certificates-cancelled ({COUNTS})",
        ),
        (
            "ev-charger-safety-proof",
            "2024-05-20",
            f"2024-05-20-ev-charger-certificates-cancelled ({COMING})",
            f"2024-05-20-ev-charger-certificates-cancelled ({COUNTS})",
        ),
        (
            "newborn-medical-insurance",
            "2024-05-20",
            f"2024-05-20-newborn-insurance-opened-to-villages ({COMING})",
            f"2024-05-20-newborn-insurance-opened-to-villages ({COUNTS})",
        ),
        (
            "student-social-practice-proof",
            "2024-05-20",
            f"2024-05-20-social-practice-stamp-reported ({COMING})",
            "2024-05-20-social-practice-stamp-reported (还没答复)",
        ),
        (
            "tree-felling-permit",
            "2024-05-20",
            f"正在研究，还没有定  2024-05-20-house-side-trees-under-study ({COMING})",
            f"正在研究，还没有定  2024-05-20-house-side-trees-under-study ({COUNTS})",
        ),
        ("inheritance-right-proof", "2024-06-01", "1万元以内", "5万元以内"),
        ("death-proof", "2026-07-01", "（推断）书》", "《居民死亡医学证明》"),
    ],
)
def test_each_event_of_the_report_holds_from_its_day_on(
    key: str, day: str, before: str, after: str
) -> None:
    eve = datetime.date.fromisoformat(day) - datetime.timedelta(days=1)
    lists = str(ROOT / "lists")
    first = run("show", key, "--lists", lists, "--as-of", eve.isoformat())
    then = run("show", key, "--lists", lists, "--as-of", day)

    assert before in first
    assert after not in first
    assert after in then
    assert before not in then


def test_an_item_is_shown_as_of_a_day_with_its_history() -> None:
    output = run("show", "hardship-proof", "--lists", str(SMALL), "--as-of", "2025-06-30")

    assert "[村里帮办]" in output
    assert "“困难证明”从“村里帮办”改成“村里不办”" in output
    assert "(还没到日子)" in output


def test_a_list_is_shown_with_what_came_and_went() -> None:
    output = run("show", "self", "--lists", str(SMALL), "--as-of", "2025-08-02", "--lang", "en")

    assert "(1)\n  mediation  " in output
    assert "  ../2024-05  +2 -0  2024-05-village-lists" in output
    assert "  2025-08-01  +0 -1  2025-08-01-stamp-fee-removed" in output


def test_pages_as_of_a_day_are_written_too(tmp_path: Path) -> None:
    run("pages", "--lists", str(SMALL), "--out", str(tmp_path / "out"), "--as-of", "2025-06-30")

    text = (tmp_path / "out/items/hardship-proof/index.md").read_text("utf-8")
    assert "村里帮着开" in text


@pytest.mark.parametrize(
    "day", ["2000-01-01", "2023-06-01", "2024-05-01", "2025-09-15", "2100-01-01"]
)
def test_every_page_of_any_day_can_be_made(day: str) -> None:
    made = site(as_of=datetime.date.fromisoformat(day))
    for source in sources(made):
        html = source.html()
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids)), source.path
    for file in feeds.files(made):
        assert file.make()


def county_with(folder: Path, name: str, change: str) -> Site:
    """The small county after one more decision."""
    shutil.copytree(SMALL, folder)
    (folder / "decisions" / f"{name}.yml").write_text(
        f'kind: adjustment\ntitle:\n  zh: 又改了\ndate: "{name[:10]}"\nlevel: village\n'
        f"summary:\n  zh: 又改了。\nchanges:\n{change}\ncertainty: illustrative\n",
        "utf-8",
    )
    return site(folder)


def page_of(made: Site, path: str) -> str:
    found = {(each.lang, each.path): each for each in sources(made)}
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found["zh", path].html()))


def test_the_page_of_an_item_that_was_split_leads_to_what_it_became(tmp_path: Path) -> None:
    change = "  - change: split\n    items: [mediation]\n    into: [stamp-fee, home-checkups]"
    made = county_with(tmp_path / "lists", "2025-12-20-split", change)

    text = page_of(made, "items/mediation")
    assert "这件事分开了 分成几件（2025年12月20日）： 又改了 现在看：盖章收费、上门体检" in text
    assert "“纠纷调解”拆成“盖章收费”、“上门体检”" in page_of(made, "changes/2025-12-20-split")
    part = page_of(made, "items/stamp-fee")
    assert "村里办" in part
    assert "拆分" in part


def test_the_page_of_a_suspended_item_says_so_and_what_it_was(tmp_path: Path) -> None:
    change = "  - change: suspended\n    items: [mediation]\nuntil: 2026-03"
    made = county_with(tmp_path / "lists", "2025-12-20-pause", change)

    text = page_of(made, "items/mediation")
    assert "暂停，先不办 停办（2025年12月20日起）： 又改了 停到2026年3月。" in text
    assert "以前写的是：村里办" in text


# Feeds and the calendar.


def feed(made: Edition, path: str) -> bytes:
    return next(each for each in feeds.files(made) if each.path == path).make()


def test_the_feed_holds_every_decision_with_what_atom_requires() -> None:
    made = site()
    parsed = feedparser.parse(feed(made, "changes/feed.xml"))

    assert not parsed.bozo
    assert (parsed.version, parsed.feed.title, parsed.feed.author) == (
        "atom10",
        "样县：清单变动",
        "样县",
    )
    assert parsed.feed.language == "zh-CN"
    assert len(parsed.entries) == len(made.county.decisions)
    for entry in parsed.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.title
        assert entry.content[0].value
        assert entry.updated_parsed is not None
        assert entry.link.startswith("https://example.org/lists/changes/")
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)


def test_every_feed_has_the_elements_of_rfc_4287_in_their_number() -> None:
    for each in feeds.files(site()):
        if not each.path.endswith(".xml"):
            continue
        root = ET.fromstring(each.make())
        assert root.tag == f"{ATOM}feed"
        for element in (root, *root.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{name}")) == 1, (each.path, name)
            updated = element.findtext(f"{ATOM}updated") or ""
            assert datetime.datetime.fromisoformat(updated).tzinfo is not None
        assert root.findtext(f"{ATOM}author/{ATOM}name")


def test_every_feed_is_what_rfc_4287_s_grammar_allows() -> None:
    grammar = etree.RelaxNG(etree.parse(Path(__file__).parent / "shapes" / "atom.rng"))
    for made in (site(), site(url=None)):
        for each in feeds.files(made):
            if each.path.endswith(".xml"):
                root = etree.fromstring(each.make())
                assert grammar.validate(root), (each.path, grammar.error_log)
                for element in (root, *root.iter(f"{ATOM}entry")):
                    links = [dict(link.attrib) for link in element.findall(f"{ATOM}link")]
                    own = [each for each in links if each.get("rel", "alternate") == "alternate"]
                    assert len({(x.get("type"), x.get("hreflang")) for x in own}) == len(own)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<id>", b"<id>x</id><id>"),
        (b"</author>", b"</author><subject/>"),
        (b"T00:00:00+08:00", b""),
        (b'rel="self" href=', b'rel="self" hreff='),
        (b"<content>", b'<content type="markdown">'),
    ],
)
def test_a_feed_of_another_shape_is_refused(old: bytes, new: bytes) -> None:
    grammar = etree.RelaxNG(etree.parse(Path(__file__).parent / "shapes" / "atom.rng"))
    content = feed(site(), "changes/feed.xml")
    assert old in content

    assert not grammar.validate(etree.fromstring(content.replace(old, new, 1)))


def test_identities_are_the_same_whatever_the_address_and_the_day() -> None:
    def identities(made: Edition) -> set[str]:
        root = ET.fromstring(feed(made, "changes/feed.xml"))
        return {each.text or "" for each in root.iter(f"{ATOM}id")}

    later = site(today=datetime.date(2026, 11, 24), url=None)
    assert identities(site()) == identities(later)


def test_links_are_there_only_when_the_site_has_an_address() -> None:
    root = ET.fromstring(feed(site(url=None), "en/changes/feed.xml"))

    assert list(root.iter(f"{ATOM}link")) == []
    for entry in root.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}content")


@pytest.mark.parametrize(
    ("path", "has", "lacks"),
    [
        ("changes/places/xi-jiedao/feed.xml", "西街道的娃娃医保回街道办", "学校还在要困难证明"),
        ("changes/places/dong-zhen/feed.xml", "学校还在要困难证明", "西街道的娃娃医保回街道办"),
        ("departments/bank/feed.xml", "银行要村里盖章，没同意", "宅基地要不要放到村里，正在研究"),
    ],
)
def test_a_feed_holds_what_concerns_its_place_or_department(
    path: str, has: str, lacks: str
) -> None:
    titles = [each.title for each in feedparser.parse(feed(site(), path)).entries]

    assert has in titles
    assert lacks not in titles


def test_every_township_and_department_has_a_feed_in_every_language() -> None:
    made = site()
    paths = {each.path for each in feeds.files(made)}
    own = [f"changes/places/{each.slug}" for each in made.county.townships.values()]
    own += [f"departments/{key}" for key in made.county.departments]

    assert paths >= {f"{prefix}{each}/feed.xml" for prefix in ("", "en/") for each in own}


def test_pages_name_their_feed(tmp_path: Path, site: Path) -> None:
    for page, address in {
        "changes/index.html": "./feed.xml",
        "en/places/yonghe-zhen/index.html": "../../../en/changes/places/yonghe-zhen/feed.xml",
        "departments/police/index.html": "../../departments/police/feed.xml",
    }.items():
        html = (site / page).read_text("utf-8")
        found = re.search(
            r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]+)"', html
        )
        assert found, page
        assert (site / page).parent.joinpath(found[1]).resolve().is_file(), (page, address)


def test_the_calendar_holds_what_is_still_to_come_and_what_is_late() -> None:
    content = feed(site(), "changes/calendar.ics")
    parsed = icalendar.Calendar.from_ical(content)
    events = {str(each["summary"]): each for each in parsed.walk("VEVENT")}

    assert set(events) == {
        "开始算数：上门体检由村里帮办",
        "复查：上门体检由村里帮办",
        "复查：低保申请由村里帮办",
    }
    starts = {key: each.decoded("dtstart") for key, each in events.items()}
    assert starts["复查：低保申请由村里帮办"] == datetime.date(2025, 12, 1)
    for component in parsed.walk():
        assert not component.errors
        for name in component.required:
            assert name in component, (component.name, name)
        for name in (*component.singletons, *component.required):
            assert not isinstance(component.get(name), list), (component.name, name)
        assert sum(name in component for name in component.exclusive) <= 1
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_a_calendar_s_text_reads_back_as_it_was(text: str) -> None:
    line = feeds._folded(f"SUMMARY:{feeds._escaped(text)}")
    lines = ["BEGIN:VEVENT", line, "END:VEVENT", ""]

    read = icalendar.Event.from_ical("\r\n".join(lines))
    assert str(read.get("summary", "")) == " ".join(text.split())
    assert all(len(each.encode()) <= 75 for each in line.split("\r\n"))
