"""What verification asks of a page: its links, its anchors, and what it loads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from msgspec import Struct

_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster")
_WITHIN_TAG = r"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')"
"""A piece of a tag; a quoted value is passed over whole, whatever it holds."""
_VALUE = r"(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_TAG = re.compile(
    r"<(a|area|audio|base|button|embed|form|frame|iframe|image|img|input|link|meta|object|script"
    rf"|source|track|use|video)[\s/]({_WITHIN_TAG}*+)>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(rf"([^\s=<>\"'/]+)(?:\s*=\s*{_VALUE})?")
_WANTED = {*_ADDRESSES, "srcset", "rel", "http-equiv", "content"}
_ID = re.compile(r"\sid=\"([^\"]*)\"")
"""Text cannot be mistaken for one: its quotation marks are escaped."""
_STYLE = re.compile(
    rf"<[a-z][^\s<>]*(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(?<=[\s/\"'])style\s*=\s*{_VALUE}",
    re.IGNORECASE,
)
_CODE = re.compile(r"(<(script|style)\b[^>]*>)(.*?)</\2\s*>", re.DOTALL | re.IGNORECASE)
_CODE_TAG = re.compile(r"</?(?:script|style)\b", re.IGNORECASE)
_OPEN_VALUE = re.compile(r"=\s*'[^']*\Z")
"""A single mark is no sign by itself: text has them as apostrophes."""
_CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
_NAVIGATES = {"a", "area", "base", "form", "button", "input"}
"""Elements whose address is only visited when a reader acts."""
_SAYS_ONLY = {"canonical", "alternate", "license", "author"}
"""Relations of a ``link`` that a browser does not load."""


class PageFacts(Struct, frozen=True):
    """What a page refers to and can be referred to by."""

    links: tuple[str, ...]
    """Addresses a reader can follow, as written, each once."""
    loads: tuple[str, ...]
    """Addresses a browser loads by itself, as written, each once."""
    ids: frozenset[str]
    repeated: tuple[str, ...]
    """Ids that stand more than once."""
    is_whole: bool
    """Whether it has a title, a main heading and its end."""
    is_even: bool
    """Whether each of its lines can be read by itself."""


def page_facts(html: bytes) -> PageFacts:
    """Read a page.

    Our own pages are regular enough for expressions, which are far faster than a
    parser; what they misread in a hand-written page makes a build fail, never pass.
    Pages share most of their lines, so a line is read once; a page in which a tag or a
    script goes on over a line's end is read as a whole.
    """
    text = html.decode("utf-8", errors="replace")
    try:
        part, is_even = _lines(text), True
    except _GoesOnError:
        part, is_even = _read(text), False
    return PageFacts(
        links=tuple(dict.fromkeys(part.links)),
        loads=tuple(dict.fromkeys(part.loads)),
        ids=frozenset(part.ids),
        repeated=_repeated(part.ids),
        is_whole=_is_whole(html),
        is_even=is_even,
    )


def page_news(before: bytes, now: bytes) -> PageFacts | None:
    """What an even page refers to now and did not before; its ids are the same.

    An even page says what its lines say, so those that are the same need not be looked at.
    None when the page has other ids, or is no longer even: then all of it must be.
    """
    try:
        old, new = map(_lines, _differing(before, now))
    except _GoesOnError:
        return None
    if sorted(old.ids) != sorted(new.ids):
        return None
    return PageFacts(
        links=_added(old.links, new.links),
        loads=_added(old.loads, new.loads),
        ids=frozenset(),
        repeated=(),
        is_whole=_is_whole(now),
        is_even=True,
    )


def _added(old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    """What is new, each once."""
    known = set(old)
    return tuple(each for each in dict.fromkeys(new) if each not in known)


def _is_whole(html: bytes) -> bool:
    return b"<title>" in html and b"<h1" in html and html.rstrip().endswith(b"</html>")


def _differing(before: bytes, now: bytes) -> tuple[str, str]:
    """The lines from the first to the last that differ."""
    begin = now.rfind(b"\n", 0, _same(before, now, slice)) + 1
    old, new = before[begin:], now[begin:]
    same = _same(old, new, lambda low, high: slice(-high, -low or None))
    end = new.find(b"\n", len(new) - same)
    rest = len(new) - end if end >= 0 else 0
    found = (old[: len(old) - rest], new[: len(new) - rest])
    one, other = (each.decode("utf-8", errors="replace") for each in found)
    return one, other


def _same(one: bytes, other: bytes, part: Callable[[int, int], slice]) -> int:
    """How many bytes are the same, counted from the end from which ``part`` counts.

    Found by halving: a look at each line takes ten times as long.
    """
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[part(low, middle)] == other[part(low, middle)]:
            low = middle
        else:
            high = middle - 1
    return low


class _Part(NamedTuple):
    """What a part of a page refers to and can be referred to by."""

    links: list[str]
    loads: list[str]
    ids: list[str]


class _GoesOnError(Exception):
    """A tag, a quoted value, a script or a style sheet goes on over a line's end."""


