"""A rebuild gives exactly the bytes of a build from nothing, whatever was edited."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.publishing import Manifest

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"
ROUNDS = 24

Edit = Callable[[random.Random, Path], None]


def project(folder: Path) -> Path:
    """A project of its own, lists and theme, that may be edited."""
    shutil.copytree(SMALL, folder / "lists")
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    (folder / "lists" / "mkdocs.yml").unlink()
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    return folder


def build(folder: Path, site: Path, *options: str) -> Result:
    """Build without comparing editions: edits take items and addresses away."""
    first = folder / "first.json"
    first.write_bytes(Manifest("", "", {}, {}, {}, {}).to_bytes())
    arguments = [
        *("--config", str(folder / "mkdocs.yml")),
        *("--site-dir", str(site)),
        *("--last", str(first)),
        *options,
    ]
    return CliRunner().invoke(main, ["build", "--json", *arguments])


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def pick(chance: random.Random, folder: Path, pattern: str) -> Path:
    return chance.choice(sorted(folder.glob(pattern)))


def reword(chance: random.Random, folder: Path) -> None:
    """Change the words of some text in some list file."""
    path = pick(chance, folder, "lists/**/*.yml")
    lines = path.read_text("utf-8").splitlines()
    texts = [number for number, line in enumerate(lines) if re.search(r"\b(zh|en): \S", line)]
    if texts:
        number = chance.choice(texts)
        mark = "改" if "zh:" in lines[number] else " indeed"
        end = '"' if lines[number].endswith('"') else ""
        lines[number] = lines[number].removesuffix('"') + mark * chance.randint(1, 3) + end
        path.write_text("\n".join(lines) + "\n", "utf-8")


ITEMS = "lists/[vt]*/*.yml"


def rename(chance: random.Random, folder: Path) -> None:
    """Give an item a name of other sounds and characters, or that of another item."""
    path, other = (pick(chance, folder, ITEMS) for _ in range(2))
    names = (
        "银行長兮Z",
        "補助𠀀",
        "a|b '\\<",
        *re.findall(r"(?m)^  zh: (.*)$", other.read_text("utf-8")),
    )
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r"(?m)^(name:\n  zh: ).*$", lambda found: found[1] + chance.choice(names), text),
        "utf-8",
    )


def say(chance: random.Random, folder: Path) -> None:
    """Add something that people call an item, or take it away."""
    path, other = (pick(chance, folder, ITEMS) for _ in range(2))
    said = re.findall(r"(?m)^    - (\D*)$", other.read_text("utf-8"))
    text = path.read_text("utf-8")
    if said and chance.random() < 0.7:
        text = text.replace("said_as:\n  zh:\n", f"said_as:\n  zh:\n    - {chance.choice(said)}\n")
    else:
        text = re.sub(r"(?m)^(said_as:\n  zh:\n)    - .*\n(?=    -)", r"\1", text)
    path.write_text(text, "utf-8")


def mean(chance: random.Random, folder: Path) -> None:
    """Say what a word means for search."""
    means, said = chance.choice(("低保", "困难", "的")), chance.choice(("补助", "申请", "dibao"))
    text = f"words:\n  - means: {means}\n    said: [{said}]\nignored: [{chance.choice('吃领的')}]\n"
    (folder / "lists" / "lexicon.yml").write_text(text, "utf-8")


def swap_languages(chance: random.Random, folder: Path) -> None:
    """Let two languages of some texts change places."""
    path = pick(chance, folder, "lists/*/*.yml")
    text = re.sub(r"(?m)^(  zh: .*\n)(  en: .*\n)", r"\2\1", path.read_text("utf-8"))
    path.write_text(text, "utf-8")


def translate(chance: random.Random, folder: Path) -> None:
    """Take the translation of a text away, or translate one that lacks it."""
    path = pick(chance, folder, "lists/*/*.yml")
    text = path.read_text("utf-8")
    translated = re.findall(r"(?m)^  en: .*\n(?!   )", text)
    lacking = re.findall(r"(?m)^  zh: .*\n(?!   |  en:)", text)
    if lines := translated + lacking:
        line = chance.choice(lines)
        new = "" if line in translated else f"{line}  en: Words {chance.randrange(100)}\n"
        path.write_text(text.replace(line, new, 1), "utf-8")


def swap_rows(chance: random.Random, folder: Path) -> None:
    """Let two neighbouring rows of a register change places."""
    path = pick(chance, folder, "lists/*s.yml")
    head, *rows = re.split(r"(?m)^(?=  - )", path.read_text("utf-8"))
    if len(rows) > 1:
        number = chance.randrange(len(rows) - 1)
        rows[number : number + 2] = reversed(rows[number : number + 2])
    path.write_text(head + "".join(rows), "utf-8")


def add_item(chance: random.Random, folder: Path) -> None:
    """Copy an item under a new name."""
    path = pick(chance, folder, "lists/village/*.yml")
    path.with_name(f"{path.stem}-{chance.randrange(10_000)}.yml").write_bytes(path.read_bytes())


def remove_item(chance: random.Random, folder: Path) -> None:
    """Take away an item that was added."""
    added = [path for path in folder.glob("lists/village/*.yml") if re.search(r"-\d+$", path.stem)]
    if added:
        chance.choice(sorted(added)).unlink()


def change_department(chance: random.Random, folder: Path) -> None:
    """Give an item to another department."""
    path = pick(chance, folder, "lists/village/*.yml")
    text = path.read_text("utf-8")
    ids = re.findall(r"- id: (\S+)", (folder / "lists/departments.yml").read_text("utf-8"))
    path.write_text(
        re.sub(r"(?m)^department: .*$", f"department: {chance.choice(ids)}", text), "utf-8"
    )


def relate(chance: random.Random, folder: Path) -> None:
    """Let an item name another."""
    path, other = (pick(chance, folder, "lists/village/*.yml") for _ in range(2))
    text = re.sub(r"(?m)^related:\n(  - .*\n)+", "", path.read_text("utf-8"))
    path.write_text(f"{text}related:\n  - {other.stem}\n", "utf-8")


def scope(chance: random.Random, folder: Path) -> None:
    """Limit an item to one township, or lift the limit."""
    path = pick(chance, folder, "lists/village/*.yml")
    text = re.sub(r"(?m)^places:\n(  - .*\n)+", "", path.read_text("utf-8"))
    code = re.search(
        r"code: \"?(\d{12})", pick(chance, folder, "lists/places/*.yml").read_text("utf-8")
    )
    assert code
    limit = f'places:\n  - "{code[1]}"\n' if chance.random() < 0.7 else ""
    path.write_text(text + limit, "utf-8")


DECISION = """\
kind: correction
title:
  zh: 更正一处
