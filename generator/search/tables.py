"""Tables of the Chinese script, cut down to what can match in one county.

Phones pay for every byte: the syllables of the 3755 common characters (GB 2312,
level 1) are shipped as run lengths over that standard's own order, which is by
pinyin; every browser can decode it. Only readings that differ, and characters
beyond it, are spelled out.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from functools import cache

import opencc
from pypinyin import Style, lazy_pinyin

from .script import common_characters, is_han


@cache
def syllable_runs() -> str:
    """The reading of each common character as ``a2ai13…``: syllable and run length."""
    readings = (reading(each) for each in common_characters())
    runs = ((key, sum(1 for _ in group)) for key, group in itertools.groupby(readings))
    return "".join(f"{syllable}{length}" for syllable, length in runs)


def extra_readings(phrases: Iterable[str]) -> str:
    """Readings in ``phrases`` that the runs do not tell, as ``行hang长chang…``.

    A character may have several: 银行 is read yín háng, 行人 xíng rén.
    """
    known = {(each, reading(each)) for each in common_characters()}
    found: dict[tuple[str, str], None] = {}
    for phrase in phrases:
        for run in _runs_of_han(phrase):
            read = lazy_pinyin(run, style=Style.NORMAL, v_to_u=False)
            for character, syllable in zip(run, read, strict=True):
                for each in (syllable, reading(character)):
                    found[character, plain(each)] = None
    return "".join(character + syllable for character, syllable in sorted(found.keys() - known))


def traditional_pairs(characters: Iterable[str]) -> str:
    """Traditional characters whose simplified form is among ``characters``: ``醫医…``."""
    wanted = {each for each in characters if is_han(each)}
    pairs = ((each, simple) for each, simple in _all_pairs() if simple in wanted)
    return "".join(each + simple for each, simple in pairs if each not in wanted)


@cache
def reading(character: str) -> str:
    """The most frequent reading of one character, without tone, ü as u."""
    return plain(lazy_pinyin(character, style=Style.NORMAL)[0])


def plain(syllable: str) -> str:
    """A syllable in the letters a to z; ``lü`` and ``nü`` become ``lu`` and ``nu``."""
    return syllable.replace("ü", "u").replace("v", "u")


@cache
def _all_pairs() -> tuple[tuple[str, str], ...]:
    """Every traditional character in common use (Big5) that has another simplified form."""
    convert = opencc.OpenCC("t2s").convert
    found = ((each, convert(each)) for each in map(chr, range(0x4E00, 0xA000)) if _in_big5(each))
    return tuple((each, simple) for each, simple in found if simple != each)


def _in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def _runs_of_han(text: str) -> Iterator[str]:
    for han, run in itertools.groupby(text, key=is_han):
        if han:
            yield "".join(run)
