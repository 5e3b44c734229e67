"""What is remembered of list files: one that nobody touched is not read again.

An item of such a file is there without having been read (``watch.unread``). It has at
hand its name and every value that is nothing but words: ids and codes, which say where it
stands, whom it concerns and what it is about. Views over all items ask for no more. Other
texts and what has parts of its own are read when somebody asks for them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from msgspec import Struct, field

from generator.model import Item, Origin, default_of, fields_of
from generator.watch import unread

_NAME = "name"


class Known(NamedTuple):
    """What is known of one file. As JSON it is a list."""

    digest: str
    """The SHA-256 of its bytes."""
    mark: Sequence[int] | None = None
    """See ``untouched``; None where marks say nothing."""
    kind: str = ""
    """The class of the one item in it; ``""`` for any other file."""
    at_hand: Mapping[str, Any] = {}
    """The item's fields in which something stands, with their values; None for those to be read."""


class Remembered(Struct, frozen=True):
    """What is known of list files from an earlier reading; it only saves time."""

    files: Mapping[str, Known] = field(default_factory=dict)
    """By name."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """By name, the data of each file as JSON."""


def different(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """The keys under which two records, as plain data, do not hold the same.

    The order inside a value counts: some files show the languages of a text as they stand.
    """
    for key in one.keys() | other.keys():
        if json.dumps(one.get(key)) != json.dumps(other.get(key)):
            yield key


def at_hand(item: Item) -> dict[str, Any]:
    """The fields in which an item's file says something, with the values that are at hand."""
    return {name: _words(getattr(item, name)) for name in _said(item)} | {
        _NAME: item.name.by_language
    }


def _said(item: Item) -> Iterator[str]:
    """The fields in which something stands; its id comes from the file's name."""
    for name, info in fields_of(type(item)).items():
        if name != "id" and getattr(item, name) != default_of(info):
            yield name


def _words(value: Any) -> Any:
    if isinstance(value, tuple) and all(type(each) is str for each in value):
        return value
    return value if type(value) is str else None


def unread_item(
    kind: type[Item], key: str, known: Known, origin: Origin, fill: Callable[[], Item]
) -> Item:
    """An item whose file is as ``known``; ``fill`` reads it."""
    values = {
        name: tuple(value) if type(value) is list else value
        for name, value in known.at_hand.items()
        if value is not None and name != _NAME
    }
    names = {_NAME: known.at_hand[_NAME]}
    return unread(kind, {**_unset(kind, *known.at_hand), **values, "id": key}, names, origin, fill)


@cache
def _unset(kind: type[Item], *said: str) -> dict[str, Any]:
    """What an item has in the fields in which its file says nothing."""
    return {
        name: default_of(info)
        for name, info in fields_of(kind).items()
        if name not in said and not info.required
    }
