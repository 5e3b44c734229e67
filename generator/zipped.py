"""ZIP archives whose bytes depend on nothing but what they hold.

*In the plain*, an archive is one row of bytes: before each member stands a NUL and its
name on a line. So it can be made of pieces like any other file, and packed when it is
whole. Members are texts, which hold no NUL (APPNOTE 6.3.9; no ZIP64: below 4 GB).
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zipfile import ZipFile

_BEGIN = b"\0"
_HOW = (20, 0, 8, 0, 0x21)
"""Version 2.0, no flags, deflated, on the first day that the format knows: 1980-01-01."""
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


class Member(NamedTuple):
    """A packed member of an archive."""

    name: str
    crc: int
    size: int
    """Of its content, in bytes."""
    packed: bytes

    @property
    def facts(self) -> tuple[int, int, int, int, int]:
        """What both of its entries say."""
        return self.crc, len(self.packed), self.size, len(self.name.encode()), 0


def begin(name: str) -> bytes:
    """What stands before a member in the plain."""
    return _BEGIN + name.encode() + b"\n"


def member(name: str, content: bytes) -> Member:
    """A member, packed."""
    packed = zlib.compress(content, wbits=-zlib.MAX_WBITS)
    return Member(name, zlib.crc32(content), len(content), packed)


def archive(members: Iterable[Member]) -> bytes:
    """An archive of members."""
    found: list[bytes] = []
    entries: list[bytes] = []
    at = 0
    for each in members:
        name = each.name.encode()
        entry = _CENTRAL.pack(b"PK\1\2", 20, *_HOW, *each.facts, 0, 0, 0, 0, at)
        entries += entry, name
        local = _LOCAL.pack(b"PK\3\4", *_HOW, *each.facts)
        found += local, name, each.packed
        at += len(local) + len(name) + len(each.packed)
    size = sum(map(len, entries))
    count = len(entries) // 2
    end = _END.pack(b"PK\5\6", 0, 0, count, count, size, at, 0)
    return b"".join((*found, *entries, end))


class Archive:
    """An archive that ``archive`` made, read."""

    def __init__(self, data: bytes) -> None:
        self._contents: dict[str, bytes] = {}
        self._members: dict[str, Member] = {}
        with ZipFile(io.BytesIO(data)) as found:
            for info in found.infolist():
                name = info.filename
                at = info.header_offset + _LOCAL.size + len(name.encode())
                packed = data[at : at + info.compress_size]
                self._contents[name] = found.read(info)
                self._members[name] = Member(name, info.CRC, info.file_size, packed)

    @property
    def plain(self) -> bytes:
        """All of it, in the plain."""
        return b"".join(begin(name) + content for name, content in self._contents.items())

    def member(self, name: str, content: bytes) -> Member:
        """A member of this or another archive, packed anew only if it is not the same."""
        same = self._contents.get(name) == content
        return self._members[name] if same else member(name, content)


def packed(plain: bytes, old: Archive | None = None) -> bytes:
    """The archive that is ``plain`` in the plain; what is as in ``old`` is not packed again."""
    pack = old.member if old else member
    return archive(pack(name, content) for name, content in _members(plain))


def _members(plain: bytes) -> Iterator[tuple[str, bytes]]:
    """The name and content of each member."""
    for each in plain.split(_BEGIN)[1:]:
        name, _, content = each.partition(b"\n")
        yield name.decode(), content
