"""What changed: the timeline, a page for each decision, and one for each township."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct

from generator.ledger import (
    DECISION_KINDS,
    LoadPoint,
    Passage,
    Status,
    compare,
    due_dates,
    explain,
    holds_in,
    is_coming,
    loads,
    newest_first,
    status_of,
)
from generator.model import Change, Decision, StageRule, Township
from generator.parts import Run

from .blocks import Block
from .render import Renderer
from .site import Site
from .source import Crumb, PageSource

MOST_BARS = 12
"""Days that a chart shows; the table beside it has all."""

CHART_WIDTH = 360
"""In the units of the chart, about the points of a phone."""

_ROW, _BAR = 62, 30


class Line(Struct, frozen=True):
    """One decision of a timeline."""

    decision: Decision
    status: Status
    sentences: tuple[str, ...]


def timeline(
    site: Site, render: Renderer, decisions: Iterable[Decision]
) -> list[tuple[str, list[Line]]]:
    """Decisions by year, in their order; what is still to come stands under ``""``."""

    def year(line: Line) -> str:
        date = line.decision.date
        return "" if is_coming(line.decision, site.today) else str(date.begins.year)

    lines = (_line(site, render, each) for each in decisions)
    return [(key, list(found)) for key, found in groupby(lines, key=year)]


def _line(site: Site, render: Renderer, decision: Decision) -> Line:
    sentences = tuple(
        explain(each, site.county, render.language, is_refused=decision.is_rejected)
        for each in decision.changes
    )
    return Line(decision, status_of(decision, site.today), sentences)


def overview(site: Site, lang: str) -> PageSource:
    """The timeline of the county."""
    path = "changes"
    render = site.renderer(lang, path)
    county = render.plain(site.county.profile.name)

    def body() -> Iterator[Block]:
        decisions = tuple(newest_first(site.county))
        yield render.heading(1, render.say("changes.title"), "top")
        yield render.component("changes_lead", site=site, prefix=site.prefix(lang))
        yield from _due(site, render)
        yield from _unanswered(site, render, decisions)
        yield from _charts(site, render, None)
        yield render.heading(2, render.say("changes.timeline"), "timeline")
        yield render.component("timeline", years=timeline(site, render, decisions))
        yield render.heading(2, render.say("changes.by_kind"), "kinds")
        yield render.component("changes_by_kind", kinds=_by_kind(decisions))
        yield render.heading(2, render.say("changes.by_place"), "places")
        yield render.component("changes_by_place", townships=site.county.townships.values())

    return PageSource(
        path=path,
        lang=lang,
        kind="changes",
        title=render.say("changes.title"),
        description=render.say("changes.description", county=county),
        crumbs=(site.home_crumb(lang),),
        body=lambda: tuple(body()),
        feed="changes/feed.xml",
    )


def _by_kind(decisions: Sequence[Decision]) -> list[tuple[str, list[Decision]]]:
    found = ((kind, [each for each in decisions if each.kind == kind]) for kind in DECISION_KINDS)
    return [(kind, of_kind) for kind, of_kind in found if of_kind]


def _due(site: Site, render: Renderer) -> Iterator[Block]:
    dates = due_dates(site.county, site.today)
    if dates:
        yield render.heading(2, render.say("changes.due"), "due")
        yield render.component("changes_due", dates=dates, today=site.today)


def _unanswered(site: Site, render: Renderer, decisions: Iterable[Decision]) -> Iterator[Block]:
    """What villages have reported and nobody has answered."""
    reports = [each for each in decisions if status_of(each, site.today) == "unanswered"]
    if reports:
        yield render.heading(2, render.say("changes.unanswered"), "unanswered")
        yield render.component("changes_unanswered", reports=reports)


def of_township(site: Site, lang: str, township: Township) -> PageSource:
    """What changed in a township and its villages."""
    path = f"changes/places/{township.slug}"
    render = site.renderer(lang, path)
    name = render.plain(township.name)

    def body() -> Iterator[Block]:
        here = [each for each in newest_first(site.county) if holds_in(each, township, site.county)]
        yield render.heading(1, render.say("changes.of", name=name), "top")
        yield from _charts(site, render, township)
        yield render.heading(2, render.say("changes.timeline"), "timeline")
        yield render.component("timeline", years=timeline(site, render, here))

    return PageSource(
        path=path,
        lang=lang,
        kind="changes-of-place",
        title=render.say("changes.of", name=name),
        description=render.say("changes.of_description", name=name),
        crumbs=(site.home_crumb(lang), Crumb(render.say("changes.title"), "changes")),
        body=lambda: tuple(body()),
        feed=f"{path}/feed.xml",
    )


class Segment(Struct, frozen=True):
    """One list's part of a bar, in the units of the chart."""

    role: str
    name: str
    count: int
    x: float
    width: float


class Bar(Struct, frozen=True):
    """How many items each list held from a day on."""

    day: str
    y: int
    segments: tuple[Segment, ...]


