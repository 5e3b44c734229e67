"""``make faults``: builds that are killed, starved, locked out and lied to.

Each round changes the lists, breaks one build in one way, and looks at the site: it
must be, byte for byte, the last edition or the next one. Then a plain build must put
everything right by itself. Nothing in the lists may ever change.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "counties" / "small"
TINY_DISK = "size=3m"
"""The site of the small county and the copy beside it share what they can; a disk of this
size holds one edition and little of the next."""

NOON = 1_780_000_000
"""The moment in which all but one kind of build take place, in seconds since 1970."""

Tree = dict[str, bytes]
Fault = Callable[["Round"], None]


class BrokenError(AssertionError):
    """A fault left something that must not be."""


@dataclass
class Round:
    """A project whose lists are in one of two states, with the expected site of each."""

    folder: Path
    site: Path
    chance: random.Random
    expected: list[Tree] = field(default_factory=list)
    state: int = 0
    typical: float = 1.0
    """Seconds a build takes."""

    def turn(self) -> None:
        """Change the lists to their other state."""
        self.state = 1 - self.state
        path = self.folder / "lists" / "village" / "allowance.yml"
        words = ("村里可以代办", "村里帮您跑")
        text = path.read_text("utf-8").replace(words[1 - self.state], words[self.state])
        path.write_text(text, "utf-8")

    def start(
        self, *options: str, blocks: str = "unlimited", epoch: int = NOON
    ) -> subprocess.Popen[bytes]:
        """Start a build that may write files of so many ``blocks`` (512 bytes), at ``epoch``."""
        command = [str(Path(sys.executable).with_name("qingdan")), "build", *options]
        arguments = ["--config", str(self.folder / "mkdocs.yml"), "--site-dir", str(self.site)]
        limited = ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *command, *arguments]
        return subprocess.Popen(
            limited,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def build(self, *options: str, epoch: int = NOON) -> int:
        """Build, and return the exit code."""
        return self.start(*options, epoch=epoch).wait()

    @property
    def workspace(self) -> Path:
        """The hidden folder beside the site."""
        return self.site.with_name(f".{self.site.name}.build")


def tree(folder: Path) -> Tree:
    """Every file with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def killed(now: Round) -> None:
    """The power goes, at any moment of a build that keeps much of the last one."""
    _kill(now)


def killed_in_full(now: Round) -> None:
    """The power goes in a build from nothing."""
    _kill(now, "--full")


def _kill(now: Round, *options: str) -> None:
    process = now.start(*options)
    time.sleep(now.chance.uniform(0, now.typical * 1.2))
    process.send_signal(signal.SIGKILL)
    process.wait()


def disk_full(now: Round) -> None:
    """The disk fills up on the way."""
    with _tiny_disk(now) as disk:
        filler = disk / "filler"
        left = shutil.disk_usage(disk).free
        filler.write_bytes(b"\0" * max(0, left - now.chance.randrange(0, 200_000)))
        code = now.build(*now.chance.choice([(), ("--full",)]))
        filler.unlink()
        if code not in (0, 5):
            raise BrokenError(f"a full disk ended a build with {code}")


def read_only(now: Round) -> None:
    """The disk may not be written."""
    with _tiny_disk(now) as disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        code = now.build()
        subprocess.run(["mount", "-o", f"remount,rw,{TINY_DISK}", str(disk)], check=True)
        if code != 5:
            raise BrokenError(f"a read-only disk ended a build with {code}")


@contextmanager
def _tiny_disk(now: Round) -> Iterator[Path]:
    """Let the site and what is beside it lie on a small disk for a while."""
    disk = now.folder / "disk"
    home, now.site = now.site, disk / "site"
    disk.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", TINY_DISK, "tmpfs", str(disk)], check=True)
    try:
        shutil.copytree(home, now.site)
        yield disk
        shutil.rmtree(home)
        shutil.copytree(now.site, home)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
        now.site = home


def writes_refused(now: Round) -> None:
    """From some size on the system refuses to write a file."""
    blocks = now.chance.randrange(4, 200)
    process = now.start(*now.chance.choice([(), ("--full",)]), blocks=str(blocks))
    if (code := process.wait()) not in (0, 5):
        raise BrokenError(f"a refused write ended a build with {code}")


