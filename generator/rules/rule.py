"""What a rule is: a documented function that finds breaches in a county."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Level, Origin, Record

from .checking import Checking

R = TypeVar("R", bound=Record)

Breach = tuple[Origin, Mapping[str, object]]
"""Where a rule is broken, and what its message names: text and numbers."""

Check = Callable[[Checking], Iterator[Breach]]
RecordCheck = Callable[[R, Checking], Iterator[Breach]]


class Rule(Struct, frozen=True):
    """A named rule, whose docstring is the rule in one sentence.

    Its words for clerks stand in ``generator/lang/rules.*.yml`` under the same id.
    """

    id: str
    level: Level
    check: Check
    """Asks the rule of the whole county."""
    reads: tuple[str, ...]
    """What it looks at in the lists: ``items.list``, a field of a register of ``County``;
    ``items.id``, which there are and in what order; ``departments``, all of a register. As
    long as none of it changes the rule finds what it found. What it reads of a record in
    whose file it finds something need not be named, nor what it reads of the record that
    it is asked about."""
    tells: tuple[str, ...] = ()
    """What else its findings tell: where it finds nothing it has not looked at this."""
    of_each: tuple[type[Record], RecordCheck[Record]] | None = None
    """Of which records it is asked one by one, and how. Each may be asked about alone, and
    what is wrong with it stands in its own file. Of what class an item is follows from that
    file as well: none has the shape of two."""

    @property
    def sentence(self) -> str:
        """The rule, from its docstring."""
        return (self.check.__doc__ or "").strip()

    def check_some(self, records: Iterable[Record], about: Checking) -> Iterator[Breach]:
        """Asks the rule of those of ``records`` that it is asked of one by one."""
        kind, check = self.of_each or (Record, _nothing)
        for record in records:
            if isinstance(record, kind):
                yield from check(record, about)


def _nothing(record: Record, about: Checking) -> Iterator[Breach]:
    return iter(())


def error(key: str, *reads: str, tells: tuple[str, ...] = ()) -> Callable[[Check], Rule]:
    """Declare a rule whose breach stops the site from being built; see ``Rule.reads``."""
    return lambda check: Rule(key, "error", check, reads, tells)


def warning(key: str, *reads: str) -> Callable[[Check], Rule]:
    """Declare a rule whose breach is only listed; see ``Rule.reads``."""
    return lambda check: Rule(key, "warning", check, reads)


def of_each(kind: type[R], declared: Callable[[Check], Rule]) -> Callable[[RecordCheck[R]], Rule]:
    """Declare a rule about each record by itself: ``@of_each(Item, error("said-as-few"))``."""

    def declare(check_record: RecordCheck[R]) -> Rule:
        def check(about: Checking) -> Iterator[Breach]:
            for record in about.records(kind):
                yield from check_record(record, about)

        check.__doc__ = check_record.__doc__
        asked = cast("RecordCheck[Record]", check_record)
        return replace(declared(check), of_each=(kind, asked))

    return declare
