"""The folder ``lists/`` as a county.

Every file is read whatever is wrong with the others, so that a clerk sees all
mistakes at once. The county itself is only there when nothing is wrong in shape.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from generator.model import (
    ITEM_CLASSES,
    ROLES,
    County,
    Decision,
    Department,
    Document,
    Field,
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
from generator.untouched import Settled

from .folder import KNOWN, LEXICON, NAME, OPTIONAL, PROFILE, Reading, file_in, names_in, untouched
from .meant import meant_name
from .remembered import Remembered, unread_item
from .shape import record
from .yamlfile import YamlFile, parse

R = TypeVar("R", bound=Record)


@cache
def usual_procedures() -> Mapping[str, Procedure]:
    """The procedures of a county that sets none of its own, by kind of decision."""
    name = "procedures.yml"
    file = parse(name, resources.files("generator").joinpath("reading", name).read_bytes())
    made = (record(Procedure, row, file) for row in file.data["procedures"])
    return {each.id: each for each in made if each is not None}


def read(
    folder: Path, remembered: Remembered | None = None, settled: Settled | None = None
) -> Reading:
    """Read a county's lists; nothing a clerk can write raises an exception.

    ``remembered`` is what an earlier reading found without fault; it only saves time.
    Marks of files can be relied on where the clock has moved on (``untouched.settle``).
    """
    reading = Reading(folder, remembered=remembered or Remembered(), settled=settled)
    names = names_in(reading, ".", called=str(folder))
    if names is None:
        return reading
    for name in names:
        if name not in KNOWN:
            reading.report("file-unknown", name)
    loader = _Loader(reading, names)
    county = loader.county()
    if county is not None and not any(each.level == "error" for each in reading.findings):
        reading.county = county
    return reading


class _Loader:
    def __init__(self, reading: Reading, names: Iterable[str]) -> None:
        """``names`` is what lies in the folder."""
        self._reading = reading
        self._names = frozenset(names)

    def county(self) -> County | None:
        profile = self._profile()
        item_lists = self._register("item-lists", ItemList)
        self._check_roles(item_lists)
        townships = self._townships()
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
            top, number = own.origin.path
            said = self._reading.files[own.origin.file].data[top][number]
            changed = found[key].replaced(**{name: getattr(own, name) for name in said})
            found[key] = changed.placed(own.origin)
        return found

    def _profile(self) -> Profile | None:
        file = file_in(self._reading, PROFILE)
        if file is None or file.data is None:
            return None
        return self._record(Profile, file)

    def _lexicon(self) -> Lexicon:
        """The county's lexicon, empty where it has none."""
        if not (self._reading.folder / LEXICON).exists():
            return Lexicon()
        file = file_in(self._reading, LEXICON)
        made = None if file is None or file.data is None else self._record(Lexicon, file)
        return made or Lexicon()

    def _register(self, name: str, kind: type[R]) -> dict[str, R]:
        if f"{name}.yml" in OPTIONAL - self._names:
            return {}
        file = file_in(self._reading, f"{name}.yml")
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
            file.report("shape-missing-key", (1, 1), key=key)
            return []
        for other in file.data.keys() - {key}:
            file.report("shape-unknown-key", file.locate((other,)), key=other, nearest=key)
        rows = file.data[key]
        if not isinstance(rows, list):
            file.report("shape-not-sequence", file.locate((key,)), key=key)
            return []
        return rows

    def _townships(self) -> dict[str, Township]:
        """Townships by code; of two with the same code the second is a mistake."""
        found: dict[str, Township] = {}
        for file in self._parsed("places"):
            township = self._record(Township, file, slug=_stem(file.name))
            if township is None:
                continue
            if township.code in found:
                file.report("place-code-twice", file.locate(("code",)), code=township.code)
            for number, village in enumerate(township.villages):
                village.placed(Origin(file.name, ("villages", number)))
            found[township.code] = township
        return found

    def _items(
        self, item_lists: Mapping[str, ItemList], published: Mapping[str, int]
    ) -> dict[str, Item]:
        """Items by list, in the order in which decisions named them, then by id."""
        found: dict[str, Item] = {}
        for level in ("village", "township"):
            kinds = {
                key: ITEM_CLASSES[each.role]
                for key, each in item_lists.items()
                if each.level == level and each.role in ROLES[level]
            }
            for name in self._files(level):
                item = self._unread(name, kinds) or self._item(name, kinds, item_lists)
                if item is not None and item.id in found:
                    self._reading.files[name].report("id-duplicate", (1, 1), id=item.id)
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

    def _unread(self, name: str, kinds: Mapping[str, type[Item]]) -> Item | None:
        """The item of a file that nobody touched, if its list means what it meant."""
        known = untouched(self._reading, name)
        kind = kinds.get(known.at_hand.get("list", "")) if known else None
        if known is None or kind is None or kind.__name__ != known.kind:
            return None
        key = _stem(name)
        self._reading.kinds[name] = (kind, None)
        fill = partial(self._filled, kind, name)
        item = unread_item(kind, key, known, Origin(name), fill)
        self._reading.unread[key] = item
        return item

    def _filled(self, kind: type[R], name: str) -> R:
        """The record of a file that nobody touched; it was read without fault before."""
        data = json.loads(self._reading.remembered.texts[name])
        key = _stem(name)
        self._reading.filled.add(key)
        made = record(kind, data, self._reading.files[name], identity={"id": key})
        assert made is not None, name
        return made

    def _item(
        self, name: str, kinds: Mapping[str, type[Item]], item_lists: Mapping[str, ItemList]
    ) -> Item | None:
        file = file_in(self._reading, name)
        if file is None or file.data is None:
            return None
        if not isinstance(file.data, dict):
            return self._record(Item, file)  # which says so
        listed = file.data.get("list")
        if listed is None:
            file.report("shape-missing-key", file.locate(()), key="list")
        elif not isinstance(listed, str):
            file.report("shape-not-text", file.locate(("list",)), key="list")
        elif listed not in kinds:
            self._report_list(file, listed, kinds, item_lists)
        else:
            return self._record(kinds[listed], file, id=_stem(name))
        return None

    def _report_list(
        self, file: YamlFile, listed: str, known: Iterable[str], item_lists: Mapping[str, ItemList]
    ) -> None:
        """Say why an item cannot stand on the list that it names."""
        position = file.locate(("list",))
        if self._is_broken_list(listed):
            return
        if listed in item_lists:
            level = item_lists[listed].level
            file.report("item-list-elsewhere", position, value=listed, folder=level)
        else:
            file.report("item-list-unknown", position, value=listed, allowed=", ".join(known))

    def _is_broken_list(self, listed: object) -> bool:
        """Whether a list has findings of its own, so that its items cannot be judged yet."""
        file = self._reading.files.get("item-lists.yml")
        rows = file.data.get("item_lists") if file and isinstance(file.data, dict) else None
        if not isinstance(rows, list):
            return True
        ids = [row.get("id") for row in rows if isinstance(row, dict)]
        return listed in ids and bool(file and file.findings)

    def _decisions(self) -> Iterator[Decision]:
        for file in self._parsed("decisions"):
            made = self._record(Decision, file, id=_stem(file.name))
            if made is not None:
                yield made

    def _record(self, kind: type[R], file: YamlFile, **identity: str) -> R | None:
        """The one record that a file holds."""
        self._reading.kinds[file.name] = (kind, None)
        return _placed(record(kind, file.data, file, identity=identity), Origin(file.name))

    def _parsed(self, folder: str) -> Iterator[YamlFile]:
        """The readable files of a folder, by name."""
        for name in self._files(folder):
            file = file_in(self._reading, name)
            if file is not None and file.data is not None:
                yield file

    def _files(self, folder: str) -> Iterator[str]:
        """The names of the files of a folder, in order."""
        if folder in OPTIONAL - self._names:
            return
        for name in names_in(self._reading, folder, called=folder) or ():
            if NAME.fullmatch(name):
                yield f"{folder}/{name}"
            else:
                self._report_name(folder, name)

    def _report_name(self, folder: str, name: str) -> None:
        meant = meant_name(name)
        if meant is None or (self._reading.folder / folder / meant).exists():
            self._reading.report("file-name", f"{folder}/{name}", name=name, suffix=".yml")
        else:
            self._reading.report("file-name-notation", f"{folder}/{name}", name=name, meant=meant)


def _published_order(decisions: Mapping[str, Decision]) -> dict[str, int]:
    """The position at which each item first stands in a decision: the published order."""
    named = (
        item
        for decision in decisions.values()
        for change in decision.changes
        for item in change.concerns
    )
    return {item: number for number, item in enumerate(dict.fromkeys(named))}


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".yml")


def _placed(made: R | None, origin: Origin) -> R | None:
    if made is not None:
        made.placed(origin)
    return made
