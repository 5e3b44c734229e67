"""What the keys of ``lists/`` are called and mean, in a reader's language.

The words stand in ``generator/lang/fields.*.yml``; where English has no note, the
model's own docstring is the note. Sheets and JSON Schemas say the same.
"""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise

from msgspec import Struct

from .language import shipped_strings
from .model import Part


class FieldNames(Struct, frozen=True):
    """The names of keys, notes on them and names of their values in ``lang`` (zh or en)."""

    lang: str

    def label(self, owner: str, key: str) -> str:
        """The name of a key of the class ``owner``; the key itself when it has none."""
        return self._find(owner, key, "label") or key

    def note(self, owner: type[Part] | None, key: str) -> str:
        """How to fill it in, ``""`` when nothing needs saying."""
        found = self._find(owner.__name__ if owner else "", key, "note")
        if found or self.lang != "en" or owner is None:
            return found
        return " ".join(_docstrings(owner).get(key, "").replace("``", "").split())

    def value(self, owner: str, key: str, value: str) -> str:
        """The name of one of a key's allowed values, ``""`` when it has none."""
        return self._find(owner, key, f"values.{value}")

    def _find(self, owner: str, key: str, part: str) -> str:
        words = shipped_strings(self.lang, "fields")
        return words.get(f"{owner}.{key}.{part}") or words.get(f"{key}.{part}", "")


@cache
def _docstrings(kind: type[Part]) -> dict[str, str]:
    """The docstrings of a class's fields and of those it inherits, by name."""
    inherited = (_docstrings(each) for each in kind.__bases__ if issubclass(each, Part))
    found = {name: text for each in inherited for name, text in each.items()}
    if kind is Part:
        return found
    (tree,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(tree, ast.ClassDef)
    for field, text in pairwise(tree.body):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                found[name] = words
    return found
