"""Files made of pieces: what is taken over from the file as it was, and what is made anew."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.edition import Part, Piece
from generator.watch import note, recording

from .trace import Recorder

Layout = dict[str, dict[str, tuple[int, int]]]
"""By file and by what its pieces are about: where each begins, and how many bytes it has."""


def name_of(about: str) -> str:
    """What the pieces about a record are called among shared results: who uses one has read it."""
    return f"pieces:{about}"


@dataclass
class Pieces:
    """The pieces of one build. All pieces about one record count as one shared result.

    If something changed that any of them has read, every file that holds one is made
    again, and of each only this piece.
    """

    recorder: Recorder
    before: Mapping[str, Mapping[str, tuple[int, int]]]
    """The layout of the last build."""
    stale: Collection[str]
    """Names of shared results that have read what changed since."""
    layout: Layout = field(default_factory=dict)
    """Of this build."""
    _reads: dict[str, array[int]] = field(default_factory=dict)
    """What was read this time, by what the pieces are about."""

    def keep(self, path: str) -> None:
        """Note that a whole file stays as it is."""
        if path in self.before:
            self.layout[path] = dict(self.before[path])

    def joined(self, path: str, parts: Iterable[Part], old: Path | None) -> bytes:
        """The file ``path``; ``old`` is the same file in the last build, if it was there."""
        places: dict[str, tuple[int, int]] = {}
        known = self.before.get(path, {}) if old else {}
        content = old.read_bytes() if old and known else b""
        found = []
        length = 0
        for part in parts:
            made = part if isinstance(part, bytes) else self._piece(part, known, content)
            if isinstance(part, Piece):
                assert part.about not in places, (path, part.about)
                places[part.about] = (length, len(made))
            length += len(made)
            found.append(made)
        self.layout[path] = places
        return b"".join(found)

    def close(self) -> None:
        """Note what pieces have read, and forget those of records that are no more."""
        shared = self.recorder.trace.shared
        for about, reads in self._reads.items():
            name = name_of(about)
            old = () if name in self.stale else shared.get(name, ())
            shared[name] = array("I", sorted({*reads, *old}))
        used = {name_of(about) for places in self.layout.values() for about in places}
        for name in [each for each in shared if each.startswith(name_of("")) and each not in used]:
            del shared[name]

    def _piece(self, piece: Piece, known: Mapping[str, tuple[int, int]], content: bytes) -> bytes:
        name = name_of(piece.about)
        note(("view", name))
        if piece.about in known and name not in self.stale:
            start, length = known[piece.about]
            return content[start : start + length]
        with recording() as reads:
            made = piece.make()
        self._reads.setdefault(piece.about, array("I")).extend(self.recorder.numbered(reads))
        return made
