"""The columns of a sheet, from the model: one for each leaf of a record and language.

A cell holds text only. A list inside a record is written a line each, so that a
clerk adds an entry with a new line; lists of parts share their lines across columns
(the third line of 电话 belongs to the third line of its 说明).
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Date, Part, Text, fields_of

REFERENCES = {
    "list": "item_lists",
    "from_list": "item_lists",
    "to_list": "item_lists",
    "field": "fields",
    "life_events": "life_events",
    "department": "departments",
    "by": "departments",
    "leads": "departments",
    "taken_by": "departments",
    "document": "documents",
    "documents": "documents",
    "replaced_by": "documents",
    "related": "items",
    "item": "items",
    "places": "places",
}
"""The register that a key with ids refers to."""

NOT_REFERENCES = {("Replacement", "how"), ("Stage", "by")}

LONGEST = 32_767
"""Characters that a cell can hold (Excel specifications and limits)."""

TOO_LONG = "〔太长，请在文件里改；too long, edit the file〕"
"""What stands in a cell whose text is too long; read back, it means no change."""

Names = tuple[str, ...]


class Column(Struct, frozen=True):
    """One leaf of a record.

    ``path`` leads to it; its first ``list_at`` steps lead to a list whose entries hold
    the rest of the path, or ``list_at`` is None. The last step of the path of a text is
    its language.
    """

    path: Names
    owners: tuple[tuple[str, str], ...]
    """Class and key of every step that is a key of the model, outermost first."""
    list_at: int | None = None
    language: str | None = None
    choices: str | None = None
    """The register its ids come from."""
    values: Names = ()
    """The only words it may hold."""
    required: bool = False
    is_date: bool = False

    @property
    def key(self) -> str:
        """The column's name for machines: ``replacement.how.zh``."""
        return ".".join(self.path)

    @property
    def group(self) -> Names:
        """The columns that share a list, or the column alone."""
        return self.path if self.list_at is None else self.path[: self.list_at]

    @property
    def rest(self) -> Names:
        """The way from an entry of the list to the leaf."""
        return self.path[self.list_at :] if self.list_at is not None else ()

    def text(self, data: Mapping[str, Any]) -> str:
        """What the cell of the record ``data`` (as read from its file) shows."""
        text = self._whole(data)
        return text if len(text) <= LONGEST else TOO_LONG

    def _whole(self, data: Mapping[str, Any]) -> str:
        if self.list_at is None:
            return _one_line(dig(data, self.path))
        entries = dig(data, self.group)
        if not isinstance(entries, list):
            return ""
        return "\n".join(_one_line(dig(entry, self.rest)) for entry in entries).rstrip("\n")


def columns(
    kind: type[Part], languages: Sequence[str], skipped: frozenset[str]
) -> tuple[Column, ...]:
    """The columns of ``kind``, in the model's order.

    ``skipped`` names keys of ``kind`` that come from a file's name or have a sheet of
    their own.
    """
    return tuple(_columns(kind, languages, skipped))


def _columns(
    kind: type[Part], languages: Sequence[str], skipped: frozenset[str] = frozenset()
) -> Iterator[Column]:
    for name, info in fields_of(kind).items():
        if name in skipped:
            continue
        for column in _leaves(name, bare(info.type), kind.__name__, languages):
            yield replace(
                column,
                path=(name, *column.path),
                owners=((kind.__name__, name), *column.owners),
                list_at=None if column.list_at is None else column.list_at + 1,
                required=info.required and (column.required or not column.owners),
            )


def _leaves(name: str, annotation: Any, owner: str, languages: Sequence[str]) -> Iterator[Column]:
    """The leaves below one key, with paths that start after it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is dict:
        yield from (Column((each,), (), 1, each) for each in languages)
    elif origin is tuple:
        for leaf in _leaves(name, bare(arguments[0]), owner, languages):
            yield replace(leaf, list_at=0)
    elif annotation is Text:
        yield from (
            Column((each,), (), language=each, required=each == languages[0]) for each in languages
        )
    elif isinstance(annotation, type) and issubclass(annotation, Part):
        yield from _columns(annotation, languages)
    elif annotation is Date:
        yield Column((), (), required=True, is_date=True)
    elif origin is Literal:
        yield Column((), (), values=arguments, required=True)
    else:
        is_reference = (owner, name) not in NOT_REFERENCES
        yield Column((), (), choices=REFERENCES.get(name) if is_reference else None, required=True)


def bare(annotation: Any) -> Any:
    """The annotation without ``None`` and without constraints."""
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(each for each in get_args(annotation) if each is not types.NoneType)
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def dig(data: Any, path: Names) -> Any:
    """The value at ``path``, or None when there is none."""
    for key in path:
        if not isinstance(data, Mapping) or key not in data:
            return None
        data = data[key]
    return data


def _one_line(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\n", " ")
