"""Replaying the decisions gives today's lists, exactly: no task slips in quietly."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from generator.ledger import (
    CHANGE_KINDS,
    DECISION_KINDS,
    Passage,
    Standing,
    Step,
    differing,
    in_order,
    is_coming,
    recorded_words,
    standing_of,
    stretch_like,
)
from generator.ledger.asof import scoped_text
from generator.ledger.kinds import BURDEN, moves
from generator.model import Change, County, Decision, Item, Origin, Text

from .checking import STANDINGS, STEPS, Checking
from .remedies import adjustment, admission, publication, removal
from .rule import Breach, error, of_each, warning

_NAMED = 3
"""So many items are named one by one."""

_CONTEXT = 8
"""Characters shown on either side of what differs."""


@error("item-without-decision", *STEPS, "items.list", tells=("items.name",))
def item_without_decision(about: Checking) -> Iterator[Breach]:
    """An item stands on a list only when a decision put it there."""
    ledger, items = about.ledger, about.county.items.values()
    unknown: dict[str, list[Item]] = {}
    for item in items:
        if not ledger.knows(item.id):
            unknown.setdefault(item.list, []).append(item)
    known = {item.list for item in items if ledger.knows(item.id)}
    for key, found in unknown.items():
        if key not in known and len(found) > _NAMED:
            # A whole list that was never published: one decision, not one for each item.
            names = "、".join(item.name.zh for item in found[:_NAMED])
            values = {"name": f"{names}…（{len(found)}）", "list": key}
            yield found[0].origin.at("list"), {**values, **publication(found, about.today)}
            continue
        for item in found:
            values = {"name": item.name.zh, "list": item.list}
            yield item.origin.at("list"), {**values, **admission(item, about.today)}


@error("item-moved-without-decision", *STANDINGS)
def item_moved_without_decision(about: Checking) -> Iterator[Breach]:
    """An item stands where the decisions put it: on the same list, in the same places."""
    # A file may already say where its item will stand after what is coming; that of an
    # item which has left all lists keeps its last list; a pause asks for no change of it.
    ledger, today = about.ledger, about.today
    last = {
        step.item: {**step.forerunners, **step.before} for step in ledger.steps if not step.after
    }
    for item in about.county.items.values():
        standing, now = standing_of(item, about.leaves), ledger.standing(item.id, today)
        if standing == now or not ledger.knows(item.id):
            continue
        decided = [now, ledger.standing(item.id), {**ledger.paused(item.id, today), **now}]
        if {} in decided:
            decided.append(last.get(item.id, {}))
        if standing not in decided:
            was = now or ledger.standing(item.id)
            yield _place_of(item), _moved(item, was, standing, about)


def _place_of(item: Item) -> Origin:
    said = (key for key in ("variants", "places") if getattr(item, key))
    return item.origin.at(next(said, "list"))


def _moved(item: Item, was: Standing, now: Standing, about: Checking) -> Mapping[str, object]:
    today = about.today
    different = [code for code in dict.fromkeys((*was, *now)) if was.get(code) != now.get(code)]
    before = list(dict.fromkeys(was[code] for code in different if code in was))
    after = list(dict.fromkeys(now[code] for code in different if code in now))
    everywhere = len(different) == len(about.leaves.of(item.level))
    places = () if everywhere else tuple(different)
    if after and before:
        remedy = adjustment(item, today, before[0], after[0], places)
    else:
        remedy = admission(item, today, places) if after else removal(item.id, today, places)
    return {
        "name": item.name.zh,
        "before": "、".join(before) or "—",
        "after": "、".join(after) or "—",
        "count": len(different),
        **remedy,
    }


@error("item-gone-without-decision", "decisions", "items.id")
def item_gone_without_decision(about: Checking) -> Iterator[Breach]:
    """What a decision names keeps its file, even after it has left the lists."""
    county = about.county
    gone: set[str] = set()
    for decision in county.decisions.values():
        for number, change in enumerate(decision.changes):
            named = [("items", *each) for each in enumerate(change.items)]
            named += [("into", *each) for each in enumerate(change.into)]
            for part, position, key in named:
                if key not in county.items and key not in gone:
                    gone.add(key)
                    nearest = difflib.get_close_matches(key, county.items, n=1)
                    values = {"id": key, "nearest": nearest[0] if nearest else ""}
                    where = _of(decision, number, part, position)
                    yield where, {**values, **removal(key, about.today)}


@of_each(Decision, error("change-incomplete"))
def change_incomplete(decision: Decision, about: Checking) -> Iterator[Breach]:
    """A change says all that its kind needs."""
    for number, change in enumerate(decision.changes):
        needed = CHANGE_KINDS[change.change].needs
        missing = [key for key in needed if not getattr(change, key)]
        if missing and not decision.is_rejected:
            values = {"change": change.change, "missing": "、".join(missing)}
            yield _of(decision, number, "change"), values


@of_each(Decision, error("change-into-wrong", "items.id"))
def change_into_wrong(decision: Decision, about: Checking) -> Iterator[Breach]:
    """One item is split into several, several are merged into one, all of one level."""
    for number, change in enumerate(decision.changes):
        found = (about.county.items.get(key) for key in change.concerns)
        is_one_level = len({item.level for item in found if item}) < 2  # noqa: PLR2004
        if change.into and not (_is_into_right(change) and is_one_level):
            values = {"change": change.change, "count": len(change.into)}
            yield _of(decision, number, "into"), values


def _is_into_right(change: Change) -> bool:
    if change.change == "split":
        return len(change.items) == 1 and len(change.into) > 1
    return change.change == "merged" and len(change.into) == 1


@error("merged-from-two-lists", *STEPS)
def merged_from_two_lists(about: Checking) -> Iterator[Breach]:
    """When items of different lists are merged, the decision says on which list."""
    stood: dict[tuple[str, int, str], str] = {}
    for step in about.ledger.steps:
        if step.change.change != "merged" or step.change.to_list or step.forerunners:
            continue
        for leaf in step.touched:
            key = (step.decision.id, step.number, leaf)
            if stood.setdefault(key, step.before[leaf]) != step.before[leaf]:
                values = {"id": step.item, "lists": f"{stood[key]}、{step.before[leaf]}"}
                yield _of(step.decision, step.number, "into"), values
                break


@of_each(Decision, error("change-wrong-level", "items.id", "item_lists.level"))
def change_wrong_level(decision: Decision, about: Checking) -> Iterator[Breach]:
    """A village item goes to village lists, a township item to township lists."""
    for number, change in enumerate(decision.changes):
        for name in ("from_list", "to_list"):
            item_list = about.county.item_lists.get(getattr(change, name) or "")
            for key in change.concerns if item_list else ():
                item = about.county.items.get(key)
                if item and item_list and item.level != item_list.level:
                    yield _of(decision, number, name), {"id": key, "list": item_list.id}


@error("change-not-from-there", *STEPS)
def change_not_from_there(about: Checking) -> Iterator[Breach]:
    """A change starts from where the item stood that day."""
    for step in about.ledger.steps:
        if step.change.from_list and not step.touched:
            stood = "、".join(dict.fromkeys(step.before.values())) or "—"
            values = {"id": step.item, "from": step.change.from_list, "stood": stood}
            yield _of(step.decision, step.number, "from_list"), values


@error("change-without-effect", *STEPS)
def change_without_effect(about: Checking) -> Iterator[Breach]:
    """A change of a list changes it: nothing is added twice or taken off twice."""
    for step in about.ledger.steps:
        has_effect = step.touched or step.forerunners or step.change.from_list
        # Of an item without a file it is said that the file is missing, which is the mistake.
        if not has_effect and step.item in about.county.items:
            values = {"id": step.item, "change": step.change.change}
            yield _of(step.decision, step.number, "change"), values


@of_each(Decision, error("decision-may-not-move"))
def decision_may_not_move(decision: Decision, about: Checking) -> Iterator[Breach]:
    """A report or a study changes no list."""
    for number, change in enumerate(decision.changes):
        if moves(change) and not DECISION_KINDS[decision.kind].may_move:
            yield _of(decision, number, "change"), {"kind": decision.kind}


@error("burden-without-admission", *STEPS)
def burden_without_admission(about: Checking) -> Iterator[Breach]:
    """More work for villages and townships comes only by admission, devolution or publication."""
    for step in about.ledger.steps:
        if not DECISION_KINDS[step.decision.kind].may_burden and _burdens(step, about.county):
            values = {"id": step.item, "kind": step.decision.kind}
            yield _of(step.decision, step.number, "change"), values


def _burdens(step: Step, county: County) -> bool:
    def weight(key: str | None) -> int:
        item_list = county.item_lists.get(key or "")
        return BURDEN[item_list.role] if item_list else 0

    before = {**step.forerunners, **step.before}
    return any(weight(step.after.get(x)) > weight(before.get(x)) for x in step.touched)


_WORDINGS = (
    *("decisions", "townships", "profile.code"),
    *("items.name", "items.answer", "items.variants"),
)


@error("wording-without-decision", *_WORDINGS)
def wording_without_decision(about: Checking) -> Iterator[Breach]:
    """A wording that a decision has set stays until another decision changes it."""
    for item, words, decision, change in _last_words(about.county):
        text = scoped_text(item, words, decision.places_of(change), about.leaves)
        if change.new and not is_coming(decision, about.today) and _lacks(text, change.new):
            found, recorded = _difference(text.zh if text else "—", change.new.zh)
            values = {"decision": decision.id, "recorded": recorded, "found": found}
            yield item.origin.at(words), values


def _difference(text: str, recorded: str) -> tuple[str, str]:
    """What stands where a recorded passage should, and that; marks around what differs."""
    pieces = differing(stretch_like(recorded, text), recorded)
    found, wanted = ("".join(_shown(each) for each in part) for part in pieces)
    return found, wanted


def _shown(piece: Passage) -> str:
    """A piece with marks, if it differs; of what is the same, its ends."""
    if piece.changed:
        return f"【{piece.text}】"
    is_long = len(piece.text) > 2 * _CONTEXT + 2
    return f"{piece.text[:_CONTEXT]}…{piece.text[-_CONTEXT:]}" if is_long else piece.text


def _lacks(text: Text | None, passage: Text) -> bool:
    return text is None or passage.zh not in text.zh


def _last_words(county: County) -> Iterator[tuple[Item, str, Decision, Change]]:
    last: dict[tuple[str, str], tuple[Item, str, Decision, Change]] = {}
    for decision in in_order(county.decisions.values()):
        for change in () if decision.is_rejected else decision.changes:
            for key in change.items if change.new else ():
                item = county.items.get(key)
                words = recorded_words(change, item) if item else None
                if item and words:
                    last[key, words] = (item, words, decision, change)
    yield from last.values()


@warning("decision-to-prepare", *STANDINGS)
def decision_to_prepare(about: Checking) -> Iterator[Breach]:
    """Before a coming decision counts, the item's file says where it will stand."""
    ledger = about.ledger
    for step in ledger.steps:
        item = about.county.items.get(step.item)
        if item and is_coming(step.decision, about.today) and step.after:
            final = ledger.standing(item.id)
            if standing_of(item, about.leaves) != final and step.after == final:
                values = {"id": item.id, "date": step.decision.date.text}
                yield (
                    _of(step.decision, step.number, "items"),
                    {
                        **values,
                        "list": "、".join(dict.fromkeys(final.values())),
                    },
                )


def _of(decision: Decision, number: int, *path: str | int) -> Origin:
    return decision.origin.at("changes", number, *path)


RULES = (
    item_without_decision,
    item_moved_without_decision,
    item_gone_without_decision,
    change_incomplete,
    change_into_wrong,
    merged_from_two_lists,
    change_wrong_level,
    change_not_from_there,
    change_without_effect,
    decision_may_not_move,
    burden_without_admission,
    wording_without_decision,
    decision_to_prepare,
)
