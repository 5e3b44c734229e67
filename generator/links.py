"""Relative addresses between the pages of a site.

Counties mount the site as a channel under a sub-path or copy it to a USB stick, so
no address ever starts at the root. Two ways of addressing a folder exist: with a
trailing slash on a server, with ``/index.html`` where files are opened directly.
"""

from __future__ import annotations

from msgspec import Struct


class Links(Struct, frozen=True):
    """Addresses as seen from a page that lies ``depth`` folders below its language's root.

    ``prefix`` is the folder of the page's language below the site's root, ``""`` for
    the first language. ``directory_urls`` is False for sites opened from files.
    """

    depth: int
    prefix: str
    directory_urls: bool = True

    def page(self, path: str) -> str:
        """The address of a page in the same language; ``""`` is its home."""
        return self._folder("../" * self.depth + _slashed(path))

    def other_language(self, prefix: str, path: str) -> str:
        """The address of a page in the language whose folder is ``prefix``."""
        return self._folder(self.root + _slashed(prefix) + _slashed(path))

    def asset(self, path: str) -> str:
        """The address of a file that all languages share."""
        return self.root + path

    @property
    def root(self) -> str:
        """The way up to the site's root: ``""`` or ``"../"`` some times."""
        return "../" * (self.depth + (1 if self.prefix else 0))

    def _folder(self, address: str) -> str:
        if self.directory_urls:
            return address or "./"
        return address + "index.html"


def depth_of(path: str) -> int:
    """How many folders below its language's root the page ``path`` lies."""
    return path.count("/") + 1 if path else 0


def _slashed(path: str) -> str:
    return f"{path}/" if path else ""
