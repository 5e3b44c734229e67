"""Every rule with its words and examples, for clerks who want to know before they write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.language import SHIPPED, shipped_strings
from generator.model import CHINESE, Level

from . import RULES

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\u200b]")


_WARNINGS = ("format-not-canonical", "language-incomplete")
"""Rules of form whose breach is only listed."""


class Entry(Struct, frozen=True):
    """One rule as the reference shows it; what an example lacks is None."""

    id: str
    level: Level
    file: str | None
    """The file of the sample county that the example is a piece of."""
    good: str | None
    """A piece that keeps the rule."""
    bad: str | None
    """The same piece, breaking it."""
    moved: str | None
    """For a rule about names: a name of ``file`` that breaks it."""

    def title(self, lang: str) -> str:
        """The rule in one sentence."""
        return shipped_strings(lang, "rules")[f"{self.id}.title"]


def entries() -> Iterator[Entry]:
    """Every rule, of form and of content, in the order of the language files."""
    examples = shipped_strings("examples", "rules")
    levels: dict[str, Level] = {rule.id: rule.level for rule in RULES}
    levels.update(dict.fromkeys(_WARNINGS, "warning"))
    for key in shipped_strings(CHINESE, "rules"):
        rule, _, part = key.rpartition(".")
        if part == "title":
            shown = {name: examples.get(f"{rule}.{name}") for name in ("file", "good", "bad")}
            yield Entry(
                rule, levels.get(rule, "error"), **shown, moved=examples.get(f"{rule}.moved")
            )


def as_lines(entry: Entry, lang: str) -> Iterator[str]:
    """A rule with its examples, for a terminal."""
    yield f"{entry.id} ({entry.level}): {entry.title(lang)}"
    for sign, piece in (("✓", entry.good), ("✗", entry.bad)):
        yield from (f"  {sign} {line}" for line in visible(piece or "").splitlines())
    if entry.moved:
        yield f"  ✓ {entry.file}"
        yield f"  ✗ {entry.moved}"


def as_markdown() -> str:
    """``docs/rules.md``: every rule in both languages."""
    return "\n".join((_HEAD, *(line for entry in entries() for line in _markdown(entry))))


_HEAD = """\
# Rules 规则

What `qingdan check` looks at. An error (要改) stops the site from being built; a warning (提醒)
is only listed. Made by `qingdan rules --markdown`; every example is tried in
`tests/test_examples.py`.
"""
_LEVELS = {"error": "error 要改", "warning": "warning 提醒"}


def _markdown(entry: Entry) -> Iterator[str]:
    yield f"## `{entry.id}`\n"
    titles = " · ".join(entry.title(lang) for lang in SHIPPED)
    yield f"{titles} ({_LEVELS[entry.level]})\n"
    for sign, piece in (("✓", entry.good), ("✗", entry.bad)):
        if piece:
            yield f"{sign} `{entry.file}`\n\n```yaml\n{visible(piece).rstrip()}\n```\n"
    if entry.moved:
        yield f"✓ `{entry.file}`\n\n✗ `{entry.moved}`\n"


def visible(piece: str) -> str:
    """The piece with what nobody can see written out."""
    return _INVISIBLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", piece).replace("\t", "[Tab]")
