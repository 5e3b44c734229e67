"""A county that nobody has seen before begins from a table of codes and names."""

from __future__ import annotations

import datetime
import hashlib
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.adoption import PlacesError, arranged, read_table
from generator.check import check_folder
from generator.cli import main
from generator.language import shipped_strings

ROOT = Path(__file__).parents[1]
TODAY = datetime.date(2026, 11, 24)

TABLE = """\
代码,名称
990201000000,白石县
990201001,东街道办事处
990201001001,河边社区居民委员会
990201001200,双河村村民委员会
990201001201,双合村民委员会
990201100,青坪镇
990201100200,大湾村
"""


def adopt(folder: Path, table: bytes | None, *options: str, typed: str = "") -> Result:
    arguments = ["adopt", str(folder), "--today", TODAY.isoformat(), *options]
    if table is not None:
        path = folder.parent / "places.csv"
        path.write_bytes(table)
        arguments += ["--from", str(path)]
    return CliRunner().invoke(main, arguments, input=typed)


PART_OF = ("--part-of", "某省某市")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new county."""
    folder = tmp_path_factory.mktemp("adopt") / "baishi"
    result = adopt(folder, TABLE.encode(), *PART_OF)
    assert result.exit_code == 0, result.output
    return folder


def test_the_lists_of_a_new_county_have_no_mistake(county: Path) -> None:
    checked = check_folder(county / "lists", TODAY)

    assert [each for each in checked.findings if each.level == "error"] == []
    assert {each.rule for each in checked.findings} <= {
        "custodian-missing",
        "department-unused",
        "topic-unused",
        "translation-missing",
    }


def test_every_file_is_in_canonical_format(county: Path) -> None:
    result = CliRunner().invoke(
        main, ["check", "--lists", str(county / "lists"), "--format", "json"]
    )

    assert result.exit_code == 0
    assert "format-not-canonical" not in result.output


def test_its_site_is_built_and_has_a_page_for_every_place(county: Path) -> None:
    target = county / "site"
    arguments = ["build", "--config", str(county / "mkdocs.yml"), "--site-dir", str(target)]
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 0, result.output
    page = (target / "places/qingping-zhen/dawan-cun/index.html").read_text("utf-8")
    assert "大湾村" in page
    assert "白石县明白清单" in page
    assert "示范数据，非官方" in page
    english = (target / "en/places/dong-jiedao/shuanghe-cun/index.html").read_text("utf-8")
    assert "Baishi County" in english


@pytest.mark.parametrize(
    "options", [("--sheet", "plain"), ("--list", "can-do", "--sheet", "poster")]
)
def test_its_sheets_are_printed_though_townships_have_no_lists_yet(
    county: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    """Publishing begins with them: one that failed would keep the county from going live."""
    lists, config = str(county / "lists"), str(county / "mkdocs.yml")
    arguments = ["--lists", lists, "--config", config, "--lang", "zh", "--jobs", "1", *options]

    result = CliRunner().invoke(main, ["posters", *arguments, "--out", str(tmp_path)])

    assert result.exit_code == 0, result.output
    made = {path.parent.name for path in tmp_path.rglob("*.pdf")}
    assert "dawan-cun" in made
    assert "qingping-zhen" not in made


def test_a_page_by_hand_without_a_heading_is_told_what_it_lacks(tmp_path: Path) -> None:
    folder = tmp_path / "baishi"
    assert adopt(folder, TABLE.encode(), *PART_OF).exit_code == 0
    page = folder / "lists" / "pages" / "about.md"
    text = page.read_text("utf-8")
    page.write_text(re.sub(r"^# .*\n", "", text, flags=re.MULTILINE), "utf-8")

    result = CliRunner().invoke(main, ["build", "--config", str(folder / "mkdocs.yml")])

    assert result.exit_code == 3
    assert "about/index.html" in result.output
    assert "“# 标题”" in result.output


def test_pages_name_the_county_s_own_hotline(tmp_path: Path) -> None:
    folder = tmp_path / "baishi"
    result = adopt(folder, TABLE.encode(), *PART_OF, "--hotline", "0999-8101234")

    assert result.exit_code == 0, result.output
    pages = [path.read_text("utf-8") for path in (folder / "lists" / "pages").rglob("*.md")]
    assert not [page for page in pages if "12345" in page]
    assert sum("[0999-8101234](tel:0999-8101234)" in page for page in pages) == 2


def test_places_are_named_as_people_say_and_their_full_names_kept(county: Path) -> None:
    checked = check_folder(county / "lists", TODAY)
    assert checked.county is not None
    places = {
        village.code: (village.name.zh, village.name.to("en"), village.slug, village.kind)
        for _, village in checked.county.villages()
    }

    assert places == {
        "990201001001": ("河边社区", "Hebian Community", "hebian-shequ", "community"),
        "990201001200": ("双河村", "Shuanghe Village", "shuanghe-cun", "village"),
        "990201001201": ("双合村", "Shuanghe Village", "shuanghe-cun-201", "village"),
        "990201100200": ("大湾村", "Dawan Village", "dawan-cun", "village"),
    }
    street = checked.county.townships["990201001000"]
    assert (street.name.zh, street.official and street.official.zh) == ("东街道", "东街道办事处")


def test_autonomous_counties_and_ethnic_townships_have_names_that_fit_on_a_line(
    tmp_path: Path,
) -> None:
    table = """\
