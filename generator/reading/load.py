"""The folder ``lists/`` as a county.

Every file is read whatever is wrong with the others, so that a clerk sees all
mistakes at once. The county itself is only there when nothing is wrong in shape.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from generator.model import (
    ITEM_CLASSES,
    ROLES,
    County,
    Decision,
    Department,
    Document,
    Field,
    Finding,
    Item,
    ItemList,
    Lexicon,
    LifeEvent,
    Origin,
    Plate,
    Procedure,
    Profile,
    Record,
    Redirect,
    Township,
)

from .shape import record
from .yamlfile import MAX_BYTES, Position, YamlFile, parse, parsed_before

R = TypeVar("R", bound=Record)

Parsed = Mapping[str, tuple[str, Any]]
"""Files read before: by name, the SHA-256 of a file's bytes and the data it held."""

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

_OPTIONAL = {"plates.yml", "procedures.yml", "redirects.yml", "decisions"}
_FOLDERS = ("places", "village", "township", "decisions")
_LEXICON = "lexicon.yml"
_OTHERS = {"pages", "languages", "posters", "README.md", _LEXICON, "mkdocs.yml"}
"""What else may lie in ``lists/``; other parts of the generator read it."""

_KNOWN = {"county.yml", *(f"{name}.yml" for name in REGISTERS), *_FOLDERS, *_OTHERS}

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yml")


