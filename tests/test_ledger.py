"""Replaying the decisions gives the lists of any day, and nothing slips in quietly."""

from __future__ import annotations

import datetime
import json
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.check import check_folder, message
from generator.language import SHIPPED, load_language
from generator.ledger import (
    CHANGE_KINDS,
    Leaves,
    OnDay,
    county_on,
    explain,
    in_order,
    kind_name,
    listed_again,
    listing,
    loads,
    replay,
    standing_of,
    status_of,
)
from generator.model import Change, County, Date, Decision, Finding, Variant
from generator.reading import read
from generator.reading.shape import made_from
from generator.views import Scopes

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"
TODAY = datetime.date(2026, 11, 24)
DANGWAN = "520327104204"
HELD = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def files() -> County:
    """The demonstration county as its files have it."""
    county = read(ROOT / "lists").county
    assert county is not None
    return county


@pytest.fixture(scope="module")
def small() -> County:
    county = read(SMALL).county
    assert county is not None
    return county


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def counts(county: County) -> dict[str, int]:
    return dict(Counter(item.list for item in county.items.values()))


# The story of the report.


def test_eighty_candidates_become_16_30_and_34(files: County) -> None:
    publication = files.decisions["2024-05-80-village-items-published"]

    assert publication.stages[0].count == 80
    assert [len(change.items) for change in publication.changes] == [16, 30, 34]
    before, after = (county_on(files, day(text)) for text in ("2024-04-30", "2024-05-01"))
    assert set(counts(before)) == {"basic", "cooperate", "take-back"}
    assert counts(after) == {
        "can-do": 16,
        "assist": 30,
        "not": 34,
        "basic": 25,
        "cooperate": 21,
        "take-back": 25,
    }


def test_the_township_list_has_71_items_since_2023(files: County) -> None:
    assert counts(county_on(files, day("2022-12-31"))) == {}
    assert sum(counts(county_on(files, day("2023-01-01"))).values()) == 71


def test_water_in_drought_moves_from_the_township_to_the_water_bureau(files: County) -> None:
    before, after = (county_on(files, day(text)) for text in ("2023-06-30", "2023-07-01"))

    assert before.items["drought-emergency-water"].list == "basic"
    assert not hasattr(before.items["drought-emergency-water"], "leads")
    assert after.items["drought-emergency-water"] == files.items["drought-emergency-water"]


def test_newborn_insurance_comes_to_the_villages_of_one_town(files: County) -> None:
    def answers(text: str) -> dict[str, str]:
        county = county_on(files, day(text))
        scopes = Scopes(county)
        return {
            village.code: next(
                str(item.answer.zh)  # type: ignore[attr-defined]
                for group in scopes.village(township, village).groups
                for item in group.items
                if item.id == "newborn-medical-insurance"
            )
            for township, village in county.villages()
        }

    before, after = answers("2024-05-19"), answers("2024-05-20")
    assert before[DANGWAN] == "先到村里开证明，再跑到镇里办。"
    assert "登记和缴费一次办完" in after[DANGWAN]
    changed = {code for code in before if before[code] != after[code]}
    assert changed == {code for code in before if code.startswith("520327104")}


def test_charger_certificates_are_cancelled_trees_studied_and_the_stamp_reported(
    files: County,
) -> None:
    found = {
        (decision.kind, change.change, key)
        for decision in files.decisions.values()
        for change in decision.changes
        for key in change.items
    }

    assert {
        ("adjustment", "cancelled", "ev-charger-title-proof"),
        ("adjustment", "cancelled", "ev-charger-safety-proof"),
        ("under-study", "under-study", "tree-felling-permit"),
        ("report", "practice-differs", "student-social-practice-proof"),
    } <= found
    report = files.decisions["2024-05-20-social-practice-stamp-reported"]
    assert (report.places, status_of(report, TODAY)) == ((DANGWAN,), "unanswered")


