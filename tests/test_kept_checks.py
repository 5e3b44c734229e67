"""A check that knows the last one says what a check from nothing says, and asks only what it must.

That rests on what rules declare to read (``Rule.reads``); so they are watched while they look.
"""

from __future__ import annotations

import datetime
import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import random_county
import test_rebuild as rebuild
import yaml
from conftest import SMALL

from generator.check import Checked, check_folder
from generator.ledger import listed
from generator.model import County, Record, encoded
from generator.reading import Known, Remembered, is_list_file, read
from generator.rules import RULES, STANDINGS, Checking, Kept, Rule
from generator.untouched import settle
from generator.watch import IF_ANY, Read, recording, records, watched, whole

ROOT = Path(__file__).parents[1]
FAULTY = Path(__file__).parent / "counties" / "faulty"
TODAY = datetime.date(2026, 1, 1)
IDS = {rule.id for rule in RULES}
RANDOM = range(6)
ROUNDS = 100


@pytest.fixture(scope="module", params=["small", "faulty", "demonstration", *RANDOM], ids=str)
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> County:
    """A county whose every reading is noted."""
    folders = {"small": SMALL, "faulty": FAULTY, "demonstration": ROOT / "lists"}
    folder = folders.get(request.param)
    if folder is None:
        folder = tmp_path_factory.mktemp("random") / "lists"
        random_county.write(folder, random_county.counties(request.param, wild=True)[0])
    found = read(folder).county
    assert found is not None
    return watched(found)


@dataclass(frozen=True)
class Names:
    """Names of what is read, as rules declare them."""

    county: County

    def __post_init__(self) -> None:
        found = {
            id(each): ("townships" if name == "villages" else name, each)
            for name, _, each in records(self.county)
        }
        object.__setattr__(self, "_records", found)

    def of(self, reads: set[Read], known: Callable[[Record], bool]) -> Iterator[str]:
        """What was read, but for records that are ``known``: their change is noticed anyway."""
        for owner, part in reads:
            if isinstance(owner, str):
                if owner != "unlisted":  # empty in what was read: it comes with a day
                    yield f"{owner}.id"
            elif owner in self._records:
                register, record = self._records[owner]
                # Of a text a rule depends on all languages.
                field = part.partition(".")[0].removesuffix(IF_ANY)
                is_key = field in {"id", "slug"} and register in {"items", "decisions", "townships"}
                if field != "origin" and not known(record):
                    yield f"{register}.id" if is_key else f"{register}.{field}"


def declared(name: str, reads: tuple[str, ...]) -> bool:
    """Whether ``reads`` names something: itself, its register, or for keys any of its fields."""
    register, _, field = name.partition(".")
    if field == "id":
        return any(each.partition(".")[0] == register for each in reads)
    return name in reads or register in reads


def undeclared(rule: Rule, county: County, names: Names) -> set[str]:
    """What a rule has read and did not declare."""
    if rule.of_each is None:
        with recording() as reads:
            files = {origin.file for origin, _ in rule.check(Checking(county, TODAY))}
        tells = rule.tells if files else ()
        found = set(names.of(reads, lambda record: record.origin.file in files))
    else:
        found, tells = set(), ()
        for record in Checking(county, TODAY).records(rule.of_each[0]):
            file, about = record.origin.file, Checking(county, TODAY)
            with recording() as reads:
                breaches = list(rule.check_some([record], about))
            assert {origin.file for origin, _ in breaches} <= {file}, rule.id
            own = {id(record), *map(id, getattr(record, "villages", ()))}
            found.update(names.of(reads, lambda each, own=own: id(each) in own))
    return {each for each in found if not declared(each, (*rule.reads, *tells))}


def test_a_rule_reads_what_it_declares_and_nothing_else(county: County) -> None:
    names = Names(county)

    assert {rule.id: found for rule in RULES if (found := undeclared(rule, county, names))} == {}


def test_where_items_stand_depends_on_what_is_declared(county: County) -> None:
    about, names = Checking(county, TODAY), Names(county)
    with recording() as reads:
        shown = listed(county, about.on(TODAY))
    every = {**shown.items, **shown.unlisted}

    def is_altered(record: Record) -> bool:
        key = getattr(record, "id", "")
        return county.items.get(key) is record and every[key] is not record

    found = set(names.of(reads, is_altered))
    assert {each for each in found if not declared(each, STANDINGS)} == set()


def test_what_is_kept_of_a_check_is_plain_data() -> None:
    for folder in (SMALL, FAULTY, ROOT / "lists"):
        kept = check_folder(folder, TODAY).kept
        assert json.loads(json.dumps(kept)) == kept


# Random edits.


@dataclass
class Lists:
    """A folder of lists, and what is remembered of it."""

    folder: Path
    as_of: datetime.date | None
    remembered: Remembered
    kept: Kept

    def check(self) -> Checked:
        """What a check says that knows the last one."""
        settled = settle(self.folder.parent)
        return check_folder(self.folder, TODAY, self.as_of, self.remembered, settled, self.kept)

    def remember(self, checked: Checked) -> None:
        """As a build does, through a file."""
        now = checked.reading.released()
        files = json.loads(json.dumps(now.files))
        self.remembered = Remembered(
            {name: Known(*each) for name, each in files.items()},
            {**self.remembered.texts, **now.texts},
        )
        self.kept = json.loads(json.dumps(checked.kept))


def pick(chance: random.Random, folder: Path) -> Path:
    """Some list file."""
    root = folder / "lists"
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.yml"))
    return root / chance.choice([name for name in names if is_list_file(name)])


