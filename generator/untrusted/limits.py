"""What a file from outside may hold, and what is said of one that holds more."""

from __future__ import annotations

MAX_FILE = 20_000_000
MAX_UNPACKED = 150_000_000
MAX_PARTS = 2_000
MAX_CELLS = 600_000
MAX_ROWS = 30_000
MAX_COLUMNS = 256
MAX_TEXT = 32_767
MAX_CHARACTERS = 10_000_000
"""Of all cells together: a text that many cells share is stored once and read many times."""
MEMORY = 1_500_000_000
"""Bytes of address space that the process may take."""
SECONDS = 60
"""Of processor time."""


class Refused(Exception):  # noqa: N818  not an error of ours
    """The workbook cannot be used; ``rule`` says why."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values = values


class Count:
    """What the sheets hold, all together."""

    def __init__(self) -> None:
        self._cells = 0
        self._characters = 0

    def add(self, cells: int, characters: int) -> None:
        """Count cells, and what stands in them."""
        self._cells += cells
        self._characters += characters
        if self._cells > MAX_CELLS:
            raise Refused("workbook-too-many-cells", limit=MAX_CELLS)
        if self._characters > MAX_CHARACTERS:
            raise Refused("workbook-bomb", limit=MAX_UNPACKED // 1_000_000)