def test_the_refused_plaques_are_seen_and_change_nothing(files: County) -> None:
    plaques = files.decisions["2024-05-20-steel-plaques-stopped"]

    assert (plaques.kind, status_of(plaques, TODAY)) == ("admission", "rejected")
    assert all(step.decision.id != plaques.id for step in replay(files).steps)


def test_a_wording_that_a_decision_recorded_is_that_of_its_time(files: County) -> None:
    before, after = (
        county_on(files, day(text)).items["inheritance-right-proof"]
        for text in ("2024-05-31", "2024-06-01")
    )

    assert "1万元" in before.answer.zh  # type: ignore[attr-defined]
    assert after == files.items["inheritance-right-proof"]


def test_today_s_lists_are_exactly_those_of_the_files(files: County) -> None:
    today = county_on(files, TODAY)

    assert (today.items, today.unlisted) == (files.items, {})
    leaves, ledger = Leaves(files), replay(files)
    for item in files.items.values():
        assert standing_of(item, leaves) == ledger.standing(item.id, TODAY), item.id


# The small county has a decision of every kind.


def test_the_small_county_changes_step_by_step(small: County) -> None:
    def lists(text: str) -> dict[str, str]:
        return {
            item.id: item.list
            for item in county_on(small, day(text)).items.values()
            if item.level == "village"
        }

    start = {
        "mediation": "self",
        "stamp-fee": "self",
        "hardship-proof": "help",
        "baby-insurance": "refuse",
        "death-proof": "refuse",
    }
    assert lists("2024-05-01") == start
    assert lists("2025-06-09") == start
    assert lists("2025-06-10") == {**start, "allowance": "help"}
    assert lists("2025-07-01")["hardship-proof"] == "refuse"
    assert "stamp-fee" not in lists("2025-08-01")
    assert lists("2025-09-01")["baby-insurance"] == "self"
    assert "home-checkups" not in lists("2098-12-31")
    assert lists("2099-01-01")["home-checkups"] == "help"


def test_one_street_goes_its_own_way_from_a_day_on(small: County) -> None:
    def list_in(code: str, text: str) -> str:
        return replay(small).standing("baby-insurance", day(text))[code]

    assert list_in("990101001001", "2025-09-30") == "self"
    assert list_in("990101001001", "2025-10-01") == "help"
    assert list_in("990101101201", "2025-10-01") == "self"


def test_a_place_keeps_its_wording_on_whichever_list_it_stood(small: County) -> None:
    item = small.items["allowance"]
    words = {"places": ["990101101000"], "answer": {"zh": "东镇另有说法。"}}
    variants = (made_from(Variant, words),)
    moved = made_from(
        Decision,
        {
            "id": "2025-12-01-moved",
            "kind": "adjustment",
            "title": {"zh": "换"},
            "date": "2025-12-01",
            "level": "village",
            "summary": {"zh": "换。"},
            "places": ["990101101201"],
            "changes": [
                {
                    "change": "moved",
                    "items": ["allowance"],
                    "from_list": "help",
                    "to_list": "refuse",
                }
            ],
            "certainty": "illustrative",
        },
    )
    county = replace(
        small,
        items={**small.items, "allowance": item.replaced(variants=variants)},
        decisions={**small.decisions, moved.id: moved},
    )
    shown = county_on(county, TODAY)
    found = {
        village.code: (here.list, here.answer.zh)  # type: ignore[attr-defined]
        for township, village in shown.villages()
        for group in Scopes(shown).village(township, village).groups
        for here in group.items
        if here.id == "allowance"
    }

    assert found["990101101201"] == ("refuse", "东镇另有说法。")
    assert found["990101101202"] == ("help", "东镇另有说法。")
    assert found["990101001001"][1] == item.answer.zh  # type: ignore[attr-defined]


