"""Old and new wording, character by character."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

_PIECES = re.compile(r"[^\W_\u2e80-\U0003ffff]+|.", re.DOTALL)
"""Words of alphabets whole, everything else (Chinese above all) a character at a time."""


@dataclass(frozen=True)
class Passage:
    """A piece of a wording; ``changed`` when the other wording lacks it."""

    text: str
    changed: bool


def compare(old: str, new: str) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Both wordings in passages that are the same and passages that differ."""
    first, second = _PIECES.findall(old), _PIECES.findall(new)
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    before, after = [], []
    for kind, a, b, c, d in matcher.get_opcodes():
        before.append(Passage("".join(first[a:b]), kind != "equal"))
        after.append(Passage("".join(second[c:d]), kind != "equal"))
    return tuple(each for each in before if each.text), tuple(each for each in after if each.text)
