"""The engine: a question in, the answer out. ``overrides/assets/search/`` does the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from .data import SearchData
from .documents import Document, documents, with_more
from .grams import Grams, Reading
from .shown import Result, Shown
from .stage import Found, Stage

CONFIDENT = 1.05
"""The least trust at which the first item is an answer."""
CERTAIN = 1.25
"""The least certainty at which the answer of the first stage stands."""
BRIEF = 4
"""A query of so few characters asks for usual phrases: what is found there stands."""
NAMED = 1.6
"""The least score of signals at which a query means a place or a department itself."""
WORTH_SHOWING = 0.8
"""The same at which a place or a department is worth showing after the items."""

FIRST = 3
"""How many items stand in an answer whatever they say of the query."""
NEAR = 0.4
"""The least part of the query that a further item says, where the first one answers it."""

_YEAR = re.compile("(?:19|20)[0-9]{2}年?")
_LETTERS = re.compile("[a-z0-9\u3400-\u9fff]")


class Ring(Struct, frozen=True):
    """A hotline that a query says is needed."""

    number: str
    name: str
    confirmed: bool
    """Whether its number has a source, lately checked."""


class Answer(Struct, frozen=True):
    """What a query is answered with."""

    query: str
    confident: bool
    """Whether the first result answers the query; if not, there is only ``nearest``."""
    certain: bool
    """Whether the first part of the data was enough to know the answer."""
    hotlines: tuple[Ring, ...]
    """Whom to ring first."""
    results: tuple[Result, ...]
    nearest: tuple[Result, ...]


class _Query(Struct, frozen=True):
    """A query as it is read."""

    text: str
    """Normalised."""
    readings: list[Reading]
    """Without names of places."""
    full: list[Reading]
    place: str | None


class _Outcome(Struct, frozen=True):
    """What a stage finds."""

    named: list[Found]
    """Places and departments that the query names."""
    items: list[Found]
    others: list[Found]
    confident: bool
    certain: bool


class Engine:
    """Search over the data of one language, in two stages.

    What the first stage finds is the answer where it is certain; else it is what is found
    among all phrases. So the answer is the same whatever a phone has loaded before.
    """

    def __init__(self, data: SearchData) -> None:
        self._data = data
        self._grams = Grams(data.first)
        self._shown = Shown(data.first)
        self._first = Stage(documents(data.first, self._grams))
        self._elsewhere = [
            (word, {each.written for each in self._grams.slots(word) if not each.is_single})
            for word in map(self._grams.normalise, filter(None, data.first["elsewhere"].split("|")))
        ]
        self._hotlines = [
            (
                Ring(number, name, bool(confirmed)),
                [self._grams.normalise(each) for each in phrases.split("|") if each],
            )
            for number, name, phrases, confirmed in data.first["hotlines"]
        ]

    @cached_property
    def _whole(self) -> Stage:
        """All phrases."""
        return Stage(with_more(self._first.documents, self._data.more["phrases"], self._grams))

    def answer(self, text: str, place: str | None = None, limit: int = 10) -> Answer:
        """The answer to ``text``, for the place with the code ``place`` where they differ."""
        query = self._read(text, place)
        first = self._outcome(self._first, query)
        found = first if first.certain else self._outcome(self._whole, query)
        ordered = [*found.named, *found.items, *found.others]
        rows = tuple(self._result(each, query) for each in ordered[:limit])
        return Answer(
            text,
            found.confident,
            first.certain,
            tuple(self._ring(query.text)),
            rows if found.confident else (),
            () if found.confident else rows,
        )

    def _read(self, text: str, place: str | None) -> _Query:
        query = self._grams.normalise(text)
        rest = self._without_places(query)
        return _Query(query, self._grams.readings(rest), self._grams.readings(query), place)

    def _outcome(self, stage: Stage, query: _Query) -> _Outcome:
        def holds(document: Document) -> bool:
            return document.kind == "item" and self._shown.holds(document.row, query.place)

        items = stage.found(query.readings, holds)
        others = [
            each
            for each in stage.found(query.full, lambda document: document.kind != "item")
            if each.signals.score >= WORTH_SHOWING
        ]
        named = [each for each in others if each.signals.score >= NAMED]
        sure = bool(items) and self._is_answered(query.text, items[0])
        return _Outcome(
            named,
            _without_strays(items) if sure else items,
            [each for each in others if each not in named],
            sure or bool(named),
            _is_certain(query.text, items if sure else [], others if named else []),
        )

    def _without_places(self, query: str) -> str:
        """The query without names of places and years, unless nothing else is asked."""
        rest = _YEAR.sub("\n", query)
        for name in self._shown.place_names:
            rest = rest.replace(name, "\n")
        return rest if _LETTERS.search(rest) else query

    def _is_answered(self, query: str, first: Found) -> bool:
        """Whether the first item is an answer; not if the query is about another matter."""
        if first.signals.trust < CONFIDENT:
            return False
        words = (each for each in self._elsewhere if self._grams.holds(query, each[0]))
        return all(pairs <= first.document.tokens for _, pairs in words)

    def _ring(self, query: str) -> Iterator[Ring]:
        texts = (query, *self._grams.wordings(query))
        for ring, phrases in self._hotlines:
            if any(self._grams.holds(text, each) for each in phrases for text in texts):
                yield ring

    def _result(self, found: Found, query: _Query) -> Result:
        asked = {slot.written for reading in query.readings for slot in reading.slots}
        return self._shown.result(found.document, asked, query.place)


def _without_strays(items: list[Found]) -> list[Found]:
    """The items without those, behind the first, that share hardly more than a word."""
    further = (each for each in items[FIRST:] if round(each.signals.covered, 6) >= NEAR)
    return [*items[:FIRST], *further]


def _is_certain(query: str, items: list[Found], others: list[Found]) -> bool:
    """Whether other phrases could hardly change the answer, ``items`` or ``others``."""
    length = len(query.replace(" ", ""))
    if length <= 1:
        return True
    answers = [each for each in (items, others) if each]
    return any(length <= BRIEF or _certainty(each) >= CERTAIN for each in answers)


def _certainty(found: list[Found]) -> float:
    """How little other phrases could change: likeness to one phrase, and lead over the next."""
    lead = found[0].score - (found[1].score if len(found) > 1 else 0)
    return found[0].signals.like + lead
