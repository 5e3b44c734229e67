"""A build, from a held workspace to a live site."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from generator.edition import Edition, SiteFile
from generator.model import County
from generator.reading import Reading, Remembered
from generator.rules import Kept
from generator.watch import recording
from generator.zipped import Archive, packed

from .commons import Commons
from .entries import entry_hashes, stale_after
from .files import tree
from .folder import SiteFolder, mirror
from .manifest import NAME, Manifest
from .marks import SiteMarks
from .memory import Memory
from .pieces import Pieces
from .plan import Group, Plan, Step, plan
from .trace import (
    Recorder,
    Rows,
    Stale,
    changed,
    changed_prints,
    print_hashes,
    record_names,
    rows,
)
from .verify import Built, Editions, Problem, Seen, items_by_list, verify
from .workspace import Workspace

FRAME = ""
"""What the frame is called where files go by their paths."""
Frame = Mapping[str, Any]
"""``known``: what ``Engine.frame`` gave; ``files``: the paths of what it wrote."""
Progress = Callable[[Iterable[Step], int], AbstractContextManager[Iterable[Step]]]
"""Shows a person how far the work is, of which there are so many steps."""


class VerificationError(Exception):
    """The site was built but must not be published."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class Engine(Protocol):
    """Makes the files of one edition."""

    reading: Reading
    lists: Remembered
    """The list files, to be remembered."""
    kept: Kept
    """What is kept of their check."""
    county: County
    """The lists, not watched."""

    @property
    def edition(self) -> Edition:
        """The lists, watched."""

    def frame(self, folder: Path) -> dict[str, Any]:
        """Write what is not made file by file into the empty ``folder``.

        Returns what ``framed`` needs to know of it, as plain data.
        """

    def framed(self, known: dict[str, Any]) -> None:
        """Go on as if ``frame`` had been called, which then gave ``known``."""

    def frame_identity(self, paths: Collection[str]) -> str | None:
        """A hash of what the frame is made from beside the lists.

        ``paths`` are those of all works. None when it must be made anew each time.
        """

    def groups(self) -> Iterable[Group]:
        """Everything that may be kept from the last build; asked for after either frame."""

    def last(self, folder: Path, hash_of: Callable[[str], str]) -> Iterator[SiteFile]:
        """What is made from the finished files in ``folder``."""


class Summary(Struct, frozen=True):
    """What a build did."""

    files: int
    pages: int
    bytes: int
    made: int
    """Files that were made."""
    kept: int
    """Files that are the same as before and were not made again."""
    changed: int
    """Files that are new or different in the site."""
    removed: int

    @classmethod
    def of(cls, site: SiteFolder, built: Built) -> Summary:
        """What was done to make a site."""
        return cls(
            files=len(site.files),
            pages=sum(path.endswith(".html") for path in site.files),
            bytes=sum(built.sizes.values()),
            made=len(site.files) - site.kept,
            kept=site.kept,
            changed=len(site.written),
            removed=len(site.gone),
        )


class Origins(Struct, frozen=True):
    """What goes into the manifest beside the files."""

    inputs: Mapping[str, str]
    tools: Mapping[str, str]
    fonts: Mapping[str, str]
    last: Manifest | None
    """The edition that the new one is compared with."""


def _unseen(steps: Iterable[Step], _: int) -> AbstractContextManager[Iterable[Step]]:
    return nullcontext(steps)


def publish(
    workspace: Workspace,
    engine: Engine,
    memory: Memory,
    origins: Origins,
    progress: Progress = _unseen,
) -> Summary:
    """Build, verify and swap in a site; the workspace must be held.

    Only what changed since ``memory`` is made.

    Raises:
        VerificationError: when the new site may not be published; the old one stays.
    """
    memory.forget()
    if memory.is_new:
        workspace.clear()
    seen = memory.seen
    site = SiteFolder(workspace.next, memory.files, seen.uneven)
    recorder = Recorder(memory.trace, record_names(engine.edition.county))
    now = rows(engine.county, engine.reading, memory.rows)
    kept, stale = _kept(engine, memory, now, recorder)
    before = (dict(memory.layout.items()), dict(memory.runs.items()), memory.extracts)
    commons = Commons(recorder, memory.commons, stale.files)
    pieces = Pieces(recorder, *before, stale.shared, commons)
    frame, planned = _framed(workspace, engine, memory, site, recorder, (kept, stale.shared))
    _make(engine, site, pieces, planned, progress)
    _make_last(engine, site)
    site.put(NAME, _manifest(engine, site, origins).to_bytes())
    site.finish()
    built = Built.of(site, _sizes(site, memory), engine.edition.site_url, seen)
    if problems := verify(built, Editions(engine.edition.county, origins.last)):
        raise VerificationError(problems)
    workspace.flush()
    workspace.swap()
    memory.frame.become(frame)
    for path in site.gone:
        memory.commons.pop(path, None)
    memory.keep_rows(now)
    memory.layout.become(pieces.layout, pieces.before)
    memory.runs.become(pieces.runs, pieces.runs_before)
    _remember(workspace, engine, memory, site, seen)
    return Summary.of(site, built)


