"""Tables of the Chinese script, cut down to what can match in one county.

Phones pay for every byte: the syllables of the 3755 common characters (GB 2312,
level 1) are shipped as run lengths over that standard's own order, which is by
pinyin; every browser can decode it. Only readings that differ, and characters
beyond it, are spelled out.
"""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from generator.kept import kept, module_and
from generator.pinyin import syllables

from .script import common_characters, is_han

FIRST_CODE, LAST_CODE = 0x4E00, 0x9FFF
"""The basic Chinese characters."""
_HAN = re.compile("[\u3400-\u9fff]+")
DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase + "_$"
BASE = len(DIGITS)


@cache
def syllable_runs() -> str:
    """The reading of each common character as ``:a2ai13 b:a18ai8…``: finals and run lengths.

    Syllables with the same initial stand together behind it.
    """
    runs = [(key, sum(1 for _ in group)) for key, group in itertools.groupby(_common_readings())]
    groups = itertools.groupby(runs, key=lambda run: initial(run[0]))
    return " ".join(
        start + ":" + "".join(f"{each.removeprefix(start)}{length}" for each, length in group)
        for start, group in groups
    )


def initial(syllable: str) -> str:
    """The consonants a syllable begins with."""
    return syllable[: len(syllable) - len(syllable.lstrip("bpmfdtnlgkhjqxrzcsyw"))]


def extra_readings(phrases: Iterable[str]) -> set[str]:
    """Readings in ``phrases`` that the runs do not tell, each as ``行hang``.

    A character may have several: 银行 is read yín háng, 行人 xíng rén.
    """
    runs = itertools.chain.from_iterable(map(_HAN.findall, phrases))
    return set().union(*map(_extra_readings, runs))


@lru_cache(maxsize=8192)
def _extra_readings(run: str) -> frozenset[str]:
    """Those in a run of Chinese; many phrases end with the same."""
    usual = _by_character()
    read = {*zip(run, syllables(run), strict=True)}
    read.update((each, syllables(each)[0]) for each in run if each not in usual)
    plainly = ((each, plain(syllable)) for each, syllable in read)
    return frozenset(each + syllable for each, syllable in plainly if usual.get(each) != syllable)


def traditional_pairs(characters: Iterable[str]) -> tuple[str, str]:
    """Traditional characters whose simplified form is among ``characters``.

    The first text holds the simplified forms in the order of the traditional ones'
    codes; the second the distance of each code from the one before, from U+4E00 on: a
    digit of ``DIGITS``, after one ``-`` for every whole 64.
    """
    wanted = {each for each in characters if is_han(each)}
    pairs = [(each, simple) for each, simple in _all_pairs() if simple in wanted]
    used = [(ord(each), simple) for each, simple in pairs if each not in wanted]
    codes = [FIRST_CODE, *(code for code, _ in used)]
    steps = (after - before for before, after in itertools.pairwise(codes))
    distances = ("-" * (step // BASE) + DIGITS[step % BASE] for step in steps)
    return "".join(simple for _, simple in used), "".join(distances)


def simplified_by_code(pairs: Sequence[str]) -> dict[int, str]:
    """What ``traditional_pairs`` packed: simplified characters by the traditional one's code."""
    found: dict[int, str] = {}
    code = FIRST_CODE
    simple = iter(pairs[0])
    for each in pairs[1]:
        code += BASE if each == "-" else DIGITS.index(each)
        if each != "-":
            found[code] = next(simple)
    return found


@cache
def _common_readings() -> list[str]:
    """The most frequent reading of each common character, without tone, ü as u."""
    apart = " ".join(common_characters())  # so that none makes a phrase with the next
    return [plain(each) for each in syllables(apart)[::2]]


@cache
def _by_character() -> dict[str, str]:
    """``_common_readings`` by character."""
    return dict(zip(common_characters(), _common_readings(), strict=True))


def plain(syllable: str) -> str:
    """A syllable in the letters a to z; ``lü`` and ``nü`` become ``lu`` and ``nu``."""
    return syllable.replace("ü", "u").replace("v", "u")


@cache
def _all_pairs() -> list[tuple[str, str]]:
    """Every traditional character in common use (Big5) that has another simplified form."""
    found = kept(f"traditional pairs {module_and(__file__, 'opencc')}", _pairs_of_opencc)
    return [(each[0], each[1:]) for each in found.split(" ")]


def _pairs_of_opencc() -> str:
    import opencc

    convert = opencc.OpenCC("t2s").convert
    common = filter(_in_big5, map(chr, range(FIRST_CODE, LAST_CODE + 1)))
    found = ((each, convert(each)) for each in common)
    return " ".join(each + simple for each, simple in found if simple != each)


def _in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
