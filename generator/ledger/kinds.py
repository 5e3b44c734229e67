"""What each kind of change does to a list, and what each kind of decision may do.

The words of a kind stand in ``generator/lang`` under ``change.<kind>`` (its name),
``change_says.<kind>`` (its sentence) and ``decision.<kind>``.
"""

from __future__ import annotations

from msgspec import Struct

from generator.model import Change, ChangeKind, DecisionKind, Item

from .leaves import Standing

BURDEN = {
    "does-not": 0,
    "assists": 1,
    "does": 2,
    "taken-back": 0,
    "cooperative": 1,
    "basic": 2,
}
"""How much a list asks of those who stand at the bottom, by its role."""


class ChangeMeaning(Struct, frozen=True):
    """What one kind of change means."""

    meaning: str
    needs: tuple[str, ...] = ()
    """Keys that the change must have."""
    words: str = ""
    """The item's text that ``old`` and ``new`` record: ``name`` or ``answer``."""


CHANGE_KINDS: dict[ChangeKind, ChangeMeaning] = {
    "added": ChangeMeaning("The item enters a list.", ("items", "to_list")),
    "moved": ChangeMeaning(
        "The item goes from one list to another.", ("items", "from_list", "to_list")
    ),
    "removed": ChangeMeaning("The item leaves the lists; its page remains.", ("items",)),
    "split": ChangeMeaning(
        "The item becomes several, which stand where it stood.", ("items", "into")
    ),
    "merged": ChangeMeaning("Several items become one, where they stood.", ("items", "into")),
    "suspended": ChangeMeaning("The item is off its list for a time.", ("items",)),
    "resumed": ChangeMeaning("A suspended item is back on its list.", ("items",)),
    "renamed": ChangeMeaning("The item has another official name.", ("items",), "name"),
    "cancelled": ChangeMeaning("What the item was about is no longer asked of anyone."),
    "answer-changed": ChangeMeaning("What to do has changed.", ("items",), "answer"),
    "basis-changed": ChangeMeaning("The rule behind the item has changed.", ("items",)),
    "devolved": ChangeMeaning("The work comes down to the village.", ("items",), "answer"),
    "taken-back": ChangeMeaning("A department takes the work back.", ("items",), "answer"),
    "pilot-started": ChangeMeaning("Some places try something out.", ("items",), "answer"),
    "pilot-extended": ChangeMeaning("The trial goes on in more places.", ("items",), "answer"),
    "pilot-ended": ChangeMeaning("The trial is over.", ("items",), "answer"),
    "under-study": ChangeMeaning("A change is being considered; nothing has changed yet."),
    "practice-differs": ChangeMeaning("What is done differs from what the list says."),
}
"""Any kind that names ``to_list`` puts its items there (``into``, where there is one)."""

LEAVING = ("removed", "split", "merged", "suspended")
"""Kinds that take ``items`` off their lists."""


class DecisionMeaning(Struct, frozen=True):
    """What one kind of decision may do."""

    meaning: str
    may_move: bool = True
    """Whether it can change a list at all."""
    may_burden: bool = False
    """Whether it can put more on a village or township than before."""


DECISION_KINDS: dict[DecisionKind, DecisionMeaning] = {
    "publication": DecisionMeaning("A list is published, as a whole.", may_burden=True),
    "admission": DecisionMeaning("A department hands a task down.", may_burden=True),
    "adjustment": DecisionMeaning("The law changed, or a township asked for a change."),
    "devolution": DecisionMeaning(
        "Work comes down to the village, with the means.", may_burden=True
    ),
    "taking-back": DecisionMeaning("Departments take work back."),
    "under-study": DecisionMeaning("A change is being considered.", may_move=False),
    "report": DecisionMeaning("A village says that list and practice differ.", may_move=False),
    "correction": DecisionMeaning("A mistake in an earlier decision is mended.", may_burden=True),
}


def moves(change: Change) -> bool:
    """Whether a change of this kind and form touches a list."""
    return change.to_list is not None or change.change in (*LEAVING, "resumed")


def effect(change: Change, before: Standing, scope: tuple[str, ...], paused: Standing) -> Standing:
    """Where an item stands after ``change``, which holds in the leaves ``scope``.

    ``paused`` is where it stood before it was suspended.
    """
    if not moves(change):
        return before
    if change.change == "resumed" and change.to_list is None:
        return {**{leaf: paused[leaf] for leaf in scope if leaf in paused}, **before}
    touched = [
        leaf for leaf in scope if change.from_list is None or before.get(leaf) == change.from_list
    ]
    if change.change in LEAVING:
        gone = set(touched)
        return {leaf: each for leaf, each in before.items() if leaf not in gone}
    assert change.to_list is not None
    return {**before, **dict.fromkeys(touched, change.to_list)}


def recorded_words(change: Change, item: Item) -> str | None:
    """The item's text whose wording ``change`` records, if it records one."""
    words = CHANGE_KINDS[change.change].words
    return words if words and change.new and hasattr(item, words) else None