def test_an_item_that_left_the_lists_keeps_its_file_and_is_unlisted(small: County) -> None:
    today = county_on(small, TODAY)

    assert set(today.unlisted) == {"stamp-fee", "home-checkups"}
    assert today.unlisted["stamp-fee"].list == "self"


def test_the_load_of_a_village_is_counted_day_by_day(small: County) -> None:
    points = loads(small, replay(small), "village", "990101101201", TODAY)

    assert [(str(point.day), point.counts["self"], point.counts["help"]) for point in points] == [
        ("2024-05-01", 2, 1),
        ("2025-06-10", 2, 2),
        ("2025-07-01", 2, 1),
        ("2025-08-01", 1, 1),
        ("2025-09-01", 2, 1),
    ]


@pytest.mark.parametrize("lang", SHIPPED)
def test_every_kind_of_change_has_a_name_and_a_sentence(small: County, lang: str) -> None:
    language = load_language(lang)
    for kind, meaning in CHANGE_KINDS.items():
        change = made_from(
            Change,
            {
                "change": kind,
                "items": ["mediation"],
                **({"to_list": "self"} if "to_list" in meaning.needs else {}),
                **({"from_list": "help"} if "from_list" in meaning.needs else {}),
            },
        )
        assert kind_name(change, language)
        assert meaning.meaning.endswith(".")
        assert small.items["mediation"].name.to(lang) in explain(change, small, language)


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (
            {"change": "moved", "items": ["mediation"], "from_list": "help", "to_list": "self"},
            "“纠纷调解”从“村里帮办”改成“村里办”",
            "Moved from “The village helps” to “The village does it”: “Mediation”",
        ),
        (
            {"change": "added", "items": ["mediation", "allowance"], "to_list": "self"},
            "2件事列入“村里办”",
            "Entered on “The village does it”: 2 items",
        ),
        (
            {"change": "taken-back", "items": ["mediation"], "to_list": "help"},
            "收回：“纠纷调解”列入“村里帮办”",
            "Taken back, entered on “The village helps”: “Mediation”",
        ),
        (
            {"change": "split", "items": ["mediation"], "into": ["allowance", "stamp-fee"]},
            "“纠纷调解”拆成“低保申请”、“盖章收费”",
            "Split into “Living allowance”, “Fee for a stamp”: “Mediation”",
        ),
        (
            {
                "change": "merged",
                "items": ["allowance", "stamp-fee"],
                "into": ["mediation"],
                "to_list": "self",
            },
            "合并：2件事变成“纠纷调解”，列入“村里办”",
            "Merged into “Mediation”, entered on “The village does it”: 2 items",
        ),
        (
            {"change": "suspended", "items": ["mediation"]},
            "“纠纷调解”暂停，先从清单上拿下来",
            "Suspended, off its list for now: “Mediation”",
        ),
        (
            {"change": "cancelled", "text": {"zh": "标牌", "en": "Plaques"}},
            "取消：标牌",
            "Abolished: Plaques",
        ),
    ],
)
def test_a_change_explains_itself(
    small: County, change: dict[str, object], zh: str, en: str
) -> None:
    made = made_from(Change, change)

    assert [explain(made, small, load_language(lang)) for lang in SHIPPED] == [zh, en]


# Nothing without a decision.


def without(folder: Path) -> None:
    (folder / "village" / "mediation.yml").unlink()


def more(folder: Path) -> None:
    text = (folder / "village" / "mediation.yml").read_text("utf-8")
    (folder / "village" / "umbrella.yml").write_text(text.replace("纠纷调解", "借伞"), "utf-8")


def elsewhere(folder: Path) -> None:
    path = folder / "village" / "mediation.yml"
    path.write_text(path.read_text("utf-8").replace("list: self", "list: help"), "utf-8")


def narrower(folder: Path) -> None:
    path = folder / "village" / "mediation.yml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("department:", 'places:\n  - "990101101201"\ndepartment:'), "utf-8"
    )


