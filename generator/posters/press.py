"""Making many sheets: only those that changed, on all cores, with every failure said."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from msgspec import Struct, field

from generator.edition import Edition
from generator.model import Problem

from . import pictures
from .content import Content, Writer
from .fonts import Fonts, find_fonts
from .order import Order
from .problems import problem_of, without_address
from .store import Made, Store, page_names, write
from .typeset import SheetError, Typesetter, load_templates

FEW = 8
"""Sheets that are not worth starting other processes for."""
BATCH = 12
"""Sheets handed to a process at a time; they share what they have measured."""
MOST_BATCHES = 12
"""Batches a process, then all make way for new ones: the compiler forgets nothing.

A pool that renews its processes by itself (``max_tasks_per_child``) stands still for ever
once they have all gone, in every Python from 3.11 to 3.14 (gh-115634)."""
FONTS = "fonts"
"""The county's folder of fonts, below its folder of templates."""

Tick = Callable[[int], object]
"""Called with the number of sheets that have just been dealt with."""


class Job(Struct, frozen=True):
    """An order with its content and the key it will have."""

    order: Order
    content: Content
    key: str


class Outcome(Struct):
    """What a run did."""

    made: list[Order] = field(default_factory=list)
    kept: list[Order] = field(default_factory=list)
    """Sheets that had been made from exactly the same before."""
    problems: list[Problem] = field(default_factory=list)


def typesetter(own: Path | None) -> Typesetter:
    """A typesetter with the county's templates and fonts laid over the shipped ones.

    Raises:
        FontError: when no Chinese font is installed.
    """
    return Typesetter(load_templates(own), find_fonts(own / FONTS if own else None))


def press(
    edition: Edition,
    orders: Sequence[Order],
    folder: Path,
    own: Path | None = None,
    processes: int = 0,
    tick: Tick = lambda _: None,
) -> Outcome:
    """Make the ordered sheets in ``folder``; ``own`` is the county's folder of templates.

    Raises:
        FontError: when there is no font, or not the one that was tested.
    """
    setter = typesetter(own)
    setter.fonts.verify()
    store = Store.open(folder)
    outcome = Outcome()
    jobs = list(_changed(edition, orders, setter, store, outcome))
    tick(len(outcome.kept))
    try:
        for done in _results(jobs, folder, setter, processes or os.cpu_count() or 1):
            for job, result in done:
                _note(edition, job, result, store, outcome)
            tick(len(done))
    finally:
        store.close()
    if orders and edition.site_url is None:
        outcome.problems.append(without_address(edition))
    return outcome


def _changed(
    edition: Edition, orders: Sequence[Order], setter: Typesetter, store: Store, outcome: Outcome
) -> Iterator[Job]:
    writer = Writer(edition)
    for order in orders:
        content = writer.content(order)
        key = sheet_key(setter, order, content)
        if store.has(order, key):
            outcome.kept.append(order)
        else:
            yield Job(order, content, key)


def sheet_key(setter: Typesetter, order: Order, content: Content) -> str:
    """Identifies a sheet with its pictures."""
    return f"{pictures.VERSION}-{setter.key(order, content)}"


Result = Made | SheetError
Done = list[tuple[Job, Result]]


def _results(
    jobs: Sequence[Job], folder: Path, setter: Typesetter, processes: int
) -> Iterator[Done]:
    if len(jobs) <= FEW or processes == 1:
        for job in jobs:
            yield [(job, _made(job, folder, setter))]
        return
    batches = [jobs[start : start + BATCH] for start in range(0, len(jobs), BATCH)]
    start = partial(_start, setter.templates, setter.fonts, folder)
    size = processes * MOST_BATCHES
    for first in range(0, len(batches), size):
        some = batches[first : first + size]
        # A fresh interpreter each: the compiler's own threads do not survive a fork.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(processes, len(some)), context, start) as pool:
            for batch, results in zip(some, pool.map(_work, some), strict=True):
                yield list(zip(batch, results, strict=True))


_worker: list[tuple[Typesetter, Path]] = []
"""What a process of the pool works with."""


def _start(templates: Mapping[str, bytes], fonts: Fonts, folder: Path) -> None:
    _worker[:] = [(Typesetter(templates, fonts), folder)]


def _work(batch: Sequence[Job]) -> list[Result]:
    setter, folder = _worker[0]
    return [_made(job, folder, setter) for job in batch]


def _made(job: Job, folder: Path, setter: Typesetter) -> Result:
    """Set one sheet and write its files."""
    order = job.order
    try:
        pdf = setter.pdf(order, job.content)
        pages = setter.pictures(order, job.content, pictures.resolution(order))
    except SheetError as error:
        return error
    shared, small = pictures.pictures_of(pages)
    files = dict(
        zip(page_names(order.path, len(pages)), (each.png for each in shared), strict=True)
    )
    files |= {f"{order.path}.pdf": pdf, f"{order.path}.preview.png": small.png}
    for name, content in files.items():
        write(folder / name, content)
    return Made(
        job.key,
        len(pdf),
        tuple((*each.size, len(each.png)) for each in shared),
        (*small.size, len(small.png)),
    )


def _note(edition: Edition, job: Job, result: Result, store: Store, outcome: Outcome) -> None:
    if isinstance(result, Made):
        store.made[job.order.path] = result
        outcome.made.append(job.order)
    else:
        outcome.problems.append(problem_of(edition, job.order, result))
