"""What the pages show that are made once for the whole site: the sitemap and the 404 page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.links import Links
from generator.pages import Site


def sitemap(site: Site, pages: frozenset[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """For each path, its absolute addresses by language; nothing without a site URL."""
    for path in sorted({path for _, path in pages}) if site.site_url else ():
        yield [
            (each.html_tag, site.address(each.tag, path) or "")
            for each in site.languages
            if (each.tag, path) in pages
        ]


def missing_links(site: Site) -> dict[str, dict[str, str]]:
    """Where a missing page leads to, in each language, below the site's root."""
    links = Links(0, "", site.directory_urls)
    targets = {"home": "", "search": "search", "places": "places"}
    return {
        each.tag: {
            name: links.other_language(site.prefix(each.tag), path).removeprefix("./")
            for name, path in targets.items()
        }
        for each in site.languages
    }
