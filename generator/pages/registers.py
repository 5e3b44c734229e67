"""Pages of the registers: lists, departments, fields and life events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.ledger import list_history
from generator.model import Department, Field, Item, ItemList, LifeEvent
from generator.parts import Run
from generator.views import Mirror

from .blocks import Block
from .render import Renderer
from .site import Site
from .source import Crumb, PageSource

LEVELS = ("village", "township", "county", "city", "outside")
"""Levels of departments, the nearest first."""


def overviews(site: Site, lang: str) -> Iterator[PageSource]:
    """All departments, all fields, all life events."""
    yield _overview(site, lang, "departments", "departments")
    yield _overview(site, lang, "fields", "field")
    yield _overview(site, lang, "life-events", "life-event")


def _overview(site: Site, lang: str, folder: str, kind: str) -> PageSource:
    render = site.renderer(lang, folder)
    title = render.say(f"{kind}.all")

    def body() -> tuple[Block, ...]:
        name = f"all_{folder.replace('-', '_')}"
        return (
            render.heading(1, title, "top"),
            render.component(name, site=site, levels=_by_level(site)),
        )

    return PageSource(
        path=folder,
        lang=lang,
        kind=kind,
        title=title,
        description=render.say(f"{kind}.all_description"),
        crumbs=(site.home_crumb(lang),),
        body=body,
    )


def _by_level(site: Site) -> list[tuple[str, list[Mirror]]]:
    """Departments from the village up, each with its part in the lists."""
    found: dict[str, list[Mirror]] = {level: [] for level in LEVELS}
    for mirror in site.mirrors.values():
        found[mirror.department.level].append(mirror)
    return [(level, mirrors) for level, mirrors in found.items() if mirrors]


def of_list(site: Site, lang: str, item_list: ItemList) -> PageSource:
    """A list with all its items."""
    path = f"lists/{item_list.id}"
    render = site.renderer(lang, path)
    count = len(site.keys_of(item_list.id))

    def body() -> Iterator[Block]:
        yield render.heading(1, item_list.title, "top")
        yield render.component("list_head", item_list=item_list, count=count)
        yield render.component("items", _rows(site, render, item_list), item_list=item_list)
        entries = list_history(site.ledger, item_list.id)
        if entries:
            yield render.heading(2, render.say("list.history"), "history")
            yield render.component(
                "list_history", entries=entries, county=site.county, today=site.today
            )

    return PageSource(
        path=path,
        lang=lang,
        kind="list",
        title=render.plain(item_list.title),
        description=render.say("list.description", name=render.plain(item_list.title), count=count),
        crumbs=(site.home_crumb(lang),),
        body=lambda: tuple(body()),
    )


def _rows(site: Site, render: Renderer, item_list: ItemList) -> Run:
    """The items of a list."""

    def values(key: str) -> Mapping[str, Any]:
        return {"item": site.county.items[key], "role": item_list.role, "county": site.county}

    keys = site.keys_of(item_list.id)
    return render.rows(f"{item_list.level}_item", "items", keys, values, item_list.id)


def of_department(site: Site, lang: str, department: Department) -> PageSource:
    """A department, and what is its business."""
    path = f"departments/{department.id}"
    render = site.renderer(lang, path)
    name = render.plain(department.name)
    return PageSource(
        path=path,
        lang=lang,
        kind="department",
        title=name,
        description=render.say("department.description", name=name),
        crumbs=(site.home_crumb(lang), Crumb(render.say("departments.all"), "departments")),
        body=lambda: tuple(_department_body(site, render, department)),
        feed=f"departments/{department.id}/feed.xml",
    )


def _department_body(site: Site, render: Renderer, department: Department) -> Iterator[Block]:
    mirror = site.mirrors[department.id]
    yield render.heading(1, department.name, "top")
    yield render.component(
        "department_head", department=department, mirror=mirror, county=site.county
    )
    for part in ("answers", "replaces", "leads", "took_back"):
        items: list[Item] = getattr(mirror, part)
        if items:
            yield render.heading(2, render.say(f"department.{part}"), part.replace("_", "-"))
            yield render.component(
                "item_links", items=items, county=site.county, scopes=site.scopes
            )
    if mirror.elsewhere:
        yield render.heading(2, render.say("department.elsewhere"), "elsewhere")
        yield render.component(
            "item_elsewhere", pairs=mirror.elsewhere, county=site.county, scopes=site.scopes
        )


def of_field(site: Site, lang: str, topic: Field) -> PageSource:
    """A field with its items."""
    return _topic(site, lang, "fields", "field", topic, site.by_field[topic.id])


def of_life_event(site: Site, lang: str, topic: LifeEvent) -> PageSource:
    """A life event with its items."""
    return _topic(site, lang, "life-events", "life-event", topic, site.by_life_event[topic.id])


def _topic(
    site: Site, lang: str, folder: str, kind: str, topic: Field | LifeEvent, items: tuple[Item, ...]
) -> PageSource:
    path = f"{folder}/{topic.id}"
    render = site.renderer(lang, path)
    name = render.plain(topic.name)

    def body() -> tuple[Block, ...]:
        return (
            render.heading(1, topic.name, "top"),
            render.component(
                "topic", topic=topic, items=items, county=site.county, scopes=site.scopes
            ),
        )

    return PageSource(
        path=path,
        lang=lang,
        kind=kind,
        title=render.say(f"{kind}.page_title", name=name),
        description=render.say(f"{kind}.description", name=name, count=len(items)),
        crumbs=(site.home_crumb(lang), Crumb(render.say(f"{kind}.all"), folder)),
        body=body,
    )
