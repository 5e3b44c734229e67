"""An edition with the renderers that its pages share."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.edition import Edition
from generator.links import Links, depth_of

from .render import Renderer
from .source import Crumb


@dataclass(frozen=True, eq=False)
class Site(Edition):
    """An edition, ready to be turned into pages."""

    _renderers: dict[tuple[str, int], Renderer] = field(default_factory=dict)

    def renderer(self, lang: str, path: str) -> Renderer:
        """The renderer for the page ``path``; pages of one depth share it."""
        key = (lang, depth_of(path))
        if key not in self._renderers:
            links = Links(key[1], self.prefix(lang), self.directory_urls)
            self._renderers[key] = Renderer(self.language(lang), links, self.today)
        return self._renderers[key]

    def home_crumb(self, lang: str) -> Crumb:
        """The first step of every page's way."""
        return Crumb(self.language(lang).say("home.crumb"), "")
