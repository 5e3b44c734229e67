"""A file made of pieces takes over what nothing has changed, and only that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.parts import Extracts, Head, Part, Run, joined
from generator.publishing.commons import Commons
from generator.publishing.pieces import Pieces, name_of
from generator.publishing.trace import Recorder, Trace
from generator.watch import note


class Numbers:
    """A run about things, and a count of how often each piece was made."""

    def __init__(self, *, is_placed: bool = False, **values: str) -> None:
        self.values = values
        self.is_placed = is_placed
        self.made: list[str] = []

    def parts(self) -> Iterator[Part]:
        yield b"numbers;"
        head = Head(lambda piece: piece.decode()[-1], lambda gists: f"most={max(gists)};".encode())
        keys = tuple(self.values)
        yield Run("things", keys, self.make, joint=b";", is_placed=self.is_placed, head=head)
        yield b";end"

    def make(self, key: str, place: int) -> bytes:
        self.made.append(key)
        number = place if self.is_placed else ""
        return f"{number}{key}={self.values[key]}".encode()


def built(numbers: Numbers, last: Pieces | None, file: Path, *stale: str) -> Pieces:
    recorder = Recorder(last.recorder.trace if last else Trace(), {})
    before = (last.layout, last.runs, last.remembered) if last else ({}, {}, {})
    pieces = Pieces(
        recorder, *before, {name_of(f"things/{each}") for each in stale}, Commons(recorder)
    )
    content = pieces.joined("file", numbers.parts(), file.read_bytes() if last else None)
    file.write_bytes(content)
    pieces.close()
    made, numbers.made = numbers.made, []
    assert content == joined(numbers.parts())
    numbers.made = made
    return pieces


def test_only_pieces_about_what_changed_are_made_again(tmp_path: Path) -> None:
    first = built(Numbers(a="1", b="2", c="3"), None, tmp_path / "file")
    again = Numbers(c="3", b="twenty", d="new", a="1")

    second = built(again, first, tmp_path / "file", "b")
    third = Numbers(c="3", b="5", d="new", a="1")
    built(third, second, tmp_path / "file", "b")

    assert again.made == ["b", "d"]
    assert third.made == ["b"]


def test_a_piece_that_tells_its_place_is_made_again_elsewhere(tmp_path: Path) -> None:
    first = built(Numbers(a="1", b="2", c="3", is_placed=True), None, tmp_path / "file")
    again = Numbers(a="1", c="3", is_placed=True)

    built(again, first, tmp_path / "file")

    assert again.made == ["c"]


def test_a_run_may_come_to_have_nothing_and_something_again(tmp_path: Path) -> None:
    class Nothing(Numbers):
        def parts(self) -> Iterator[Part]:
            yield Run("things", tuple(self.values), self.make)

    last = built(Nothing(a="1"), None, tmp_path / "file")
    last = built(Nothing(), last, tmp_path / "file")
    again = Nothing(a="1")
    built(again, last, tmp_path / "file")

    assert again.made == ["a"]


def test_pieces_of_what_is_no_more_are_forgotten(tmp_path: Path) -> None:
    first = built(Numbers(a="1", b="2"), None, tmp_path / "file")
    names = {"run:things:", name_of("things/a"), name_of("things/b")}
    assert first.recorder.trace.shared.keys() == names

    second = built(Numbers(b="2"), first, tmp_path / "file")

    assert second.recorder.trace.shared.keys() == names - {name_of("things/a")}


def test_a_file_that_stays_keeps_its_pieces(tmp_path: Path) -> None:
    first = built(Numbers(a="1", b="2"), None, tmp_path / "file")
    second = Pieces(first.recorder, first.layout, first.runs, {}, (), first.commons)
    second.keep(["file"])
    second.close()

    again = Numbers(a="1", b="3")
    built(again, second, tmp_path / "file", "b")

    assert again.made == ["b"]


def test_a_file_with_two_runs_of_one_name_is_refused() -> None:
    recorder = Recorder(Trace(), {})
    pieces = Pieces(recorder, {}, {}, {}, (), Commons(recorder))
    run = Run("things", ("a",), Numbers(a="1").make)

    with pytest.raises(AssertionError):
        pieces.joined("file", [run, run], None)


class Squares:
    """Extracts of things, and of which they were made."""

    def __init__(self, **values: int) -> None:
        self.values = values
        self.made: list[str] = []

    def asked(self, last: Pieces | None, *stale: str, made_from: str = "") -> Pieces:
        recorder = Recorder(last.recorder.trace if last else Trace(), {})
        before = (last.layout, last.runs, last.remembered) if last else ({}, {}, {})
        pieces = Pieces(
            recorder, *before, {name_of(f"things/{each}") for each in stale}, Commons(recorder)
        )
        extracts = Extracts("things", "squares", tuple(self.values), self.make, made_from)
        assert pieces.extracts(extracts) == [each**2 for each in self.values.values()]
        assert pieces.extracts(extracts) == [each**2 for each in self.values.values()]
        pieces.close()
        return pieces

    def make(self, key: str) -> int:
        self.made.append(key)
        note(("things", key))
        return self.values[key] ** 2


def test_only_extracts_of_what_changed_are_made_again() -> None:
    first, second = Squares(a=1, b=2, c=3), Squares(c=3, b=20, d=4, a=1)
    last = second.asked(first.asked(None), "b")
    third = Squares(c=3, b=20, a=1)
    third.asked(last)

    assert (first.made, second.made, third.made) == (["a", "b", "c"], ["b", "d"], [])


def test_extracts_that_are_made_from_something_else_are_all_made_again() -> None:
    first, second = Squares(a=1, b=2), Squares(a=1, b=2)
    second.asked(first.asked(None, made_from="one"), made_from="other")

    assert second.made == ["a", "b"]


def test_extracts_that_nobody_asks_for_are_kept_while_they_are_true() -> None:
    first = Squares(a=1, b=2).asked(None)
    true = Pieces(first.recorder, {}, first.runs, dict(first.remembered), (), first.commons)
    untrue = Pieces(
        first.recorder, {}, first.runs, dict(first.remembered), {name_of("things/b")}, first.commons
    )
    true.close()
    untrue.close()

    assert (true.remembered, true.runs) == (first.remembered, first.runs)
    assert (untrue.remembered, untrue.runs) == ({}, {})


def test_who_asks_for_extracts_has_read_what_they_were_made_from() -> None:
    trace = Squares(a=1, b=2).asked(None).recorder.trace
    stale = trace.stale({("things/b", "")})[1]

    assert stale == {name_of("things/b"), "run:things:squares"}