@pytest.mark.parametrize(
    ("change", "rule", "kind", "file"),
    [
        (without, "item-gone-without-decision", "removed", "mediation-removed.yml"),
        (more, "item-without-decision", "added", "umbrella-admitted.yml"),
        (elsewhere, "item-moved-without-decision", "moved", "mediation-moved.yml"),
        (narrower, "item-moved-without-decision", "removed", "mediation-removed.yml"),
    ],
)
@pytest.mark.parametrize("lang", SHIPPED)
def test_without_a_decision_the_check_fails_and_says_which_one_to_write(
    change: Callable[[Path], None], rule: str, kind: str, file: str, lang: str, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "lists"))
    change(folder)

    found = [each for each in check_folder(folder, TODAY).findings if each.rule == rule]
    assert found
    assert {each.level for each in found} == {"error"}
    text = message(found[0], lang)
    assert f"decisions/2026-11-24-{file}" in text
    assert yaml.safe_load(text[text.index("\n") :])["changes"][0]["change"] == kind


@pytest.mark.parametrize("change", [more, elsewhere, narrower])
def test_the_decision_that_the_check_asks_for_is_the_one_that_mends_it(
    change: Callable[[Path], None], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "lists"))
    change(folder)
    rules = {"item-without-decision", "item-moved-without-decision"}
    found = next(each for each in check_folder(folder, TODAY).findings if each.rule in rules)
    told = yaml.safe_load(str(found.values["snippet"]))
    told |= {"title": {"zh": "一"}, "summary": {"zh": "一。"}, "certainty": "illustrative"}
    told.setdefault("level", "village")
    (folder / str(found.values["file"])).write_text(
        yaml.safe_dump(told, allow_unicode=True), "utf-8"
    )

    assert not rules & {each.rule for each in check_folder(folder, TODAY).findings}


def test_a_list_that_was_never_published_needs_one_decision(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "lists", tmp_path / "lists"))
    for path in folder.glob("decisions/*.yml"):
        path.unlink()

    def found() -> list[Finding]:
        findings = check_folder(folder, TODAY).findings
        return [each for each in findings if each.rule == "item-without-decision"]

    assert len(found()) == 6
    for finding in found():
        told = yaml.safe_load(str(finding.values["snippet"]))
        told |= {"title": {"zh": "一"}, "summary": {"zh": "一。"}, "certainty": "illustrative"}
        text = yaml.safe_dump(told, allow_unicode=True)
        (folder / str(finding.values["file"])).write_text(text, "utf-8")
    assert found() == []


@pytest.mark.parametrize(
    ("text", "recorded", "found", "wanted"),
    [
        ("老人在一家银行的存款6万元以内，直接到银行取。", "5万元", "【6】万元", "【5】万元"),
        ("先到村里登记，一次办完。", "到村里登记", "到村里登记", "到村里登记"),
        (
            "直接到村党群服务中心，村里有系统，登记和交费一次办完，不用再开证明、不用再跑镇里。",
            "直接到村党群服务中心，村里有系统，登记和缴费一次办完，不用再开证明、不用再跑镇里。",
            "直接到村党群服务…里有系统，登记和【交】费一次办完，不用…、不用再跑镇里。",
            "直接到村党群服务…里有系统，登记和【缴】费一次办完，不用…、不用再跑镇里。",
        ),
        ("村里不开。", "找派出所", "村里不开。", "找派出所"),
    ],
)
def test_a_changed_wording_is_shown_by_what_differs(
    text: str, recorded: str, found: str, wanted: str
) -> None:
    from generator.rules.ledger import _difference

    assert _difference(text, recorded) == (found, wanted)


