"""Proposed items from township tables: ids, departments and fields, ready for review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field

from generator.language import shipped_strings
from generator.model import ITEM_CLASSES, County, Department, Field, Finding, Record
from generator.pinyin import syllables
from generator.reading.canonical import canonical

from .grid import finding
from .township import Duty, TownshipTables

_LONGEST_ID = 60
_SEPARATORS = re.compile(r"[\n、，,；;/]+")
_BODY = re.compile(r".*(?:局|委|办|部|会|院|队|站|中心|公司|政府)$")
_NO_FIELD = "to-be-sorted"


class TownshipProposal(Struct):
    """Files of a proposed township by name, and every doubt about them."""

    texts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def propose_township(
    tables: TownshipTables, county: County, source: str, place: str | None
) -> TownshipProposal:
    """Items for the duties of ``tables``, with the departments and fields they need.

    ``source`` names the file they come from; ``place`` is the township's code, when known.
    """
    proposal = TownshipProposal(findings=list(tables.findings))
    maker = _Maker(county, source, place, proposal)
    for duty in tables.duties:
        maker.item(duty)
    maker.registers()
    return proposal


class _Maker:
    def __init__(
        self, county: County, source: str, place: str | None, proposal: TownshipProposal
    ) -> None:
        self._county = county
        self._source = source
        self._place = place
        self._proposal = proposal
        self._words = shipped_strings("zh", "workbook")
        self._ids = {*county.items, *county.unlisted}
        self._own = re.compile(rf"^(?:{re.escape(county.profile.name.zh)}|县|区|市)")
        self._departments = dict(self._known_departments())
        self._fields = {each.name.zh: key for key, each in county.fields.items()}
        self._new: dict[str, list[dict[str, Any]]] = {"departments": [], "fields": []}
        self._seen: dict[tuple[str, str], int] = {}

    def item(self, duty: Duty) -> None:
        """Propose the item of one row."""
        lists = [each for each in self._county.lists_of("township") if each.role == duty.role]
        if not lists:
            self._note("table-list-missing", duty, "name", role=duty.role)
            return
        name = duty.cells["name"]
        before = self._seen.setdefault((duty.role, name), duty.row)
        if before != duty.row:
            self._note("table-name-repeated", duty, "name", name=name, row=before + 1)
        key = self._id(name)
        data = {
            "name": {"zh": name},
            "list": lists[0].id,
            "field": self._field(duty),
            "certainty": "official",
            "source": {"zh": f"{self._source}，{duty.sheet}，第{duty.row + 1}行"},
            **({"places": [self._place]} if self._place else {}),
            **self._of_role(duty),
        }
        kind = ITEM_CLASSES[duty.role]
        self._proposal.texts[f"township/{key}.yml"] = _written(data, kind, None)

    def registers(self) -> None:
        """Departments and fields that the county does not have yet."""
        kinds: dict[str, type[Record]] = {"departments": Department, "fields": Field}
        for name, rows in self._new.items():
            if rows:
                text = _written({name: rows}, kinds[name], name)
                self._proposal.texts[f"{name}.yml"] = text

    def _of_role(self, duty: Duty) -> dict[str, Any]:
        """The columns of the duty's list, and a sentence that says no more than they do."""
        cells = duty.cells
        if duty.role == "basic":
            return {"answer": {"zh": self._words["answer.basic"]}}
        what = "leads" if duty.role == "cooperative" else "taken_by"
        names = list(_names(cells.get(what, "")))
        keys = list(dict.fromkeys(self._department(each, duty, what) for each in names))
        by = "、".join(names) or self._words["answer.nobody"]
        answer = self._words[f"answer.{duty.role}"].format(by=by)
        texts = ("lead_duty", "township_duty") if duty.role == "cooperative" else ("method",)
        return {
            "answer": {"zh": answer},
            **({what: keys} if keys else {}),
            **{key: {"zh": cells[key]} for key in texts if cells.get(key)},
        }

    def _department(self, name: str, duty: Duty, what: str) -> str:
        known = self._departments.get(self._short(name))
        if known is None:
            known = self._unused(
                _slug(name), {*self._county.departments, *self._departments.values()}
            )
            self._departments[self._short(name)] = known
            self._new["departments"].append({"id": known, "name": {"zh": name}, "level": "county"})
            self._note("table-department-new", duty, what, name=name, id=known)
        return known

    def _known_departments(self) -> Iterator[tuple[str, str]]:
        """Every name of a department without its county, with its id."""
        for key, each in self._county.departments.items():
            names = (each.name.zh, *(former.zh for former in each.former_names))
            for name in (*names, *each.said_as.get("zh", ())):
                yield self._short(name), key

    def _short(self, name: str) -> str:
        """A body's name without its county and without what stands in brackets."""
        plain = re.sub(r"[（(].*?[）)]", "", re.sub(r"\s+", "", name))
        return self._own.sub("", plain) or plain

    def _field(self, duty: Duty) -> str:
        name = duty.cells.get("field") or self._words["no_field"]
        known = self._fields.get(name)
        if known is None:
            is_known = bool(duty.cells.get("field"))
            known = self._unused(_slug(name) if is_known else _NO_FIELD, set(self._fields.values()))
            self._fields[name] = known
            self._new["fields"].append({"id": known, "name": {"zh": name}})
            self._note("table-field-new", duty, "field", name=name, id=known)
        return known

    def _id(self, name: str) -> str:
        key = self._unused(_slug(name), self._ids)
        self._ids.add(key)
        return key

    def _unused(self, key: str, used: set[str]) -> str:
        number, found = 2, key
        while found in used:
            found, number = f"{key}-{number}", number + 1
        return found

    def _note(self, rule: str, duty: Duty, what: str, **values: object) -> None:
        place = duty.place_of(what)
        self._proposal.findings.append(
            finding(rule, duty.sheet, duty.row, place, level="warning", **values)
        )


def _names(text: str) -> Iterator[str]:
    """The bodies that a cell names; spaces part them only where each part is a body."""
    for part in _SEPARATORS.split(text.strip("。 \n")):
        words = part.split()
        if all(_BODY.match(word) for word in words):
            yield from words
        elif words:
            yield "".join(words)


def _slug(name: str) -> str:
    """The name in pinyin, joined by hyphens."""
    words = re.findall(r"[a-z0-9]+", " ".join(syllables(name)).lower())
    found = "-".join(words) or "item"
    return found if len(found) <= _LONGEST_ID else found[:_LONGEST_ID].rpartition("-")[0]


def _written(data: dict[str, Any], kind: type[Record], register: str | None) -> str:
    text = yaml.dump(
        data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return canonical(text, kind, register)
