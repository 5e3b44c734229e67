"""How well a document answers a query; every figure was found by measurement.

``make search-report`` prints what a change of a figure does to the working queries.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from .documents import Document, Phrase
from .grams import INITIALS, SOUND, WRITTEN, Reading, Slot

SINGLE = 0.4
"""What a single character counts beside a pair."""
ALIKE = 0.75
"""What a pair counts that only sounds like the one sought."""
COVERED, LIKE, CONTAINED, BM25 = 0.9, 0.5, 0.9, 1.5
"""Shares of the four signals in a document's score; lunr's is relative to its best one."""
VILLAGE = 0.5
"""What an item of a village list gains: villagers ask their village first."""
GONE = 0.5
"""What an item on no list loses: what came in its place comes first."""
MASS = 20.0
"""Information of a phrase found whole at which ``contained`` is 1; it grows to 2."""


class Signals(Struct, frozen=True):
    """How a document meets one reading of a query; all but ``contained`` from 0 to 1."""

    covered: float
    """The part of the query that the document says, in all its phrases together."""
    like: float
    """How like the query its likest phrase is (harmonic mean of both shares)."""
    contained: float
    """The most informative phrase that stands in the query, from 0 to 2."""
    is_plausible: bool = True
    """False for typed letters that are the initials of no phrase: each must stand in a pair
    that one phrase has."""

    @property
    def score(self) -> float:
        """The signals in one figure."""
        return COVERED * self.covered + LIKE * self.like + CONTAINED * self.contained

    @property
    def trust(self) -> float:
        """How sure it is that the query is about the document.

        Nonsense too shares words with something; what it seldom holds is a whole phrase.
        """
        return 2 * self.contained + (self.covered + self.like) / 2 if self.is_plausible else 0


class Ranking:
    """Weighs slots by how rare they are in the documents, and documents by their slots."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._count = len(documents)
        self._known = Counter(token for each in documents for token in each.tokens)
        self._weights: dict[Phrase, tuple[list[float], float]] = {}

    def best(self, document: Document, readings: Iterable[Reading]) -> Signals:
        """The signals of the reading that the document meets best."""
        found = (self._signals(document, each) for each in readings)
        return max(found, key=lambda each: each.score)

    def weight(self, slot: Slot) -> float:
        """The information of a slot: that of its first token that any document has."""
        known = next((self._known[each] for each in slot.tokens if each in self._known), 0)
        rarity = math.log(1 + (self._count - known + 0.5) / (known + 0.5))
        return rarity * (SINGLE if slot.is_single else 1)

    def _signals(self, document: Document, reading: Reading) -> Signals:
        weights = [self.weight(each) for each in reading.slots]
        total = sum(weights)
        asked = frozenset(_tokens(reading))
        covered = self._met(reading.slots, weights, document.tokens, reading.level) / total
        like = contained = 0.0
        is_plausible = reading.level != INITIALS
        for phrase in document.phrases:
            own, mass = self._of(phrase)
            met = self._met(phrase.slots, own, asked, reading.level)
            if not met:
                continue
            share = met / mass
            heard = self._met(reading.slots, weights, phrase.tokens, reading.level) / total
            like = max(like, 2 * share * heard / (share + heard) if heard else 0)
            contained = max(contained, share * met)
            is_plausible = is_plausible or _has_every_letter(phrase, reading)
        return Signals(covered, like, min(contained / MASS, 2), is_plausible)

    def _of(self, phrase: Phrase) -> tuple[list[float], float]:
        if phrase not in self._weights:
            weights = [self.weight(each) for each in phrase.slots]
            self._weights[phrase] = (weights, sum(weights))
        return self._weights[phrase]

    def _met(
        self, slots: Iterable[Slot], weights: Iterable[float], tokens: frozenset[str], level: int
    ) -> float:
        """The weight of the slots that ``tokens`` meet."""
        pairs = zip(slots, weights, strict=True)
        return sum(weight * self._met_by(slot, tokens, level) for slot, weight in pairs)

    @staticmethod
    def _met_by(slot: Slot, tokens: frozenset[str], level: int) -> float:
        if level == INITIALS:
            return float(not tokens.isdisjoint(slot.initials))
        if level == SOUND:
            return float(not tokens.isdisjoint(slot.sounds))
        if slot.written in tokens:
            return 1
        return 0 if slot.is_single or tokens.isdisjoint(slot.sounds) else ALIKE


def _has_every_letter(phrase: Phrase, reading: Reading) -> bool:
    """Whether each letter of typed initials stands in a pair that the phrase has."""
    heard = [not phrase.tokens.isdisjoint(each.initials) for each in reading.slots]
    return all(before or after for before, after in pairwise([False, *heard, False]))


def _tokens(reading: Reading) -> Iterable[str]:
    """What of a reading a phrase may meet."""
    for slot in reading.slots:
        if reading.level == INITIALS:
            yield from slot.initials
            continue
        yield from slot.sounds
        if reading.level == WRITTEN:
            yield slot.written
