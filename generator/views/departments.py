"""A department's mirror: the same lists, seen from its side."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from generator.model import (
    CooperativeItem,
    County,
    Department,
    Item,
    TakenBackItem,
    Variant,
    VillageItem,
)


class Mirror(Struct):
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
    elsewhere: list[tuple[Item, Variant]] = field(default_factory=list)
    """Items of others that are its business in some places, with the variant that says so."""

    @property
    def size(self) -> int:
        """How many items name the department."""
        parts = (self.answers, self.replaces, self.leads, self.took_back, self.elsewhere)
        return sum(len(part) for part in parts)

    @property
    def is_empty(self) -> bool:
        """Whether no item names the department."""
        return self.size == 0


def mirrors(county: County) -> dict[str, Mirror]:
    """The mirror of every department, by id."""
    found = {key: Mirror(department) for key, department in county.departments.items()}
    for item in county.items.values():
        for department, part in _parts(item):
            if department in found:
                getattr(found[department], part).append(item)
        for variant in item.variants:
            if variant.department in found and variant.department != _responsible(item):
                found[variant.department].elsewhere.append((item, variant))
    return found


def _responsible(item: Item) -> str | None:
    return item.department if isinstance(item, VillageItem) else None


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
