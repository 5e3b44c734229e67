"""One YAML file as plain data, with the place of every key.

Lists use a small part of YAML: mappings, sequences and strings, ``true`` and
``false``. Every other scalar is read as the string it is, so a code keeps its
zeros and ``no`` stays a word. Anchors, aliases, tags and repeated keys are
refused: each of them lets a file say something else than it seems to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any, cast

import yaml
from msgspec import Struct, field

from generator.model import Finding, Path

Position = tuple[int, int]
"""Line and column, both counted from 1."""

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

_BOOLEANS = {"true": True, "false": False}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no text holds and XML cannot: an escape such as ``"\\0"`` would bring it in."""

_ODD_INDENT = re.compile("^( *)[\u00a0\u2000-\u200a\u3000]", re.MULTILINE)
"""Spaces that YAML takes for letters."""

_COMMENT = re.compile(r"[ \t]+#")

_SLIPPED_COLON = re.compile(r"(?P<key>[a-z_]+) *(?P<colon>(?P<wide>：) *|:)(?=[^\s:/])")
"""How a line begins whose key and colon ran into the text: ``zh：`` or ``zh:text``."""

_COMPACT = re.compile(r"(?:[-?:]\s+){20}")
"""Collections that begin on one line: the only way to nest deep without brackets and indents."""

_CORE = "tag:yaml.org,2002:"
# What the resolver gives to plain scalars; an explicit tag may say these too, harmlessly.
_SCALAR_TAGS = {
    _CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")
}


class YamlFile(Struct):
    """What a file holds. ``data`` is None when the file cannot be used at all."""

    name: str
    """Relative to ``lists/``."""
    data: Any = None
    positions: dict[Path, Position] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unplaced: bytes | str | None = None
    """The file's bytes, or where they are, while nobody has asked for a position."""

    def locate(self, path: Path) -> Position:
        """Where the value at ``path`` stands, or the nearest thing around it."""
        if self.unplaced is not None:
            content = self.unplaced
            content = content if isinstance(content, bytes) else FilePath(content).read_bytes()
            self.positions = parse(self.name, content).positions
            self.unplaced = None
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))

    def forget_positions(self, content: bytes) -> None:
        """Look positions up in ``content`` when they are asked for: they take much memory."""
        self.positions = {}
        self.unplaced = content

    def report(self, rule: str, position: Position, **values: object) -> None:
        """Note an error of the file's form."""
        self.findings.append(Finding(rule, "error", self.name, *position, values))


def parse(name: str, content: bytes) -> YamlFile:
    """Read one file; whatever is wrong with it is in its findings."""
    file = YamlFile(name)
    text = decoded(file, content)
    if text is None:
        return file
    if indent := _ODD_INDENT.search(text):
        file.report(
            "yaml-odd-indent", (text.count("\n", 0, indent.start()) + 1, len(indent[1]) + 1)
        )
        return file
    node = _composed(file, text)
    if node is not None:
        file.data = _Builder(file, text).build(node, (), 0)
    return file


def decoded(file: YamlFile, content: bytes, allowed: str = "") -> str | None:
    """The text of a file; None and a finding when it is too big, no UTF-8, or not plain text.

    ``allowed`` names control characters that may stand in it, beside line ends.
    """
    if len(content) > MAX_BYTES:
        file.report("yaml-too-big", (1, 1), limit=MAX_BYTES)
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        file.report("yaml-encoding", (content.count(b"\n", 0, error.start) + 1, 1))
        return None
    # libyaml reads on past some control characters and stops at others.
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line.rstrip("\r"), 1):
            if character < " " and character not in allowed:
                rule = "yaml-tab" if character == "\t" else "yaml-control-character"
                file.report(rule, (number, column), code=f"U+{ord(character):04X}")
                return None
    return text


def _composed(file: YamlFile, text: str) -> yaml.Node | None:
    loader = yaml.CSafeLoader(text)
    try:
        if _is_refused(file, text):
            return None
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        from .mistyped import mistyped  # not loaded while files are in order

        mark = error.problem_mark or error.context_mark
        file.report(*mistyped(text, (mark.line + 1, mark.column + 1) if mark else (1, 1)))
        return None
    except (yaml.YAMLError, RecursionError):
        file.report("yaml-syntax", (1, 1))
        return None
    finally:
        loader.dispose()
    if node is None:
        file.report("yaml-empty", (1, 1))
    return node


