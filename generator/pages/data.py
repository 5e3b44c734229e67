"""The page of open data: which files there are, and in which formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.datafiles import COUNTY_FILES, LIST_FORMS, PLACE_FORMS, list_path, place_path

from .blocks import Block
from .render import Renderer
from .site import Site
from .source import PageSource


def pages(site: Site, lang: str) -> Iterator[PageSource]:
    """``/data/``."""
    render = site.renderer(lang, "data")
    county = render.plain(site.county.profile.name)
    yield PageSource(
        path="data",
        lang=lang,
        kind="data",
        title=render.say("data.title", county=county),
        description=render.say("data.description", county=county),
        crumbs=(site.home_crumb(lang),),
        body=lambda: _body(site, render, county),
    )


def _body(site: Site, render: Renderer, county: str) -> Sequence[Block]:
    return (
        render.heading(1, render.say("data.title", county=county), "top"),
        render.component(
            "data",
            county=site.county,
            files=COUNTY_FILES,
            list_forms=LIST_FORMS,
            place_forms=PLACE_FORMS,
            list_path=list_path,
            place_path=place_path,
        ),
    )
