"""Pages of places: all of them, each township, each village."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.datafiles import place_path
from generator.model import Township, Village
from generator.views import ItemGroup, PlaceView

from .blocks import Block, Together, common_html
from .jsonld import government_office
from .render import Renderer
from .site import Site
from .source import Crumb, PageSource


def overview(site: Site, lang: str) -> PageSource:
    """All townships with their villages."""
    path = "places"
    render = site.renderer(lang, path)

    def body() -> Sequence[Block]:
        title = render.say("places.title")
        townships = tuple(site.county.townships.values())
        return (
            render.heading(1, title, "top"),
            render.component("places", townships=townships),
        )

    return PageSource(
        path=path,
        lang=lang,
        kind="places",
        title=render.say("places.title"),
        description=render.say("places.description", county=_county_name(site, render)),
        crumbs=(site.home_crumb(lang),),
        body=body,
    )


def of_township(site: Site, lang: str, township: Township) -> PageSource:
    """A township: its service centre, villages and lists."""
    path = f"places/{township.slug}"
    render = site.renderer(lang, path)
    name = render.plain(township.name)

    def body() -> Sequence[Block]:
        view = site.scopes.township(township)
        return (
            render.heading(1, township.name, "top"),
            render.component(
                "mine_place",
                place=township,
                path=township.slug,
                profile=site.county.profile,
            ),
            render.component("service_centre", place=township, profile=site.county.profile),
            render.heading(2, render.say("township.villages"), "villages"),
            render.component("villages", township=township),
            _lists(site, render, view),
            _foot(site, render, view),
        )

    return PageSource(
        path=path,
        lang=lang,
        kind="township",
        title=render.say("township.page_title", name=name),
        description=render.say("township.description", name=name),
        crumbs=(site.home_crumb(lang), Crumb(render.say("places.title"), "places")),
        body=body,
        data=lambda: [_office(site, lang, path, township)],
        feed=f"changes/places/{township.slug}/feed.xml",
    )


def of_village(site: Site, lang: str, township: Township, village: Village) -> PageSource:
    """A village: its service centre and lists."""
    path = f"places/{township.slug}/{village.slug}"
    render = site.renderer(lang, path)
    names = {"name": render.plain(village.name), "township": render.plain(township.name)}

    def body() -> Sequence[Block]:
        view = site.scopes.village(township, village)
        return (
            render.heading(1, village.name, "top"),
            render.component(
                "mine_place",
                place=village,
                path=path.removeprefix("places/"),
                profile=site.county.profile,
            ),
            render.component("service_centre", place=village, profile=site.county.profile),
            _lists(site, render, view),
            _foot(site, render, view),
        )

    return PageSource(
        path=path,
        lang=lang,
        kind="village",
        title=render.say("village.page_title", **names),
        description=render.say("village.description", **names),
        crumbs=(
            site.home_crumb(lang),
            Crumb(render.say("places.title"), "places"),
            Crumb(names["township"], f"places/{township.slug}"),
        ),
        body=body,
        data=lambda: [_office(site, lang, path, village)],
    )


def _lists(site: Site, render: Renderer, view: PlaceView) -> Together:
    """The place's lists, which places that read the same have in common."""
    key = (view.level, view.named, render.language.tag, render.links.depth)
    blocks = partial(_rendered, site, render, view)
    return Together(site.shared.common("places.lists", key, lambda: common_html(blocks())), blocks)


def _rendered(site: Site, render: Renderer, view: PlaceView) -> tuple[Block, ...]:
    return (
        render.component("list_nav", groups=view.groups),
        *(block for group in view.groups for block in _list(site, render, group)),
    )


def _foot(site: Site, render: Renderer, view: PlaceView) -> Block:
    """The edition, the place's sheets, a township's table and changes, where to complain."""
    sheets = site.prints.of(view.path)
    return render.component(
        "place_foot",
        profile=site.county.profile,
        sheets=sheets,
        complain=site.complaints(render),
        township=None if view.village else view.township,
        table=place_path(view.path, "xlsx"),
    )


def _list(site: Site, render: Renderer, group: ItemGroup) -> Iterator[Block]:
    yield render.heading(2, group.item_list.name, group.item_list.id)
    values = {"role": group.item_list.role, "county": site.county}
    macro = f"{group.item_list.level}_item"
    rows = Markup("\n").join(render.row(macro, item=item, **values) for item in group.items)
    yield render.component("items", item_list=group.item_list, rows=rows)


def _office(site: Site, lang: str, path: str, place: Township | Village) -> Mapping[str, Any]:
    return government_office(place, site.county, site.address(lang, path), lang)


def _county_name(site: Site, render: Renderer) -> str:
    return render.plain(site.county.profile.name)
