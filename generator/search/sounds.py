"""Sounds: readings of characters, syllables in typed letters, and what sounds alike.

Southwestern speech does not tell n from l, zh/ch/sh from z/c/s, -ing/-eng from
-in/-en, nor always h from f before u; neither do people who type by ear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from .script import common_characters

_RUNS = re.compile("([a-z]+)([0-9]+)")
_READINGS = re.compile("([^a-z])([a-z]+)")
_LONGEST_SYLLABLE = 6
_SKIPPED = 4
"""What a letter that fits no syllable costs, beside 1 for a syllable."""


class Sounds:
    """The readings shipped with the search data."""

    def __init__(self, runs: str, readings: str) -> None:
        """Take ``b:a18ai8…`` over the common characters, and ``行hang长chang…`` beyond."""
        self._of: dict[str, list[str]] = {}
        characters = iter(common_characters())
        for group in runs.split(" "):
            start, _, finals = group.partition(":")
            for final, length in _RUNS.findall(finals):
                for _ in range(int(length)):
                    self._of[next(characters)] = [start + final]
        for character, syllable in _READINGS.findall(readings):
            self._of.setdefault(character, []).append(syllable)
        self._syllables = {each for found in self._of.values() for each in found}

    def of(self, character: str) -> list[str]:
        """The readings of a character; none when it is rare."""
        return self._of.get(character, [])

    def alike(self, character: str) -> list[str]:
        """The readings of a character, folded."""
        return unique(fold(each) for each in self.of(character))

    def initials(self, character: str) -> list[str]:
        """The first letters of the readings of a character."""
        return unique(each[0] for each in self.of(character))

    def syllables(self, letters: str) -> list[str] | None:
        """``weifanggaizao`` cut into the fewest syllables; None when it is not pinyin.

        One letter in five may fit nowhere (a slip of the finger).
        """
        text = letters.replace("v", "u")
        best: list[tuple[int, int, list[str]]] = [(0, 0, [])]
        for end in range(1, len(text) + 1):
            cost, skipped, path = best[end - 1]
            found = (cost + _SKIPPED, skipped + 1, path)
            for start in range(max(0, end - _LONGEST_SYLLABLE), end):
                part = text[start:end]
                before = best[start]
                if part in self._syllables and before[0] + 1 <= found[0]:
                    found = (before[0] + 1, before[1], [*before[2], part])
            best.append(found)
        _, skipped, path = best[-1]
        return path if path and skipped * 5 <= len(text) else None


@cache
def fold(syllable: str) -> str:
    """One spelling for syllables that sound alike: ``zheng`` → ``zen``, ``hui`` → ``fei``."""
    sound = re.sub("^([zcs])h", r"\1", syllable)
    sound = re.sub("^n", "l", sound)
    sound = re.sub("([ie])ng$", r"\1n", sound)
    return _H_AS_F.get(sound, sound)


_H_AS_F = {"hu": "fu", "hua": "fa", "huan": "fan", "huang": "fang", "hui": "fei", "hun": "fen"}


def unique(values: Iterable[str]) -> list[str]:
    """The values without repetition, in order."""
    return list(dict.fromkeys(values))
