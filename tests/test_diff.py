"""What changes between two editions reads like a notice that a villager understands."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import markdown
import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.language import load_language
from generator.ledger import county_on
from generator.model import County, Text
from generator.notice import Difference, compare_counties
from generator.notice.differences import Words
from generator.notice.words import _MARKDOWN, _TEXT, _wordings
from generator.reading import read

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"
TODAY = "2026-01-01"

NOTICE = """\
样县的清单有变动（2025年6月1日 → 2025年10月2日）

全县3个村和社区：
· “困难证明”从“村里帮办”改成“村里不办”。
    原来：村里【帮着】开。民政联网能查，自己写个承诺就行。
    现在：村里【不】开。民政联网能查，自己写个承诺就行。
· “低保申请”列入清单：村里帮办。
· “盖章收费”从清单上拿掉了（原来是村里办）。

东镇的2个村和社区：
· “娃娃医保”从“村里不办”改成“村里办”。

西街道的1个村和社区：
· “娃娃医保”从“村里不办”改成“村里帮办”。
    原来：到村里登记，一次办完。
    现在：西街道的社区只帮着报，办在街道。

多了这些决定
· 2025年6月10日 准入：低保申请由村里帮办
· 2025年7月1日 动态调整：困难证明不再找村里
· 2025年8月1日 动态调整：盖章不再收费，这件事也没有了
· 2025年9月1日 下放：娃娃医保放到村里办
· 2025年10月1日 收回：西街道的娃娃医保回街道办
"""

MOVED = """\
kind: adjustment
title:
  zh: 调解改成帮办
date: "2025-12-31"
level: village
summary:
  zh: 调解改成帮办。
changes:
  - change: moved
    items:
      - mediation
    from_list: self
    to_list: help