def _charts(site: Site, render: Renderer, township: Township | None) -> Iterator[Block]:
    """The load of townships and of villages over time, each with its table."""
    for level in ("village", "township"):
        points = loads(site.county, site.ledger, level, _leaf(level, township), site.today)
        if points:
            yield render.heading(2, render.say(f"load.{level}"), f"load-{level}")
            yield render.component("load", **_chart(site, render, level, points))


def _leaf(level: str, township: Township | None) -> str | None:
    if township is None:
        return None
    return township.code if level == "township" else township.villages[0].code


def _chart(site: Site, render: Renderer, level: str, points: Sequence[LoadPoint]) -> dict[str, Any]:
    lists = site.county.lists_of(level)
    shown = points[-MOST_BARS:]
    most = max(sum(each.counts.values()) for each in shown) or 1
    bars = []
    for row, point in enumerate(shown):
        segments, x = [], 0.0
        for each in lists:
            width = point.counts[each.id] / most * CHART_WIDTH
            name = render.plain(each.verdict)
            segments.append(Segment(each.role, name, point.counts[each.id], x, width))
            x += width
        bars.append(Bar(_since(render, point), row * _ROW, tuple(segments)))
    return {
        "level": level,
        "lists": lists,
        "points": points,
        "bars": bars,
        "width": CHART_WIDTH,
        "height": len(bars) * _ROW,
        "bar_height": _BAR,
        "since": lambda point: _since(render, point),
        "borne": [_borne(each, site, level) for each in (points[0], points[-1])],
    }


def _borne(point: LoadPoint, site: Site, level: str) -> int:
    """Items that the place does or assists with."""
    lighter = ("does-not", "taken-back")
    return sum(
        point.counts[each.id] for each in site.county.lists_of(level) if each.role not in lighter
    )


def _since(render: Renderer, point: LoadPoint) -> str:
    """From when, as exactly as the decision says."""
    return render.date(point.decisions[0].date)


def of_decision(site: Site, lang: str, decision: Decision) -> PageSource:
    """What was decided, how and by whom."""
    path = f"changes/{decision.id}"
    render = site.renderer(lang, path)

    def body() -> Iterator[Block]:
        told = [_told(site, render, decision, number) for number in range(len(decision.changes))]
        yield render.heading(1, decision.title, "top")
        yield render.component(
            "change_head",
            decision=decision,
            status=status_of(decision, site.today),
            county=site.county,
            place_names=site.scopes.names_of,
        )
        what = "changes.asked" if decision.is_rejected else "changes.what"
        yield render.heading(2, render.say(what), "what")
        yield render.component(
            "change_what",
            *(each.links for each in told),
            changes=told,
            is_rejected=decision.is_rejected,
            place_names=site.scopes.names_of,
        )
        yield render.heading(2, render.say("changes.how"), "how")
        yield render.component(
            "change_stages",
            decision=decision,
            stages=_stages(site, decision),
            county=site.county,
            stage_name=lambda key: _stage_name(render, key),
        )
        yield render.component("change_about", decision=decision, county=site.county)

    return PageSource(
        path=path,
        lang=lang,
        kind="change",
        title=render.plain(decision.title),
        description=render.plain(decision.summary),
        crumbs=(site.home_crumb(lang), Crumb(render.say("changes.title"), "changes")),
        body=lambda: tuple(body()),
    )


class Told(Struct, frozen=True):
    """A change with its sentence, its items and its wordings side by side."""

    change: Change
    sentence: str
    links: Run
    old: tuple[Passage, ...]
    new: tuple[Passage, ...]


def _told(site: Site, render: Renderer, decision: Decision, number: int) -> Told:
    change = decision.changes[number]
    old, new = (render.plain(each) if each else "" for each in (change.old, change.new))
    refused = decision.is_rejected
    sentence = explain(change, site.county, render.language, is_refused=refused)
    concerned = [key for key in change.concerns if site.county.item(key)]
    links = site.item_links(render, concerned, f"change.{decision.id}.{number}")
    return Told(change, sentence, links, *compare(old, new))


def _stage_name(render: Renderer, key: str) -> str:
    """What a usual stage is called; a county names its own in its procedures."""
    known = f"stage.names.{key}"
    return render.say(known) if known in render.language.fallback else key


class StageLine(Struct, frozen=True):
    """A stage of the procedure with what is recorded of it."""

    id: str
    rule: StageRule | None
    taken: Any
    """The decision's stage, or None when its source does not say."""


def _stages(site: Site, decision: Decision) -> list[StageLine]:
    """Every stage that was taken or is required; a rejection ends the procedure."""
    procedure = site.county.procedures.get(decision.kind)
    rules = {each.stage: each for each in procedure.stages} if procedure else {}
    taken = {each.stage: each for each in decision.stages}
    wanted = [
        key
        for key, rule in rules.items()
        if key in taken or (rule.required and not decision.is_rejected)
    ]
    return [
        StageLine(key, rules.get(key), taken.get(key)) for key in dict.fromkeys((*wanted, *taken))
    ]
