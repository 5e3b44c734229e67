"""Changes in words, in any language of the site."""

from __future__ import annotations

from collections.abc import Iterable

from generator.language import Language
from generator.model import Change, County, Text

from .kinds import LEAVING


def kind_name(change: Change, language: Language) -> str:
    """What a change of this kind is called: 换了清单."""
    return language.say(f"change.{change.change}")


def explain(change: Change, county: County, language: Language, *, is_refused: bool = False) -> str:
    """One sentence: which items, and from where to where; of a refused one, what was asked."""
    lists = {
        name: language.say("change_says.list", name=_verdict(county, key, language))
        for name, key in (("from_list", change.from_list), ("to_list", change.to_list))
        if key
    }
    return language.say(
        "change_says.asked" if is_refused else f"change_says.{_sentence(change)}",
        kind=kind_name(change, language),
        what=what(change, county, language),
        into=_named(change.into, county, language),
        **lists,
    )


def _sentence(change: Change) -> str:
    """Which sentence says it: that of its kind, unless lists are named otherwise than usual."""
    kind = change.change
    if kind in ("added", "moved") and change.to_list is None:
        return "asked"
    if kind == "moved" and change.from_list is None:
        return "added"
    if change.into and change.to_list:
        return "into_list"
    if change.to_list and kind not in ("added", "moved", *LEAVING):
        return "other_list"
    return kind


def what(change: Change, county: County, language: Language) -> str:
    """The items of a change: the name of one, the number of several, else what it says itself."""
    if len(change.items) == 1:
        item = county.item(change.items[0])
        return language.say("change_says.one", name=_shown(item.name, language)) if item else "—"
    if change.items:
        return language.say("change_says.several", count=len(change.items))
    return _shown(change.text, language) if change.text else "—"


def _named(keys: Iterable[str], county: County, language: Language) -> str:
    items = (county.item(key) for key in keys)
    names = (
        language.say("change_says.one", name=_shown(each.name, language)) for each in items if each
    )
    return language.say("list.separator").join(names)


def _verdict(county: County, key: str, language: Language) -> str:
    item_list = county.item_lists.get(key)
    return _shown(item_list.verdict, language) if item_list else key


def _shown(text: Text, language: Language) -> str:
    return " ".join(text.to(language.tag).split())