def _framed(
    workspace: Workspace,
    engine: Engine,
    memory: Memory,
    site: SiteFolder,
    recorder: Recorder,
    changes: tuple[set[str], set[str]],
) -> tuple[Frame, Plan]:
    """The frame, that of the last build where it is still the same; what stands inside it."""
    if FRAME in changes[0]:
        engine.framed(memory.frame["known"])
        made = plan(engine.groups(), recorder, *changes)
        if engine.frame_identity(made.paths) == memory.trace.made_from[FRAME]:
            site.keep(memory.frame["files"])
            return dict(memory.frame.items()), made
    with recording() as reads:
        frame = _new_frame(workspace, engine, site)
    made = plan(engine.groups(), recorder, *changes)
    recorder.note_all(engine.edition.shared, changes[1])
    recorder.note(FRAME, engine.frame_identity(made.paths), reads)
    return frame, made


def _new_frame(workspace: Workspace, engine: Engine, site: SiteFolder) -> Frame:
    """Make the frame in a folder of its own and take its files over."""
    folder = workspace.folder / "frame"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    known = engine.frame(folder)
    files = list(tree(folder))
    for path in files:
        site.put(path, (folder / path).read_bytes())
    shutil.rmtree(folder)
    return {"known": known, "files": files}


def _kept(engine: Engine, memory: Memory, now: Rows, recorder: Recorder) -> tuple[set[str], Stale]:
    """The files whose making read nothing that changed; all that did, and what changed."""
    edition = engine.edition
    if memory.is_new:
        memory.entries.update(entry_hashes(edition.derived(), edition, recorder.records))
        return set(), Stale({}, set())
    different = changed(memory.rows, memory.lists, now, engine.lists)
    different |= changed_prints(dict(memory.prints.items()), print_hashes(edition.prints))
    stale = stale_after(different, edition, memory.entries, recorder)
    return memory.trace.reads.keys() - stale.files.keys(), stale


def _make(
    engine: Engine, site: SiteFolder, pieces: Pieces, planned: Plan, progress: Progress
) -> None:
    """Keep what can be kept, and make the rest."""
    recorder = pieces.recorder
    site.keep(planned.kept)
    pieces.keep(planned.kept)
    engine.edition.shared.extracts = pieces.extracts
    paths = planned.paths
    with progress(planned.steps(), len(planned.waiting)) as shown:
        for step in shown:
            site.put(step.work.path, _content(step, pieces, site.root))
            recorder.note_all(engine.edition.shared, pieces.stale)  # as numbers they are small
    pieces.close()
    recorder.close({FRAME, *paths}, engine.edition.shared, pieces.others())


def _make_last(engine: Engine, site: SiteFolder) -> None:
    """Make what is made from the finished pages."""
    for file in engine.last(site.root, site.files.__getitem__):
        if file.is_named and site.had(file.path):
            site.keep([file.path])
        else:
            site.put(file.path, file.make())


def _content(step: Step, pieces: Pieces, folder: Path) -> bytes:
    """The file; as it was, but for what it has in common with others, where that will do."""
    path = step.work.path
    renewed = pieces.commons.renewed(path, folder) if step.is_same else None
    if renewed is not None:
        return renewed
    with recording() as reads:
        made = _made(step, pieces, folder)
    pieces.recorder.note(path, step.identity, reads)
    return made


def _made(step: Step, pieces: Pieces, folder: Path) -> bytes:
    """The file, with pieces taken over from the last one that was made from the same."""
    work = step.work
    is_known = step.is_same and work.path in pieces.before
    old = (folder / work.path).read_bytes() if is_known else None
    if not work.is_archive:
        return pieces.joined(work.path, work.parts(), old)
    archive = Archive(old) if old else None
    return packed(
        pieces.joined(work.path, work.parts(), archive.plain if archive else None), archive
    )


def _manifest(engine: Engine, site: SiteFolder, origins: Origins) -> Manifest:
    edition = engine.edition
    return Manifest(
        edition=edition.county.profile.edition,
        today=edition.today.isoformat(),
        tools=origins.tools,
        fonts=origins.fonts,
        inputs=origins.inputs,
        items=items_by_list(edition.county),
        files=site.files,
    )


def _sizes(site: SiteFolder, memory: Memory) -> dict[str, int]:
    """The bytes of every file."""
    return memory.marks.next.sizes() | {path: size for path, (_, size, *_) in site.written.items()}


def _remember(
    workspace: Workspace, engine: Engine, memory: Memory, site: SiteFolder, seen: Seen
) -> None:
    """Keep what the next build can use. The site is live; without memory it is built anew."""
    try:
        mirror(workspace.target, workspace.next, site, whole=memory.is_new)
        memory.keep_lists(engine.lists)
        memory.checked.become(engine.kept)
        memory.prints.become(print_hashes(engine.edition.prints))
        workspace.settled()
        memory.save(site.files, _marks(workspace, memory, site), seen)
    except OSError:
        memory.forget()


def _marks(workspace: Workspace, memory: Memory, site: SiteFolder) -> SiteMarks:
    """By which the next build knows that ``next`` is what it is now."""
    return memory.marks.swapped(
        workspace.target, workspace.next, site.files, site.written, site.gone
    )