def test_every_item_of_the_demonstration_county_is_guarded(files: County) -> None:
    chance = random.Random(5)
    for key in chance.sample(sorted(files.items), 12):
        item = files.items[key]
        other = next(each.id for each in files.lists_of(item.level) if each.id != item.list)
        moved = {**files.items, key: item.replaced(list=other)}
        gone = {name: each for name, each in files.items.items() if name != key}
        assert broken(replace(files, items=moved)) == {"item-moved-without-decision"}
        assert broken(replace(files, items=gone)) == {"item-gone-without-decision"}
        assert broken(replace(files, decisions={})) == {"item-without-decision"}


def broken(county: County) -> set[str]:
    from generator.rules import Checking
    from generator.rules.ledger import RULES

    about = Checking(county, TODAY)
    return {rule.id for rule in RULES if rule.level == "error" and next(rule.check(about), None)}


# Random sequences of decisions.

ITEMS = ("mediation", "allowance", "hardship-proof", "baby-insurance", "death-proof")
LISTS = ("self", "help", "refuse")
PLACES = ((), ("990101101000",), ("990101001000",), ("990101101201",), ("990101101202",))


@st.composite
def sequences(draw: st.DrawFn) -> list[Decision]:
    """Decisions on different days, each with up to three changes of any item, anywhere."""
    days = draw(st.lists(st.dates(day("2020-01-01"), day("2025-12-31")), max_size=12, unique=True))
    return [
        made_from(
            Decision,
            {
                "id": f"{date}-d{number}",
                "kind": draw(st.sampled_from(["adjustment", "admission", "devolution"])),
                "title": {"zh": "决定"},
                "date": date.isoformat(),
                "level": "village",
                "summary": {"zh": "改了。"},
                "places": draw(st.sampled_from(PLACES)),
                "changes": draw(st.lists(changes(), min_size=1, max_size=3)),
                "stages": [{"stage": "rejected"}] if draw(st.integers(0, 9)) == 0 else [],
                "certainty": "illustrative",
            },
        )
        for number, date in enumerate(days)
    ]


def changes() -> st.SearchStrategy[dict[str, object]]:
    items = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True)
    return st.one_of(
        st.fixed_dictionaries(
            {
                "change": st.sampled_from(["added", "moved", "devolved", "taken-back"]),
                "items": items,
                "to_list": st.sampled_from(LISTS),
            },
            optional={
                "from_list": st.sampled_from(LISTS),
                "places": st.sampled_from(PLACES),
            },
        ),
        st.fixed_dictionaries(
            {"change": st.sampled_from(["removed", "suspended", "resumed"]), "items": items},
            optional={"places": st.sampled_from(PLACES)},
        ),
        st.fixed_dictionaries({"change": st.just("under-study"), "items": items}),
    )


def with_decisions(county: County, decisions: list[Decision]) -> County:
    return replace(county, decisions={each.id: each for each in decisions})


@HELD
@given(sequences(), st.randoms(use_true_random=False))
def test_replay_does_not_depend_on_the_order_of_the_files(
    small: County, decisions: list[Decision], chance: random.Random
) -> None:
    shuffled = list(decisions)
    chance.shuffle(shuffled)

    first, second = (replay(with_decisions(small, each)) for each in (decisions, shuffled))
    assert first.steps == second.steps


@HELD
@given(sequences())
def test_decisions_on_different_items_can_change_places(
    small: County, decisions: list[Decision]
) -> None:
    ledger = replay(with_decisions(small, decisions))
    for item in ITEMS:
        alone = [
            each.replaced(
                changes=tuple(
                    change.replaced(items=(item,))
                    for change in each.changes
                    if item in change.items
                )
            )
            for each in decisions
        ]
        assert replay(with_decisions(small, alone)).standing(item) == ledger.standing(item)


@HELD
@given(sequences())
def test_every_step_can_be_taken_back(small: County, decisions: list[Decision]) -> None:
    ledger = replay(with_decisions(small, decisions))
    now = {item: ledger.standing(item) for item in ITEMS}
    for step in reversed(ledger.steps):
        assert now[step.item] == step.after
        now[step.item] = step.before

    assert now == {key: {} for key in ITEMS}


