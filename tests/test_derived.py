"""Derived registers: whoever asks for an entry depends on that entry, not on all of them."""

from __future__ import annotations

from collections.abc import Mapping

from generator.edition import Edition
from generator.publishing.entries import entry_hashes, stale_after
from generator.publishing.trace import Name, Recorder, Trace
from generator.watch import Shared, Watching, derived, note, recording, view


class Lists(Watching):
    """Numbers by name, of which some are even."""

    def __init__(self, **numbers: int) -> None:
        self.numbers = numbers
        self.shared = Shared()

    @derived
    def is_even(self) -> Mapping[str, str]:
        """``even`` by name."""
        for name in self.numbers:
            note(("numbers", name))
        return {name: "even" for name, number in self.numbers.items() if number % 2 == 0}

    @view
    def evens(self) -> int:
        """How many there are."""
        return len(self.is_even)


def built(lists: Lists, trace: Trace, entries: dict[str, str]) -> None:
    """Make a file about each number, and one about all."""
    recorder = Recorder(trace, {})
    for name in lists.numbers:
        with recording() as reads:
            lists.is_even.get(name)
        recorder.note(name, "", reads)
    with recording() as reads:
        assert lists.evens >= 0
    recorder.note("all", "", reads)
    entries.update(entry_hashes(lists.derived(), edition(lists), {}))
    recorder.close(trace.reads.keys(), lists.shared, ())


def edition(lists: Lists) -> Edition:
    """All that ``entries`` looks at is the registers."""
    return lists  # type: ignore[return-value]


def stale(changed: Lists, trace: Trace, entries: dict[str, str], *names: str) -> set[str]:
    different: set[Name] = {(f"numbers/{name}", "") for name in names}
    return {*stale_after(different, edition(changed), entries, Recorder(trace, {})).files}


def test_only_readers_of_entries_that_came_out_different_are_stale() -> None:
    trace, entries = Trace(), dict[str, str]()
    built(Lists(a=1, b=2, c=3), trace, entries)

    assert stale(Lists(a=1, b=4, c=3), trace, entries, "b") == set()
    assert stale(Lists(a=1, b=4, c=6), trace, entries, "c") == {"c", "all"}
    assert stale(Lists(a=1, b=5, c=6), trace, entries, "b") == {"b", "all"}


def test_what_computing_it_read_is_known_though_nobody_asked_since() -> None:
    trace, entries = Trace(), dict[str, str]()
    built(Lists(a=1), trace, entries)

    assert stale(Lists(a=1, new=3), trace, entries, "a") == set()

    assert stale(Lists(a=1, new=4), trace, entries, "new") == {"all"}


def test_a_result_that_was_stale_while_nobody_asked_is_noted_anew() -> None:
    """Else what it reads today would not be known, for it is not stale any more."""
    trace = Trace()

    def build(stale: set[str], file: str, *names: str) -> None:
        shared, recorder = Shared(), Recorder(trace, {})
        with recording() as reads:
            if names:
                shared.once("sum", (), lambda: [note(("numbers", name)) for name in names])
        recorder.note(file, "", reads)
        recorder.close([file], shared, stale)

    build(set(), "page", "a")
    stale = trace.stale({("numbers/a", "")}).shared
    assert stale == {"sum"}
    build(stale, "page")
    build(set(), "page", "b")

    assert {*trace.stale({("numbers/b", "")}).files} == {"page"}
    assert {*trace.stale({("numbers/a", "")}).files} == set()
