"""A stage of search: documents, lunr's index of them, and their ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct

from .documents import Document
from .grams import INITIALS, WRITTEN, Reading
from .ranking import ALIKE, BM25, GONE, SINGLE, VILLAGE, Ranking, Signals

CANDIDATES = 40
"""How many of lunr's best are looked at closely."""
NAME_BOOST = 1.5
"""What a match in the name counts for lunr beside one in what a thing is called."""


class Found(Struct, frozen=True):
    """A document that was found."""

    document: Document
    signals: Signals
    """How it meets the reading of the query that it meets best; comparable between queries."""
    score: float


class Stage:
    """Finds documents by what a query says."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = tuple(documents)
        self._ranking = Ranking(self.documents)
        self._index = self._built()

    def found(
        self, readings: Sequence[Reading], is_wanted: Callable[[Document], bool]
    ) -> list[Found]:
        """The documents that are wanted, the best first."""
        candidates = [each for each in self._candidates(readings) if is_wanted(each[0])]
        best = max((score for _, score in candidates), default=1)
        found = []
        for document, score in candidates[:CANDIDATES]:
            signals = self._ranking.best(document, readings)
            prior = VILLAGE * document.is_of_villages - GONE * document.is_unlisted
            whole = signals.score + BM25 * score / best + prior
            found.append(Found(document, signals, round(whole, 6)))
        return sorted(found, key=lambda each: -each.score)

    def _built(self) -> Any:
        from lunr.builder import Builder

        builder = Builder()
        builder.ref("id")
        builder.field("name", boost=NAME_BOOST)
        builder.field("called")
        for number, each in enumerate(self.documents):
            builder.add({"id": number, "name": _tokens(each.name), "called": _tokens(each.called)})
        return builder.build()

    def _candidates(self, readings: Sequence[Reading]) -> list[tuple[Document, float]]:
        boosts = _boosts(readings)
        if not boosts:
            return []
        query = self._index.create_query()
        for token, boost in boosts.items():
            query.term(token, boost=boost, use_pipeline=False)
        found = ((int(each["ref"]), each["score"]) for each in self._index.query(query))
        ordered = sorted(found, key=lambda each: (-round(each[1], 6), each[0]))
        return [(self.documents[number], score) for number, score in ordered]


def _tokens(phrases: Iterable[Any]) -> list[str]:
    return [token for phrase in phrases for slot in phrase.slots for token in slot.tokens]


def _boosts(readings: Iterable[Reading]) -> dict[str, float]:
    """What lunr is asked for: every token of every reading, with its weight."""
    boosts: dict[str, float] = {}
    for reading in readings:
        for slot in reading.slots:
            whole = SINGLE if slot.is_single else 1
            if reading.level == WRITTEN:
                boosts[slot.written] = max(boosts.get(slot.written, 0), whole)
            alike = ALIKE if reading.level == WRITTEN else 1
            tokens = slot.initials if reading.level == INITIALS else slot.sounds
            if reading.level != WRITTEN or not slot.is_single:
                for token in tokens:
                    boosts[token] = max(boosts.get(token, 0), whole * alike)
    return boosts
