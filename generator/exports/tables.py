"""Items, places and departments as tables, and tables as CSV."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from generator.edition import Edition
from generator.field_names import FieldNames
from generator.language import shipped_strings
from generator.model import Item, ItemList, Phone, Text, Township, Village
from generator.parts import Part, Run
from generator.views import ItemGroup, PlaceView

from .documents import answer_of, providers

_FORMULA = re.compile(r"[=+\-@\t\r]|[ \u00a0\u3000]+[=+\-@]")
"""What a spreadsheet program may take for a formula (OWASP, CSV Injection)."""


class Table(Struct, frozen=True):
    """Headings and rows of text, all of one length."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def to_csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8, with the mark by which Excel knows it; formulas become text."""
    return b"".join((csv_head(table.headings), *map(csv_line, table.rows)))


def csv_head(headings: Sequence[str]) -> bytes:
    """The beginning of ``to_csv``."""
    return BOM_UTF8 + csv_line(headings)


def csv_line(cells: Sequence[str]) -> bytes:
    """A row of ``to_csv``."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return stream.getvalue().encode()


def harmless(text: str) -> str:
    """The text, with an apostrophe in front when a program could take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


class Tables:
    """The tables of an edition; headings are Chinese, texts in every language."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._county = edition.county
        self._languages = [each.tag for each in edition.languages]
        self._names = FieldNames("zh")
        self._words = shipped_strings("zh", "data")

    @property
    def item_headings(self) -> list[str]:
        """The headings of ``item_cells``."""
        return self._headings(ITEM_COLUMNS)

    def item_cells(self, key: str) -> list[str]:
        """Every fact of an item that fits in a cell."""
        return self._item(self._county.items[key])

    def item_lines(self, item_list: str) -> Iterator[Part]:
        """A row for each item of a list, or for all items (``""``), as CSV in pieces."""

        def line(key: str, place: int) -> bytes:
            return csv_line(self.item_cells(key))

        yield csv_head(self.item_headings)
        yield Run("items", self._edition.keys_of(item_list), line, item_list)

    def of_place(self, view: PlaceView) -> Part:
        """What one place does, assists and does not do: a row for each item, as CSV."""
        lines = partial(self._lines, view.groups)
        return self._edition.common_lists("Tables.of_place", view, lines)

    def _lines(self, groups: Iterable[ItemGroup]) -> bytes:
        rows = [self._short(item, group.item_list) for group in groups for item in group.items]
        return to_csv(Table("", self._headings(OF_PLACE_COLUMNS), rows))

    def details_of_place(self, view: PlaceView) -> Table:
        """The same, and whom to ring, what to bring and how it goes; or who has which duty."""
        more = MORE_OF_PLACE[view.level]
        columns = (*OF_PLACE_COLUMNS[:-1], "provider_phones", *more, OF_PLACE_COLUMNS[-1])
        rows = [
            self._details(item, group.item_list, more)
            for group in view.groups
            for item in group.items
        ]
        return Table(self._words["items"], self._headings(columns), rows)

    def card(self, view: PlaceView) -> Table:
        """The place itself, a line for each fact, and what its workbook is."""
        place, township, profile = view.place, view.township, self._county.profile
        facts = (
            fact or self._words["unknown"] for fact in self._place(place, township, f"{view.path}/")
        )
        mark = () if profile.official else ((self._words["demonstration"], ""),)
        return Table(
            self._words["card"],
            (profile.name.zh, self._words["edition"].format(edition=profile.edition)),
            (*mark, *zip(self._headings(PLACE_COLUMNS), facts, strict=True)),
        )

    def places(self) -> Table:
        """A row for each township, followed by its villages."""
        return Table(self._words["places"], self._headings(PLACE_COLUMNS), list(self._places()))

    def departments(self) -> Table:
        """A row for each department."""
        rows = [
            [
                each.id,
                *self._texts(each.name),
                each.level,
                *self._texts(each.address),
                *self._texts(each.hours),
                phones(each.phones),
            ]
            for each in self._county.departments.values()
        ]
        return Table(self._words["departments"], self._headings(DEPARTMENT_COLUMNS), rows)

    def _headings(self, columns: Sequence[str]) -> list[str]:
        """Names of columns; ``name*`` stands for one column a language."""
        found = []
        for column in columns:
            label = self._words.get(f"columns.{column.rstrip('*')}") or self._names.label(
                "", column.rstrip("*")
            )
            if column.endswith("*"):
                found += [
                    label
                    if tag == "zh"
                    else f"{label}（{self._words.get(f'languages.{tag}', tag)}）"
                    for tag in self._languages
                ]
            else:
                found.append(label)
        return found

    def _item(self, item: Item) -> list[str]:
        county = self._county
        item_list = county.item_lists[item.list]
        replacement = getattr(item, "replacement", None)
        return [
            item.id,
            *self._texts(item.name),
            item_list.id,
            item_list.name.zh,
            item_list.role,
            *self._texts(answer_of(item)),
            *self._phrases(item),
            county.fields[item.field].name.zh,
            lines(county.life_events[key].name.zh for key in item.life_events),
            lines(county.departments[key].name.zh for key in providers(item, item_list.role)),
            *self._texts(getattr(item, "lead_duty", None)),
            *self._texts(getattr(item, "township_duty", None)),
            *self._texts(getattr(item, "method", None)),
            *self._texts(replacement.how if replacement else None),
            *self._lists(getattr(item, "bring", ())),
            *self._lists(getattr(item, "steps", ())),
            *self._texts(getattr(item, "time", None)),
            *self._texts(getattr(item, "fee", None)),
            lines(self._grounds(item)),
            item.certainty,
            item.source.zh if item.source else "",
            str(item.valid.since or ""),
            str(item.valid.until or ""),
            lines(item.places),
            f"items/{item.id}/",
        ]

    def _short(self, item: Item, item_list: ItemList) -> list[str]:
        departments = self._county.departments
        replacement = getattr(item, "replacement", None)
        return [
            item.id,
            *self._texts(item.name),
            *self._texts(item_list.verdict),
            *self._texts(answer_of(item)),
            lines(departments[key].name.zh for key in providers(item, item_list.role)),
            *self._texts(replacement.how if replacement else None),
            f"items/{item.id}/",
        ]

    def _details(self, item: Item, item_list: ItemList, more: Sequence[str]) -> list[str]:
        departments = self._county.departments
        *short, page = self._short(item, item_list)
        numbers = (phones(departments[key].phones) for key in providers(item, item_list.role))
        found = [*short, lines(each for each in numbers if each)]
        for column in more:
            value = getattr(item, column.rstrip("*"), None)
            found += self._lists(value) if isinstance(value, tuple) else self._texts(value)
        return [*found, page]

    def _grounds(self, item: Item) -> Iterator[str]:
        return grounds(self._edition, item)

    def _phrases(self, item: Item) -> list[str]:
        return [lines(item.said_as.get(tag, ())) for tag in self._languages]

    def _texts(self, text: Text | None) -> list[str]:
        return [text.get(tag) if text else "" for tag in self._languages]

    def _lists(self, texts: Sequence[Text]) -> list[str]:
        return [lines(each.get(tag) for each in texts) for tag in self._languages]

    def _places(self) -> Iterator[list[str]]:
        for township in self._county.townships.values():
            yield self._place(township, township, f"places/{township.slug}/")
            for village in township.villages:
                path = f"places/{township.slug}/{village.slug}/"
                yield self._place(village, township, path)

    def _place(self, place: Township | Village, township: Township, path: str) -> list[str]:
        centre = place.service_centre
        return [
            place.code,
            *self._texts(place.name),
            place.kind,
            township.name.zh,
            *self._texts(centre.address),
            *self._texts(centre.hours),
            phones(centre.phones),
            path,
        ]


ITEM_COLUMNS = (
    "id", "name*", "list_id", "list", "role", "answer*", "said_as*", "field", "life_events",
    "providers", "lead_duty*", "township_duty*", "method*", "instead*", "bring*", "steps*",
    "time*", "fee*", "basis", "certainty", "source", "since", "until", "places_only", "page",
)  # fmt: skip
OF_PLACE_COLUMNS = ("id", "name*", "verdict*", "answer*", "providers", "instead*", "page")
MORE_OF_PLACE = {
    "village": ("bring*", "steps*", "time*", "fee*"),
    "township": ("lead_duty*", "township_duty*", "method*"),
}
PLACE_COLUMNS = ("code", "name*", "kind", "township", "address*", "hours*", "phones", "page")
DEPARTMENT_COLUMNS = ("id", "name*", "level", "address*", "hours*", "phones")


def lines(texts: Iterable[str]) -> str:
    """Several texts in one cell, a line each."""
    return "\n".join(texts).rstrip("\n")


def phones(found: Sequence[Phone]) -> str:
    """Numbers with their notes, a line each."""
    return lines(f"{each.number} {each.note.zh}" if each.note else each.number for each in found)


def grounds(edition: Edition, item: Item) -> Iterator[str]:
    """The documents an item rests on, with number and article, in Chinese."""
    for basis in item.basis:
        document = edition.county.documents[basis.document]
        number = f"（{document.number}）" if document.number else ""
        article = f" {basis.article.zh}" if basis.article else ""
        yield f"《{document.title.zh}》{number}{article}"
