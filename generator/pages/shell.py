"""What surrounds a page: header, language switch, footer, machine-readable head."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.links import Links, depth_of
from generator.model import Date

from .render import Renderer
from .site import Site
from .source import Crumb, PageSource

SECTIONS = ("places", "life-events", "departments")
"""Folders the header leads to."""

SHARED_ASSETS = (
    "styles",
    "script",
    "search_script",
    "lunr_script",
    "offline_script",
    "search_box_script",
    "search_popup_script",
    "search_page_script",
    "answer_script",
    "changes_styles",
)
"""Files that every page names, whatever its language."""
ASSETS_BY_LANGUAGE = ("search_data", "search_more", "words")
"""Files that the pages of each language name."""

_UNSAFE_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


class Alternate(NamedTuple):
    """The same page in one language."""

    lang: str
    name: str
    href: str
    absolute: str | None
    is_current: bool


class Link(NamedTuple):
    """A labelled address; ``href`` is None for a step that has no page."""

    label: str
    href: str | None
    is_current: bool = False
    name: str = ""
    """The section's folder, for links of the header."""


class Ui(NamedTuple):
    """What the theme's templates know of a page, beside MkDocs's own context."""

    lang: str
    direction: str
    render: Renderer
    path: str
    written: Mapping[str, str]
    """Addresses of the hand-written pages by name, in the nearest language that has them."""
    site_name: str
    demonstration: bool
    edition: str
    hotline: str
    alternates: tuple[Alternate, ...]
    sections: tuple[Link, ...]
    crumbs: tuple[Link, ...]
    footer: tuple[tuple[str, str], ...]
    json_ld: tuple[Markup, ...]
    absolute: str | None
    once: Callable[..., Markup]
    """Makes a part of the page that all pages around it share; see ``Shell``."""
    feed: str | None
    """The Atom feed of what the page is about."""
    as_of: str | None
    """The day whose lists are shown, when it is not the day of the edition."""
    card: str | None
    styles: str
    script: str
    offline_script: str
    search_script: str
    lunr_script: str
    search_box_script: str
    search_popup_script: str
    search_page_script: str
    answer_script: str
    changes_styles: str
    search_data: str
    """The search engine's data in the page's language."""
    search_more: str
    """More phrases for queries that it does not answer for certain."""
    early: Markup
    """The script inside the head, which may not wait for a request."""
    policy: Markup
    """What the page may load and run (Content-Security-Policy)."""
    words: str
    """What scripts say in the page's language."""
    search_box: Markup
    """The search box of the header; empty where the page's body has one."""

    def say(self, key: str, **values: object) -> str:
        """A text of the page's language."""
        return self.render.say(key, **values)

    def page(self, path: str) -> str:
        """The address of another page in the same language."""
        return self.render.links.page(path)

    @property
    def home(self) -> str:
        return self.page("")

    @property
    def search(self) -> str:
        return self.page("search")

    @property
    def sources(self) -> str:
        return self.page("sources")

    @property
    def changes(self) -> str:
        return self.page("changes")


