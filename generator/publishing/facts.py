"""What verification asks of a page: its links, its anchors, and what it loads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import takewhile
from operator import eq
from typing import NamedTuple

_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster")
_WITHIN_TAG = r"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')"
"""A piece of a tag; a quoted value is passed over whole, whatever it holds."""
_VALUE = r"(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_TAG = re.compile(
    r"<(a|area|audio|base|button|embed|form|frame|iframe|image|img|input|link|meta|object|script"
    rf"|source|track|use|video)\s({_WITHIN_TAG}*+)>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(rf"([^\s=<>\"'/]+)(?:\s*=\s*{_VALUE})?")
_WANTED = {*_ADDRESSES, "srcset", "rel", "http-equiv", "content"}
_ID = re.compile(r"\sid=\"([^\"]*)\"")
"""Text cannot be mistaken for one: its quotation marks are escaped."""
_STYLE = re.compile(
    rf"<[a-z][^\s<>]*(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?\sstyle\s*=\s*{_VALUE}", re.IGNORECASE
)
_CODE = re.compile(r"(<(script|style)\b[^>]*>)(.*?)</\2\s*>", re.DOTALL | re.IGNORECASE)
_MATTERS_TO_IDS = re.compile(r"id=|script|style", re.IGNORECASE)
"""What stands in a line that holds an id, or that decides whether another line does."""
_CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
_NAVIGATES = {"a", "area", "base", "form", "button", "input"}
"""Elements whose address is only visited when a reader acts."""
_SAYS_ONLY = {"canonical", "alternate", "license", "author"}
"""Relations of a ``link`` that a browser does not load."""


@dataclass(frozen=True)
class PageFacts:
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


def page_facts(html: str) -> PageFacts:
    """Read a page.

    Our own pages are regular enough for expressions, which are far faster than a
    parser; what they misread in a hand-written page makes a build fail, never pass.
    Pages share most of their lines, so a line is read once; a page in which a tag goes
    on over a line's end is read as a whole.
    """
    styles: list[str] = []

    def bare(found: re.Match[str]) -> str:
        if found[2].lower() == "style":
            styles.append(found[3])
        return found[1]

    parts = _parts(_CODE.sub(bare, html))
    loads = [address for part in parts for address in part.loads]
    loads += (address for style in styles for address in css_loads(style))
    ids = [name for part in parts for name in part.ids]
    return PageFacts(
        links=tuple(dict.fromkeys(link for part in parts for link in part.links)),
        loads=tuple(dict.fromkeys(loads)),
        ids=frozenset(ids),
        repeated=_repeated(ids),
        is_whole="<title>" in html and "<h1" in html and html.rstrip().endswith("</html>"),
    )


def page_ids(html: str) -> frozenset[str]:
    """The ids of a page, as ``page_facts`` gives them, without the rest."""
    return frozenset(_ID.findall(_CODE.sub(r"\1", html)))


def loses_ids(before: str, now: str) -> bool:
    """Whether a page has lost an id.

    Most changes are a line or two within the same lines: then only these are looked at.
    """
    old, new = _without_common_ends(before.split("\n"), now.split("\n"))
    if not any(map(_MATTERS_TO_IDS.search, (*old, *new))):
        return False
    return not page_ids(before) <= page_ids(now)


def _without_common_ends(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """The lines from the first to the last that differ."""
    begin = _same(old, new)
    old, new = old[begin:], new[begin:]
    end = _same(reversed(old), reversed(new))
    return old[: len(old) - end], new[: len(new) - end]


def _same(some: Iterable[str], others: Iterable[str]) -> int:
    """How many lines are the same from the beginning on."""
    return sum(takewhile(bool, map(eq, some, others)))


class _Part(NamedTuple):
    """What a part of a page refers to and can be referred to by."""

    links: list[str]
    loads: list[str]
    ids: list[str]


class _GoesOnError(Exception):
    """A tag or a quoted value goes on over a line's end."""


def _parts(markup: str) -> list[_Part]:
    """The lines of a page that say something, or the page as one when a line goes on."""
    try:
        return [part for part in map(_line, markup.split("\n")) if part]
    except _GoesOnError:
        return [_read(markup)]


@lru_cache(maxsize=16_384)
def _line(text: str) -> _Part | None:
    """What a line says, if it says anything."""
    if text.rfind("<") > text.rfind(">") or text.count('"') % 2 == 1:
        raise _GoesOnError
    part = _read(text) if "<" in text else None
    return part if part and any(part) else None


def _read(text: str) -> _Part:
    part = _Part([], [], _ID.findall(text))
    for tag, rest in _TAG.findall(text):
        followed, loaded = _addresses(tag.lower(), rest)
        part.links.extend(followed)
        part.loads.extend(loaded)
    for style in _STYLE.findall(text) if "style" in text.lower() else ():
        part.loads.extend(css_loads("".join(style)))
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
