"""A new file explains itself, is in canonical format, and lacks nothing but its blanks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.check import check_folder
from generator.cli import main
from generator.formatting import not_canonical
from generator.language import shipped_strings
from generator.model import ITEM_CLASSES, Date, Decision, Record, Township, fields_of
from generator.scaffold import explained, scaffold

SMALL = Path(__file__).parent / "counties" / "small"
TODAY = Date.parse("2026-01-01").earliest
KINDS = (*dict.fromkeys(ITEM_CLASSES.values()), Decision, Township)
ROLES = {
    "self": "village",
    "help": "village",
    "refuse": "village",
    "duty": "township",
    "joint": "township",
    "gone": "township",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "lists"))


def new(folder: Path, *words: str, answers: str = "") -> Result:
    command = ["new", *words, "--lists", str(folder), "--today", "2026-01-01"]
    return CliRunner().invoke(main, command, input=answers)


def complaints(folder: Path, file: str) -> set[str]:
    """The rules that a file breaks, or that the county breaks since it is there."""
    before = {each.rule for each in check_folder(SMALL, TODAY).findings}
    checked = check_folder(folder, TODAY)
    assert checked.county is not None
    found = (*checked.findings, *not_canonical(checked.reading))
    return {each.rule for each in found if each.file == file or each.rule not in before}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("listed", "level"), ROLES.items())
def test_a_new_item_of_every_list_lacks_only_its_blanks(
    folder: Path, listed: str, level: str, lang: str
) -> None:
    words = ["--list", listed, "--field", "民生", "--department", "民政", "--lang", lang]
    result = new(folder, "item", "coal-subsidy", *words)

    assert result.exit_code == 0, result.output
    found = complaints(folder, f"{level}/coal-subsidy.yml")
    decision = {"item-without-decision", "count-differs"}
    assert found <= {"blank-left", "translation-missing", *decision}
    assert "blank-left" in found


def test_a_new_decision_about_it_lacks_only_its_blanks(folder: Path) -> None:
    words = [
        "--kind",
        "admission",
        "--change",
        "added",
        "--item",
        "stamp-fee",
        "--date",
        "2026-02-01",
    ]
    result = new(folder, "decision", "coal", *words)

    assert result.exit_code == 0, result.output
    assert "stage: legal-reviewed" in (folder / "decisions/2026-02-01-coal.yml").read_text("utf-8")
    found = complaints(folder, "decisions/2026-02-01-coal.yml")
    dates_and_departments = {"stage-without-date-or-body", "admission-incomplete"}
    assert {"blank-left"} <= found <= {"blank-left", "translation-missing", *dates_and_departments}


def test_a_decision_says_where_an_item_came_from(folder: Path) -> None:
    words = ["--kind", "adjustment", "--change", "moved", "--item", "低保", "--to", "self"]
    result = new(folder, "decision", "moved", *words)

    assert result.exit_code == 0, result.output
    text = (folder / "decisions/2026-01-01-moved.yml").read_text("utf-8")
    assert "    from_list: help\n    to_list: self\n" in text


def test_a_new_township_gets_its_villages_one_by_one(folder: Path) -> None:
    assert new(folder, "township", "南乡", "--code", "990101201").exit_code == 0
    assert complaints(folder, "places/nan-xiang.yml") == {
        "township-without-villages",
        "translation-missing",
    }

    for name, code in (("井口村", "990101201201"), ("桥头社区", "990101201001")):
        result = new(folder, "village", "南乡", name, "--code", code)
        assert result.exit_code == 0, result.output

    assert complaints(folder, "places/nan-xiang.yml") == {"translation-missing"}
    township = check_folder(folder, TODAY).county.townships["990101201000"]  # type: ignore[union-attr]
    assert [(each.slug, each.kind) for each in township.villages] == [
        ("jingkou-cun", "village"),
        ("qiaotou-shequ", "community"),
    ]


def test_a_village_is_added_to_a_file_that_says_more(folder: Path) -> None:
    before = (folder / "places/dong-zhen.yml").read_text("utf-8")
    new(folder, "village", "dong-zhen", "井口村", "--code", "990101101203")

    assert (folder / "places/dong-zhen.yml").read_text("utf-8").startswith(before)


def test_what_no_option_says_is_asked(folder: Path) -> None:
    result = new(folder, "item", "coal-subsidy", answers="help\nlivelihood\n民政局\n")

    assert result.exit_code == 0, result.output
    text = (folder / "village/coal-subsidy.yml").read_text("utf-8")
    assert "\ndepartment: civil-affairs\n" in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["item", "allowance"], "“allowance” is taken (village/allowance.yml)"),
        (["item", "Coal Subsidy"], "“Coal Subsidy” cannot be an id"),
        (["item", "../county"], "“../county” cannot be an id"),
        (["item", "coal"], "--list is missing"),
        (["item", "coal", "--list", "村里"], "“村里” fits several: self, help, refuse"),
        (["item", "coal", "--list", "maybe"], "There is no “maybe”. Allowed are: self"),
        (["township", "东镇", "--code", "990101101000"], "“dong-zhen” is taken"),
        (["township", "南乡", "--code", "990101101000"], "“990101101000” is taken"),
        (["township", "南乡", "--code", "520101101000"], "It begins with 990101."),
        (["township", "南边", "--code", "990101201000"], "cannot be seen from its name"),
        (["village", "东镇", "井口村", "--code", "9901"], "“9901” is not a 12-digit code"),
        (["village", "中镇", "井口村", "--code", "9901"], "There is no “中镇”"),
        (["decision", "coal", "--date", "today"], "“today” is not a date"),
        (["decision", "village-lists", "--date", "2024-05"], "is taken (decisions/2024-05"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(
    folder: Path, words: list[str], message: str
) -> None:
    result = new(folder, *words, "--lang", "en")

    assert result.exit_code == 1
    assert message in result.output
    assert files(folder) == files(SMALL)


def test_lists_that_cannot_be_read_are_mended_first(folder: Path) -> None:
    (folder / "fields.yml").write_text("fields: 没有\n", "utf-8")
    result = new(folder, "item", "coal")

    assert (result.exit_code, "fields.yml:1:1: error shape-not-sequence" in result.output) == (
        1,
        True,
    )


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.yml")}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_the_model_is_explained_in_both_languages(kind: type[Record]) -> None:
    assert shipped_strings("zh", "new").keys() == shipped_strings("en", "new").keys()
    for name in fields_of(kind).keys() - {"id"}:
        assert any("\u4e00" <= each <= "\u9fff" for each in explained(kind, name, "zh")), name


def test_a_required_key_that_nobody_gives_a_value_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError, match="kind"):
        scaffold(Township, {"code": "990101201000"}, "zh")
