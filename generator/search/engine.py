"""The engine: a question in, the answer out. ``overrides/assets/search.js`` does the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .documents import Document, Kind, documents
from .grams import INITIALS, WRITTEN, Grams, Reading
from .ranking import ALIKE, BM25, SINGLE, VILLAGE, Ranking
from .shown import Result, Shown

CANDIDATES = 40
"""How many of lunr's best are looked at closely."""
CONFIDENT = 0.9
"""The least trust at which the first item is an answer."""
NAMED = 1.6
"""The least score of signals at which a query means a place or a department itself."""
WORTH_SHOWING = 0.8
"""The same at which a place or a department is worth showing after the items."""
NAME_BOOST = 1.5
"""What a match in the name counts for lunr beside one in what a thing is called."""

_YEAR = re.compile("(?:19|20)[0-9]{2}年?")
_LETTERS = re.compile("[a-z0-9\u3400-\u9fff]")


@dataclass(frozen=True)
class Answer:
    """What a query is answered with."""

    query: str
    confident: bool
    """Whether the first result answers the query; if not, there is only ``nearest``."""
    hotlines: tuple[tuple[str, str], ...]
    """Number and name of whom to ring first."""
    results: tuple[Result, ...]
    nearest: tuple[Result, ...]


@dataclass(frozen=True)
class _Found:
    document: Document
    fit: float
    """The score of its signals alone, comparable between queries."""
    score: float
    trust: float


class Engine:
    """Search over the data of one language (``search_data``)."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._grams = Grams(data)
        self._shown = Shown(data)
        self._documents = tuple(documents(data, self._grams))
        self._ranking = Ranking(self._documents)
        self._index = self._built()
        self._elsewhere = [
            (word, {each.written for each in self._grams.slots(word) if not each.is_single})
            for word in map(self._grams.normalise, filter(None, data["elsewhere"].split("|")))
        ]
        self._hotlines = [
            (number, name, [self._grams.normalise(each) for each in phrases.split("|") if each])
            for number, name, phrases in data["hotlines"]
        ]

    def answer(self, text: str, place: str | None = None, limit: int = 10) -> Answer:
        """The answer to ``text``, for the place with the code ``place`` where they differ."""
        query = self._grams.normalise(text)
        readings = self._grams.readings(self._without_places(query))
        items = [
            each
            for each in self._found(readings, "item")
            if self._shown.holds(each.document.row, place)
        ]
        others = [
            each
            for each in self._found(self._grams.readings(query), "place", "department")
            if each.fit >= WORTH_SHOWING
        ]
        named = [each for each in others if each.fit >= NAMED]
        sure = bool(items) and self._is_answered(query, items[0])
        ordered = [*named, *items, *(each for each in others if each not in named)]
        rows = tuple(self._result(each, readings, place) for each in ordered[:limit])
        confident = sure or bool(named)
        return Answer(
            text,
            confident,
            tuple(self._ring(query)),
            rows if confident else (),
            () if confident else rows,
        )

    def _built(self) -> Any:
        from lunr.builder import Builder

        builder = Builder()
        builder.ref("id")
        builder.field("name", boost=NAME_BOOST)
        builder.field("called")
        for number, each in enumerate(self._documents):
            builder.add({"id": number, "name": _tokens(each.name), "called": _tokens(each.called)})
        return builder.build()

    def _found(self, readings: Sequence[Reading], *kinds: Kind) -> list[_Found]:
        """Documents of some kinds, the best first."""
        candidates = [each for each in self._candidates(readings) if each[0].kind in kinds]
        best = max((score for _, score in candidates), default=1)
        found = []
        for document, score in candidates[:CANDIDATES]:
            signals = self._ranking.best(document, readings)
            whole = signals.score + BM25 * score / best + self._prior(document)
            found.append(_Found(document, signals.score, round(whole, 6), signals.trust))
        return sorted(found, key=lambda each: -each.score)

    def _candidates(self, readings: Sequence[Reading]) -> list[tuple[Document, float]]:
        boosts = _boosts(readings)
        if not boosts:
            return []
        query = self._index.create_query()
        for token, boost in boosts.items():
            query.term(token, boost=boost, use_pipeline=False)
        found = ((int(each["ref"]), each["score"]) for each in self._index.query(query))
        ordered = sorted(found, key=lambda each: (-round(each[1], 6), each[0]))
        return [(self._documents[number], score) for number, score in ordered]

    def _prior(self, document: Document) -> float:
        is_item = document.kind == "item"
        return VILLAGE if is_item and self._shown.level(document.row) == "village" else 0

    def _without_places(self, query: str) -> str:
        """The query without names of places and years, unless nothing else is asked."""
        rest = _YEAR.sub("\n", query)
        for name in self._shown.place_names:
            rest = rest.replace(name, "\n")
        return rest if _LETTERS.search(rest) else query

    def _is_answered(self, query: str, first: _Found) -> bool:
        """Whether the first item is an answer; not if the query is about another matter."""
        if first.trust < CONFIDENT:
            return False
        words = (each for each in self._elsewhere if self._grams.holds(query, each[0]))
        return all(pairs <= first.document.tokens for _, pairs in words)

    def _ring(self, query: str) -> Iterator[tuple[str, str]]:
        texts = (query, *self._grams.wordings(query))
        for number, name, phrases in self._hotlines:
            if any(self._grams.holds(text, each) for each in phrases for text in texts):
                yield number, name

    def _result(self, found: _Found, readings: Sequence[Reading], place: str | None) -> Result:
        asked = {slot.written for reading in readings for slot in reading.slots}
        return self._shown.result(found.document, asked, place)


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
