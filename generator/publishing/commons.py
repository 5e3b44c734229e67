"""What files have in common, put into each anew where nothing else of it has changed.

Most of what a village's page or data holds is the lists, and hundreds of villages have the
same. When one item changes, the first of these files is made; the others are what they
were, with the lists that the first one now has.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from generator.parts import Common

from .files import file_content
from .trace import Recorder


class Around(NamedTuple):
    """Where a file holds what it has in common with others."""

    name: str
    """Of that."""
    before: int
    """How many bytes stand before it."""
    after: int


class Commons(Struct):
    """What the files of one build have in common."""

    recorder: Recorder
    places: MutableMapping[str, Around] = field(default_factory=dict)
    """By file; those of the last build become those of this one."""
    stale: Mapping[str, set[int]] = field(default_factory=dict)
    """By file, what it has read that changed (``Stale.files``)."""
    _made: dict[str, bytes] = field(default_factory=dict)
    """By name, as far as a file was made that holds it."""

    def note(self, path: str, common: Common, before: int, after: int) -> None:
        """Note where in a file that was made stands what it has in common; nothing has no name."""
        if common.name:
            self.places[path] = Around(common.name, before, after)
            self._made[common.name] = common.content
        else:
            self.places.pop(path, None)

    def renewed(self, path: str, folder: Path) -> bytes | None:
        """A file of the last build with what it now has in common; None if it must be made.

        It must be made from the same as then.
        """
        changed = self.stale.get(path, ())
        place = self.places.get(path) if len(changed) == 1 else None
        if place is None:
            return None
        name, before, after = place
        content = self._made.get(name)
        if content is None or {*self.recorder.numbered({("view", name)})} != changed:
            return None
        old = file_content(f"{folder}/{path}")
        return b"".join((old[:before], content, old[len(old) - after :]))
