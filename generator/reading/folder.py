"""The folder ``lists/`` itself: which files may lie in it, and reading each as YAML."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct, field

from generator.model import County, Finding, Item, Origin, Record
from generator.untouched import Settled, mark

from .remembered import Known, Remembered, at_hand
from .yamlfile import MAX_BYTES, Position, YamlFile, parse

REGISTERS = (
    "item-lists",
    "departments",
    "fields",
    "life-events",
    "documents",
    "plates",
    "procedures",
    "redirects",
)
"""Files that hold a register under one key: ``item-lists.yml`` under ``item_lists``."""

OPTIONAL = {"plates.yml", "procedures.yml", "redirects.yml", "decisions"}
FOLDERS = ("places", "village", "township", "decisions")
PROFILE = "county.yml"
LEXICON = "lexicon.yml"
_OTHERS = {"pages", "languages", "posters", "README.md", LEXICON, "mkdocs.yml"}
"""What else may lie in ``lists/``; other parts of the generator read it."""

KNOWN = {PROFILE, *(f"{name}.yml" for name in REGISTERS), *FOLDERS, *_OTHERS}

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yml")
_LEFT_BEHIND = re.compile(r"\..*|Thumbs\.db|desktop\.ini|~\$.*|.*~", re.IGNORECASE)
"""What systems and editors leave in a folder without being asked."""


def is_list_file(name: str) -> bool:
    """Whether a file of the folder holds records, by its name: ``village/death-proof.yml``."""
    folder, _, rest = name.rpartition("/")
    if folder:
        return folder in FOLDERS and bool(NAME.fullmatch(rest))
    return rest in (PROFILE, LEXICON) or rest.removesuffix(".yml") in REGISTERS


class Reading(Struct):
    """What was read: the county, if it has the right shape, and every finding."""

    folder: Path
    county: County | None = None
    files: dict[str, YamlFile] = field(default_factory=dict)
    kinds: dict[str, tuple[type[Record], str | None]] = field(default_factory=dict)
    """By file, the record it holds; for a register also the key its rows stand under."""
    hashes: dict[str, str] = field(default_factory=dict)
    """By file, the SHA-256 of its bytes."""
    remembered: Remembered = field(default_factory=Remembered)
    settled: Settled | None = None
    """The file system on which marks of files can be relied on, if any."""
    unread: dict[str, Item] = field(default_factory=dict)
    """Items of files that nobody touched, by id."""
    filled: set[str] = field(default_factory=set)
    """Which of them something asked for more than was at hand, by id."""
    marks: dict[str, Sequence[int]] = field(default_factory=dict)
    """By file, where that can be relied on."""
    _loose: list[Finding] = field(default_factory=list)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the form and shape of the files."""
        return (*self._loose, *(each for file in self.files.values() for each in file.findings))

    def released(self) -> Remembered:
        """What is worth remembering of the files, which hold their data no longer.

        Of files that are known, the texts are left out.
        """
        items = self.county.items.values() if self.county else ()
        read = {item.origin.file: item for item in items if item.id not in self.unread}
        return Remembered(
            {name: self._known(name, read.get(name)) for name in self.files},
            {name: self._text(name) for name in self.files if not self._is_known(name)},
        )

    def _known(self, name: str, item: Item | None) -> Known:
        known, mark = self.remembered.files.get(name), self.marks.get(name)
        if known and item is None and known.digest == self.hashes[name]:
            return known if known.mark == mark else known._replace(mark=mark)
        kind, values = (type(item).__name__, at_hand(item)) if item else ("", {})
        return Known(self.hashes[name], mark, kind, values)

    def _is_known(self, name: str) -> bool:
        """Whether the data of a file is known from an earlier reading."""
        known = self.remembered.files.get(name)
        return known is not None and known.digest == self.hashes[name]

    def _text(self, name: str) -> str:
        """The data of a file as JSON, which the file gives away."""
        file = self.files[name]
        text = json.dumps(file.data, ensure_ascii=False)
        file.data = None
        return text

    def locate(self, origin: Origin) -> Position:
        """The line and column of a value, or of the nearest thing around it."""
        file = self.files.get(origin.file)
        return file.locate(origin.path) if file else (1, 1)

    def report(self, rule: str, file: str, **values: object) -> None:
        """Note an error about a file as a whole."""
        self._loose.append(Finding(rule, "error", file, 1, 1, values))


def names_in(reading: Reading, folder: str, *, called: str) -> list[str] | None:
    """What lies in a folder, sorted; None and a finding when nobody can look into it."""
    try:
        found = os.listdir(reading.folder / folder)  # noqa: PTH208  by the ten thousand
    except (FileNotFoundError, NotADirectoryError):
        reading.report("folder-missing", folder, folder=called)
    except OSError as error:
        reading.report("file-unreadable", folder, reason=error.strerror or "")
    else:
        return sorted(name for name in found if not _LEFT_BEHIND.fullmatch(name))
    return None


def untouched(reading: Reading, name: str) -> Known | None:
    """What is known of a file that is still what it was; None when it has to be read."""
    known = reading.remembered.files.get(name)
    mark = _mark(reading, name)
    if known is None or mark is None or known.mark != mark:
        return None
    reading.hashes[name] = known.digest
    reading.files[name] = YamlFile(name, unplaced=f"{reading.folder}/{name}")
    return known


def _mark(reading: Reading, name: str) -> Sequence[int] | None:
    """The mark of a plain file, noted; None where marks say nothing."""
    try:
        status = os.lstat(f"{reading.folder}/{name}")
    except OSError:
        return None
    settled = reading.settled
    if settled is None or not S_ISREG(status.st_mode) or not settled.is_told(status):
        return None
    reading.marks[name] = list(mark(status))
    return reading.marks[name]


def file_in(reading: Reading, name: str) -> YamlFile | None:
    """A file of the folder, parsed; None and a finding when nobody can read it."""
    if untouched(reading, name):
        reading.files[name].data = json.loads(reading.remembered.texts[name])
        return reading.files[name]
    path = reading.folder / name
    try:
        if path.is_symlink() or not path.is_file():
            rule = "file-not-plain" if os.path.lexists(path) else "file-missing"
            reading.report(rule, name, name=name)
            return None
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reading.report("file-unreadable", name, reason=error.strerror or "")
        return None
    digest = hashlib.sha256(content).hexdigest()
    file = _the_same(reading, name, digest, content) or parse(name, content)
    if not file.findings:
        file.forget_positions(content)
    reading.files[name] = file
    reading.hashes[name] = digest
    return file


def _the_same(reading: Reading, name: str, digest: str, content: bytes) -> YamlFile | None:
    """The file as it was parsed before, if it holds what it did."""
    known = reading.remembered.files.get(name)
    if known is None or known.digest != digest:
        return None
    return YamlFile(name, json.loads(reading.remembered.texts[name]), unplaced=content)