@HELD
@given(sequences())
def test_decisions_that_undo_each_step_lead_back_to_the_start(
    small: County, decisions: list[Decision]
) -> None:
    ledger = replay(with_decisions(small, decisions))
    undone = list(decisions)
    date = day("2026-01-01")
    for step in reversed(ledger.steps):
        for leaf in step.touched:
            date += datetime.timedelta(days=1)
            undone.append(undoing(step.item, leaf, step.before.get(leaf), date))

    back = replay(with_decisions(small, undone))
    assert {item: dict(back.standing(item)) for item in ITEMS} == {key: {} for key in ITEMS}


def undoing(item: str, leaf: str, before: str | None, date: datetime.date) -> Decision:
    change = {"change": "moved", "to_list": before} if before else {"change": "removed"}
    return made_from(
        Decision,
        {
            "id": f"{date}-undo",
            "kind": "correction",
            "title": {"zh": "更正"},
            "date": date.isoformat(),
            "level": "village",
            "summary": {"zh": "改回来。"},
            "places": [leaf],
            "changes": [{**change, "items": [item]}],
            "certainty": "illustrative",
        },
    )


PARTS = ("stamp-fee", "home-checkups")
"""Items that no sequence names."""


def later(change: dict[str, object], places: tuple[str, ...], date: str) -> Decision:
    """A decision after every sequence."""
    return made_from(
        Decision,
        {
            "id": f"{date}-later",
            "kind": "adjustment",
            "title": {"zh": "调整"},
            "date": date,
            "level": "village",
            "summary": {"zh": "改了。"},
            "places": places,
            "changes": [change],
            "certainty": "illustrative",
        },
    )


@HELD
@given(sequences(), st.sampled_from(ITEMS), st.sampled_from(PLACES))
def test_the_parts_of_an_item_stand_where_it_stood_and_merging_them_brings_it_back(
    small: County, decisions: list[Decision], item: str, places: tuple[str, ...]
) -> None:
    before = replay(with_decisions(small, decisions)).standing(item)
    scope = set(Leaves(small).within("village", places))
    split = later({"change": "split", "items": [item], "into": PARTS}, places, "2026-02-01")
    apart = replay(with_decisions(small, [*decisions, split]))

    inside = {leaf: each for leaf, each in before.items() if leaf in scope}
    assert [apart.standing(part) for part in PARTS] == [inside, inside]
    assert apart.standing(item) == {k: v for k, v in before.items() if k not in scope}

    merged = later({"change": "merged", "items": PARTS, "into": [item]}, places, "2026-02-02")
    again = replay(with_decisions(small, [*decisions, split, merged]))
    assert again.standing(item) == before
    assert [again.standing(part) for part in PARTS] == [{}, {}]


