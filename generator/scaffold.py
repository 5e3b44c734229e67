"""New list files that explain themselves, derived from the model.

Every key is the model's, in the model's order, with a line on what belongs there; what
nobody has said yet is a blank that the rule ``blank-left`` finds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, get_args, get_origin

import yaml
from msgspec.structs import FieldInfo

from .language import shipped_strings
from .model import CHINESE, Part, Record, Text, Township, fields_of
from .reading.canonical import canonical

BLANK = "〔待填〕"
"""Stands where a text is still to be written."""

Values = Mapping[str, Any]


def scaffold(kind: type[Record], given: Values, lang: str, extra: Collection[str] = ()) -> str:
    """A file of ``kind`` in canonical format, explained in ``lang``.

    ``given`` holds the values that are known. Required texts that are not given, and the
    optional ones named in ``extra``, are left blank; the other optional keys are only
    explained, at the end.

    Raises:
        KeyError: when a required key that is not a text has no value.
    """
    fields = {name: info for name, info in fields_of(kind).items() if name not in _FROM_NAME}
    written = [
        name for name, info in fields.items() if info.required or name in given or name in extra
    ]
    lines = [f"# {_words(lang)['head']}"]
    for name in written:
        lines += _key(kind, name, fields[name], given, lang)
    text = canonical("\n".join(lines) + "\n", kind, None)
    left = {name: info for name, info in fields.items() if name not in written}
    return text + "".join(f"{line}\n" for line in _optional(kind, left, lang))


_FROM_NAME = {"id", "slug"}
"""Keys that come from the file's name, unless ``given`` says otherwise."""


def blank_texts(count: int) -> list[str]:
    """Several blanks in one sequence, each different, since phrases may not repeat."""
    return [f"〔待填{number}〕" for number in range(1, count + 1)]


def explained(kind: type[Part], name: str, lang: str) -> str:
    """What belongs under a key, in the language's words."""
    words = _words(lang)
    own = (each.__name__ for each in kind.__mro__ if issubclass(each, Part))
    keys = (*(f"{each}.{name}" for each in own), name)
    said = next((words[key] for key in keys if key in words), None)
    return said or name


def with_village(text: str, village: Values) -> str:
    """A township's file with one more village at its end, in canonical format."""
    row = yaml.safe_dump([village], allow_unicode=True, sort_keys=False, width=10_000)
    lines = text.replace("\nvillages: []\n", "\nvillages:\n").splitlines()
    notes = len(lines) - next(n for n in range(len(lines), 0, -1) if lines[n - 1][:1] != "#")
    lines[len(lines) - notes : len(lines) - notes] = [f"  {line}" for line in row.splitlines()]
    return canonical("\n".join(lines) + "\n", Township, None)


def _key(kind: type[Record], name: str, info: FieldInfo, given: Values, lang: str) -> Iterator[str]:
    yield f"# {_line(kind, name, info, lang)}"
    value = given[name] if name in given else _blank(name, info)
    dumped = yaml.safe_dump({name: value}, allow_unicode=True, sort_keys=False, width=10_000)
    yield dumped.rstrip("\n")


def _blank(name: str, info: FieldInfo) -> Any:
    if Text not in _parts(info.type):
        raise KeyError(name)
    return {CHINESE: BLANK}


def _optional(kind: type[Record], left: Mapping[str, FieldInfo], lang: str) -> Iterator[str]:
    if left:
        yield f"# {_words(lang)['optional']}"
    for name, info in left.items():
        yield f"#   {name}: {_line(kind, name, info, lang)}"


def _line(kind: type[Record], name: str, info: FieldInfo, lang: str) -> str:
    """The explanation of a key, with the words it allows if there are few."""
    text = explained(kind, name, lang)
    allowed = [part for part in _parts(info.type) if isinstance(part, str)]
    if all(word in text for word in allowed):
        return text
    return text + _words(lang)["allowed"].format(allowed=" / ".join(allowed))


def _parts(annotation: Any) -> list[Any]:
    """The types inside an annotation, and the words of its literals."""
    inside = [part for each in get_args(annotation) for part in _parts(each)]
    return inside if get_origin(annotation) else [annotation]


def _words(lang: str) -> Mapping[str, str]:
    return shipped_strings(lang, "new")
