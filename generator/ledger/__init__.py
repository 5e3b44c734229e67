"""The ledger: decisions replayed, lists as of any day, and changes that explain themselves.

A list changes only by a decision. Replaying the decisions from the first publication
gives where every item stands, in every place, on every day.
"""

from .asof import county_on
from .explain import explain, kind_name
from .kinds import CHANGE_KINDS, DECISION_KINDS, ChangeMeaning, DecisionMeaning, recorded_words
from .leaves import Leaves, Standing, standing_of
from .load import LoadPoint, loads
from .replay import Ledger, Step, in_order, replay
from .status import Status, due_dates, is_coming, status_of

__all__ = [
    "CHANGE_KINDS",
    "DECISION_KINDS",
    "ChangeMeaning",
    "DecisionMeaning",
    "Leaves",
    "Ledger",
    "LoadPoint",
    "Standing",
    "Status",
    "Step",
    "county_on",
    "due_dates",
    "explain",
    "in_order",
    "is_coming",
    "kind_name",
    "loads",
    "recorded_words",
    "replay",
    "standing_of",
    "status_of",
]
