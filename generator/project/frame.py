"""What MkDocs made of everything outside the lists, as far as pages of the lists need it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict


class Frame(Struct, frozen=True):
    """What surrounds every page: it costs a look at all files of the theme to find out."""

    written: frozenset[tuple[str, str]]
    """The (language, path) of every hand-written page."""
    assets: Mapping[str, str]
    """Where the files lie that every page names, below the site's root."""
    early: str
    """The script inside every head."""
    worker: str
    """The theme's part of the service worker."""
    needs_mkdocs: bool
    """Whether the theme's page asks for what only MkDocs knows (``template``)."""

    def to_data(self) -> dict[str, Any]:
        """The frame as plain data."""
        return {**asdict(self), "written": sorted(self.written)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Frame:
        """The frame that ``to_data`` gave."""
        written = frozenset((lang, path) for lang, path in data["written"])
        return cls(**{**data, "written": written})
