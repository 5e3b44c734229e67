"""``make bench``: how long a build takes, and whether a page costs the same in a big county.

Prints, for counties of growing size, pages, seconds, pages a second, milliseconds a
page and peak memory, then the exponent of time over pages (1 = every page costs the
same) from a straight line through the logarithms. With ``--stock`` the same Markdown
is built by MkDocs and Material as they come, side by side.
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

SIZES = [(3, 20, 60), (6, 40, 155), (14, 90, 340)]
"""(townships, villages, items a township): about 500, 2,100 and 10,000 pages in two languages."""

_STOCK = """
site_name: stock
docs_dir: {docs}
theme: {{name: material, language: zh, font: false}}
plugins: [search]
markdown_extensions: [attr_list, tables]
nav: [index.md, places/index.md, search/index.md]
validation: {{nav: {{omitted_files: ignore}}, links: {{not_found: ignore, unrecognized_links: ignore}}}}
"""


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


def main() -> None:
    """Run the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--stock", action="store_true", help="build with stock MkDocs + Material too"
    )
    parser.add_argument("--townships", type=int)
    parser.add_argument("--villages", type=int, default=90)
    parser.add_argument("--items", type=int, default=340, help="items a township")
    given = parser.parse_args()
    sizes = [(given.townships, given.villages, given.items)] if given.townships else SIZES
    runs = [measure(*size, stock=given.stock) for size in sizes]
    if len(runs) > 1:
        print(f"exponent of cpu time over pages: {exponent(runs):.2f}")


def measure(townships: int, villages: int, items: int, *, stock: bool) -> Run:
    """Build one county and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        lists = Path(folder) / "county" / "lists" / "small"
        lists.parent.mkdir(parents=True)
        county.write(lists, townships, villages, items)
        config = lists / "mkdocs.yml"
        root = Path(__file__).parents[2]
        config.write_text(config.read_text("utf-8").replace("../../..", str(root)), "utf-8")
        run = timed(
            [tool("mkdocs"), "build", "--quiet", "-f", str(config), "-d", f"{folder}/site"],
            f"{folder}/site",
        )
        print("qingdan", run, flush=True)
        if stock:
            build_stock(folder, lists)
    return run


def build_stock(folder: str, lists: Path) -> None:
    """Build the same Markdown with MkDocs and Material as they come."""
    docs = f"{folder}/docs"
    subprocess.run([tool("qingdan"), "pages", "--lists", str(lists), "--out", docs], check=True)
    config = Path(folder) / "stock.yml"
    config.write_text(_STOCK.format(docs=docs), "utf-8")
    site = f"{folder}/stock"
    print(
        "stock  ",
        timed([tool("mkdocs"), "build", "--quiet", "-f", str(config), "-d", site], site),
        flush=True,
    )


def timed(command: list[str], site: str) -> Run:
    """Run a build as a process of its own and count the pages it made."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status:
        raise SystemExit(f"{command[0]} failed")
    pages = sum(1 for _ in Path(site).rglob("*.html"))
    return Run(pages, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


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
