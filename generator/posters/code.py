"""QR codes as outlines: one closed curve round every dark region."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import segno

QUIET = 4
"""Light modules around the code, as ISO/IEC 18004 asks."""

Point = tuple[int, int]
_TURNS: tuple[Point, ...] = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""Right, down, left, up; one step further is a turn to the right."""


@lru_cache(maxsize=256)
def outlines(address: str) -> tuple[int, list[list[Point]]]:
    """The width in modules, quiet zone included, and the outlines of an address's code.

    Level M or better; drawn with the even-odd rule, so holes are outlines of their own.
    """
    matrix = segno.make(address, error="m", micro=False).matrix
    return len(matrix) + 2 * QUIET, _loops(matrix)


def _loops(matrix: Sequence[Sequence[int]]) -> list[list[Point]]:
    """Walk every edge between dark and light once, dark on the right-hand side."""
    edges = _edges(matrix)
    found: list[list[Point]] = []
    while edges:
        start = next(iter(edges))
        at, direction = start
        loop: list[Point] = []
        while (at, direction) in edges:
            del edges[at, direction]
            at = (at[0] + _TURNS[direction][0], at[1] + _TURNS[direction][1])
            turned = _next(edges, at, direction)
            if turned != direction:
                loop.append((at[0] + QUIET, at[1] + QUIET))
            direction = turned
        found.append(loop)
    return found


def _next(edges: dict[tuple[Point, int], None], at: Point, direction: int) -> int:
    """The direction in which the outline goes on: right before straight before left."""
    for turn in (1, 0, 3):
        if (at, (direction + turn) % 4) in edges:
            return (direction + turn) % 4
    return (direction + 1) % 4


def _edges(matrix: Sequence[Sequence[int]]) -> dict[tuple[Point, int], None]:
    """The four sides of each dark module that light lies behind, as (start, direction)."""
    size = len(matrix)

    def dark(x: int, y: int) -> bool:
        return 0 <= x < size and 0 <= y < size and bool(matrix[y][x])

    found: dict[tuple[Point, int], None] = {}
    for y in range(size):
        for x in range(size):
            if dark(x, y):
                sides = (
                    (((x, y), 0), (x, y - 1)),
                    (((x + 1, y), 1), (x + 1, y)),
                    (((x + 1, y + 1), 2), (x, y + 1)),
                    (((x, y + 1), 3), (x - 1, y)),
                )
                found.update((side, None) for side, beyond in sides if not dark(*beyond))
    return found
