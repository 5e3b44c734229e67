"""Texts as slots: what a query asks for and what a phrase offers, piece by piece.

A slot is a character, a pair of neighbours or a Latin word. It can be met at three
levels: by what is written, by how it sounds, or by its initials.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from .script import is_han, normalise
from .sounds import Sounds, fold, unique
from .stem import stem
from .tables import simplified_by_code

WRITTEN, SOUND, INITIALS = range(3)
"""Levels of a slot."""

_RUN = re.compile("[a-z]+|[0-9]+|[\u3400-\u9fff]+")
GAP = "\n"
"""Stands where words were left out; nothing is a neighbour across it."""


_MOST_INITIALS = 8
_NO_INITIALS = frozenset("iuv")
_PAIR = 2


class Slot(Struct, frozen=True, eq=False, dict=True):
    """One piece of a text, with the tokens that meet it at each level."""

    written: str
    """The token as written; empty for typed pinyin and initials."""
    sounds: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    is_single: bool = False
    """One character that also stands in a pair: it counts for less."""

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """All its tokens."""
        written = (self.written,) if self.written else ()
        return (*written, *self.sounds, *self.initials)


class Reading(Struct, frozen=True):
    """One way to read a query: its slots, and the level at which it is meant."""

    slots: tuple[Slot, ...]
    level: int


class Grams:
    """Cuts texts into slots with the tables of the search data."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.made_from = (data["words"], data["ignored"], data["simplified"])
        """What decides how a phrase is put in the words of the lists (``meant``)."""
        self._sounds = Sounds(data["sounds"], data["readings"])
        self._simplified = simplified_by_code(data["simplified"])
        self._entries: dict[str, str] = dict.fromkeys(filter(None, data["ignored"].split("|")), GAP)
        for row in filter(None, data["words"].split("|")):
            means, *said = row.split(">")
            self._entries.update(dict.fromkeys(filter(None, said), means))
        self._lengths = _lengths_by_start(self._entries)
        self._meant: dict[str, str] = {}
        starts = dict.fromkeys(each[0] for each in self._entries)
        self._starts = re.compile("|".join(map(re.escape, starts)) or "(?!)")

    def normalise(self, text: str) -> str:
        """The text with everything undone that does not matter."""
        return normalise(text, self._simplified)

    def wordings(self, text: str) -> list[str]:
        """The normalised text without filler: as it is, and in the words of the lists."""
        found = unique(each for each in self._scanned(text) if _RUN.search(each))
        return found or [text]

    def meant(self, phrase: str) -> str:
        """A phrase in the words of the lists, without filler; every language asks for it."""
        if phrase not in self._meant:
            self._meant[phrase] = " ".join(self.wordings(self.normalise(phrase))[-1].split())
        return self._meant[phrase]

    def holds(self, text: str, phrase: str) -> bool:
        """Whether a text holds a phrase; a Latin one only as whole words."""
        at = text.find(phrase)
        while at >= 0:
            if _is_whole(text, at, at + len(phrase)):
                return True
            at = text.find(phrase, at + 1)
        return False

    def slots(self, wording: str) -> tuple[Slot, ...]:
        """The slots of a wording, as written."""
        return tuple(itertools.chain.from_iterable(map(self._slots_of_run, _runs(wording))))

    def readings(self, text: str) -> list[Reading]:
        """Every way to read a query."""
        found = [Reading(self.slots(each), WRITTEN) for each in self.wordings(text)]
        letters = _RUN.findall(text)
        if any(each.isascii() and each.isalpha() for each in letters):
            found.extend(self._typed(letters))
        return [each for each in found if each.slots]

    def _typed(self, runs: Sequence[str]) -> Iterator[Reading]:
        """Readings of Latin letters as pinyin and as initials, Chinese parts as sounds."""
        syllables: list[list[str]] = []
        for run in runs:
            if is_han(run[0]):
                syllables.extend([self._sounds.alike(each) for each in run])
            elif (found := self._sounds.syllables(run)) is not None:
                syllables.extend([[fold(each)] for each in found])
            else:
                break
        else:
            yield Reading(tuple(_sound_slots(syllables)), SOUND)
        joined = "".join(runs)
        if joined.isascii() and joined.isalpha() and _are_initials(runs):
            yield Reading(tuple(_initial_slots(joined)), INITIALS)

    def _slots_of_run(self, run: str) -> Iterator[Slot]:
        if not is_han(run[0]):
            yield Slot(stem(run) if run.isalpha() else run)
            return
        sounds = [self._sounds.alike(each) for each in run]
        initials = [self._sounds.initials(each) for each in run]
        for character, sound in zip(run, sounds, strict=True):
            yield Slot(character, _tokens("~", [sound]), (), is_single=len(run) > 1)
        for at in range(len(run) - 1):
            pair = slice(at, at + 2)
            yield Slot(run[pair], _tokens("~", sounds[pair]), _tokens("#", initials[pair]))

    def _scanned(self, text: str) -> tuple[str, str]:
        """The text with filler replaced by gaps; and with known words by what they mean, too."""
        said: list[str] = []
        meant: list[str] = []
        at = 0
        for found in self._starts.finditer(text):
            start = found.start()
            entry = self._entry(text, start) if start >= at else ""
            if entry:
                between, meaning = text[at:start], self._entries[entry]
                said += between, GAP if meaning == GAP else entry
                meant += between, meaning
                at = start + len(entry)
        return "".join((*said, text[at:])), "".join((*meant, text[at:]))

    def _entry(self, text: str, at: int) -> str:
        """The longest word of the lexicon that begins at ``at``; Latin ones only as whole words."""
        for length in self._lengths.get(text[at : at + _PAIR], (1,)):
            part = text[at : at + length]
            if part in self._entries and _is_whole(text, at, at + length):
                return part
        return ""