530925000000,双江拉祜族佤族布朗族傣族自治县
530925203,大文彝族回族民族乡
530925203200,红土村委会
530925203201,白塔社区居委会
530925204,东乡族民族乡
"""
    result = adopt(tmp_path / "new", table.encode(), *PART_OF)
    county = check_folder(tmp_path / "new" / "lists", TODAY).county

    assert county is not None, result.output
    assert county.profile.name.to("en") == "Shuangjiang Lahu, Va, Blang and Dai Autonomous County"
    towns = {each.slug: each.name.to("en") for each in county.townships.values()}
    assert towns["dawen-xiang"] == "Dawen Yi and Hui Ethnic Township"
    villages = {each.slug: (each.name.zh, each.name.to("en")) for _, each in county.villages()}
    assert villages == {
        "hongtu-cun": ("红土村", "Hongtu Village"),
        "baita-shequ": ("白塔社区", "Baita Community"),
    }


def test_a_spreadsheet_saved_on_a_chinese_computer_is_understood(tmp_path: Path) -> None:
    result = adopt(tmp_path / "new", TABLE.replace(",", "\t").encode("gb18030"), *PART_OF)

    assert result.exit_code == 0, result.output
    assert (tmp_path / "new/lists/places/qingping-zhen.yml").is_file()


def test_rows_may_be_yaml(tmp_path: Path) -> None:
    path = tmp_path / "places.yml"
    path.write_text(
        'places:\n  - code: "990201100"\n    name: 青坪镇\n    en: Greenfield Town\n', "utf-8"
    )
    arguments = ["adopt", str(tmp_path / "new"), "--from", str(path), "--name", "白石县", *PART_OF]
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 0, result.output
    assert "en: Greenfield Town" in (tmp_path / "new/lists/places/qingping-zhen.yml").read_text(
        "utf-8"
    )


def test_everything_may_be_typed_at_the_terminal(tmp_path: Path) -> None:
    typed = "白石县\n某省某市\n990201100 青坪镇\n990201100200 大湾村\n\n"
    result = adopt(tmp_path / "new", None, typed=typed)

    assert result.exit_code == 0, result.output
    assert "县（区、市）的名字" in result.output
    assert "白石县" in (tmp_path / "new/lists/county.yml").read_text("utf-8")


def test_nothing_is_ever_overwritten(county: Path) -> None:
    def content() -> dict[str, str]:
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in county.rglob("*")
            if path.is_file()
        }

    before = content()
    result = adopt(county, TABLE.encode(), *PART_OF)

    assert result.exit_code == 1
    assert "lists 已经有了，没有动它" in result.output
    assert content() == before


def test_the_configuration_of_a_copied_generator_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("site_name: own\n", "utf-8")
    result = adopt(folder, TABLE.encode(), *PART_OF)

    assert result.exit_code == 0, result.output
    assert (folder / "mkdocs.yml").read_text("utf-8") == "site_name: own\n"
    assert "放到服务器上" in result.output


def test_a_copy_with_its_workflow_is_told_to_push(tmp_path: Path) -> None:
    workflow = tmp_path / "copy/.github/workflows/pages.yml"
    workflow.parent.mkdir(parents=True)
    workflow.touch()
    result = adopt(tmp_path / "copy", TABLE.encode(), *PART_OF)

    assert "推到 GitHub" in result.output


REFUSED = {
    "12": ("12,青坪镇", "第1行：“12”不是区划代码"),
    "no Han": ("990201100,<b>x</b>", "“<b>x</b>”不能做地名"),
    "twice": ("990201100,青坪镇\n990201100,红坪镇", "第2行：代码 990201100000 在第1行已经有了"),
    "no township": (
        "990201100,青坪镇\n990201101200,大湾村",
        "“大湾村”的乡镇（990201101000）不在表里",
    ),
    "other county": ("990201100,青坪镇\n990202100,红坪镇", "不在这个县（990201）"),
    "no kind": ("990201100,青坪镇\n990201100300,红星农场", "加一列“类别”"),
    "no townships": ("990201100200,大湾村", "表里没有乡镇"),
    "empty": ("\n\n", "表是空的"),
    "no text": ("\x00\x01", "这不是 CSV 表"),
    "columns the other way round": ("青坪镇,990201100", "“青坪镇”不是区划代码"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_table_that_cannot_be_used_is_refused_with_a_remedy(name: str, tmp_path: Path) -> None:
    table, words = REFUSED[name]
    result = adopt(tmp_path / "new", table.encode(), "--name", "白石县", *PART_OF)

    assert result.exit_code == 1
    assert words in result.output
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--name", "<script>"), "“<script>”不能做县名"),
        (("--name", "白石县", "--code", "990200"), "不是县的代码"),
        (("--name", "白石县", "--code", "990202"), "对不上"),
        (("--name", "白石县", "--hotline", "119; rm"), "不像电话"),
        (("--name", "白石县", "--part-of", "$(id)"), "“$(id)”不能用"),
        (("--name", "白石县"), "还差 --part-of"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_with_a_remedy(
    options: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    more = () if words.startswith("还差") or "--part-of" in options else PART_OF
    result = adopt(
        tmp_path / "new", b"990201100,\xe9\x9d\x92\xe5\x9d\xaa\xe9\x95\x87", *options, *more
    )

    assert result.exit_code == 1
    assert words in result.output
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    result = adopt(
        tmp_path / "file" / "new",
        None,
        "--from",
        str(tmp_path / "gone.csv"),
        "--name",
        "白石县",
        *PART_OF,
    )
    assert "打不开" in result.output

    (tmp_path / "places.csv").write_text(TABLE, "utf-8")
    arguments = [
        "adopt",
        str(tmp_path / "file" / "new"),
        "--from",
        str(tmp_path / "places.csv"),
        *PART_OF,
    ]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "写不进" in result.output


def test_both_languages_say_the_same_things() -> None:
    chinese, english = (shipped_strings(lang, "adopt") for lang in ("zh", "en"))

    assert chinese.keys() == english.keys()
    for key, text in chinese.items():
        assert re.findall(r"\{\w+\}", text).sort() == re.findall(r"\{\w+\}", english[key]).sort()
    used = set(
        re.findall(
            r'Mistake\("([a-z-]+)"', (ROOT / "generator/adoption/places.py").read_text("utf-8")
        )
    )
    assert {f"mistake.{key}" for key in used} <= chinese.keys()


def test_the_starter_names_no_county() -> None:
    for path in (ROOT / "generator/adoption/starter").rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            assert not re.search("凤冈|遵义|贵州|永和|Fenggang|Zunyi", text), path


def test_fifty_thousand_rows_are_refused_before_anything_is_done() -> None:
    with pytest.raises(PlacesError) as refused:
        read_table(b"990201100,x\n" * 50_000, ".csv")

    assert [each.key for each in refused.value.mistakes] == ["too-many"]


def test_the_order_of_rows_does_not_matter() -> None:
    rows = read_table(TABLE.encode(), ".csv")

    assert arranged(rows) == arranged(rows[::-1])
