"""Whether what an item rests on still stands."""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct

from generator.model import Basis, County, Document, Item

State = Literal["in-force", "coming", "repealed", "unchecked"]


class BasisState(Struct, frozen=True):
    """A basis with its document, and how it stands today."""

    basis: Basis
    document: Document
    state: State

    @property
    def is_stale(self) -> bool:
        """Whether the item should not be relied on without asking."""
        return self.state in ("repealed", "unchecked")


class ItemState(Struct, frozen=True):
    """How an item stands on a day."""

    bases: tuple[BasisState, ...]
    is_over: bool
    """Its validity has ended."""

    @property
    def is_stale(self) -> bool:
        """Whether any basis is repealed or has not been checked for long."""
        return self.is_over or any(each.is_stale for each in self.bases)


def basis_state(basis: Basis, county: County, today: datetime.date) -> BasisState:
    """How one basis stands on ``today``."""
    document = county.documents[basis.document]
    return BasisState(basis, document, _state(basis, document, county, today))


def item_state(item: Item, county: County, today: datetime.date) -> ItemState:
    """How an item stands on ``today``."""
    bases = tuple(basis_state(each, county, today) for each in item.basis)
    until = item.valid.until
    return ItemState(bases, until is not None and until.is_past(today))


def _state(basis: Basis, document: Document, county: County, today: datetime.date) -> State:
    if document.repealed is not None and document.repealed.latest <= today:
        return "repealed"
    if document.in_force is not None and document.in_force.is_after(today):
        return "coming"
    if (today - basis.checked_on.latest).days > county.profile.stale_after_days:
        return "unchecked"
    return "in-force"
