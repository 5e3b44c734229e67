"""Why a file is no YAML: the usual slips of the hand, found by looking at its lines.

A parser says where it gave up, which is often a line below the slip, or the end of the
file. Here the lines up to that place are looked at, so that a clerk is told what to
write and where.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from .yamlfile import Position

_ENTRY = r"\s*(?:- +)*+(?:[\w-]+: +)?+"
"""What stands before a value: dashes and a key."""


class _Slip(Struct, frozen=True):
    """A rule, how a line that breaks it begins, and in which lines to look."""

    rule: str
    pattern: re.Pattern[str]
    """``here`` names what is wrong."""
    lines: Literal["all", "above", "near"] = "near"
    """Every line, those up to where the parser gave up, or the last two of these."""


_SLIPS = (
    _Slip("yaml-conflict", re.compile(r"(?P<here><{7}|={7}|>{7})(?: |$)"), "all"),
    _Slip("yaml-chinese-colon", re.compile(r"\s*(?:- +)*[\w-]+(?P<here>：)")),
    _Slip("yaml-tight-colon", re.compile(r"\s*(?:- +)*[a-z_-]+(?P<here>:)[^\s:/]")),
    _Slip(
        "yaml-unclosed",
        re.compile(
            _ENTRY
            + r"(?P<here>\"(?:[^\"\\]|\\.)*+(?:$|\"\s*[^\s\"#])"
            + r"|'(?:[^']|'')*+(?:$|'\s*[^\s'#])"
            + r"|\[[^\]]*$|\{[^}]*$)"
        ),
        "above",
    ),
    _Slip(
        "yaml-needs-quotes",
        re.compile(
            _ENTRY
            + r"(?P<here>[@`%*&!]|[-?] |[^\s\"'\[{#|>][^#]*?: "
            + r"|\[[^\]]*\]\s*[^\s#,\]}]|\{[^}]*\}\s*[^\s#,\]}]|[|>][0-9+-]*[^\s#0-9+-])"
        ),
    ),
    _Slip("yaml-loose-text", re.compile(r"\s*(?P<here>(?!- |#|---)[^\s:](?:[^:]|:(?=\S))*$)")),
)
"""The likeliest first."""

_WELL_FORMED = re.compile(r"\s*(?P<here>- |[\w-]+:(?: |$))")


def mistyped(text: str, gave_up: Position) -> tuple[str, Position]:
    """The rule that ``text`` breaks, and where, if a parser ``gave_up`` reading it there.

    ``yaml-syntax`` at that place where no usual slip is found.
    """
    lines = [each.rstrip() for each in text.split("\n")]
    above = range(min(gave_up[0], len(lines)))
    looked_at = {"all": range(len(lines)), "above": above, "near": above[-2:]}
    for slip in _SLIPS:
        for number in looked_at[slip.lines]:
            if found := slip.pattern.match(lines[number]):
                return slip.rule, (number + 1, found.start("here") + 1)
    found = _WELL_FORMED.match(lines[above[-1]])
    if found:
        return "yaml-indent", (len(above), found.start("here") + 1)
    return "yaml-syntax", gave_up
