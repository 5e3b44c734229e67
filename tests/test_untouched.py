"""A file that was written again never has the mark it had."""

from __future__ import annotations

import os
from pathlib import Path

from generator.untouched import mark, settle


def test_after_settling_a_file_written_again_at_once_with_the_same_size_is_told_apart(
    tmp_path: Path,
) -> None:
    path = tmp_path / "phone.txt"
    marks = []
    for number in range(20):
        path.write_text(f"{number:04}", "ascii")
        settle(tmp_path)
        marks.append(mark(path.stat()))

    assert len(set(marks)) == len(marks)


def test_a_file_whose_time_was_set_back_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "phone.txt"
    path.write_text("0001", "ascii")
    before = path.stat()
    settle(tmp_path)
    path.write_text("0002", "ascii")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert mark(path.stat()) != mark(before)


def test_a_file_that_was_only_read_keeps_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "phone.txt"
    path.write_text("0001", "ascii")
    before = mark(path.stat())
    settle(tmp_path)
    path.read_text("ascii")

    assert mark(path.stat()) == before


def test_a_folder_has_another_mark_once_a_file_came_into_it(tmp_path: Path) -> None:
    before = mark(tmp_path.stat())
    settle(tmp_path)
    (tmp_path / "new.txt").write_text("", "ascii")

    assert mark(tmp_path.stat()) != before
