"""Pages that have moved: at the old address stands a page that leads to the new one.

A plain host of files cannot answer with a redirect of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from generator.edition import SiteFile
from generator.language import Language
from generator.model import Redirect

from .site import Site
from .source import source_uri

_PAGE = Markup("""\
<!doctype html>
<html lang="{lang}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{absolute}">
</head>
<body><h1>{title}</h1><p><a href="{address}">{text}</a></p></body>
</html>
""")


def redirects(site: Site) -> Iterator[SiteFile]:
    """For each page that has moved and each language, what stands at the old address."""
    for language in site.languages:
        for redirect in site.county.redirects.values():
            uri = source_uri(redirect.id, site.prefix(language.tag)).removesuffix(".md")
            yield SiteFile(f"{uri}.html", partial(_page, site, language, redirect))


def _page(site: Site, language: Language, redirect: Redirect) -> bytes:
    address = site.renderer(language.tag, redirect.id).links.page(redirect.to)
    return _PAGE.format(
        lang=language.html_tag,
        direction=language.direction,
        title=language.say("moved.title"),
        text=language.say("moved.text"),
        address=address,
        absolute=site.address(language.tag, redirect.to) or address,
    ).encode()
