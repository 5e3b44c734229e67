"""What one place does, assists with and does not do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct, field

from generator.model import County, Item, ItemList, Text, Township, Variant, Village, fields_of
from generator.watch import Shared, Watching, view


class ItemGroup(Struct, frozen=True):
    """The items of one list, as they hold in one place."""

    item_list: ItemList
    items: tuple[Item, ...]


class PlaceView(Struct, frozen=True):
    """A township or a village with its lists.

    ``village`` is None for the township itself. ``groups`` are in published order;
    a list without items in this place is still there, empty.
    """

    township: Township
    village: Village | None
    groups: tuple[ItemGroup, ...]
    named: tuple[str, ...] = ()
    """The codes of the place that some scope or variant names: same codes, same groups."""

    @property
    def place(self) -> Township | Village:
        """The place itself."""
        return self.village or self.township

    @property
    def level(self) -> str:
        """``village`` or ``township``."""
        return "village" if self.village else "township"

    @property
    def path(self) -> str:
        """Its address below the language's root."""
        base = f"places/{self.township.slug}"
        return f"{base}/{self.village.slug}" if self.village else base


_EVERYWHERE = ""
"""Stands for the place of an item that is limited to none."""


class _Standing(Struct):
    """Where the items of a level stand."""

    holding: dict[str, list[tuple[int, Item]]] = field(default_factory=dict)
    """By code of a place, the items limited to it, numbered in the county's order."""
    named: set[str] = field(default_factory=set)
    """The codes that a scope or a variant mentions."""


class Scopes(Watching):
    """Which items hold where, and in which wording.

    Most items hold everywhere and read the same, so their groups are built once and
    shared; only places that some scope or variant names get groups of their own.
    """

    def __init__(self, county: County, shared: Shared | None = None) -> None:
        self._county = county
        self.shared = shared or Shared()

    def township(self, township: Township) -> PlaceView:
        """The township's own lists."""
        named = self._named_of("township", (township.code,))
        return PlaceView(township, None, self._groups("township", named), named)

    def village(self, township: Township, village: Village) -> PlaceView:
        """The village's lists."""
        named = self._named_of("village", (village.code, township.code))
        return PlaceView(township, village, self._groups("village", named), named)

    def places_of(self, item: Item) -> tuple[Township | Village, ...]:
        """The places an item is limited to; empty means everywhere."""
        return tuple(self._places[code] for code in item.places if code in self._places)

    def names_of(self, codes: tuple[str, ...]) -> tuple[Text, ...]:
        """The names of places by their codes."""
        return tuple(self._places[code].name for code in codes if code in self._places)

    def paths_of(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Places by their codes as ``township`` or ``township/village``."""
        return tuple(self._paths[code] for code in codes if code in self._paths)

    def _named_of(self, level: str, codes: tuple[str, ...]) -> tuple[str, ...]:
        named = self._standing[level].named
        return tuple(code for code in codes if code in named)

    def _groups(self, level: str, named: tuple[str, ...]) -> tuple[ItemGroup, ...]:
        return self.shared.once("Scopes.groups", (level, named), lambda: self._build(level, named))

    def _build(self, level: str, codes: tuple[str, ...]) -> tuple[ItemGroup, ...]:
        by_list: dict[str, list[Item]] = defaultdict(list)
        for item in self._candidates(level, codes):
            here = _as_in(item, codes)
            by_list[here.list].append(here)
        lists = self._county.lists_of(level)
        return tuple(ItemGroup(each, tuple(by_list[each.id])) for each in lists)

    def _candidates(self, level: str, codes: tuple[str, ...]) -> list[Item]:
        """Items that hold at any of ``codes``, in the county's order."""
        holding = self._standing[level].holding
        limits = (_EVERYWHERE, *codes, self._county.profile.code)
        found = {number: item for code in limits for number, item in holding.get(code, ())}
        return [found[number] for number in sorted(found)]

    @view
    def _standing(self) -> dict[str, _Standing]:
        """Of each level, looking at every item once."""
        found = {"village": _Standing(), "township": _Standing()}
        for number, item in enumerate(self._county.items.values()):
            standing, places = found[item.level], item.places
            standing.named.update(places)
            for code in places or (_EVERYWHERE,):
                standing.holding.setdefault(code, []).append((number, item))
            for variant in item.variants:
                standing.named.update(variant.places)
        return found

    @view
    def _paths(self) -> dict[str, str]:
        paths = {code: township.slug for code, township in self._county.townships.items()}
        paths.update(
            (village.code, f"{township.slug}/{village.slug}")
            for township, village in self._county.villages()
        )
        return paths

    @view
    def _places(self) -> dict[str, Township | Village]:
        places: dict[str, Township | Village] = dict(self._county.townships)
        places.update((village.code, village) for _, village in self._county.villages())
        return places


def _as_in(item: Item, codes: tuple[str, ...]) -> Item:
    """The item as it reads at the place with ``codes``, the nearest place first."""
    for code in codes:
        for variant in item.variants:
            if code in variant.places:
                return _apply(item, variant)
    return item


def _apply(item: Item, variant: Variant) -> Item:
    changed = {
        name: getattr(variant, name)
        for name in fields_of(Variant).keys() & fields_of(type(item)).keys()
        if name != "places" and getattr(variant, name) is not None
    }
    return item.replaced(**changed)
