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

Step = tuple[Work, str | None]
"""Work to be done, with its identity."""


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
        return {*self.kept, *(work.path for work, _ in self.waiting)}

    def steps(self) -> Iterator[Step]:
        """What must be made, one after the other; what was taken is let go of."""
        while self.waiting:
            yield self.waiting.popleft()

    def refuse_clashes(self) -> None:
        """Two works may not have one path.

        Raises:
            ClashError: when they have.
        """
        every = [*self.kept, *(work.path for work, _ in self.waiting)]
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
        if paths is None or group.is_open or group.name in stale or not _all_in(paths, kept):
            works = list(group.find())
            _sort(works, made, recorder, kept)
            paths = "\n".join(work.path for work in works)
        elif paths:
            made.kept += paths.split("\n")
        found[group.name] = paths
    recorder.regroup(found, known)
    made.refuse_clashes()
    return made


def _all_in(paths: str, kept: Collection[str]) -> bool:
    return not paths or all(path in kept for path in paths.split("\n"))


def _sort(works: Iterable[Work], made: Plan, recorder: Recorder, kept: Collection[str]) -> None:
    """Keep works that are made from the same as before; let the others wait."""
    for work in works:
        identity = work.identity(recorder.records)
        if work.path in kept and recorder.trace.made_from[work.path] == identity:
            made.kept.append(work.path)
        else:
            made.waiting.append((work, identity))
