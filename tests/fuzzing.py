"""Broken input for everything that reads a file, and what became of it.

``make fuzz`` runs ten thousand rounds; a small slice of the same runs in the tests. A
round breaks one file by lines, bytes and odd words, and gives it to its reader. The only
two outcomes are a finding (or a refusal with a remedy) and a file that is fine; anything
else is a bug, and its seed is printed.
"""

from __future__ import annotations

import argparse
import datetime
import io
import os
import random
import shutil
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.adoption import PlacesError, arranged, read_table
from generator.check import as_line, check_folder
from generator.language import LanguageError, load_language
from generator.pages import Site, sources
from generator.publishing.manifest import Manifest, ManifestError, read_manifest
from generator.publishing.marks import SiteMarks
from generator.publishing.memory import recall
from generator.publishing.verify import Seen
from generator.reading import parse, read
from generator.spreadsheets.grid import read_workbook
from generator.spreadsheets.proposal import propose
from generator.spreadsheets.workbook import workbook

SMALL = Path(__file__).parent / "counties" / "small"
TODAY = datetime.date(2026, 1, 1)

ODD = (
    *("\x00", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "９", "é", "\ufffd"),
    *("&a ", "*a", "!!python/object:os.system ", "{{ x }}", "{0.__class__}", "<script>", "%s"),
    *(": ", "- ", "'", '"', "[", "}", "#", "|", ">", "\n---\n", "\t", "\r", "\r\n", "../", "=1+1"),
    *("x" * 5000, "[" * 20_000, "{a: " * 300, "- " * 300, "\\u0000", "\\ud800", '"\\x00"', "1e999"),
    *("999999999999", "-1", "null", "true", "2024-13-45", "[]", "{}", "''", "", "，", "\n" * 50),
)
"""Words that break things."""


