"""Two editions compared place by place: the same answers, seen by the same villagers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from generator.ledger import in_order, is_coming, replay
from generator.model import County, Decision, Item, Place, ServiceCentre, Text
from generator.views import ItemGroup, Scopes

Kind = Literal[
    "moved",
    "entered",
    "left",
    "suspended",
    "became",
    "renamed",
    "answer",
    "how",
    "place-new",
    "place-gone",
    "centre",
]
"""Another list, a new item, one that is gone, for now, or for others in its place; another
name or answer, another way of doing it; a new place, one that is gone, another address,
telephone or opening hours. What weighs most comes first."""


class Words(Struct, frozen=True):
    """A text in its languages, in a form that can be compared and grouped."""

    texts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: Text | None) -> Words:
        """The words of ``text``; none for None."""
        return cls(tuple(text.languages()) if text else ())

    def to(self, lang: str) -> str:
        """The words in ``lang``, or in Chinese."""
        known = dict(self.texts)
        return " ".join(known.get(lang, known.get("zh", "")).split())


class Difference(Struct, frozen=True):
    """One thing that reads otherwise; ``before`` and ``after`` are lists or wordings."""

    kind: Kind
    item: str
    """The item's id; empty for what concerns the place itself."""
    name: Words
    before: Words = Words(())
    after: Words = Words(())


class Group(Struct, frozen=True):
    """Places that see the same differences."""

    level: Literal["village", "township"]
    codes: tuple[str, ...]
    differences: tuple[Difference, ...]


class Notice(Struct, frozen=True):
    """Everything that reads otherwise, the widest changes first."""

    old: County
    new: County
    groups: tuple[Group, ...]
    decisions: tuple[Decision, ...]
    """Decisions that the old edition had not, had in other words, or had still to come."""

    @property
    def is_empty(self) -> bool:
        """Whether nobody sees any difference."""
        return not self.groups and not self.decisions


def compare_counties(
    old: County, new: County, old_day: datetime.date, new_day: datetime.date
) -> Notice:
    """Compare two editions of a county's lists, each as of its day."""
    places: dict[tuple[str, Difference], list[str]] = {}
    reasons = _Reasons(new, new_day)
    for level, code, differences in _by_place(old, new):
        for each in differences:
            told = reasons.told(each, code)
            places.setdefault((level, told), []).append(code)
    together: dict[tuple[str, tuple[str, ...]], list[Difference]] = {}
    for (level, difference), codes in places.items():
        together.setdefault((level, tuple(codes)), []).append(difference)
    groups = [
        Group(level, codes, _ordered(found))  # type: ignore[arg-type]
        for (level, codes), found in together.items()
    ]
    groups.sort(key=lambda each: (each.level != "village", -len(each.codes)))
    decisions = [
        each
        for each in in_order(new.decisions.values())
        if old.decisions.get(each.id) != each
        or (is_coming(each, old_day) and not is_coming(each, new_day))
    ]
    return Notice(old, new, tuple(groups), tuple(decisions))


_ORDER = get_args(Kind)


def _ordered(differences: list[Difference]) -> tuple[Difference, ...]:
    """What weighs most first, and all about one item together."""
    weights: dict[str, int] = {}
    for each in differences:
        key = each.item or each.kind
        weights[key] = min(weights.get(key, len(_ORDER)), _ORDER.index(each.kind))
    first = {each.item or each.kind: number for number, each in reversed([*enumerate(differences)])}

    def place(each: Difference) -> tuple[int, int, int]:
        key = each.item or each.kind
        return weights[key], first[key], _ORDER.index(each.kind)

    return tuple(sorted(differences, key=place))


class _Reasons:
    """Why items are gone, where the decisions say more than that."""

    def __init__(self, county: County, day: datetime.date) -> None:
        self._county = county
        self._day = day
        self._ledger = replay(county)
        self._into = {
            step.item: step.change.into
            for step in self._ledger.steps
            if step.day <= day and step.item in step.change.items
        }

    def told(self, difference: Difference, code: str) -> Difference:
        """The difference, or what it is exactly in the place ``code``."""
        if difference.kind != "left":
            return difference
        if code in self._ledger.paused(difference.item, self._day):
            return replace(difference, kind="suspended")
        found = (self._county.item(key) for key in self._into.get(difference.item, ()))
        became = [each.name for each in found if each]
        if not became:
            return difference
        names = (
            (tag, "、".join(f"“{each.to(tag)}”" for each in became))
            for tag in became[0].by_language
        )
        return replace(difference, kind="became", after=Words(tuple(names)))


