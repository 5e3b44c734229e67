"""An edition with the renderers that its pages share."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import field

from generator.edition import Edition
from generator.links import Links, depth_of
from generator.parts import NAMES, Run

from .render import Renderer
from .source import Crumb

COMPLAIN = "complain"
"""The hand-written page on how to complain."""


class Site(Edition, frozen=True, eq=False):
    """An edition, ready to be turned into pages."""

    written: frozenset[tuple[str, str]] | None = None
    """The (language, path) of every hand-written page; None while that is not known."""
    _renderers: dict[tuple[str, int], Renderer] = field(default_factory=dict)

    def renderer(self, lang: str, path: str) -> Renderer:
        """The renderer for the page ``path``; pages of one depth share it."""
        key = (lang, depth_of(path))
        if key not in self._renderers:
            links = Links(key[1], self.prefix(lang), self.directory_urls)
            self._renderers[key] = Renderer(self.language(lang), links, self.today)
        return self._renderers[key]

    def item_links(
        self, render: Renderer, keys: Sequence[str], part: str, macro: str = "item_link"
    ) -> Run:
        """The names of some items, each a link to its page; ``part`` as in ``Run``."""
        item = self.county.item
        return render.rows(macro, NAMES, keys, lambda key: {"item": item(key)}, part)

    def written_links(self, lang: str, links: Links) -> dict[str, str]:
        """Addresses of hand-written pages; the main language's where no translation exists."""
        main = self.languages[0].tag
        written = self.written or frozenset()
        found = {path: links.other_language("", path) for tag, path in written if tag == main}
        found.update({path: links.page(path) for tag, path in written if tag == lang})
        return found

    def complaints(self, render: Renderer) -> str | None:
        """Where to complain, as seen from a page; None when there is no such page."""
        if self.written is None:
            return render.links.page(COMPLAIN)
        return self.written_links(render.language.tag, render.links).get(COMPLAIN)

    def home_crumb(self, lang: str) -> Crumb:
        """The first step of every page's way."""
        return Crumb(self.language(lang).say("home.crumb"), "")
