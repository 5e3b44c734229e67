"""Pages there is one of: home, proofs not issued, plates, sources, search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from generator.parts import NAMES, Extracts, Run
from generator.pinyin import syllables

from .blocks import Block
from .render import Renderer
from .site import Site
from .source import PageSource


def pages(site: Site, lang: str) -> Iterator[PageSource]:
    """Every page that there is one of."""
    yield _page(site, lang, "", "home", partial(_home, site))
    yield _page(site, lang, "search", "search", partial(_search, site, lang))
    yield _page(site, lang, "proofs", "proofs", partial(_proofs, site))
    yield _page(site, lang, "sources", "sources", partial(_sources, site))
    yield _page(site, lang, "posters", "posters", partial(_posters, site))
    if site.county.plates:
        yield _page(site, lang, "plates", "plates", partial(_plates, site))


def _page(
    site: Site, lang: str, path: str, kind: str, body: Callable[[Renderer], Sequence[Block]]
) -> PageSource:
    render = site.renderer(lang, path)
    names: dict[str, Any] = {"county": render.plain(site.county.profile.name)}
    return PageSource(
        path=path,
        lang=lang,
        kind=kind,
        title=render.say(f"{kind}.title", **names),
        description=render.say(f"{kind}.description", **names),
        crumbs=(site.home_crumb(lang),) if path else (),
        body=lambda: body(render),
    )


def _headed(
    render: Renderer, kind: str, site: Site, *runs: Run, **values: Any
) -> tuple[Block, ...]:
    county = render.plain(site.county.profile.name)
    title = render.say(f"{kind}.title", county=county)
    return (
        render.heading(1, title, "top"),
        render.component(kind, *runs, county=site.county, **values),
    )


def _home(site: Site, render: Renderer) -> tuple[Block, ...]:
    counts = dict.fromkeys(site.county.item_lists, 0)
    for item in site.county.items.values():
        counts[item.list] += 1
    return (
        render.heading(1, render.say("home.question"), "top"),
        render.component("home", county=site.county, counts=counts),
    )


def _search(site: Site, lang: str, render: Renderer) -> tuple[Block, ...]:
    letters = _by_letter(site, lang)
    rows = (
        site.item_links(render, keys, f"{lang}.letter.{letter}", "found_item")
        for letter, keys in letters.items()
    )
    return _headed(render, "search", site, *rows, letters=letters)


def _proofs(site: Site, render: Renderer) -> tuple[Block, ...]:
    refused = [
        item
        for item in site.county.items.values()
        if item.level == "village" and site.list_of(item).role == "does-not"
    ]
    return _headed(render, "proofs", site, items=refused)


def _sources(site: Site, render: Renderer) -> tuple[Block, ...]:
    used = tuple(site.documents_in_use())
    rows = (site.item_links(render, keys, f"document.{each.id}") for each, keys in used)
    return (*_headed(render, "sources", site, *rows, documents=used), *_hotlines(site, render))


def _hotlines(site: Site, render: Renderer) -> Iterator[Block]:
    """The numbers that search gives, and where they come from."""
    hotlines = site.county.lexicon.hotlines
    if hotlines:
        limit = site.county.profile.stale_after_days
        yield render.heading(2, render.say("document.hotlines"), "hotlines")
        yield render.component("hotlines", hotlines=hotlines, today=site.today, limit=limit)


def _posters(site: Site, render: Renderer) -> tuple[Block, ...]:
    examples = site.prints.examples(render.language.tag)
    return _headed(render, "posters", site, prints=site.prints, examples=examples)


def _plates(site: Site, render: Renderer) -> tuple[Block, ...]:
    return _headed(render, "plates", site)


def _by_letter(site: Site, lang: str) -> dict[str, list[str]]:
    """The ids of all items under the first letter of their name as read aloud, in that order."""
    languages = [each.tag for each in site.languages]
    read = site.shared.once("letters", (), lambda: _all_read(site, languages))
    number = languages.index(lang)
    found: dict[str, list[str]] = {}
    for reading, key in sorted((read[key][number], key) for key in site.county.items):
        letter = reading[:1].upper()
        found.setdefault(letter if letter.isalpha() else "#", []).append(key)
    return found


def _all_read(site: Site, languages: Sequence[str]) -> dict[str, list[str]]:
    """How the name of each item is read aloud in each language, by id."""
    items = site.county.items
    keys = tuple(items)

    def make(key: str) -> list[str]:
        return [_read(items[key].name.to(each)) for each in languages]

    extracts = Extracts(NAMES, "letters", keys, make, made_from=" ".join(languages))
    return dict(zip(keys, site.shared.extracts(extracts), strict=True))


def _read(name: str) -> str:
    """Pinyin for Chinese, the word itself for anything else."""
    return " ".join(syllables(name.strip("“《（("))).lower()