def _lines(text: str) -> _Part:
    """What lines say.

    Raises:
        _GoesOnError: when one of them does not say it by itself.
    """
    parts = [part for part in map(_line, text.split("\n")) if part]
    return _Part(
        links=[link for part in parts for link in part.links],
        loads=[load for part in parts for load in part.loads],
        ids=[name for part in parts for name in part.ids],
    )


@lru_cache(maxsize=16_384)
def _line(text: str) -> _Part | None:
    """What a line says, if it says anything."""
    if not _stands_alone(text):
        raise _GoesOnError
    part = _read(text) if "<" in text else None
    return part if part and any(part) else None


def _stands_alone(line: str) -> bool:
    if _CODE_TAG.search(line):
        if _CODE_TAG.search(_CODE.sub("", line)):
            return False
        line = _CODE.sub(r"\1", line)
    is_closed = line.rfind("<") <= line.rfind(">") and line.count('"') % 2 == 0
    return is_closed and not _OPEN_VALUE.search(line)


def _read(text: str) -> _Part:
    code = _CODE.findall(text)
    text = _CODE.sub(r"\1", text) if code else text
    part = _Part([], [], _ID.findall(text))
    for tag, rest in _TAG.findall(text):
        followed, loaded = _addresses(tag.lower(), rest)
        part.links.extend(followed)
        part.loads.extend(loaded)
    for style in _STYLE.findall(text) if "style" in text.lower() else ():
        part.loads.extend(css_loads("".join(style)))
    for _, kind, content in code:
        part.loads.extend(css_loads(content) if kind.lower() == "style" else ())
    return part


def css_loads(text: str) -> list[str]:
    """What a style sheet loads."""
    return [a or b for a, b in _CSS_URL.findall(text)]


def _addresses(tag: str, text: str) -> tuple[list[str], list[str]]:
    """What one tag links to and loads."""
    values = {
        name.lower(): unescape(one or other or bare)
        for name, one, other, bare in _ATTRIBUTE.findall(text)
        if name.lower() in _WANTED
    }
    links: list[str] = []
    loads: list[str] = []
    for name in _ADDRESSES:
        if name in values:
            (links if _is_followed(tag, name, values) else loads).append(values[name])
    if "srcset" in values:
        loads.extend(part.split()[0] for part in values["srcset"].split(",") if part.strip())
    if values.get("http-equiv", "").lower() == "refresh":
        links.append(values.get("content", "").partition("url=")[2])
    return links, loads


def _is_followed(tag: str, name: str, values: dict[str, str]) -> bool:
    if tag == "link":
        return bool(_SAYS_ONLY & set(values.get("rel", "").lower().split()))
    return tag in _NAVIGATES and name != "src"


def _repeated(ids: list[str]) -> tuple[str, ...]:
    if len(set(ids)) == len(ids):
        return ()
    return tuple(sorted({each for each in ids if ids.count(each) > 1}))
