"""A department's mirror: the same lists, seen from its side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.model import (
    CooperativeItem,
    County,
    Department,
    Item,
    TakenBackItem,
    VillageItem,
)


@dataclass
class Mirror:
    """What one department does, by its part in it; items in the county's order."""

    department: Department
    answers: list[Item] = field(default_factory=list)
    """Village items it is responsible for: villagers come to it, or it leads."""
    replaces: list[Item] = field(default_factory=list)
    """What the village does not do and this department issues or checks instead."""
    leads: list[Item] = field(default_factory=list)
    """Cooperative township duties it leads."""
    took_back: list[Item] = field(default_factory=list)
    """Duties it took back from townships."""

    @property
    def is_empty(self) -> bool:
        """Whether no item names the department."""
        return not (self.answers or self.replaces or self.leads or self.took_back)


def mirrors(county: County) -> dict[str, Mirror]:
    """The mirror of every department, by id."""
    found = {key: Mirror(department) for key, department in county.departments.items()}
    for item in county.items.values():
        for department, part in _parts(item):
            if department in found:
                getattr(found[department], part).append(item)
    return found


def _parts(item: Item) -> Iterator[tuple[str, str]]:
    """Pairs of department id and its part (an attribute of Mirror) in the item."""
    if isinstance(item, VillageItem):
        yield item.department, "answers"
        if item.replacement:
            others = dict.fromkeys(item.replacement.by)
            yield from ((each, "replaces") for each in others if each != item.department)
    elif isinstance(item, CooperativeItem):
        yield from ((each, "leads") for each in item.leads)
    elif isinstance(item, TakenBackItem):
        yield from ((each, "took_back") for each in item.taken_by)
