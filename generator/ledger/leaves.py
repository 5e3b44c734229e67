"""Where items stand: the list of each single place.

A scope may name villages, townships or the county; a *leaf* is one place of an item's
own level. Spread out over leaves, two ways of writing the same thing are equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from generator.model import County, Item

Standing = Mapping[str, str]
"""The list (id) on which an item stands, by place code; a place without one is absent."""


class Leaves:
    """The single places of a county, by level."""

    def __init__(self, county: County) -> None:
        self._county = county

    def of(self, level: str) -> tuple[str, ...]:
        """The codes of every village, or of every township."""
        return self._all[level]

    def within(self, level: str, codes: Iterable[str]) -> tuple[str, ...]:
        """The leaves of ``level`` that ``codes`` cover; without a code all of them."""
        wanted = set(codes)
        if not wanted or self._county.profile.code in wanted:
            return self._all[level]
        covered = {code for each in wanted for code in self._covered[level].get(each, ())}
        return tuple(code for code in self._all[level] if code in covered)

    @cached_property
    def _all(self) -> dict[str, tuple[str, ...]]:
        return {
            "village": tuple(village.code for _, village in self._county.villages()),
            "township": tuple(self._county.townships),
        }

    @cached_property
    def _covered(self) -> dict[str, dict[str, tuple[str, ...]]]:
        villages: dict[str, tuple[str, ...]] = {
            village.code: (village.code,) for _, village in self._county.villages()
        }
        for township in self._county.townships.values():
            villages[township.code] = tuple(each.code for each in township.villages)
        townships: dict[str, tuple[str, ...]] = {code: (code,) for code in self._all["township"]}
        return {"village": villages, "township": townships}


def standing_of(item: Item, leaves: Leaves) -> dict[str, str]:
    """Where an item stands by its own file, whatever the decisions say."""
    found = dict.fromkeys(leaves.within(item.level, item.places), item.list)
    # The nearest place wins: variants of a township first, those of a village over them.
    for is_single in (False, True):
        for variant in reversed(item.variants):
            for code in variant.places if variant.list else ():
                spread = leaves.within(item.level, (code,))
                if (spread == (code,)) is is_single:
                    found.update((leaf, variant.list or "") for leaf in spread if leaf in found)
    return found