def change(path: Path, chance: random.Random, edit: Callable[[dict[str, object]], None]) -> None:
    """Change one record of a list file."""
    data = yaml.safe_load(path.read_bytes())
    edit(chance.choice(rows(data)))
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def rows(data: dict[str, object]) -> list[dict[str, object]]:
    """The records that a file's data holds."""
    inside = next(iter(data.values()))
    return inside if len(data) == 1 and isinstance(inside, list) and inside else [data]


def take_over(chance: random.Random, folder: Path) -> None:
    """Give a record what another of its kind has under some key."""
    path = pick(chance, folder)
    others = sorted(path.parent.glob("*.yml")) if path.parent.name != "lists" else [path]
    other = chance.choice(rows(yaml.safe_load(chance.choice(others).read_bytes())))
    key = chance.choice(sorted(other))
    change(path, chance, lambda record: record.update({key: other[key]}))


def drop(chance: random.Random, folder: Path) -> None:
    """Take some key away from a record."""
    path = pick(chance, folder)
    change(path, chance, lambda record: record.pop(chance.choice(sorted(record))))


def shuffle(chance: random.Random, folder: Path) -> None:
    """Put the keys of a record in another order; what is said is the same."""

    def mix(record: dict[str, object]) -> None:
        pairs = list(record.items())
        chance.shuffle(pairs)
        record.clear()
        record.update(pairs)

    change(pick(chance, folder), chance, mix)


def remove(chance: random.Random, folder: Path) -> None:
    """Take a file away."""
    pick(chance, folder).unlink()


def rename(chance: random.Random, folder: Path) -> None:
    """Give an item, a township or a decision another name."""
    path = rebuild.pick(chance, folder, "lists/*/*.yml")
    path.rename(path.with_stem(f"{path.stem}-{chance.randrange(100)}"))


EDITS = (
    *(take_over,) * 6,
    *(rebuild.reword, rebuild.swap_rows, rebuild.add_item, rebuild.relate),
    *(rebuild.change_department, rebuild.break_a_rule, rebuild.nothing),
    *(drop, drop, shuffle, remove, rename),
)


@pytest.mark.parametrize("as_of", [None, datetime.date(2024, 6, 1)], ids=["today", "then"])
@pytest.mark.parametrize("start", [SMALL, FAULTY], ids=["small", "faulty"])
def test_after_any_edit_the_check_says_what_one_from_nothing_says(
    tmp_path: Path, start: Path, as_of: datetime.date | None
) -> None:
    chance = random.Random(f"{start.name} {as_of}")
    folder = tmp_path / "lists"
    shutil.copytree(start, folder)
    (folder / "mkdocs.yml").unlink(missing_ok=True)
    lists = Lists(folder, as_of, Remembered(), {})
    lists.remember(check_folder(folder, TODAY, as_of))
    compared = 0

    for number in range(ROUNDS):
        before = rebuild.tree(folder)
        for _ in range(chance.randint(1, 2)):
            chance.choice(EDITS)(chance, tmp_path)
        fresh, again = check_folder(folder, TODAY, as_of), lists.check()
        assert again.findings == fresh.findings, number
        if fresh.county is None:  # nothing is remembered of it; begin another way
            shutil.rmtree(folder)
            for path, content in before.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)
            continue
        assert shown(again.county) == shown(fresh.county), number
        assert in_order(again.kept) == in_order(fresh.kept), number
        lists.remember(again)
        compared += 1
    assert compared > ROUNDS / 3


def in_order(kept: Kept) -> dict[str, object]:
    """What is kept, findings of a rule in order."""
    plain = json.loads(json.dumps(kept))
    return {key: sorted(map(str, each)) if key in IDS else each for key, each in plain.items()}


def shown(county: County | None) -> list[tuple[str, str, object]]:
    """Everything that a county holds, in its order."""
    assert county is not None
    return [(name, key, encoded(whole(each))) for name, key, each in records(county)]


def test_when_decisions_put_items_in_another_order_the_rules_see_it(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(SMALL, folder)
    twin = folder / "village" / "allowance-twin.yml"
    shutil.copy(folder / "village" / "allowance.yml", twin)
    decision = next(
        each for each in folder.glob("decisions/*.yml") if "allowance" in each.read_text("utf-8")
    )
    lists = Lists(folder, None, Remembered(), {})

    def found(first: str, second: str) -> list[str]:
        text = re.sub(r"      - allowance\S*\n", "", original)
        both = f"      - {first}\n      - {second}\n"
        decision.write_text(text.replace("    items:\n", f"    items:\n{both}", 1), "utf-8")
        checked = lists.check()
        assert checked.findings == check_folder(folder, TODAY).findings
        lists.remember(checked)
        return [each.file for each in checked.findings if each.rule == "item-name-twice"]

    original = decision.read_text("utf-8")
    lists.remember(check_folder(folder, TODAY))
    assert found("allowance", "allowance-twin") == ["village/allowance-twin.yml"]
    assert found("allowance-twin", "allowance") == ["village/allowance.yml"]


def test_after_a_changed_answer_no_other_item_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(ROOT / "lists", folder)
    lists = Lists(folder, None, Remembered(), {})
    lists.remember(check_folder(folder, TODAY))
    lists.remember(lists.check())  # now with marks
    path = min(folder.glob("village/*.yml"))
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^answer:\n  zh: \S", r"\g<0>改", text), "utf-8")

    checked = lists.check()

    assert checked.findings == check_folder(folder, TODAY).findings
    assert checked.county is not None
    assert set(checked.reading.unread) == checked.county.items.keys() - {path.stem}
    worded = {
        item
        for decision in checked.county.decisions.values()
        for change in decision.changes
        if change.new
        for item in change.items
    }
    assert checked.reading.filled <= worded