def drop_line(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        lines.pop(chance.randrange(len(lines)))
    return "".join(lines)


def repeat_line(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    place = chance.randrange(len(lines))
    return "".join((*lines[:place], lines[place], *lines[place:]))


def swap_lines(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "".join(lines)


def shift_line(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    place = chance.randrange(len(lines))
    lines[place] = chance.choice(["  ", " ", "\t", "    - "]) + lines[place]
    return "".join(lines)


def insert(chance: random.Random, text: str) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(ODD) + text[place:]


def cut(chance: random.Random, text: str) -> str:
    return text[: chance.randrange(len(text) + 1)]


def replace_value(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    place = chance.randrange(len(lines))
    key = lines[place].partition(":")[0]
    lines[place] = f"{key}: {chance.choice(ODD)}\n"
    return "".join(lines)


def flip(chance: random.Random, text: str) -> str:
    """One character that becomes any other."""
    place = chance.randrange(len(text) + 1)
    return text[:place] + chr(chance.choice([chance.randrange(128), 0x4E00])) + text[place + 1 :]


BREAKS = (drop_line, repeat_line, swap_lines, shift_line, insert, cut, replace_value, flip)


def broken(chance: random.Random, text: str) -> str:
    """``text`` broken in one to three places."""
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(BREAKS)(chance, text)
    return text


def broken_bytes(chance: random.Random, content: bytes) -> bytes:
    """Bytes changed, taken out and put in."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(made) + 1)
        how = chance.randrange(3)
        if how == 0:
            made[place:place] = chance.randbytes(chance.randint(1, 4))
        elif how == 1:
            del made[place : place + chance.choice([1, 1, 4, 64, 4096])]
        elif place < len(made):
            made[place] = chance.randrange(256)
    return bytes(made)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


Target = Callable[[random.Random, Path], str]
"""Breaks one input in a folder of its own; gives ``found`` or ``passed``."""


def lists(chance: random.Random, folder: Path) -> str:
    """A file of the lists, and the pages made of them."""
    files = sorted(path for path in folder.rglob("*.yml") if path.name != "mkdocs.yml")
    path = chance.choice(files)
    whole = path.read_text("utf-8")
    path.write_bytes(encoded(broken(chance, whole)))
    try:
        return _checked(folder)
    finally:
        path.write_text(whole, "utf-8", newline="")


def _checked(folder: Path) -> str:
    checked = check_folder(folder, TODAY)
    for finding in checked.findings:
        named = folder / finding.file
        lines = named.read_bytes().count(b"\n") + 1 if named.is_file() else 1
        assert 1 <= finding.line <= lines + 1, finding
        assert as_line(finding, folder, "zh")
    if checked.county is None or checked.has_errors:
        assert any(each.level == "error" for each in checked.findings)
        return "found"
    for source in sources(Site(checked.county, checked.languages, TODAY)):
        source.html()
    return "passed"


def lexicon(chance: random.Random, folder: Path) -> str:
    """The county's words for search."""
    whole = 'hotlines:\n  - number: "110"\n    name: {zh: 报警}\nwords:\n  - means: 证明\n    said: [条子, paper]\nignored: [怎么]\n'
    path = folder / "lexicon.yml"
    path.write_bytes(encoded(broken(chance, whole)))
    try:
        return _checked(folder)
    finally:
        path.unlink()


def yaml_bytes(chance: random.Random, folder: Path) -> str:
    """Bytes that are hardly YAML any more."""
    whole = (folder / "village" / "allowance.yml").read_bytes()
    return "found" if parse("x.yml", broken_bytes(chance, whole)).findings else "passed"


def languages(chance: random.Random, folder: Path) -> str:
    """A county's own words for the site."""
    path = folder / "en.yml"
    path.write_bytes(
        encoded(broken(chance, 'ask:\n  example: dibao\ndate:\n  about: "about {date}"\n'))
    )
    try:
        language = load_language("en", folder)
    except LanguageError as error:
        return "found" if error.findings else "nothing said"
    finally:
        path.unlink()
    language.say("date.about", date="2024")
    return "passed"


def written_page(chance: random.Random, folder: Path) -> str:
    """A page that somebody wrote by hand, broken as text or as bytes."""
    path = folder / "pages" / "about.md"
    whole = path.read_bytes()
    text = encoded(broken(chance, whole.decode("utf-8")))
    path.write_bytes(text if chance.random() < 0.5 else broken_bytes(chance, whole))
    try:
        return _checked(folder)
    finally:
        path.write_bytes(whole)


def table(chance: random.Random, folder: Path) -> str:
    """A table of places for a new county."""
    rows = "代码,名称\n990201000000,白石县\n990201001,东街道办事处\n990201001200,双河村村民委员会\n"
    yaml_rows = 'places:\n  - code: "990201100"\n    name: 青坪镇\n'
    content, suffix = chance.choice([(rows, ".csv"), (yaml_rows, ".yml")])
    data = encoded(broken(chance, content))
    data = broken_bytes(chance, data) if chance.random() < 0.3 else data
    try:
        arranged(read_table(data, suffix))
    except PlacesError as error:
        return "found" if error.mistakes else "nothing said"
    return "passed"


def manifest(chance: random.Random, folder: Path) -> str:
    """The record of the last build, which may come from elsewhere."""
    files = {"index.html": "0" * 64}
    whole = Manifest("1", "2026-01-01", {"x": "1"}, {"a": "0"}, {"can-do": ["a"]}, files)
    text = broken(chance, whole.to_bytes().decode("utf-8"))
    path = folder / "build.json"
    path.write_bytes(
        broken_bytes(chance, encoded(text)) if chance.random() < 0.3 else encoded(text)
    )
    try:
        read_manifest(path)
    except ManifestError:
        return "found"
    return "passed"


def memory(chance: random.Random, folder: Path) -> str:
    """What the last build left behind for the next one."""
    path, site = folder / "memory.db", folder / "site"
    site.mkdir(exist_ok=True)
    recall(path, site, "x").save({}, SiteMarks(), Seen())
    broken = chance.choice([path, path.with_suffix(".sha256")])
    broken.write_bytes(broken_bytes(chance, broken.read_bytes()))
    return "found" if recall(path, site, "x").is_new else "passed"


def spreadsheet(chance: random.Random, folder: Path) -> str:
    """A workbook that comes back from an office."""
    reading = read(folder)
    path = folder.parent / "book.xlsx"
    whole = workbook(reading, "zh")
    path.write_bytes(_broken_book(chance, whole))
    proposal = propose(reading, read_workbook(path), "zh")
    for text in proposal.texts.values():
        assert text
    return "found" if proposal.findings else "passed"


def _broken_book(chance: random.Random, whole: bytes) -> bytes:
    """The bytes of the archive broken, or one of the documents inside it."""
    if chance.random() < 0.3:
        return broken_bytes(chance, whole)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(stream, "w") as new:
        unlucky = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            if name == unlucky:
                content = encoded(broken(chance, content.decode("utf-8")))
            new.writestr(name, content)
    return stream.getvalue()


TARGETS: dict[Target, int] = {
    lists: 3500,
    lexicon: 500,
    yaml_bytes: 1500,
    languages: 1000,
    written_page: 500,
    table: 1500,
    manifest: 700,
    memory: 300,
    spreadsheet: 500,
}
"""Rounds out of ten thousand."""


@dataclass
class Outcome:
    """What became of the rounds of one target: counts of ``found`` and ``passed``."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: float = 0
    """Seconds of the slowest round."""
    crashes: list[str] = field(default_factory=list)


def rounds(target: Target, count: int, seed: int) -> Outcome:
    """Run ``count`` rounds on a copy of the small county."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "lists"
        shutil.copytree(SMALL, folder)
        for number in range(count):
            started = time.monotonic()
            name = f"{target.__name__} {seed} {number}"
            try:
                outcome.counts[target(random.Random(name), folder)] += 1
            except Exception:  # noqa: BLE001  whatever it is, it is a bug
                outcome.counts["crashed"] += 1
                outcome.crashes.append(f"{name}\n{traceback.format_exc()}")
            outcome.slowest = max(outcome.slowest, time.monotonic() - started)
    return outcome


def run(total: int, seed: int, only: str = "") -> Iterator[tuple[str, int, Outcome]]:
    """Every target with its share of ``total`` rounds."""
    for target, share in TARGETS.items():
        if only in ("", target.__name__):
            count = max(1, share * total // sum(TARGETS.values()))
            yield target.__name__, count, rounds(target, count, seed)


def main() -> int:
    """Print a table; give 1 when anything crashed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="the name of one target")
    options = parser.parse_args()
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    print(
        "| reader | inputs | finding or refusal | passed | crashed | slowest |\n|---|--:|--:|--:|--:|--:|"
    )
    crashes: list[str] = []
    for name, count, outcome in run(options.rounds, options.seed, options.only):
        counts = (outcome.counts[key] for key in ("found", "passed", "crashed"))
        print(
            f"| {name} | {count} | {' | '.join(map(str, counts))} | {outcome.slowest:.2f} s |",
            flush=True,
        )
        crashes += outcome.crashes
    print(*crashes[:5], sep="\n")
    return 1 if crashes else 0


if __name__ == "__main__":
    raise SystemExit(main())
