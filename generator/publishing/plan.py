"""Which files of the last build stay, and which are made: without a look at each of them.

Works are found in groups. Finding a group is a shared result like any other, so what it
reads is known: if none of that changed, the group's works are made from the same as
before. If besides nothing changed that their making has read, the group is not even
asked for them.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec import Struct, field

from .folder import ClashError
from .trace import Recorder
from .work import Work


class Step(Struct, frozen=True):
    """Work to be done."""

    work: Work
    identity: str | None
    is_same: bool
    """Whether the last build made the file from the same."""


class Group(Struct, frozen=True):
    """Works that are found together."""

    name: str
    """Of the shared result that finding them is."""
    find: Callable[[], Iterable[Work]]
    is_open: bool = False
    """Whether finding them takes a look at more than the lists, and so is done every time."""


class Plan(Struct):
    """What becomes of each file."""

    kept: list[str] = field(default_factory=list)
    """Paths of files that stay as they are."""
    waiting: deque[Step] = field(default_factory=deque)
    """What must be made."""

    @property
    def paths(self) -> set[str]:
        """Of all files."""
        return {*self.kept, *(step.work.path for step in self.waiting)}

    def steps(self) -> Iterator[Step]:
        """What must be made, one after the other; what was taken is let go of."""
        while self.waiting:
            yield self.waiting.popleft()

    def refuse_clashes(self) -> None:
        """Two works may not have one path.

        Raises:
            ClashError: when they have.
        """
        every = [*self.kept, *(step.work.path for step in self.waiting)]
        if len(every) > len(set(every)):
            raise ClashError(Counter(every).most_common(1)[0][0])


def plan(
    groups: Iterable[Group], recorder: Recorder, kept: Collection[str], stale: Collection[str]
) -> Plan:
    """What to do with every file of ``groups``.

    ``kept`` are the files whose making read nothing that changed, ``stale`` the shared
    results that did.

    Raises:
        ClashError: when two works have one path.
    """
    made = Plan()
    known = dict(recorder.trace.groups.items())
    found: dict[str, str] = {}
    for group in groups:
        paths = known.get(group.name)
        is_known = paths is not None and not group.is_open and group.name not in stale
        if paths is None or not (is_known and _all_in(paths, kept)):
            works = list(group.find())
            _sort(works, made, recorder, kept, is_known=is_known)
            paths = "\n".join(work.path for work in works)
        elif paths:
            made.kept += paths.split("\n")
        found[group.name] = paths
    recorder.regroup(found, known)
    made.refuse_clashes()
    return made


def _all_in(paths: str, kept: Collection[str]) -> bool:
    return not paths or all(path in kept for path in paths.split("\n"))


def _sort(
    works: Iterable[Work],
    made: Plan,
    recorder: Recorder,
    kept: Collection[str],
    *,
    is_known: bool,
) -> None:
    """Keep works that are made from the same as before; let the others wait.

    Where it ``is_known`` that nothing changed that finding them has read, all are.
    """
    for work in works:
        if is_known and work.path in kept:
            made.kept.append(work.path)
            continue
        before = recorder.trace.made_from.get(work.path)
        identity = before if is_known and before else work.identity(recorder.records)
        is_same = identity is not None and identity == before
        if is_same and work.path in kept:
            made.kept.append(work.path)
        else:
            made.waiting.append(Step(work, identity, is_same))