date: "2025-12-{day}"
level: village
summary:
  zh: 更正一处。
corrects: 2024-05-village-lists
stages:
  - stage: approved
    date: "2025-12-{day}"
    by:
      zh: 样县
  - stage: published
    date: "2025-12-{day}"
    by:
      zh: 样县
changes:
  - change: basis-changed
    items: [{item}]
    text:
      zh: 依据变了。
certainty: illustrative
"""


def decide(chance: random.Random, folder: Path) -> None:
    """Decide something about an item, or take the decision back."""
    day, item = chance.randint(10, 28), pick(chance, folder, "lists/village/*.yml").stem
    path = folder / "lists" / "decisions" / f"2025-12-{day}-corrected.yml"
    if path.exists():
        path.unlink()
    else:
        path.write_text(DECISION.format(day=day, item=item), "utf-8")


def append(pattern: str, *lines: str) -> Edit:
    """An edit that adds one of ``lines`` to a file."""

    def edit(chance: random.Random, folder: Path) -> None:
        path = pick(chance, folder, pattern)
        with path.open("a", encoding="utf-8") as stream:
            stream.write(chance.choice(lines).format(number=chance.randrange(100)) + "\n")

    return edit


def county_word(chance: random.Random, folder: Path) -> None:
    """Let the county say something in its own words."""
    path = folder / "lists" / "languages" / "zh.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"shell:\n  skip: 跳到正文{chance.randrange(100)}\n", "utf-8")


def change_template(chance: random.Random, folder: Path) -> None:
    """Change the page that surrounds every page."""
    path = folder / "overrides" / "main.html"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("</footer>", f"<!-- {chance.randrange(100)} --></footer>"), "utf-8"
    )


def break_a_rule(chance: random.Random, folder: Path) -> None:
    """Leave a blank in a text, or take a department away that items may name."""
    path = pick(chance, folder, "lists/*/*.yml")
    text = path.read_text("utf-8")
    if chance.random() < 0.5:
        text = re.sub(r"(?m)( zh: \"?[^\"\n]*)", r"\1〔待填〕", text, count=1)
    else:
        text = re.sub(r"(?m)^department: .*$", "department: nobody", text)
    path.write_text(text, "utf-8")


def speak(chance: random.Random, folder: Path) -> None:
    """Publish in a third language, or no longer."""
    path = folder / "lists" / "county.yml"
    text = re.sub(r"  - (fr|en)\n", "", path.read_text("utf-8"))
    tags = chance.choice(("  - en\n", "  - en\n  - fr\n", "  - fr\n  - en\n"))
    path.write_text(text.replace("  - zh\n", f"  - zh\n{tags}"), "utf-8")


def move_township(chance: random.Random, folder: Path) -> None:
    """Give a township another address."""
    path = pick(chance, folder, "lists/places/*.yml")
    path.rename(path.with_stem(f"some-zhen-{chance.randrange(1_000)}"))


def nothing(chance: random.Random, folder: Path) -> None:
    """Save a file without changing it."""
    path = pick(chance, folder, "lists/village/*.yml")
    path.write_bytes(path.read_bytes())


EDITS: list[Edit] = [
    reword,
    reword,
    reword,
    rename,
    rename,
    rename,
    say,
    mean,
    swap_rows,
    swap_languages,
    translate,
    translate,
    add_item,
    remove_item,
    change_department,
    relate,
    scope,
    decide,
    county_word,
    break_a_rule,
    speak,
    move_township,
    nothing,
    append("overrides/assets/styles/items.css", ".made-up-{number} {{ color: red; }}"),
    change_template,
    append("lists/pages/**/*.md", "Line {number}."),
]


@pytest.mark.parametrize("seed", range(3))
def test_a_rebuild_gives_the_bytes_of_a_build_from_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder = project(tmp_path)
    site, fresh = tmp_path / "site", tmp_path / "fresh"
    assert build(folder, site).exit_code == 0
    kept = 0

    for number in range(ROUNDS // 3):
        before = tree(folder / "lists")
        for _ in range(chance.randint(1, 2)):
            chance.choice(EDITS)(chance, folder)
        result = build(folder, site)
        if result.exit_code == 1:  # the check refuses the edit: undo it
            assert isinstance(result.exception, SystemExit), result.exc_info
            full = build(folder, fresh, "--full")
            assert (full.exit_code, full.output) == (1, result.output)
            shutil.rmtree(folder / "lists")
            for path, content in before.items():
                (folder / "lists" / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / "lists" / path).write_bytes(content)
            continue
        full = build(folder, fresh, "--full")

        assert (result.exit_code, full.exit_code) == (0, 0), result.output + full.output
        assert tree(site) == tree(fresh), (seed, number)
        kept += json.loads(result.stdout)["kept"]
    assert kept > 100


def test_where_languages_change_places_files_that_show_them_in_order_are_made_anew(
    tmp_path: Path,
) -> None:
    folder = project(tmp_path)
    site, fresh = tmp_path / "site", tmp_path / "fresh"
    assert build(folder, site).exit_code == 0
    before = tree(site)
    for _ in range(5):
        swap_languages(random.Random(0), folder)
    assert build(folder, site).exit_code == build(folder, fresh, "--full").exit_code == 0

    assert before["data/county.json"] != tree(site)["data/county.json"]
    assert tree(site) == tree(fresh)


def test_a_page_is_made_again_for_a_language_only_where_it_shows_it(tmp_path: Path) -> None:
    folder = project(tmp_path)
    site, fresh = tmp_path / "site", tmp_path / "fresh"
    path = folder / "lists" / "village" / "allowance.yml"
    assert build(folder, site).exit_code == 0
    original = path.read_text("utf-8")

    def made(old: str, new: str) -> int:
        """How many files are made when the answer says something else."""
        text = path.read_text("utf-8")
        path.write_text(re.sub(rf"(?m)(?<=^answer:\n){old}", new, text), "utf-8")
        assert path.read_text("utf-8") != text
        count: int = json.loads(build(folder, site).stdout)["made"]
        return count

    chinese = made(r"  zh: ", "  zh: 请")
    english = made(r"(  zh: .*\n)  en: ", r"\g<1>  en: Please ")
    neither = made(r"(  zh: .*\n)  en: .*\n", r"\g<1>")
    assert build(folder, fresh, "--full").exit_code == 0
    assert tree(site) == tree(fresh)
    shown_in_both = made(r"  zh: ", "  zh: 请")
    assert build(folder, fresh, "--full").exit_code == 0
    assert tree(site) == tree(fresh)
    path.write_text(original, "utf-8")
    assert build(folder, site).exit_code == build(folder, fresh, "--full").exit_code == 0
    assert tree(site) == tree(fresh)

    assert max(chinese, english, neither) < shown_in_both


def test_what_had_no_file_may_come_to_have_one(tmp_path: Path) -> None:
    folder = project(tmp_path)
    site, fresh = tmp_path / "site", tmp_path / "fresh"
    lexicon = folder / "lists" / "lexicon.yml"
    lexicon.unlink(missing_ok=True)
    assert build(folder, site).exit_code == 0

    lexicon.write_text("ignored: [请问]\n", "utf-8")
    assert build(folder, site).exit_code == build(folder, fresh, "--full").exit_code == 0
    assert tree(site) == tree(fresh)
    lexicon.unlink()
    assert build(folder, site).exit_code == build(folder, fresh, "--full").exit_code == 0
    assert tree(site) == tree(fresh)


LANGUAGES = ("en", "en fr", "fr en", "fr")


def test_another_language_is_on_every_page(tmp_path: Path) -> None:
    folder = project(tmp_path)
    site, fresh = tmp_path / "site", tmp_path / "fresh"
    shutil.rmtree(folder / "lists/pages/en")  # pages of a language that is not there lead nowhere
    county = folder / "lists/county.yml"
    text = county.read_text("utf-8")
    for tags in LANGUAGES:
        lines = "".join(f"  - {tag}\n" for tag in tags.split())
        county.write_text(text.replace("  - en\n", lines), "utf-8")
        assert build(folder, site).exit_code == build(folder, fresh, "--full").exit_code == 0
        assert tree(site) == tree(fresh), tags


def test_a_township_whose_file_has_another_name_has_another_address_everywhere(
    tmp_path: Path,
) -> None:
    folder = project(tmp_path)
    site, fresh = tmp_path / "site", tmp_path / "fresh"
    assert build(folder, site).exit_code == 0
    (folder / "lists/places/dong-zhen.yml").rename(folder / "lists/places/lao-zhen.yml")

    assert build(folder, site).exit_code == build(folder, fresh, "--full").exit_code == 0
    assert tree(site) == tree(fresh)
