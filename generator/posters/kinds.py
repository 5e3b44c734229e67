"""The kinds of sheets, their papers, and how small their type may get.

A rule of thumb for public notices gives 20 pt for every metre between the eye and the
sheet. Each kind states the distance it is made for; no name of an item is set smaller
than ``20 pt x distance``, no other word smaller than 0.7 of that, and nothing below 6.5 pt.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

PT_PER_METRE = 20.0
"""Points of type for a metre of reading distance."""
SMALL_PRINT = 0.7
"""Offices and second languages are read a step nearer than names."""

PAPERS: dict[str, tuple[int, int]] = {
    "a0": (841, 1189),
    "a1": (594, 841),
    "a2": (420, 594),
    "a3": (297, 420),
    "a4": (210, 297),
    "a5": (148, 210),
    "a6": (105, 148),
}
"""ISO 216: width and height in millimetres, upright."""

Subject = Literal["place", "village", "item", "county"]


class Kind(Struct, frozen=True, eq=False):
    """A kind of sheet. Its template is ``templates/<template>.typ``."""

    id: str
    subject: Subject
    """What there is one sheet for."""
    template: str
    papers: Mapping[str, tuple[float, float]]
    """By paper, the default first: metres it is read from, in one language and in two."""
    master: str
    """The paper the template is drawn for; others are scaled from it."""
    can_turn: bool = False
    """Whether there is a landscape form."""
    colours: str = "colour"
    published: bool = False
    """Whether the sheet stands on the site, ready made, for each of its subjects."""

    def least(self, paper: str, languages: int) -> float:
        """The smallest size of an item's name, in points on the paper."""
        return PT_PER_METRE * self.papers[paper][0 if languages == 1 else 1]


KINDS: dict[str, Kind] = {
    each.id: each
    for each in (
        Kind(
            "poster",
            "place",
            "poster",
            {"a3": (0.6, 0.45), "a2": (1.0, 0.75), "a1": (1.4, 1.1), "a0": (2.0, 1.5)},
            master="a3",
            can_turn=True,
            published=True,
        ),
        Kind(
            "plain",
            "place",
            "poster",
            {"a4": (0.45, 0.45)},
            master="a3",
            colours="plain",
            published=True,
        ),
        Kind("handout", "place", "handout", {"a4": (0.45, 0.45)}, master="a4", published=True),
        Kind("cards", "village", "cards", {"a5": (0.5, 0.5), "a6": (0.45, 0.45)}, master="a5"),
        Kind("slip", "item", "slip", {"a5": (0.45, 0.45)}, master="a5", published=True),
        Kind("plates", "county", "plates", {"a3": (1.0, 1.0), "a4": (0.7, 0.7)}, master="a3"),
        Kind(
            "county",
            "county",
            "county",
            {"a3": (0.6, 0.5), "a2": (0.85, 0.7), "a1": (1.2, 1.0)},
            master="a3",
        ),
    )
}
"""Every kind by its id, in the order in which they are shown."""


def scale(kind: Kind, paper: str) -> float:
    """How much larger ``paper`` is than the kind's master, along each side."""
    sizes = list(PAPERS)
    steps = sizes.index(kind.master) - sizes.index(paper)
    exact: float = 2.0 ** (steps / 2)
    return exact