class _Seen(Struct, frozen=True):
    """What a visitor of one place sees."""

    place: Place
    groups: tuple[ItemGroup, ...]


def _seen(county: County) -> dict[tuple[str, str], _Seen]:
    scopes = Scopes(county)
    found: dict[tuple[str, str], _Seen] = {}
    for township in county.townships.values():
        view = scopes.township(township)
        found["township", township.code] = _Seen(township, view.groups)
        for village in township.villages:
            view = scopes.village(township, village)
            found["village", village.code] = _Seen(village, view.groups)
    return found


def _by_place(old: County, new: County) -> Iterator[tuple[str, str, tuple[Difference, ...]]]:
    """For each place, what reads otherwise there; places with the same lists share the work."""
    before, after = _seen(old), _seen(new)
    same: dict[tuple[int, int], tuple[Difference, ...]] = {}
    for level, code in dict.fromkeys((*before, *after)):
        was, now = before.get((level, code)), after.get((level, code))
        if was is None or now is None:
            place = (now or was).place  # type: ignore[union-attr]
            kind: Kind = "place-new" if was is None else "place-gone"
            yield level, code, (Difference(kind, "", Words.of(place.name)),)
            continue
        key = (id(was.groups), id(now.groups))
        if key not in same:
            same[key] = tuple(_in_lists(_items(was.groups), _items(now.groups)))
        yield level, code, (*same[key], *_in_place(was.place, now.place))


_Items = Mapping[str, tuple[Item, Words]]


def _items(groups: tuple[ItemGroup, ...]) -> _Items:
    """The items of a place, each with the verdict of its list."""
    return {
        item.id: (item, Words.of(group.item_list.verdict))
        for group in groups
        for item in group.items
    }


def _in_lists(before: _Items, after: _Items) -> Iterator[Difference]:
    for key in dict.fromkeys((*after, *before)):
        if key not in before:
            item, verdict = after[key]
            yield Difference("entered", key, Words.of(item.name), after=verdict)
        elif key not in after:
            item, verdict = before[key]
            yield Difference("left", key, Words.of(item.name), before=verdict)
        else:
            yield from _in_item(before[key], after[key])


def _in_item(before: tuple[Item, Words], after: tuple[Item, Words]) -> Iterator[Difference]:
    (old, was), (new, now) = before, after
    name = Words.of(new.name)
    if was != now:
        yield Difference("moved", new.id, name, was, now)
    if old.name != new.name:
        yield Difference("renamed", new.id, name, Words.of(old.name), name)
    answers = [Words.of(getattr(each, "answer", None)) for each in (old, new)]
    if answers[0] != answers[1]:
        yield Difference("answer", new.id, name, *answers)
    elif was == now and _how(old) != _how(new):
        yield Difference("how", new.id, name)


_HOW = (
    "department",
    "bring",
    "steps",
    "time",
    "fee",
    "replacement",
    "exceptions",
    "leads",
    "lead_duty",
    "township_duty",
    "taken_by",
    "method",
)
"""What tells a visitor how to go about it."""


def _how(item: Item) -> tuple[object, ...]:
    return tuple(getattr(item, name, None) for name in _HOW)


def _in_place(before: Place, after: Place) -> Iterator[Difference]:
    if before.name != after.name:
        names = [Words.of(each.name) for each in (before, after)]
        yield Difference("renamed", "", names[1], *names)
    if before.service_centre != after.service_centre:
        was, now = (_reach(each.service_centre) for each in (before, after))
        yield Difference("centre", "", Words.of(after.name), was, now)


def _reach(centre: ServiceCentre) -> Words:
    """Address, opening hours and telephones on one line."""
    known = [each for each in (centre.address, centre.hours) if each]
    phones = " ".join(phone.number for phone in centre.phones)
    return Words(
        tuple(
            (lang, "，".join([*(each.to(lang) for each in known), *([phones] if phones else [])]))
            for lang in ("zh", "en")
        )
        if known or phones
        else ()
    )
