"""The one way in which a list file is written.

Keys stand in the order of the model, one value a line, plain where YAML allows and
in double quotes where another program would read something else than a string.
Comments stay where they are. Mending wording is mechanical too: what is changed
is never what is said.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from ruamel.yaml.tag import Tag

from generator.model import CHINESE, Part, Record, fields_of, types_in

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RESOLVER: Any = yaml.SafeLoader("")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_HALF_TO_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF = re.compile(rf"(?<=[{_HAN}])[,;:?!](?=[{_HAN}]|$)")
_HAN_SPACE = re.compile(rf"(?<=[{_HAN}]) +(?=[{_HAN}])")
_NOT_TEXT = {
    "count",
    "stale_after_days",
    "official",
    "required",
    "independent",
    "answer_within_days",
}
"""Keys whose values are numbers or true and false."""

_FULL_WIDTH = {
    code: code - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(first, last + 1)
}


def canonical(text: str, kind: type[Record], register: str | None, *, fix: bool = False) -> str:
    """The file's text in canonical format; ``fix`` mends wording as well.

    ``kind`` is the record that the file holds, or the rows of its ``register`` key.
    ``text`` must already have been read without findings of form.
    """
    return rewritten(text, kind, register, fix=fix)


def rewritten(
    text: str,
    kind: type[Record],
    register: str | None,
    change: Callable[[CommentedMap], None] | None = None,
    *,
    fix: bool = False,
) -> str:
    """The file's text in canonical format after ``change`` has changed its data in place.

    Comments stay where they are as long as what they stand at stays.
    """
    loader = _yaml()
    data = loader.load(text)
    if change is not None:
        change(data)
    if register is None:
        data = _ordered(data, kind)
    elif isinstance(data, dict) and isinstance(data.get(register), list):
        rows = data[register]
        for number, row in enumerate(rows):
            rows[number] = _ordered(row, kind)
    _restyle(data, (), fix=fix)
    stream = io.StringIO()
    loader.dump(data, stream)
    return stream.getvalue()


def write_atomically(path: Path, text: str) -> None:
    """Replace a file whole; a crash leaves the old one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def mended(text: str, *, chinese: bool) -> str:
    """Text without invisible characters and stray spaces; Chinese with Chinese punctuation."""
    text = " ".join(_INVISIBLE.sub("", text).split())
    if not chinese:
        return text
    text = _HAN_SPACE.sub("", text.translate(_FULL_WIDTH))
    return _HALF.sub(lambda found: _HALF_TO_FULL[found[0]], text)


class _Strings(VersionedResolver):
    """Resolves every scalar to the string that it is."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode:
            return Tag(suffix="tag:yaml.org,2002:str")
        return super().resolve(kind, value, implicit)


def _yaml() -> YAML:
    made = YAML(typ="rt")
    made.Resolver = _Strings
    made.indent(mapping=2, sequence=4, offset=2)
    made.width = 1_000_000
    made.allow_unicode = True
    return made


def _ordered(data: Any, kind: type[Part]) -> Any:
    """The mapping with its keys in the model's order; unknown keys keep their place at the end."""
    if not isinstance(data, CommentedMap):
        return data
    for name, child in _children(kind):
        value = data.get(name)
        if isinstance(value, CommentedSeq):
            for number, each in enumerate(value):
                value[number] = _ordered(each, child)
        elif isinstance(value, CommentedMap):
            _ordered(value, child)
    order = {name: number for number, name in enumerate(fields_of(kind))}
    for key in sorted(data, key=lambda key: order.get(key, len(order))):
        data.move_to_end(key)
    return data


def _children(kind: type[Part]) -> Iterator[tuple[str, type[Part]]]:
    """The keys of a model that hold other models."""
    for name, info in fields_of(kind).items():
        for part in types_in(info.type):
            if isinstance(part, type) and issubclass(part, Part):
                yield name, part


def _restyle(node: Any, path: tuple[str | int, ...], *, fix: bool) -> None:
    """Write every sequence in block style and every scalar plain or in double quotes."""
    if isinstance(node, CommentedMap | CommentedSeq):
        node.fa.set_block_style()
        pairs = node.items() if isinstance(node, CommentedMap) else enumerate(node)
        for key, value in list(pairs):
            if isinstance(value, str):
                node[key] = _styled(value, (*path, key), fix=fix)
            else:
                _restyle(value, (*path, key), fix=fix)


def _styled(value: str, path: tuple[str | int, ...], *, fix: bool) -> str:
    if fix:
        value = mended(value, chinese=CHINESE in path) or value
    value = " ".join(value.split("\n")).strip("\n")
    return str(value) if _is_plain(value, path) else DoubleQuotedScalarString(value)


def _is_plain(value: str, path: tuple[str | int, ...]) -> bool:
    """Whether YAML 1.1 and 1.2 readers all read the unquoted value as this string."""
    if path[-1] in _NOT_TEXT:
        return True
    resolved = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))
    return resolved == "tag:yaml.org,2002:str" and _analyzed(value)


def _analyzed(value: str) -> bool:
    emitter = yaml.emitter.Emitter(io.StringIO(), allow_unicode=True)
    return bool(emitter.analyze_scalar(value).allow_block_plain)
