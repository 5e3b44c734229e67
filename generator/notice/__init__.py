"""What villages and townships see change between two editions, as a notice."""

from .differences import Difference, Group, Notice, compare_counties
from .words import as_json, as_markdown, as_text

__all__ = [
    "Difference",
    "Group",
    "Notice",
    "as_json",
    "as_markdown",
    "as_text",
    "compare_counties",
]