def _is_refused(file: YamlFile, text: str) -> bool:
    """Whether the file has an anchor, an alias or too deep a nesting.

    Composing would hide it, not end in good time, or overflow the stack of the C library.
    """
    may_nest = text.count("[") + text.count("{") > MAX_DEPTH or _COMPACT.search(text)
    if not may_nest and "&" not in text and "*" not in text:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        assert event.start_mark is not None
        position = (event.start_mark.line + 1, event.start_mark.column + 1)
        if getattr(event, "anchor", None):
            file.report("yaml-alias", position)
            return True
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH + 1:
            file.report("yaml-too-deep", position, limit=MAX_DEPTH)
            return True
    return False


class _Builder:
    """Turns a node graph into data, noting positions and refusing what lists do not use."""

    def __init__(self, file: YamlFile, text: str) -> None:
        self._file = file
        self._text = text
        self._has_comments = bool(_COMMENT.search(text))

    def build(self, node: yaml.Node, path: Path, depth: int) -> Any:
        position = (node.start_mark.line + 1, node.start_mark.column + 1)
        self._file.positions.setdefault(path, position)
        if depth > MAX_DEPTH + 1:
            self._file.report("yaml-too-deep", position, limit=MAX_DEPTH)
            return ""
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [
                self.build(child, (*path, number), depth + 1)
                for number, child in enumerate(node.value)
            ]
        return self._scalar(cast("yaml.ScalarNode", node), position)

    def _mapping(self, node: yaml.MappingNode, path: Path, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        is_repeated = False
        for key, position, child in self._keys(node):
            if key in data:
                # Of something pasted twice, one finding says enough.
                if not is_repeated:
                    self._file.report("yaml-duplicate-key", position, key=key)
                is_repeated = True
                continue
            self._file.positions[(*path, key)] = position
            slipped = self._slipped(child) if child.start_mark.line >= position[0] else None
            data[key] = slipped or self.build(child, (*path, key), depth + 1)
        return data

    def _slipped(self, node: yaml.Node) -> dict[str, str] | None:
        """What a line below a key says whose own key ran into its text; None for any other."""
        if not isinstance(node, yaml.ScalarNode) or node.style:
            return None
        slip = _SLIPPED_COLON.match(node.value)
        if slip is None:
            return None
        start = node.start_mark
        rule = "yaml-chinese-colon" if slip["wide"] else "yaml-tight-colon"
        self._file.report(rule, (start.line + 1, start.column + 1 + slip.start("colon")))
        return {slip["key"]: node.value[slip.end() :]}

    def _keys(self, node: yaml.MappingNode) -> Iterator[tuple[str, Position, yaml.Node]]:
        for key, child in node.value:
            position = (key.start_mark.line + 1, key.start_mark.column + 1)
            if isinstance(key, yaml.ScalarNode):
                self._refuse_unprintable(key.value, position)
                yield key.value, position, child
            else:
                self._file.report("yaml-odd-key", position)

    def _scalar(self, node: yaml.ScalarNode, position: Position) -> str | bool:
        value = str(node.value)
        self._refuse_unprintable(value, position)
        is_plain = not node.style
        if is_plain and self._has_comments:
            self._refuse_lost_text(value, node.end_mark)
        if node.tag not in _SCALAR_TAGS:
            self._file.report("yaml-tag", position, tag=node.tag)
        elif is_plain and value in ("", "~", "null"):
            self._file.report("yaml-no-value", position)
        elif is_plain and value in _BOOLEANS:
            return _BOOLEANS[value]
        return value

    def _refuse_lost_text(self, value: str, end: yaml.Mark) -> None:
        """A comment right behind Chinese text was most likely meant as part of it."""
        is_comment = _COMMENT.match(self._text, end.index)
        if is_comment and any("\u3400" <= each <= "\u9fff" for each in value):
            self._file.report("yaml-hash", (end.line + 1, end.column + 2))

    def _refuse_unprintable(self, value: str, position: Position) -> None:
        found = _UNPRINTABLE.search(value)
        if found:
            code = f"U+{ord(found[0]):04X}"
            self._file.report("yaml-control-character", position, code=code)
