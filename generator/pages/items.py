"""One page for each item, of villages and of townships."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from generator.model import Item, TownshipItem, VillageItem
from generator.views import item_state

from .blocks import Block
from .jsonld import government_service
from .render import Renderer
from .site import Site
from .slips import has_slip
from .source import Crumb, PageSource


def of_unlisted(site: Site, lang: str, item: Item) -> PageSource:
    """The page of an item that has left the lists, or is still to come: its address remains."""
    path = f"items/{item.id}"
    render = site.renderer(lang, path)

    def body() -> Iterator[Block]:
        unlisted = site.unlisted[item.id]
        entry = unlisted.entry
        entries = site.histories.get(item.id, ())
        yield render.heading(1, item.name, "top")
        yield render.component(
            "item_unlisted",
            item=item,
            item_list=site.list_of(item),
            county=site.county,
            state=unlisted.state,
            entry=entry,
            until=entry.decision.until if entry and unlisted.state == "suspended" else None,
            became=unlisted.became,
            offices=tuple(dict.fromkeys(item.departments)),
        )
        if getattr(item, "replacement", None):
            yield render.heading(2, render.say("item.instead"), "instead")
            yield render.component("item_instead", item=item, county=site.county)
        if entries:
            yield render.heading(2, render.say("item.history"), "history")
            yield render.component("item_history", entries=entries)

    return PageSource(
        path=path,
        lang=lang,
        kind="item-unlisted",
        title=render.plain(item.name),
        description=render.say("unlisted.description", name=render.plain(item.name)),
        crumbs=(site.home_crumb(lang), Crumb(render.say("changes.title"), "changes")),
        body=lambda: tuple(body()),
    )


def of_item(site: Site, lang: str, item: Item) -> PageSource:
    """The page of an item on a list."""
    path = f"items/{item.id}"
    render = site.renderer(lang, path)
    item_list = site.list_of(item)
    return PageSource(
        path=path,
        lang=lang,
        kind="item",
        title=render.say(
            "item.page_title", name=render.plain(item.name), verdict=render.plain(item_list.verdict)
        ),
        description=render.plain(answer_of(item)),
        crumbs=(
            site.home_crumb(lang),
            Crumb(render.plain(item_list.name), f"lists/{item_list.id}"),
        ),
        body=lambda: tuple(_body(site, render, item)),
        data=lambda: _data(site, lang, path, item),
    )


def answer_of(item: Item) -> Any:
    """The plain sentence that every item of a village or township has."""
    assert isinstance(item, VillageItem | TownshipItem)
    return item.answer


def _body(site: Site, render: Renderer, item: Item) -> Iterator[Block]:
    """The answer first, then what to do, then how we know."""
    values = {"item": item, "county": site.county, "item_list": site.list_of(item)}
    yield render.heading(1, item.name, "top")
    yield render.component("item_answer", **values, slip=has_slip(site, item))
    yield render.component("item_mine", **values, only=_paths(site, item.places))
    coming = [each for each in site.histories.get(item.id, ()) if each.status == "coming"]
    if coming:
        yield render.component("item_coming", entries=coming)
    for name in _sections(site, item):
        yield render.heading(2, render.say(f"item.{name}"), name)
        yield render.component(f"item_{name}", **values, **_extra(site, item, name))
    yield render.component("item_about", **values, places=site.scopes.places_of(item))


def _sections(site: Site, item: Item) -> Sequence[str]:
    """The sections that the item has something to say in."""
    wanted = {
        "who": True,
        "instead": getattr(item, "replacement", None),
        "bring": isinstance(item, VillageItem)
        and (item.bring or site.list_of(item).role != "does-not"),
        "steps": any(getattr(item, name, None) for name in ("steps", "time", "fee")),
        "outdated": getattr(item, "outdated_advice", None),
        "exceptions": getattr(item, "exceptions", None),
        "variants": item.variants,
        "practice": getattr(item, "practice", None),
        "said_as": item.said_as,
        "basis": item.basis,
        "history": site.histories.get(item.id),
        "related": site.related.get(item.id),
    }
    return [name for name, present in wanted.items() if present]


def _extra(site: Site, item: Item, section: str) -> dict[str, Any]:
    if section == "basis":
        return {"state": item_state(item, site.county, site.today)}
    if section == "history":
        return {"entries": site.histories[item.id]}
    if section == "variants":
        return {"place_names": site.scopes.names_of, "paths": partial(_paths, site)}
    if section == "related":
        return {"items": site.related[item.id]}
    return {}


def _paths(site: Site, codes: Sequence[str]) -> str:
    """Places as "my village" names them: ``township`` or ``township/village``."""
    return " ".join(site.scopes.paths_of(codes))


def _data(site: Site, lang: str, path: str, item: Item) -> Sequence[Mapping[str, Any]]:
    township = site.language(lang).say("township.itself")
    return [government_service(item, site.county, site.address(lang, path), lang, township)]
