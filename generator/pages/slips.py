"""The slip of an item that the village does not do, to whoever asked for the paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import Item
from generator.views import item_state

from .blocks import Block
from .site import Site
from .source import Crumb, PageSource


def has_slip(site: Site, item: Item) -> bool:
    """Whether somebody may ask for this and must be told no."""
    return site.list_of(item).role == "does-not"


def former(site: Site, lang: str) -> Iterator[PageSource]:
    """What stands at the address of every slip there once was."""
    for item in _once_refused(site):
        yield _former(site, lang, item)


def _once_refused(site: Site) -> Iterator[Item]:
    """Items that had a slip before a decision moved them: its code is still on paper."""
    lists = site.county.item_lists
    refusing = {key for key, each in lists.items() if each.role == "does-not"}
    found = {
        step.item: site.county.item(step.item)
        for step in site.ledger.steps
        if step.day <= site.today and not refusing.isdisjoint(step.after.values())
    }
    for key, item in found.items():
        if item and (key in site.county.unlisted or not has_slip(site, item)):
            yield item


def _former(site: Site, lang: str, item: Item) -> PageSource:
    path = f"items/{item.id}/slip"
    render = site.renderer(lang, path)
    name = render.plain(item.name)

    def body() -> Sequence[Block]:
        return (
            render.heading(1, render.say("slip.former"), "top"),
            render.component("slip_former", item=item),
        )

    return PageSource(
        path=path,
        lang=lang,
        kind="slip-former",
        title=render.say("slip.page_title", name=name),
        description=render.say("slip.former_says"),
        crumbs=(site.home_crumb(lang), Crumb(name, f"items/{item.id}")),
        body=body,
    )


def of_item(site: Site, lang: str, item: Item) -> PageSource:
    """The slip of an item that has one."""
    path = f"items/{item.id}/slip"
    render = site.renderer(lang, path)
    name = render.plain(item.name)

    def body() -> Sequence[Block]:
        state = item_state(item, site.county, site.today)
        values = {"item": item, "county": site.county, "state": state}
        sheets = site.prints.of(f"items/{item.id}")
        return (
            render.heading(1, render.say("sheet.slip.title"), "top"),
            render.component("slip", **values),
            render.component("prints", sheets=sheets),
        )

    return PageSource(
        path=path,
        lang=lang,
        kind="slip",
        title=render.say("slip.page_title", name=name),
        description=render.say("slip.description", name=name),
        crumbs=(site.home_crumb(lang), Crumb(name, f"items/{item.id}")),
        body=body,
    )
