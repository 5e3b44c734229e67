"""What stays of the last build and what is made: by groups, and never twice at one address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.edition import SiteFile
from generator.publishing import ClashError, Group, Work
from generator.publishing.plan import Plan, plan
from generator.publishing.trace import Recorder, Trace


class Groups:
    """Groups of works, and a note of which of them were asked."""

    def __init__(self, **paths: str) -> None:
        self.paths = paths
        self.asked: list[str] = []

    def __iter__(self) -> Iterator[Group]:
        for name in self.paths:
            yield Group(name, lambda name=name: self.find(name), is_open=name == "open")

    def find(self, name: str) -> list[Work]:
        self.asked.append(name)
        return [Work(path, SiteFile(path, bytes), bytes) for path in self.paths[name].split()]


def planned(groups: Groups, trace: Trace, *stale: str) -> Plan:
    """The plan, carried out; ``stale`` are groups and files that read what changed."""
    recorder = Recorder(trace, {})
    made = plan(groups, recorder, {*trace.reads} - {*stale}, {*stale})
    for step in made.waiting:
        recorder.note(step.work.path, step.identity, set())
    return made


def names(made: Plan) -> tuple[list[str], list[str]]:
    return sorted(made.kept), sorted(step.work.path for step in made.waiting)


@pytest.fixture
def trace() -> Trace:
    """Of a build of two groups with two files each, and one without any."""
    found = Trace()
    made = planned(Groups(a="a/1 a/2", b="b/1 b/2", none=""), found)
    assert names(made) == ([], ["a/1", "a/2", "b/1", "b/2"])
    return found


def test_groups_of_which_nothing_changed_are_not_asked(trace: Trace) -> None:
    groups = Groups(a="a/1 a/2", b="b/1 b/2", none="")

    assert names(planned(groups, trace)) == (["a/1", "a/2", "b/1", "b/2"], [])
    assert groups.asked == []


def test_of_a_group_only_what_must_be_made_is_made(trace: Trace) -> None:
    groups = Groups(a="a/1 a/2", b="b/1 b/2", none="")

    assert names(planned(groups, trace, "b/2")) == (["a/1", "a/2", "b/1"], ["b/2"])
    assert groups.asked == ["b"]


def test_a_group_that_finds_something_else_is_believed(trace: Trace) -> None:
    groups = Groups(a="a/1 a/3", b="b/1 b/2", none="new")

    made = planned(groups, trace, "a", "none")

    assert names(made) == (["a/1", "b/1", "b/2"], ["a/3", "new"])
    assert made.paths == {"a/1", "a/3", "b/1", "b/2", "new"}


def test_groups_come_and_go_with_their_files(trace: Trace) -> None:
    assert names(planned(Groups(b="b/1 b/2", c="c/1"), trace)) == (["b/1", "b/2"], ["c/1"])
    assert trace.groups.keys() == {"b", "c"}


def test_a_group_that_looks_at_more_than_the_lists_is_asked_every_time(trace: Trace) -> None:
    planned(Groups(open="sheet"), trace)
    groups = Groups(open="sheet")

    assert names(planned(groups, trace)) == (["sheet"], [])
    assert groups.asked == ["open"]


@pytest.mark.parametrize("other", ["a/1", "a/2 c/1", "c/1 c/1"])
def test_two_works_never_have_one_address(trace: Trace, other: str) -> None:
    with pytest.raises(ClashError):
        planned(Groups(a="a/1 a/2", b="b/1 b/2", c=other), trace)