@HELD
@given(sequences(), st.sampled_from(ITEMS), st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_what_is_resumed_stands_where_it_stood_before_the_pause(
    small: County,
    decisions: list[Decision],
    item: str,
    paused: tuple[str, ...],
    resumed: tuple[str, ...],
) -> None:
    start = later({"change": "resumed", "items": [item]}, (), "2026-02-01")
    before = replay(with_decisions(small, [*decisions, start])).standing(item)
    pause = later({"change": "suspended", "items": [item]}, paused, "2026-02-02")
    back = later({"change": "resumed", "items": [item]}, resumed, "2026-02-03")
    leaves = Leaves(small)
    off = set(leaves.within("village", paused))
    on = set(leaves.within("village", resumed))

    ledger = replay(with_decisions(small, [*decisions, start, pause, back]))

    during, after = (ledger.standing(item, day(text)) for text in ("2026-02-02", "2026-02-03"))
    assert during == {leaf: each for leaf, each in before.items() if leaf not in off}
    assert after == {leaf: each for leaf, each in before.items() if leaf not in off - on}


def test_a_pause_asks_for_no_change_of_the_item_s_file_and_ends_by_removal(small: County) -> None:
    def found(*decisions: Decision) -> set[str]:
        return broken(with_decisions(small, [*small.decisions.values(), *decisions]))

    street = ("990101001000",)
    pause = later({"change": "suspended", "items": ["mediation"]}, street, "2025-12-20")
    pause = pause.replaced(review=Date.parse("2026-06-01"))
    gone = later({"change": "removed", "items": ["mediation"]}, (), "2025-12-21")
    ledger = replay(with_decisions(small, [*small.decisions.values(), pause, gone]))

    assert found() == found(pause) == found(pause, gone) == set()
    assert ledger.paused("mediation", day("2025-12-20")) == {"990101001001": "self"}
    assert ledger.paused("mediation", day("2025-12-21")) == {}
    shown = county_on(with_decisions(small, [*small.decisions.values(), pause]), TODAY)
    assert shown.items["mediation"].places == ("990101101201", "990101101202")


def test_splitting_and_pausing_ask_no_more_of_a_village(small: County) -> None:
    def found(*decisions: Decision) -> set[str]:
        return broken(with_decisions(small, [*small.decisions.values(), *decisions]))

    split = later(
        {"change": "split", "items": ["mediation"], "into": ["stamp-fee", "home-checkups"]},
        (),
        "2025-12-20",
    )
    heavier = later(
        {
            "change": "split",
            "items": ["hardship-proof"],
            "into": ["stamp-fee", "home-checkups"],
            "to_list": "self",
        },
        (),
        "2025-12-20",
    )
    pause = later({"change": "suspended", "items": ["mediation"]}, (), "2025-12-20")
    back = later({"change": "resumed", "items": ["mediation"]}, (), "2025-12-21")

    assert "burden-without-admission" not in found(split) | found(pause, back)
    assert "burden-without-admission" in found(heavier)
    assert "change-without-effect" not in found(pause, back)
    assert "change-without-effect" in found(back)
    assert "change-without-effect" in found(
        pause, later({"change": "suspended", "items": ["mediation"]}, (), "2025-12-22")
    )


@HELD
@given(sequences(), st.dates(day("2019-01-01"), day("2026-12-31")))
def test_the_lists_of_a_day_are_those_that_places_show(
    small: County, decisions: list[Decision], when: datetime.date
) -> None:
    county = with_decisions(small, decisions)
    ledger, shown = replay(county), county_on(county, when)
    scopes = Scopes(shown)
    in_places: dict[str, dict[str, str]] = {item: {} for item in ITEMS}
    for township, village in shown.villages():
        for group in scopes.village(township, village).groups:
            for item in group.items:
                if item.id in ITEMS:
                    in_places[item.id][village.code] = group.item_list.id
    for item in ITEMS:
        if ledger.knows(item):
            assert in_places[item] == ledger.standing(item, when)
        else:
            assert in_places[item] == standing_of(county.items[item], Leaves(county))


@HELD
@given(sequences(), st.dates(day("2019-01-01"), day("2026-12-31")))
def test_lists_that_are_known_to_differ_from_the_files_are_the_same_again(
    small: County, decisions: list[Decision], when: datetime.date
) -> None:
    county = with_decisions(small, decisions)
    shown = county_on(county, when)
    known = json.loads(json.dumps(listing(county, shown)))

    again = listed_again(county, OnDay(county, when, lambda: replay(county)), known)

    assert again == shown
    assert list(again.items) == list(shown.items)
    assert list(again.unlisted) == list(shown.unlisted)


@HELD
@given(sequences())
def test_of_one_day_publications_come_first(small: County, decisions: list[Decision]) -> None:
    same_day = [each.replaced(date=decisions[0].date) for each in decisions]
    if same_day:
        last = same_day[-1].replaced(kind="publication", id="z")
        assert in_order([*same_day, last])[0] is last
