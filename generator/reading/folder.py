"""The folder ``lists/`` itself: which files may lie in it, and reading each as YAML."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.model import County, Finding, Origin, Record

from .mistyped import Position
from .yamlfile import MAX_BYTES, YamlFile, parse, parsed_before

Parsed = Mapping[str, tuple[str, str, bool]]
"""Files read before, by name: the SHA-256 of a file's bytes, the data it held as JSON, and
whether it is clean: whether all its records kept the rules that look at nothing else."""

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
LEXICON = "lexicon.yml"
_OTHERS = {"pages", "languages", "posters", "README.md", LEXICON, "mkdocs.yml"}
"""What else may lie in ``lists/``; other parts of the generator read it."""

KNOWN = {"county.yml", *(f"{name}.yml" for name in REGISTERS), *FOLDERS, *_OTHERS}

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yml")
_LEFT_BEHIND = re.compile(r"\..*|Thumbs\.db|desktop\.ini|~\$.*|.*~", re.IGNORECASE)
"""What systems and editors leave in a folder without being asked."""


def is_list_file(name: str) -> bool:
    """Whether a file of the folder holds records, by its name: ``village/death-proof.yml``."""
    folder, _, rest = name.rpartition("/")
    if folder:
        return folder in FOLDERS and bool(NAME.fullmatch(rest))
    return rest in ("county.yml", LEXICON) or rest.removesuffix(".yml") in REGISTERS


@dataclass
class Reading:
    """What was read: the county, if it has the right shape, and every finding."""

    folder: Path
    county: County | None = None
    files: dict[str, YamlFile] = field(default_factory=dict)
    kinds: dict[str, tuple[type[Record], str | None]] = field(default_factory=dict)
    """By file, the record it holds; for a register also the key its rows stand under."""
    hashes: dict[str, str] = field(default_factory=dict)
    """By file, the SHA-256 of its bytes."""
    parsed: Parsed = field(default_factory=dict)
    """Files that need not be parsed again if they are still the same."""
    clean: set[str] = field(default_factory=set)
    """Files that were clean, and are still the same."""
    _loose: list[Finding] = field(default_factory=list)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the form and shape of the files."""
        return (*self._loose, *(each for file in self.files.values() for each in file.findings))

    def released(self, unclean: Collection[str]) -> Parsed:
        """What is worth remembering of the files, which hold their data no longer."""
        found = {}
        for name, file in self.files.items():
            digest = self.hashes[name]
            known = self.parsed.get(name, ("", "", False))
            text = known[1] if known[0] == digest else json.dumps(file.data, ensure_ascii=False)
            file.data = None
            found[name] = (digest, text, name not in unclean)
        return found

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
        found = [path.name for path in (reading.folder / folder).iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        reading.report("folder-missing", folder, folder=called)
    except OSError as error:
        reading.report("file-unreadable", folder, reason=error.strerror or "")
    else:
        return sorted(name for name in found if not _LEFT_BEHIND.fullmatch(name))
    return None


def file_in(reading: Reading, name: str) -> YamlFile | None:
    """A file of the folder, parsed; None and a finding when nobody can read it."""
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
    file = _known(reading, name, digest, content) or parse(name, content)
    if not file.findings:
        file.forget_positions(content)
    reading.files[name] = file
    reading.hashes[name] = digest
    return file


def _known(reading: Reading, name: str, digest: str, content: bytes) -> YamlFile | None:
    """The file as it was parsed before, if it is the same."""
    known, text, is_clean = reading.parsed.get(name, ("", "", False))
    if known != digest:
        return None
    if is_clean:
        reading.clean.add(name)
    return parsed_before(name, content, json.loads(text))
