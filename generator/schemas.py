"""JSON Schemas of list files and of open data, from the same classes that check them.

Titles and descriptions say what ``generator/lang/fields.*.yml`` and the docstrings
say, in Chinese and English, so that an editor completes and explains while one types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from .field_names import FieldNames
from .model import (
    ITEM_CLASSES,
    Decision,
    Department,
    Document,
    Field,
    ItemList,
    Lexicon,
    LifeEvent,
    Plate,
    Procedure,
    Profile,
    Record,
    Text,
    Township,
)

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


def class_schema(name: str, kind: type[BaseModel]) -> dict[str, Any]:
    """The schema of a document of open data."""
    return _schema(name, kind.model_json_schema(schema_generator=_Generator))


def _schema(name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    return {"$schema": DIALECT, "$id": f"{name}.json", **body}


def _file_schema(kind: type[Record]) -> dict[str, Any]:
    schema = kind.model_json_schema(schema_generator=_Generator)
    for key in _FROM_FILE_NAME:
        info = kind.model_fields.get(key)
        if info is not None and not info.is_required():
            schema["properties"].pop(key, None)
    return schema


def _register_schema(top: str, kind: type[Record]) -> dict[str, Any]:
    row = kind.model_json_schema(schema_generator=_Generator)
    definitions = row.pop("$defs", {})
    definitions[kind.__name__] = row
    return {
        "type": "object",
        "properties": {
            top: {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}},
        },
        "required": [top],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _any_township_item() -> dict[str, Any]:
    """A township's item of any role: the file does not say which, its list does."""
    found: dict[str, Any] = {"anyOf": [], "$defs": {}}
    for role in ("basic", "cooperative", "taken-back"):
        schema = _file_schema(ITEM_CLASSES[role])
        found["$defs"] |= schema.pop("$defs", {})
        found["anyOf"].append(schema)
    return found


class _Generator(GenerateJsonSchema):
    """Pydantic's schema, with names and notes for clerks in both languages."""

    def model_schema(self, schema: Any) -> dict[str, Any]:
        made: dict[str, Any] = super().model_schema(schema)
        kind: type[BaseModel] = schema["cls"]
        if issubclass(kind, Text):
            return _text_schema(made)
        made["title"] = kind.__name__
        for key, value in made.get("properties", {}).items():
            if key in kind.model_fields:
                _explain(kind, key, value)
        return made


def _explain(kind: type[BaseModel], key: str, value: dict[str, Any]) -> None:
    """Put the key's names into ``title`` and how to fill it in into ``description``."""
    chinese, english = FieldNames("zh"), FieldNames("en")
    labels = dict.fromkeys(each.label(kind.__name__, key) for each in (chinese, english))
    value["title"] = " / ".join(labels)
    notes = [chinese.note(kind, key), english.note(kind, key), *_value_notes(kind, key)]
    if any(notes):
        value["description"] = "\n".join(each for each in dict.fromkeys(notes) if each)


def _value_notes(kind: type[BaseModel], key: str) -> Iterator[str]:
    """What each allowed word means."""
    names = [FieldNames(lang) for lang in ("zh", "en")]
    for word in _words(kind.model_fields[key].annotation):
        meanings = [each.value(kind.__name__, key, word) for each in names]
        if all(meanings):
            yield f"{word}: {' / '.join(meanings)}"


def _words(annotation: Any) -> Iterator[str]:
    for each in get_args(annotation):
        if isinstance(each, str):
            yield each
        else:
            yield from _words(each)


def _text_schema(made: dict[str, Any]) -> dict[str, Any]:
    """Text in several languages: Chinese is required."""
    return made | {
        "title": "Text",
        "required": ["zh"],
        "properties": {
            "zh": {"type": "string", "minLength": 1, "title": "中文 / Chinese"},
            "en": {"type": "string", "minLength": 1, "title": "英文 / English"},
        },
    }
