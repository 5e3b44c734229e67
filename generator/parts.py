"""What files are made of: bytes, what several hold alike, and in large ones runs of pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

NAMES = "names"
"""The register of pieces that tell of items what they are called, and no more."""

BASES = "bases"
"""The same of what they rest on."""


class Head(Struct, frozen=True):
    """What stands before a run and depends on all of its pieces, as far as their gists tell."""

    gist: Callable[[bytes], str]
    """What is to be known of a piece, without a line break; remembered with it."""
    make: Callable[[Sequence[str]], bytes]
    """What stands before the pieces with these gists."""


class Run(Struct, frozen=True):
    """Pieces of a large file in a row, one about each of some records.

    A piece is taken over from the last build unless something changed that a piece about
    its record has read; so what ``make`` gives must not depend on anything else.
    """

    register: str
    """What the pieces are about: ``items``, ``NAMES``. All that are about one record in a
    register are made again when one of them must be."""
    keys: Sequence[str]
    make: Callable[[str, int], bytes]
    """The piece about a record, by its key and its place in the run, counted from 0."""
    part: str = ""
    """Which of the register's records, if not all: two runs of one part have the same keys."""
    joint: bytes = b""
    """What stands between two pieces."""
    is_placed: bool = False
    """Whether a piece depends on its place; else ``make`` must not look at it."""
    head: Head | None = None

    @property
    def name(self) -> str:
        """What tells it from other runs: ``items:gone``; a file has one of each name, or none."""
        return f"{self.register}:{self.part}"

    def joined(self, pieces: Sequence[bytes]) -> bytes:
        """The pieces with what stands between them."""
        return self.joint.join(pieces)

    def gists(self, pieces: Sequence[bytes], known: Mapping[str, str]) -> Sequence[str]:
        """The gist of each piece, where there is a head to be made of them; some are ``known``."""
        if self.head is None:
            return ()
        gist = self.head.gist
        pairs = zip(self.keys, pieces, strict=True)
        return [known[key] if key in known else gist(piece) for key, piece in pairs]

    def whole(self) -> bytes:
        """All of it, made anew."""
        pieces = [self.make(key, place) for place, key in enumerate(self.keys)]
        head = self.head.make(self.gists(pieces, {})) if self.head else b""
        return head + self.joined(pieces)


class Extracts(Struct, frozen=True):
    """What something that depends on all of some records asks of each, as plain data.

    Extracts are remembered, and taken over from the last build like pieces.
    """

    register: str
    """As in a ``Run``."""
    part: str
    """Which these are: no run of the register has the same name."""
    keys: Sequence[str]
    make: Callable[[str], Any]
    """The extract of a record, by its key; like that of a piece its making must read
    nothing that belongs to more than this record. Tuples may come back as lists."""
    made_from: str = ""
    """A word for all else that they depend on: with another word all are made anew."""

    @property
    def name(self) -> str:
        """What tells them from others: ``names:readings``."""
        return f"{self.register}:{self.part}"

    def whole(self) -> list[Any]:
        """All of them, made anew."""
        return [self.make(key) for key in self.keys]


class Common(Struct, frozen=True):
    """Bytes that several files hold alike: the lists of a place. No file holds two such.

    Where nothing else of a file has changed, they are put in the place of the old ones.
    """

    name: str
    """Of the shared result that they are (``watch.Shared.common``)."""
    content: bytes

    def whole(self) -> bytes:
        """The bytes."""
        return self.content


Insert = Run | Common
"""What a page has a stand-in for."""
Part = bytes | Insert


def joined(parts: Iterable[Part]) -> bytes:
    """A file from its parts, all of them made anew."""
    return b"".join(part if isinstance(part, bytes) else part.whole() for part in parts)
