"""A file made of pieces takes over what nothing has changed, and only that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.edition import Part, Piece
from generator.publishing.pieces import Pieces, name_of
from generator.publishing.trace import Recorder, Trace


class Numbers:
    """Parts about things, and a count of how often each piece was made."""

    def __init__(self, **values: str) -> None:
        self.values = values
        self.made: list[str] = []

    def parts(self) -> Iterator[Part]:
        yield b"head;"
        for name in self.values:
            yield Piece(name, lambda name=name: self.make(name))
            yield b";"

    def make(self, name: str) -> bytes:
        self.made.append(name)
        return f"{name}={self.values[name]}".encode()


def built(numbers: Numbers, last: Pieces | None, file: Path, *stale: str) -> Pieces:
    recorder = Recorder(last.recorder.trace if last else Trace(), {})
    pieces = Pieces(recorder, last.layout if last else {}, {name_of(each) for each in stale})
    content = pieces.joined("file", numbers.parts(), file if last else None)
    assert content == b"head;" + b"".join(
        f"{name}={value};".encode() for name, value in numbers.values.items()
    )
    file.write_bytes(content)
    pieces.close()
    return pieces


def test_only_pieces_about_what_changed_are_made_again(tmp_path: Path) -> None:
    first = built(Numbers(a="1", b="2", c="3"), None, tmp_path / "file")
    again = Numbers(c="3", b="twenty", d="new", a="1")

    built(again, first, tmp_path / "file", "b")

    assert again.made == ["b", "d"]


def test_pieces_of_what_is_no_more_are_forgotten(tmp_path: Path) -> None:
    first = built(Numbers(a="1", b="2"), None, tmp_path / "file")
    assert first.recorder.trace.shared.keys() == {name_of("a"), name_of("b")}

    second = built(Numbers(b="2"), first, tmp_path / "file")

    assert second.recorder.trace.shared.keys() == {name_of("b")}


def test_a_file_with_two_pieces_about_one_thing_is_refused(tmp_path: Path) -> None:
    pieces = Pieces(Recorder(Trace(), {}), {}, ())
    twice = [Piece("a", bytes), Piece("a", bytes)]

    with pytest.raises(AssertionError):
        pieces.joined("file", twice, None)