def is_list_file(name: str) -> bool:
    """Whether a file of the folder holds records, by its name: ``village/death-proof.yml``."""
    folder, _, rest = name.rpartition("/")
    if folder:
        return folder in _FOLDERS and bool(_NAME.fullmatch(rest))
    return rest in ("county.yml", _LEXICON) or rest.removesuffix(".yml") in REGISTERS


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
    _loose: list[Finding] = field(default_factory=list)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the form and shape of the files."""
        return (*self._loose, *(each for file in self.files.values() for each in file.findings))

    def locate(self, origin: Origin) -> Position:
        """The line and column of a value, or of the nearest thing around it."""
        file = self.files.get(origin.file)
        return file.locate(origin.path) if file else (1, 1)

    def report(self, rule: str, file: str, **values: object) -> None:
        """Note an error about a file as a whole."""
        self._loose.append(Finding(rule, "error", file, 1, 1, values))


@cache
def usual_procedures() -> Mapping[str, Procedure]:
    """The procedures of a county that sets none of its own, by kind of decision."""
    name = "procedures.yml"
    file = parse(name, resources.files("generator").joinpath("reading", name).read_bytes())
    made = (record(Procedure, row, file) for row in file.data["procedures"])
    return {each.id: each for each in made if each is not None}


def read(folder: Path, parsed: Parsed = MappingProxyType({})) -> Reading:
    """Read a county's lists; nothing a clerk can write raises an exception.

    ``parsed`` is what an earlier reading found without fault; it only saves time.
    """
    reading = Reading(folder, parsed=parsed)
    names = _names(reading, ".", called=str(folder))
    if names is None:
        return reading
    for name in names:
        if name not in _KNOWN:
            reading.report("file-unknown", name)
    loader = _Loader(reading, names)
    county = loader.county()
    if county is not None and not any(each.level == "error" for each in reading.findings):
        reading.county = county
    return reading


def _names(reading: Reading, folder: str, *, called: str) -> list[str] | None:
    """What lies in a folder, sorted; None and a finding when nobody can look into it."""
    try:
        found = [path.name for path in (reading.folder / folder).iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        reading.report("folder-missing", folder, folder=called)
    except OSError as error:
        reading.report("file-unreadable", folder, reason=error.strerror or "")
    else:
        return sorted(name for name in found if not name.startswith("."))
    return None


class _Loader:
    def __init__(self, reading: Reading, names: Iterable[str]) -> None:
        """``names`` is what lies in the folder."""
        self._reading = reading
        self._names = frozenset(names)

    def county(self) -> County | None:
        profile = self._profile()
        item_lists = self._register("item-lists", ItemList)
        self._check_roles(item_lists)
        townships = {each.code: each for each in self._townships()}
        decisions = {each.id: each for each in self._decisions()}
        items = self._items(item_lists, _published_order(decisions))
        registers = {
            "item_lists": item_lists,
            "departments": self._register("departments", Department),
            "fields": self._register("fields", Field),
            "life_events": self._register("life-events", LifeEvent),
            "documents": self._register("documents", Document),
            "plates": self._register("plates", Plate),
            "redirects": self._register("redirects", Redirect),
            "procedures": self._procedures(),
        }
        everything: dict[str, Any] = registers | {
            "townships": townships,
            "items": items,
            "decisions": decisions,
            "lexicon": self._lexicon(),
        }
        if profile is None:
            return None
        return County(profile=profile, **everything)

    def _procedures(self) -> dict[str, Procedure]:
        """The county's procedures; what they leave out is as usual."""
        found = dict(usual_procedures())
        for key, own in self._register("procedures", Procedure).items():
            set_here = {name: getattr(own, name) for name in own.model_fields_set}
            found[key] = found[key].model_copy(update=set_here)
            found[key].placed(own.origin)
        return found

    def _profile(self) -> Profile | None:
        file = self._file("county.yml")
        if file is None or file.data is None:
            return None
        return self._record(Profile, file)

    def _lexicon(self) -> Lexicon:
        """The county's lexicon, empty where it has none."""
        if not (self._reading.folder / _LEXICON).exists():
            return Lexicon()
        file = self._file(_LEXICON)
        made = None if file is None or file.data is None else self._record(Lexicon, file)
        return made or Lexicon()

    def _register(self, name: str, kind: type[R]) -> dict[str, R]:
        if f"{name}.yml" in _OPTIONAL - self._names:
            return {}
        file = self._file(f"{name}.yml")
        top = name.replace("-", "_")
        found: dict[str, R] = {}
        for number, data in enumerate(self._rows(file, top)):
            path = (top, number)
            assert file is not None
            self._reading.kinds[file.name] = (kind, top)
            made = _placed(record(kind, data, file, path), Origin(file.name, path))
            if made is None:
                continue
            key: str = made.id  # type: ignore[attr-defined]
            if key in found:
                file.report("id-duplicate", file.locate((*path, "id")), id=key)
            found[key] = made
        return found

    def _check_roles(self, item_lists: Mapping[str, ItemList]) -> None:
        """A role decides which columns items have, so a wrong one must be found before them."""
        for each in item_lists.values():
            allowed = ROLES[each.level]
            if each.role not in allowed:
                file = self._reading.files[each.origin.file]
                file.report(
                    "item-list-role",
                    file.locate((*each.origin.path, "role")),
                    role=each.role,
                    level=each.level,
                    allowed=", ".join(allowed),
                )

    def _rows(self, file: YamlFile | None, key: str) -> list[Any]:
        """The rows of a register, none when the file has not even that shape."""
        if file is None or file.data is None:
            return []
        if not isinstance(file.data, dict) or key not in file.data:
            file.report("shape-missing-key", (1, 1), key=key, value="")
            return []
        for other in file.data.keys() - {key}:
            file.report(
                "shape-unknown-key", file.locate((other,)), key=other, value="", nearest=key
            )
        rows = file.data[key]
        if not isinstance(rows, list):
            file.report("shape-not-sequence", file.locate((key,)), key=key, value="")
            return []
        return rows

    def _townships(self) -> Iterator[Township]:
        for file in self._files("places"):
            township = self._record(Township, file, slug=_stem(file))
            if township is not None:
                for number, village in enumerate(township.villages):
                    village.placed(Origin(file.name, ("villages", number)))
                yield township

    def _items(
        self, item_lists: Mapping[str, ItemList], published: Mapping[str, int]
    ) -> dict[str, Item]:
        """Items by list, in the order in which decisions named them, then by id."""
        found: dict[str, Item] = {}
        for level in ("village", "township"):
            known = [
                key
                for key, each in item_lists.items()
                if each.level == level and each.role in ROLES[level]
            ]
            for file in self._files(level):
                item = self._item(file, known, item_lists)
                if item is not None and item.id in found:
                    file.report("id-duplicate", (1, 1), id=item.id)
                elif item is not None:
                    found[item.id] = item
        order = {key: number for number, key in enumerate(item_lists)}
        last = len(published)
        return dict(
            sorted(
                found.items(),
                key=lambda pair: (order[pair[1].list], published.get(pair[0], last), pair[0]),
            )
        )

    def _item(
        self, file: YamlFile, known: list[str], item_lists: Mapping[str, ItemList]
    ) -> Item | None:
        """The item of a file; its list decides which columns it must have."""
        listed = file.data.get("list") if isinstance(file.data, dict) else None
        if not isinstance(listed, str) or listed not in known:
            if not self._is_broken_list(listed):
                file.report(
                    "item-list-unknown",
                    file.locate(("list",)),
                    value=str(listed),
                    allowed=", ".join(known),
                )
            return None
        kind = ITEM_CLASSES[item_lists[listed].role]
        return self._record(kind, file, id=_stem(file))

    def _is_broken_list(self, listed: object) -> bool:
        """Whether a list has findings of its own, so that its items cannot be judged yet."""
        file = self._reading.files.get("item-lists.yml")
        rows = file.data.get("item_lists") if file and isinstance(file.data, dict) else None
        if not isinstance(rows, list):
            return True
        ids = [row.get("id") for row in rows if isinstance(row, dict)]
        return listed in ids and bool(file and file.findings)

    def _decisions(self) -> Iterator[Decision]:
        for file in self._files("decisions"):
            made = self._record(Decision, file, id=_stem(file))
            if made is not None:
                yield made

    def _record(self, kind: type[R], file: YamlFile, **identity: str) -> R | None:
        """The one record that a file holds."""
        self._reading.kinds[file.name] = (kind, None)
        return _placed(record(kind, file.data, file, identity=identity), Origin(file.name))

    def _files(self, folder: str) -> Iterator[YamlFile]:
        """The readable files of a folder, by name."""
        if folder in _OPTIONAL - self._names:
            return
        for name in _names(self._reading, folder, called=folder) or ():
            if not _NAME.fullmatch(name):
                self._reading.report("file-name", f"{folder}/{name}", name=name)
            elif (file := self._file(f"{folder}/{name}")) is not None and file.data is not None:
                yield file

    def _file(self, name: str) -> YamlFile | None:
        path = self._reading.folder / name
        try:
            if path.is_symlink() or not path.is_file():
                self._reading.report("file-missing", name, name=name)
                return None
            with path.open("rb") as stream:
                content = stream.read(MAX_BYTES + 1)
        except OSError as error:
            self._reading.report("file-unreadable", name, reason=error.strerror or "")
            return None
        digest = hashlib.sha256(content).hexdigest()
        known, data = self._reading.parsed.get(name, ("", None))
        file = parsed_before(name, content, data) if known == digest else parse(name, content)
        if not file.findings:
            file.forget_positions(content)
        self._reading.files[name] = file
        self._reading.hashes[name] = digest
        return file


def _published_order(decisions: Mapping[str, Decision]) -> dict[str, int]:
    """The position at which each item first stands in a decision: the published order."""
    named = (
        item
        for decision in decisions.values()
        for change in decision.changes
        for item in change.items
    )
    return {item: number for number, item in enumerate(dict.fromkeys(named))}


def _stem(file: YamlFile) -> str:
    return file.name.rpartition("/")[2].removesuffix(".yml")


def _placed(made: R | None, origin: Origin) -> R | None:
    if made is not None:
        made.placed(origin)
    return made