class Shell:
    """Makes the ``Ui`` of every page; what all pages of a language share is made once."""

    def __init__(
        self,
        site: Site,
        assets: Mapping[str, str],
        early: str,
    ) -> None:
        """Prepare the surroundings.

        ``assets`` names the files ``styles``, ``script``, ``search_script``,
        ``card`` … and, for each language, ``search_data.<tag>`` and ``words.<tag>`` below
        the site's root;
        ``early`` is the source of the script inside every head.
        """
        self._site = site
        self._assets = {name: assets[name] for name in SHARED_ASSETS}
        self._assets_of = {
            each.tag: {name: assets[f"{name}.{each.tag}"] for name in ASSETS_BY_LANGUAGE}
            for each in site.languages
        }
        self._card = assets["card"]
        self._early = Markup(early)  # noqa: S704  our own script, from overrides/
        self._policy = Markup(content_security_policy(early))  # noqa: S704  fixed words and a hash

    def of(self, source: PageSource) -> Ui:
        """The surroundings of a generated page."""
        languages = [each.tag for each in self._site.languages]
        return self._ui(
            source.lang, source.path, source.crumbs, source.data(), languages, source.feed
        )

    def of_written(self, lang: str, path: str) -> Ui:
        """The surroundings of a page somebody wrote by hand."""
        languages = [tag for tag, other in sorted(self._site.written or ()) if other == path] or [
            lang
        ]
        return self._ui(lang, path, (self._site.home_crumb(lang),), (), languages)

    def _ui(
        self,
        lang: str,
        path: str,
        crumbs: Sequence[Crumb],
        data: Sequence[Mapping[str, Any]],
        languages: Sequence[str],
        feed: str | None = None,
    ) -> Ui:
        render = self._site.renderer(lang, path)
        key = (lang, depth_of(path), path.partition("/")[0])
        return Ui(
            render=render,
            path=path,
            alternates=tuple(self._alternates(lang, path, languages)),
            crumbs=tuple(_link(render, crumb) for crumb in crumbs),
            json_ld=tuple(as_script(each) for each in data),
            absolute=self._site.address(lang, path),
            feed=feed and render.links.asset(self._site.file_path(lang, feed)),
            **self._site.shared.once("Shell.around", key, lambda: self._around(render, *key)),
        )

    def _around(self, render: Renderer, lang: str, depth: int, section: str) -> dict[str, Any]:
        """What surrounds all pages of a language that lie equally deep in one folder."""
        profile = self._site.county.profile
        found = {
            "lang": render.language.html_tag,
            "direction": render.language.direction,
            "written": self._site.written_links(lang, render.links),
            "site_name": render.plain(profile.site_name),
            "demonstration": not profile.official,
            "edition": render.language.edition(profile.edition),
            "hotline": profile.hotline.number,
            "sections": tuple(self._sections(render, section)),
            "footer": self._footer(lang),
            "as_of": self._as_of(render),
            "card": self._absolute_asset(self._card),
            "early": self._early,
            "policy": self._policy,
            "search_box": self._search_box(render, depth),
            "once": partial(self._once, (lang, depth, section)),
        }
        assets = self._assets | self._assets_of[lang]
        return found | {name: render.links.asset(file) for name, file in assets.items()}

    def _once(self, key: tuple[str, int, str], name: str, caller: Callable[[], Markup]) -> Markup:
        """A part of the template, made for the first page that lies there (``{% call %}``)."""
        return self._site.shared.once(f"Shell.{name}", key, caller)

    def _search_box(self, render: Renderer, depth: int) -> Markup:
        """The search box of the header; home asks in its body."""
        return render.component("ask", is_shown=False).content if depth else Markup("")

    def _as_of(self, render: Renderer) -> str | None:
        day = self._site.as_of
        return None if day is None else render.date(Date.parse(day.isoformat()))

    def _alternates(self, lang: str, path: str, languages: Sequence[str]) -> list[Alternate]:
        site = self._site
        links = Links(depth_of(path), site.prefix(lang), site.directory_urls)
        return [
            Alternate(
                lang=each.html_tag,
                name=each.name,
                href=links.other_language(site.prefix(each.tag), path),
                absolute=site.address(each.tag, path),
                is_current=each.tag == lang,
            )
            for each in site.languages
            if each.tag in languages
        ]

    def _sections(self, render: Renderer, section: str) -> list[Link]:
        return [
            Link(
                render.say(f"shell.sections.{name}"),
                render.links.page(name),
                name == section,
                name,
            )
            for name in SECTIONS
        ]

    def _footer(self, lang: str) -> tuple[tuple[str, str], ...]:
        """What the county has set of the slots a government site must fill."""
        render = self._site.renderer(lang, "")
        slots = self._site.county.profile.footer
        values = {
            "organizer": slots.organizer and render.plain(slots.organizer),
            "operator": slots.operator and render.plain(slots.operator),
            "site_code": slots.site_code,
            "icp": slots.icp,
            "police_record": slots.police_record,
        }
        return tuple(
            (render.say(f"shell.footer.{key}"), value) for key, value in values.items() if value
        )

    def _absolute_asset(self, path: str) -> str | None:
        site_url = self._site.site_url
        return f"{site_url.rstrip('/')}/{path}" if site_url else None


def content_security_policy(early: str) -> str:
    """The policy of every page, on a server and opened from files alike.

    Nothing is loaded but what the site itself holds, and no script inside a page runs
    except ``early``, named by the SHA-256 of its bytes. JSON-LD is data, which scripts'
    rules leave alone. ``data:`` is the empty icon that keeps browsers from asking for one.
    """
    digest = base64.b64encode(hashlib.sha256(early.encode("utf-8")).digest()).decode("ascii")
    own = ("style-src", "connect-src", "manifest-src", "worker-src", "form-action", "base-uri")
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'sha256-{digest}'",
            "img-src 'self' data:",
            *(f"{name} 'self'" for name in own),
        )
    )


def as_script(data: Mapping[str, Any]) -> Markup:
    """JSON that can stand inside a ``<script>`` element, whatever its texts hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _UNSAFE_IN_SCRIPT.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704  what could end the script is escaped above


def _link(render: Renderer, crumb: Crumb) -> Link:
    return Link(crumb.label, None if crumb.path is None else render.links.page(crumb.path))
