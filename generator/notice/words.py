"""A notice in words: as text, as Markdown for a pull request, as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from generator.language import Language
from generator.ledger import Passage, differing
from generator.model import County, Township

from .differences import Difference, Group, Notice

MOST_NAMES = 6
"""More places than these are counted, not named."""

MOST_POINTS = 3
"""More items than these, of which the same is to be said, are told in one sentence."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")


def as_text(notice: Notice, language: Language, old: str, new: str) -> str:
    """A notice that can be read aloud; ``old`` and ``new`` name the two editions."""
    return "\n".join(_lines(notice, language, (old, new), _TEXT)) + "\n"


def as_markdown(notice: Notice, language: Language, old: str, new: str) -> str:
    """The notice for a pull request; nothing from the lists can become a link or a mention."""
    return "\n".join(_lines(notice, language, (old, new), _MARKDOWN)) + "\n"


def as_json(notice: Notice, language: Language, old: str, new: str) -> str:
    """The notice for programs, with names in one language."""
    groups = [
        {
            "level": group.level,
            "places": list(group.codes),
            "who": who(group, notice.new, language),
            "differences": [
                {
                    "kind": each.kind,
                    "item": each.item,
                    "name": each.name.to(language.tag),
                    "before": each.before.to(language.tag),
                    "after": each.after.to(language.tag),
                    "says": sentence(each, language),
                }
                for each in group.differences
            ],
        }
        for group in notice.groups
    ]
    decisions = [each.id for each in notice.decisions]
    data = {"old": old, "new": new, "groups": groups, "decisions": decisions}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


class _Style(Struct, frozen=True):
    title: str
    heading: str
    point: str
    more: str
    marks: tuple[str, str]
    """Around what differs between two wordings."""
    escape: Callable[[str], str]


def _escaped(text: str) -> str:
    """Text that Markdown leaves alone; a mention is broken by an invisible word joiner."""
    return _SPECIAL.sub(r"\\\1", text).replace("@", "@\u2060")


_TEXT = _Style("", "", "· ", "    ", ("【", "】"), lambda text: text)
_MARKDOWN = _Style("## ", "### ", "- ", "  <br>", ("<b>", "</b>"), _escaped)


def _lines(
    notice: Notice, language: Language, editions: tuple[str, str], style: _Style
) -> Iterator[str]:
    county = notice.new.profile.name.to(language.tag)
    old, new = editions
    yield style.title + style.escape(language.say("notice.title", county=county, old=old, new=new))
    if notice.is_empty:
        yield ""
        yield style.escape(language.say("notice.nothing"))
    elif not notice.groups:
        yield ""
        yield style.escape(language.say("notice.no_list"))
    for group in notice.groups:
        yield ""
        yield style.heading + style.escape(who(group, notice.new, language))
        if style.heading:
            yield ""
        yield from _points(group.differences, language, style)
    if notice.decisions:
        yield ""
        yield style.heading + style.escape(language.say("notice.decisions"))
        if style.heading:
            yield ""
    for decision in notice.decisions:
        title = decision.title.to(language.tag)
        kind = language.say(f"decision.{decision.kind}")
        told = language.say(
            "notice.decision", date=language.date(decision.date), kind=kind, title=title
        )
        yield style.point + style.escape(" ".join(told.split()))


def _points(differences: Sequence[Difference], language: Language, style: _Style) -> Iterator[str]:
    last = ""
    for _, found in groupby(differences, key=_told_alike):
        alike = list(found)
        if len(alike) > MOST_POINTS:
            yield style.point + style.escape(_together(alike, language))
            continue
        for each in alike:
            if not (each.kind == "answer" and each.item == last):
                yield style.point + style.escape(sentence(each, language))
            yield from _wordings(each, language, style)
            last = each.item


def _told_alike(difference: Difference) -> tuple[object, ...]:
    """What differences share of which one sentence can tell."""
    if difference.kind in ("entered", "left", "moved"):
        return difference.kind, difference.before, difference.after
    return difference.kind, difference.item


def _together(alike: Sequence[Difference], language: Language) -> str:
    first = alike[0]
    names = (language.say("change_says.one", name=each.name.to(language.tag)) for each in alike)
    return language.say(
        f"notice.{first.kind}_many",
        count=len(alike),
        names=language.say("list.separator").join(names),
        before=first.before.to(language.tag),
        after=first.after.to(language.tag),
    )


def _wordings(difference: Difference, language: Language, style: _Style) -> Iterator[str]:
    """Both wordings, with marks around what differs when most of them is the same."""
    if difference.kind not in ("answer", "centre"):
        return
    unknown = language.say("notice.unknown")
    before, after = (
        getattr(difference, part).to(language.tag) or unknown for part in ("before", "after")
    )
    for part, pieces in zip(("before", "after"), differing(before, after), strict=True):
        text = "".join(_marked(pieces, style))
        yield style.more + style.escape(language.say(f"notice.{part}", text="")) + text


def _marked(pieces: Iterable[Passage], style: _Style) -> Iterator[str]:
    begin, end = style.marks
    for each in pieces:
        text = style.escape(each.text)
        yield f"{begin}{text}{end}" if each.changed else text


def sentence(difference: Difference, language: Language) -> str:
    """What a villager would be told: “困难证明”从“村里帮办”改成“村里不办”。"""
    values = {
        part: getattr(difference, part).to(language.tag) for part in ("name", "before", "after")
    }
    return language.say(f"notice.{difference.kind}", **values)


def who(group: Group, county: County, language: Language) -> str:
    """The places of a group: 全县87个村和社区, 永和镇4个村和社区, or their names."""
    level, count = group.level, len(group.codes)
    everywhere = _codes(county, level)
    if set(group.codes) >= set(everywhere):
        return language.say(f"notice.every_{level}", count=count)
    township = _whole_township(group, county)
    if township:
        name = township.name.to(language.tag)
        return language.say("notice.of_township", township=name, count=count)
    names = _names(county, language)
    told = [names.get(code, code) for code in group.codes[:MOST_NAMES]]
    if count > MOST_NAMES:
        told.append(language.say("notice.and_others"))
    separator = language.say("list.separator")
    return language.say(f"notice.some_{level}", count=count, names=separator.join(told))


def _codes(county: County, level: str) -> list[str]:
    if level == "township":
        return list(county.townships)
    return [village.code for _, village in county.villages()]


def _whole_township(group: Group, county: County) -> Township | None:
    for township in county.townships.values() if group.level == "village" else ():
        if set(group.codes) == {village.code for village in township.villages}:
            return township
    return None


def _names(county: County, language: Language) -> dict[str, str]:
    """Names by code; a village with its township, since names repeat in a county."""
    tag = language.tag
    names = {code: each.name.to(tag) for code, each in county.townships.items()}
    for township, village in county.villages():
        names[village.code] = language.say(
            "notice.village", township=township.name.to(tag), village=village.name.to(tag)
        )
    return names
