"""The ledger: decisions replayed, lists as of any day, and changes that explain themselves.

A list changes only by a decision. Replaying the decisions from the first publication
gives where every item stands, in every place, on every day.
"""

from .asof import Listing, OnDay, county_on, listed, listed_again, listing
from .concern import ListEntry, departments_in, holds_in, list_history, newest_first
from .explain import explain, kind_name
from .kinds import CHANGE_KINDS, DECISION_KINDS, ChangeMeaning, DecisionMeaning, recorded_words
from .leaves import Leaves, Standing, standing_of
from .load import LoadPoint, loads
from .passages import Passage, compare, differing, stretch_like
from .replay import Ledger, Step, in_order, replay
from .status import DueDate, Status, due_dates, is_coming, status_of

__all__ = [
    "CHANGE_KINDS",
    "DECISION_KINDS",
    "ChangeMeaning",
    "DecisionMeaning",
    "DueDate",
    "Leaves",
    "Ledger",
    "ListEntry",
    "Listing",
    "LoadPoint",
    "OnDay",
    "Passage",
    "Standing",
    "Status",
    "Step",
    "compare",
    "county_on",
    "departments_in",
    "differing",
    "due_dates",
    "explain",
    "holds_in",
    "in_order",
    "is_coming",
    "kind_name",
    "list_history",
    "listed",
    "listed_again",
    "listing",
    "loads",
    "newest_first",
    "recorded_words",
    "replay",
    "standing_of",
    "status_of",
    "stretch_like",
]
