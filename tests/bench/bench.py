"""``make bench``: what a build costs, and whether a page costs the same in a big county.

For counties of growing size it prints what it takes to build from nothing, to build
again after one changed item (of a township, of all villages), and to let plain
``mkdocs build`` make the same pages; then the exponent of time over pages (1 = every
page costs the same) from a straight line through the logarithms. With ``--others`` the
same Markdown is built by other generators as they come (``engines.py``). Processor time
is the steady figure on a busy machine.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import county
import engines

SIZES = [(3, 20, 60), (6, 40, 155), (14, 90, 340), (28, 180, 345)]
"""(townships, villages, items a township): about 600, 2,200, 10,000 and 20,000 pages in two
languages."""


@dataclass(frozen=True)
class Run:
    """One build: pages made, seconds of wall clock and of processor, peak memory in MB."""

    pages: int
    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        each = self.cpu / self.pages * 1000
        return (
            f"{self.pages:7,} pages {self.wall:7.1f} s wall {self.cpu:7.1f} s cpu "
            f"{self.pages / self.wall:7.0f} pages/s {each:6.2f} ms cpu/page {self.memory:6.0f} MB"
        )


class BuildFailedError(RuntimeError):
    """A build ended with an error."""


def main() -> None:
    """Run the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--others", action="store_true", help="other generators too")
    parser.add_argument("--mkdocs", action="store_true", help="plain mkdocs build too")
    parser.add_argument("--sizes", type=int, default=3, help="how many of the sizes, 1 to 4")
    parser.add_argument("--townships", type=int)
    parser.add_argument("--villages", type=int, default=90)
    parser.add_argument("--items", type=int, default=340, help="items a township")
    given = parser.parse_args()
    sizes = [(given.townships, given.villages, given.items)] if given.townships else SIZES
    runs = [
        measure(*size, others=given.others, mkdocs=given.mkdocs) for size in sizes[: given.sizes]
    ]
    if len(runs) > 1:
        print(f"exponent of processor time over pages: {exponent(runs):.2f}")


def measure(townships: int, villages: int, items: int, *, others: bool, mkdocs: bool) -> Run:
    """Build one county in every way asked for and print what it took; from nothing is returned."""
    with tempfile.TemporaryDirectory() as folder:
        lists = Path(folder) / "county" / "lists" / "small"
        lists.parent.mkdir(parents=True)
        county.write(lists, townships, villages, items)
        config = lists / "mkdocs.yml"
        root = Path(__file__).parents[2]
        config.write_text(config.read_text("utf-8").replace("../../..", str(root)), "utf-8")
        site = f"{folder}/site"
        command = [tool("qingdan"), "build", "--config", str(config), "--site-dir", site, "--json"]
        full = timed(command, site)
        print(f"{'from nothing':22}{full}", flush=True)
        for name, key in (("a township's item", "t0-gone-*"), ("a village item", "help-3")):
            county.change_one(lists, key)
            again = timed(command, site)
            print(f"{name:22}{again}  1/{full.cpu / again.cpu:.1f}", flush=True)
        if mkdocs:
            plain = [tool("mkdocs"), "build", "--quiet", "-f", str(config), "-d", f"{folder}/plain"]
            print(f"{'mkdocs build':22}{timed(plain, f'{folder}/plain')}", flush=True)
        if others:
            build_others(Path(folder), lists)
    return full


def build_others(folder: Path, lists: Path) -> None:
    """Build the same Markdown with other generators as they come."""
    docs = folder / "docs"
    subprocess.run(
        [tool("qingdan"), "pages", "--lists", str(lists), "--out", str(docs)], check=True
    )
    for engine in engines.ENGINES:
        if not Path(tool(engine.command[0])).exists():
            print(f"{engine.name:22}not installed: see .venv/bin/.engines in the Makefile")
            continue
        project = folder / engine.name
        engine.prepare(project, docs)
        command = [tool(engine.command[0]), *engine.command[1:]]
        try:
            run = str(timed(command, str(project / "site"), project))
        except BuildFailedError:
            run = "failed: its own words stand above"
        print(f"{engine.name:22}{run}", flush=True)


def timed(command: list[str], site: str, folder: Path | None = None) -> Run:
    """Run a build as a process of its own, in ``folder``, and count the pages it made.

    Raises:
        BuildFailedError: when it ends with an error.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=_as_at_home(),
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status:
        raise BuildFailedError(command[0])
    pages = sum(1 for _ in Path(site).rglob("*.html"))
    return Run(pages, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _as_at_home() -> dict[str, str]:
    """This environment, but for what keeps Python from keeping compiled modules, as it does."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def exponent(runs: list[Run]) -> float:
    """The slope of log(cpu) over log(pages), by least squares."""
    points = [(math.log(run.pages), math.log(run.cpu)) for run in runs]
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    rise = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return rise / sum((x - mean_x) ** 2 for x, _ in points)


def tool(name: str) -> str:
    """A command of the environment this runs in."""
    return str(Path(sys.executable).with_name(name))


if __name__ == "__main__":
    main()
