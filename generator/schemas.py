"""JSON Schemas of list files and of open data, from the same classes that check them.

Titles and descriptions say what ``generator/lang/fields.*.yml`` and the docstrings
say, in Chinese and English, so that an editor completes and explains while one types.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.json import schema_components

from .field_names import FieldNames
from .model import (
    CHINESE,
    ITEM_CLASSES,
    Date,
    Decision,
    Department,
    Document,
    Field,
    Item,
    ItemList,
    Languages,
    Lexicon,
    LifeEvent,
    Part,
    Plate,
    Procedure,
    Profile,
    Record,
    Text,
    Township,
    fields_of,
    types_in,
)
from .model.dates import PATTERN
from .model.text import END

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FILES: dict[str, type[Record]] = {
    "county": Profile,
    "lexicon": Lexicon,
    "township": Township,
    "decision": Decision,
    "village-item": ITEM_CLASSES["does"],
    "basic-item": ITEM_CLASSES["basic"],
    "cooperative-item": ITEM_CLASSES["cooperative"],
    "taken-back-item": ITEM_CLASSES["taken-back"],
}
"""Kinds of files that hold one record."""

_REGISTERS: dict[str, type[Record]] = {
    "item-lists": ItemList,
    "departments": Department,
    "fields": Field,
    "life-events": LifeEvent,
    "documents": Document,
    "plates": Plate,
    "procedures": Procedure,
}

FILE_PATTERNS = {
    "county": "county.yml",
    "lexicon": "lexicon.yml",
    **{name: f"{name}.yml" for name in _REGISTERS},
    "township": "places/*.yml",
    "village-item": "village/*.yml",
    "township-item": "township/*.yml",
    "decision": "decisions/*.yml",
}
"""The files of ``lists/`` that each schema is for."""

_FROM_FILE_NAME = {"id", "slug"}
"""Keys that come from the name of a file with one record."""


LIST_FILES = (*_FILES, *_REGISTERS, "township-item")
"""The kinds of list files."""


def list_schema(name: str) -> dict[str, Any]:
    """The schema of one of ``LIST_FILES``."""
    if name in _FILES:
        return _schema(name, _file_schema(_FILES[name]))
    if name in _REGISTERS:
        return _schema(name, _register_schema(name.replace("-", "_"), _REGISTERS[name]))
    return _schema(name, _any_township_item())


def class_schema(name: str, kind: type[Part]) -> dict[str, Any]:
    """The schema of a document of open data."""
    return _schema(name, _with_definitions(kind))


def _schema(name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = _portable({"$schema": DIALECT, "$id": f"{name}.json", **body})
    return made


def _portable(schema: Any) -> Any:
    """With patterns that every validator reads: in their dialects ``$`` is the very end."""
    if isinstance(schema, dict):
        return {_portable(key): _portable(each) for key, each in schema.items()}
    if isinstance(schema, list | tuple):
        return [_portable(each) for each in schema]
    return schema.replace(END, "$") if isinstance(schema, str) else schema


def _file_schema(kind: type[Record]) -> dict[str, Any]:
    schema = _with_definitions(kind)
    for key in _FROM_FILE_NAME:
        info = fields_of(kind).get(key)
        if info is not None and not info.required:
            schema["properties"].pop(key, None)
    return schema


def _register_schema(top: str, kind: type[Record]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            top: {"type": "array", "items": _reference(kind)},
        },
        "required": [top],
        "additionalProperties": False,
        "$defs": _definitions(kind),
    }


def _any_township_item() -> dict[str, Any]:
    """A township's item of any role: the file does not say which, its list does."""
    found: dict[str, Any] = {"anyOf": [], "$defs": {}}
    for role in ("basic", "cooperative", "taken-back"):
        schema = _file_schema(ITEM_CLASSES[role])
        found["$defs"] |= schema.pop("$defs", {})
        found["anyOf"].append(schema)
    return found


def _with_definitions(kind: type[Part]) -> dict[str, Any]:
    """The schema of a class, and of all that stands in it."""
    definitions = _definitions(kind)
    made: dict[str, Any] = definitions.pop(kind.__name__)
    return {**made, "$defs": definitions}


def _definitions(kind: type[Part]) -> dict[str, Any]:
    """By name, the schemas of a class and of all that stands in it, with words for clerks."""
    inside = dict.fromkeys(_classes(kind))
    parts = [each for each in inside if issubclass(each, Part)]
    _, made = schema_components(parts, schema_hook=_custom_schema)
    for each in parts:
        for key, value in made[each.__name__]["properties"].items():
            _put_right(value, list(_words(fields_of(each)[key].type)))
            _explain(each, key, value)
    made.pop(Item.__name__, None)
    if Text in inside:
        made[Text.__name__] = _text_schema()
    return dict(sorted(made.items()))


_ITEMS = tuple(dict.fromkeys(ITEM_CLASSES.values()))


def _put_right(value: dict[str, Any], words: list[str]) -> None:
    """Say what msgspec says otherwise: words in the model's order, and which items there are."""
    for each in (value, value.get("items", {}), *value.get("anyOf", ())):
        if "enum" in each:
            del each["enum"]
            each["type"] = "string"
            each.update({"enum": words} if words[1:] else {"const": words[0]})
        if each == _reference(Item):
            each.clear()
            each["anyOf"] = [_reference(item) for item in _ITEMS]


def _classes(kind: type[Any]) -> Iterator[type[Any]]:
    """A class and those of all that stands in it, texts among them."""
    yield kind
    if kind is Item:
        inside: Iterable[Any] = _ITEMS
    elif issubclass(kind, Part):
        inside = [info.type for info in fields_of(kind).values()]
    else:
        return
    for each in inside:
        for part in types_in(each):
            if part is Text or (isinstance(part, type) and issubclass(part, Part)):
                yield from _classes(part)


def _reference(kind: type[Any]) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _custom_schema(kind: type[Any]) -> dict[str, Any]:
    """Of what msgspec does not know."""
    return {"type": "string", "pattern": PATTERN} if kind is Date else _reference(Text)


def _explain(kind: type[Part], key: str, value: dict[str, Any]) -> None:
    """Put the key's names into ``title`` and how to fill it in into ``description``."""
    chinese, english = FieldNames("zh"), FieldNames("en")
    labels = dict.fromkeys(each.label(kind.__name__, key) for each in (chinese, english))
    value["title"] = " / ".join(labels)
    notes = [chinese.note(kind, key), english.note(kind, key), *_value_notes(kind, key)]
    if any(notes):
        value["description"] = "\n".join(each for each in dict.fromkeys(notes) if each)


def _value_notes(kind: type[Part], key: str) -> Iterator[str]:
    """What each allowed word means."""
    names = [FieldNames(lang) for lang in ("zh", "en")]
    for word in _words(fields_of(kind)[key].type):
        meanings = [each.value(kind.__name__, key, word) for each in names]
        if all(meanings):
            yield f"{word}: {' / '.join(meanings)}"


def _words(annotation: Any) -> Iterator[str]:
    return (each for each in types_in(annotation) if isinstance(each, str))


def _text_schema() -> dict[str, Any]:
    """Text in several languages: Chinese is required."""
    (made,), _ = schema_components([Languages])
    named = {CHINESE: "中文 / Chinese", "en": "英文 / English"}
    tag, phrase = made["propertyNames"]["pattern"], made["additionalProperties"]
    return {
        "type": "object",
        "title": "Text",
        "description": Text.__doc__,
        "required": [CHINESE],
        "properties": {key: {**phrase, "title": title} for key, title in named.items()},
        "patternProperties": {tag: phrase},
        "additionalProperties": False,
    }