def _lengths_by_start(entries: Iterable[str]) -> dict[str, list[int]]:
    """For the two characters that entries begin with, how long one may be, the longest first."""
    found: dict[str, set[int]] = {}
    for each in entries:
        found.setdefault(each[:_PAIR], {1}).add(len(each))
    return {start: sorted(lengths, reverse=True) for start, lengths in found.items()}


def _runs(text: str) -> list[str]:
    return _RUN.findall(text)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a Latin word does not go on to the left or right of the part."""
    left = text[start - 1 : start] if start else ""
    return not (
        (_is_latin(left) and _is_latin(text[start]))
        or (_is_latin(text[end : end + 1]) and _is_latin(text[end - 1]))
    )


def _is_latin(character: str) -> bool:
    return "a" <= character <= "z"


def _are_initials(runs: Sequence[str]) -> bool:
    """One word of a few letters, or letters one by one; but not one letter held down.

    No syllable begins with i, u or v.
    """
    letters = "".join(runs)
    if len(runs) not in (1, len(letters)) or not _NO_INITIALS.isdisjoint(letters):
        return False
    return len(letters) <= _MOST_INITIALS and (len(set(letters)) > 1 or len(letters) == _PAIR)


def _sound_slots(syllables: list[list[str]]) -> Iterator[Slot]:
    """Slots of sounds; a character without a known reading has none."""
    singles = [(_tokens("~", [each]), len(syllables) > 1) for each in syllables]
    pairs = [(_tokens("~", syllables[at : at + 2]), False) for at in range(len(syllables) - 1)]
    for sounds, is_single in (*singles, *pairs):
        if sounds:
            yield Slot("", sounds, (), is_single)


def _initial_slots(letters: str) -> Iterator[Slot]:
    for at in range(len(letters) - 1):
        yield Slot("", (), ("#" + " ".join(letters[at : at + 2]),))


def _tokens(mark: str, parts: list[list[str]]) -> tuple[str, ...]:
    """One token for each combination of readings: ``~di bao``."""
    return tuple(mark + " ".join(each) for each in itertools.product(*parts))
