"""Derived facts: what no file says, but the lists imply.

Names of what a human wrote are the model's; everything here is computed.
"""

from .departments import Mirror, mirrors
from .history import Entry, histories
from .places import ItemGroup, PlaceView, Scopes
from .state import BasisState, ItemState, basis_state, item_state
from .topics import items_by_field, items_by_life_event, related_items
from .unlisted import Unlisted, UnlistedState, unlisted

__all__ = [
    "BasisState",
    "Entry",
    "ItemGroup",
    "ItemState",
    "Mirror",
    "PlaceView",
    "Scopes",
    "Unlisted",
    "UnlistedState",
    "basis_state",
    "histories",
    "item_state",
    "items_by_field",
    "items_by_life_event",
    "mirrors",
    "related_items",
    "unlisted",
]