certainty: illustrative
"""


def diff(*words: str, lists: Path = SMALL, lang: str = "zh") -> str:
    command = ["diff", *words, "--lists", str(lists), "--today", TODAY, "--lang", lang]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    return result.output


def edited(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository whose lists lie in a folder, with one commit."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "repository" / "lists"))
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "first"]):
        git(folder.parent, *words)
    return folder


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_the_notice_between_two_days_is_this_one() -> None:
    assert diff("2025-06-01", "2025-10-02") == NOTICE


def test_the_story_of_the_report_is_a_notice() -> None:
    told = diff("2024-04-30", "2024-05-20", lists=ROOT / "lists")

    assert "全县87个村和社区：\n" in told
    assert "· 16件事列入清单，村里办：“新生儿医疗保险登记与缴费”、“生育登记服务”、" in told
    assert "· 30件事列入清单，村里帮办：“村民住房建设审批”、" in told
    assert "· 34件事列入清单，村里不办：“充电桩安装房屋权属证明”、" in told
    assert told.count("“") >= 80
    assert "永和镇的4个村和社区：\n· “新生儿医疗保险登记与缴费”" not in told
    after = diff("2024-05-10", "2024-05-20", lists=ROOT / "lists")
    assert "永和镇的4个村和社区：\n· “新生儿医疗保险登记与缴费”的说法变了。" in after


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("存款1万元以内的", "存款5万元以内的", ("存款【1】万元以内的", "存款【5】万元以内的")),
        ("开证明（推断）书。", "开证明。", ("开证明【（推断）书】。", "开证明。")),
        ("甲乙丙丁戊己庚辛", "甲乙丙子戊丑庚辛", ("甲乙丙【丁戊己】庚辛", "甲乙丙【子戊丑】庚辛")),
        (
            "到村里办。",
            "先打电话，再去街道，带上户口簿。",
            ("到村里办。", "先打电话，再去街道，带上户口簿。"),
        ),
    ],
)
def test_what_differs_is_marked_when_most_is_the_same(
    old: str, new: str, told: tuple[str, str]
) -> None:
    words = [Words.of(Text({"zh": each})) for each in (old, new)]
    difference = Difference("answer", "x", words[0], *words)
    chinese = load_language("zh")

    assert tuple(_wordings(difference, chinese, _TEXT)) == (
        f"    原来：{told[0]}",
        f"    现在：{told[1]}",
    )
    marked = "".join(_wordings(difference, chinese, _MARKDOWN))
    assert marked.count("<b>") == marked.count("</b>") == "".join(told).count("【")


def test_nothing_changed_is_said(repository: Path) -> None:
    assert "没有变动" in diff("main", lists=repository)
    assert "Nothing changes" in diff("2025-10-02", "2025-10-03", lang="en")


def test_a_revision_is_compared_with_the_working_lists(repository: Path) -> None:
    edited(repository, "village/mediation.yml", "list: self", "list: help")
    (repository / "decisions" / "2025-12-31-mediation-moved.yml").write_text(MOVED, "utf-8")

    assert "· “纠纷调解”从“村里办”改成“村里帮办”。" in diff("HEAD", lists=repository)
    git(repository.parent, "add", ".")
    git(repository.parent, "commit", "-qm", "second")
    assert "没有变动" in diff("HEAD", lists=repository)
    assert "“纠纷调解”从" in diff("HEAD~1", "HEAD", lists=repository)


def test_a_list_that_was_changed_without_a_decision_is_not_published_and_says_so(
    repository: Path,
) -> None:
    edited(repository, "village/mediation.yml", "list: self", "list: help")

    told = diff("HEAD", lists=repository)
    assert "没有变动" in told
    assert "清单里还有2处错" in told


def test_a_folder_is_compared_with_another(tmp_path: Path) -> None:
    other = Path(shutil.copytree(SMALL, tmp_path / "other"))
    edited(other, "places/dong-zhen.yml", "琊口村", "牙口村")
    edited(other, "village/mediation.yml", "不要钱。", "一分钱不要。")

    told = diff(str(SMALL), str(other))
    assert "· “纠纷调解”的说法变了。" in told
    assert "1个村和社区（东镇牙口村）：\n· “琊口村”改名叫“牙口村”。" in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            "change: split\n    items: [mediation]\n    into: [stamp-fee, home-checkups]",
            "· “纠纷调解”（原来是村里办）变成了“盖章收费”、“上门体检”。",
        ),
        (
            "change: suspended\n    items: [mediation]",
            "· “纠纷调解”暂停，先不办（原来是村里办）。",
        ),
        ("change: removed\n    items: [mediation]", "· “纠纷调解”从清单上拿掉了（原来是村里办）。"),
    ],
)
def test_why_an_item_is_gone_is_told(tmp_path: Path, change: str, told: str) -> None:
    other = Path(shutil.copytree(SMALL, tmp_path / "other"))
    text = MOVED[: MOVED.index("changes:")]
    (other / "decisions" / "2025-12-31-gone.yml").write_text(
        f"{text}changes:\n  - {change}\ncertainty: illustrative\n", "utf-8"
    )

    assert told in diff("2025-12-30", "2025-12-31", lists=other)


def test_a_new_telephone_is_told_to_its_village(tmp_path: Path) -> None:
    other = Path(shutil.copytree(SMALL, tmp_path / "other"))
    path = other / "places" / "dong-zhen.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["villages"][0]["service_centre"] = {"phones": [{"number": "0851-12345678"}]}
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")

    told = json.loads(diff(str(SMALL), str(other), "--format", "json"))
    (group,) = told["groups"]
    assert group["places"] == [data["villages"][0]["code"]]
    (difference,) = group["differences"]
    assert (difference["kind"], difference["after"]) == ("centre", "0851-12345678")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_json_tells_the_same_as_the_text(lang: str) -> None:
    data = json.loads(diff("2025-06-01", "2025-10-02", "--format", "json", lang=lang))
    text = diff("2025-06-01", "2025-10-02", lang=lang)

    for group in data["groups"]:
        assert group["who"] in text
        for difference in group["differences"]:
            assert difference["name"] in text
            assert difference["says"] in text or difference["kind"] == "answer"
    assert len(data["decisions"]) == 5


def test_lists_cannot_write_links_or_mentions_into_a_pull_request(tmp_path: Path) -> None:
    other = Path(shutil.copytree(SMALL, tmp_path / "other"))
    hostile = "'[x](http://evil.example) <img src=x> @everyone *b* `c`'"
    edited(other, "village/mediation.yml", "不要钱。", "不要钱。")
    edited(other, "village/mediation.yml", "先找村里调解，不要钱。", hostile)

    told = diff(str(SMALL), str(other), "--format", "markdown")
    html = markdown.markdown(told)
    assert "<img" not in html
    assert "<a " not in html
    assert "<em>" not in html
    assert "@everyone" not in told


@pytest.mark.parametrize("name", ["no-such-branch", "2024-13-40", "--output=x", "main:lists", ""])
def test_what_is_no_edition_is_said_to_be_none(name: str, repository: Path) -> None:
    command = ["diff", "--lists", str(repository), "--today", TODAY, "--", name]
    result = CliRunner().invoke(main, command)

    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert name in result.output


def test_a_county_is_the_same_as_itself_and_differences_turn_round() -> None:
    county = read(SMALL).county
    assert county is not None

    def kinds(old: County, new: County) -> list[tuple[str, str]]:
        day = datetime.date(2026, 1, 1)
        groups = compare_counties(old, new, day, day).groups
        return sorted((each.item, each.kind) for group in groups for each in group.differences)

    days = [datetime.date(2024, 6, 1), datetime.date(2025, 8, 2), datetime.date(2026, 1, 1)]
    editions = [county_on(county, day) for day in days]
    turned = {"entered": "left", "left": "entered"}
    for old in editions:
        for new in editions:
            back = [(item, turned.get(kind, kind)) for item, kind in kinds(new, old)]
            assert sorted(back) == kinds(old, new)
            assert bool(back) == (old is not new)


# Who reviews.


def test_the_committed_codeowners_are_fresh() -> None:
    result = CliRunner().invoke(main, ["codeowners", "--lists", "lists"])

    assert (ROOT / ".github" / "CODEOWNERS").read_text("utf-8") == result.output


def test_a_custodian_with_an_account_owns_the_files_of_the_list(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "lists"))
    custodian = (
        "count: 1\n    custodian:\n      office:\n        zh: 民政局\n      github: '@county/civil'"
    )
    edited(folder, "item-lists.yml", "count: 1\n  - id: refuse", f"{custodian}\n  - id: refuse")
    output = CliRunner().invoke(main, ["codeowners", "--lists", str(folder)]).output

    lines = output.splitlines()
    assert f"/{folder.as_posix()}/ @county/civil" in lines
    assert f"/{folder.as_posix()}/village/allowance.yml @county/civil" in lines
    assert not any("mediation" in line for line in lines)


def test_the_comment_runs_nothing_that_a_stranger_brought() -> None:
    text = (ROOT / ".github/workflows/comment.yml").read_text("utf-8")
    steps = yaml.load(text, Loader=yaml.BaseLoader)["jobs"]["comment"]["steps"]

    assert all("uses" not in step for step in steps)
    assert "checkout" not in text.replace("no checkout", "")
    assert all("${{" not in step["run"] for step in steps)


def test_the_comment_s_script_refuses_a_number_that_is_not_its_own(tmp_path: Path) -> None:
    """The very script of the workflow, with a ``gh`` that notes what it is asked to do."""
    steps = yaml.load(
        (ROOT / ".github/workflows/comment.yml").read_text("utf-8"), Loader=yaml.BaseLoader
    )["jobs"]["comment"]["steps"]
    notes = tmp_path / "notes"
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(notes)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
        "if sys.argv[-1] == '.head.sha': print('abc')\n"
    )
    gh.chmod(0o755)
    (tmp_path / "notice").mkdir()
    (tmp_path / "notice" / "notice.md").write_text("变动")

    def posted(number: str, head: str) -> bool:
        notes.write_text("")
        (tmp_path / "notice" / "number").write_text(number)
        environment = {"PATH": f"{gh.parent}:/usr/bin:/bin", "REPO": "a/b", "HEAD": head}
        subprocess.run(
            ["bash", "-e", "-c", steps[1]["run"]], cwd=tmp_path, env=environment, check=False
        )
        return "--method POST" in notes.read_text()

    assert posted("7", "abc")
    assert not posted("7", "another")
    assert not posted("7; rm -rf /", "abc")
    assert not posted("", "abc")


@pytest.mark.parametrize("name", ["1-admission", "2-feedback"])
def test_the_forms_ask_in_chinese_first_and_for_what_the_rules_require(name: str) -> None:
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / f"{name}.yml").read_text("utf-8"))
    fields = {each["id"]: each for each in form["body"] if each["type"] != "markdown"}
    required = {key for key, each in fields.items() if each.get("validations", {}).get("required")}

    assert {each["type"] for each in form["body"]} <= {"input", "textarea", "dropdown", "markdown"}
    for each in fields.values():
        assert re.match(r"[\u4e00-\u9fff]", each["attributes"]["label"])
    if name == "1-admission":
        assert required >= {"applicant", "basis", "means", "lead", "review"}
    else:
        assert required >= {"place", "item", "practice"}
