"""How a decision stands on a day, and which days are still to come."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from generator.model import County, Date, Decision, ItemList

from .replay import in_order

Status = Literal["in-force", "coming", "rejected", "answered", "unanswered"]


def is_coming(decision: Decision, day: datetime.date) -> bool:
    """Whether the decision does not count yet on ``day``."""
    return decision.date.begins > day


def status_of(decision: Decision, day: datetime.date) -> Status:
    """How the decision stands on ``day``."""
    if decision.is_rejected:
        return "rejected"
    if is_coming(decision, day):
        return "coming"
    if decision.kind == "report":
        return "answered" if decision.answered else "unanswered"
    return "in-force"


def is_review_overdue(decision: Decision, day: datetime.date) -> bool:
    """Whether the decision should have been looked at again before ``day``."""
    if decision.is_rejected or decision.review is None or not decision.review.is_past(day):
        return False
    return decision.reviewed is None or decision.reviewed < decision.review


class DueDate(Struct, frozen=True):
    """A day on which something is to happen."""

    kind: Literal["effective", "review", "expiry", "list-review"]
    date: Date
    decision: Decision | None = None
    item_list: ItemList | None = None


def due_dates(county: County, day: datetime.date) -> list[DueDate]:
    """What is still to come on ``day`` or was not done in time, the nearest first."""
    return sorted(_due(county, day), key=lambda each: (each.date.begins, each.kind))


def _due(county: County, day: datetime.date) -> Iterator[DueDate]:
    for item_list in county.item_lists.values():
        review = item_list.custodian.review if item_list.custodian else None
        if review:
            yield DueDate("list-review", review, item_list=item_list)
    for decision in in_order(county.decisions.values()):
        if decision.is_rejected:
            continue
        if is_coming(decision, day):
            yield DueDate("effective", decision.date, decision)
        if decision.review and not (decision.reviewed and decision.reviewed >= decision.review):
            yield DueDate("review", decision.review, decision)
        if decision.until and not decision.until.is_past(day):
            yield DueDate("expiry", decision.until, decision)