def corrupted(now: Round) -> None:
    """Bytes of what is remembered flip, or files of it are cut short or lost."""
    files = [path for path in sorted(now.workspace.rglob("*")) if path.is_file()]
    for path in now.chance.sample(files, min(len(files), now.chance.randint(1, 3))):
        content = bytearray(path.read_bytes())
        way = now.chance.randrange(3)
        path.unlink()
        if way == 0 and content:
            content[now.chance.randrange(len(content))] ^= 1 << now.chance.randrange(8)
        elif way == 1:
            content = content[: len(content) // 2]
        if way < 2:
            path.write_bytes(content)
    if now.build() != 0:
        raise BrokenError("a corrupted memory stopped a build")


def clock_set_back(now: Round) -> None:
    """All files are from another time, and a build takes place months ago."""
    then = now.chance.randrange(0, 4_000_000_000)
    for path in (*now.folder.rglob("*"), *now.workspace.rglob("*")):
        if not path.is_symlink():
            os.utime(path, (then, then))
    if now.build(epoch=NOON - 100 * 86_400) != 0 or now.build() != 0:
        raise BrokenError("an old clock stopped a build, or the right one after it did")


def two_at_once(now: Round) -> None:
    """Two builds start together; one may be refused, none may spoil the other."""
    both = [now.start(), now.start()]
    codes = sorted(process.wait() for process in both)
    if codes not in ([0, 0], [0, 4]):
        raise BrokenError(f"two builds at once ended with {codes}")


ANYWHERE: list[Fault] = [
    killed,
    killed_in_full,
    writes_refused,
    corrupted,
    clock_set_back,
    two_at_once,
]
"""Faults that anyone may bring about."""
WITH_DISKS: list[Fault] = [disk_full, read_only]
"""Faults that need a disk of their own, and the right to mount one."""
FAULTS: list[Fault] = [killed, killed, killed_in_full, *WITH_DISKS, *ANYWHERE]


def prepare(folder: Path, chance: random.Random) -> Round:
    """A project with its first site, and the expected sites of both states."""
    shutil.copytree(SMALL, folder / "lists")
    (folder / "lists" / "mkdocs.yml").unlink()
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    now = Round(folder, folder / "expected" / "site", chance)
    for _ in range(2):
        shutil.rmtree(now.site.parent, ignore_errors=True)
        started = time.monotonic()
        if now.build():
            raise BrokenError("the first build fails")
        now.typical = time.monotonic() - started
        now.expected.append(tree(now.site))
        now.turn()
    now.site = folder / "site"
    if now.build():
        raise BrokenError("the first build fails")
    return now


def play(now: Round, fault: Fault) -> str:
    """One round; returns which edition the fault left."""
    old, before = now.state, tree(now.folder / "lists")
    now.turn()
    lists = tree(now.folder / "lists")
    fault(now)
    left = tree(now.site)
    if left not in (now.expected[old], now.expected[now.state]):
        differing = _differing(left, now.expected[now.state])
        raise BrokenError(f"{fault.__name__} left a site that is neither edition: {differing}")
    if tree(now.folder / "lists") != lists or before.keys() != lists.keys():
        raise BrokenError(f"{fault.__name__} changed the lists")
    if (code := now.build()) or tree(now.site) != now.expected[now.state]:
        differing = _differing(tree(now.site), now.expected[now.state])
        raise BrokenError(f"after {fault.__name__} a build ends with {code}: {differing}")
    return "new" if left == now.expected[now.state] else "old"


def _differing(one: Tree, other: Tree) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def play_all(faults: list[Fault], rounds: int, seed: int) -> Counter[tuple[str, str]]:
    """Play ``rounds``, the faults in turn; what was left, by fault and edition.

    Raises:
        BrokenError: when anything is not as it must be.
    """
    seen: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        now = prepare(Path(folder), random.Random(seed))
        for number in range(rounds):
            fault = faults[number % len(faults)]
            seen[fault.__name__, play(now, fault)] += 1
    return seen


def main() -> None:
    """Play the rounds asked for and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    seen = play_all(FAULTS, given.rounds, given.seed)
    for (name, left), count in sorted(seen.items()):
        print(f"{count:4} x {name}: {left} edition left whole")
    print(f"{given.rounds} rounds, none left a broken site; each next build put things right")


if __name__ == "__main__":
    main()
