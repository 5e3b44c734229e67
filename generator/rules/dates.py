"""Dates must make sense, and grounds must still stand."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from generator.model import County

from .rule import Breach, error, warning
from .walk import bases


@error("repealed-before-in-force")
def repealed_before_in_force(county: County, today: datetime.date) -> Iterator[Breach]:
    """A document is repealed after it comes into force."""
    for document in county.documents.values():
        if document.in_force and document.repealed and document.repealed < document.in_force:
            values = {"in_force": document.in_force.text, "repealed": document.repealed.text}
            yield document.origin.at("repealed"), values


@error("valid-until-before-since")
def valid_until_before_since(county: County, today: datetime.date) -> Iterator[Breach]:
    """An item's validity ends after it begins."""
    for item in county.items.values():
        since, until = item.valid.since, item.valid.until
        if since and until and until < since:
            values = {"since": since.text, "until": until.text}
            yield item.origin.at("valid", "until"), values


@warning("item-expired")
def item_expired(county: County, today: datetime.date) -> Iterator[Breach]:
    """An item whose validity has ended leaves the list by a decision."""
    for item in county.items.values():
        if item.valid.until and item.valid.until.is_past(today):
            yield item.origin.at("valid", "until"), {"until": item.valid.until.text}


@error("checked-in-future")
def checked_in_future(county: County, today: datetime.date) -> Iterator[Breach]:
    """Nothing can have been checked on a day that has not come."""
    for _, origin, basis in bases(county):
        if basis.checked_on.is_after(today):
            yield origin.at("checked_on"), {"date": basis.checked_on.text}


@warning("basis-repealed")
def basis_repealed(county: County, today: datetime.date) -> Iterator[Breach]:
    """An item that rests on a repealed document is stale."""
    for _, origin, basis in bases(county):
        document = county.documents.get(basis.document)
        if document and document.repealed and document.repealed.latest <= today:
            values = {"title": document.title.zh, "date": document.repealed.text}
            yield origin.at("document"), {**values, "replaced_by": document.replaced_by or "—"}


@warning("basis-unchecked")
def basis_unchecked(county: County, today: datetime.date) -> Iterator[Breach]:
    """A basis that was not checked for as long as the county allows makes its item stale."""
    for _, origin, basis in bases(county):
        days = (today - basis.checked_on.latest).days
        if days > county.profile.stale_after_days:
            yield origin.at("checked_on"), {"days": days, "limit": county.profile.stale_after_days}


@warning("review-overdue")
def review_overdue(county: County, today: datetime.date) -> Iterator[Breach]:
    """A list is reviewed on the day its custodian has set."""
    for item_list in county.item_lists.values():
        review = item_list.custodian.review if item_list.custodian else None
        if review and review.is_past(today):
            yield item_list.origin.at("custodian", "review"), {"date": review.text}


RULES = (
    repealed_before_in_force,
    valid_until_before_since,
    item_expired,
    checked_in_future,
    basis_repealed,
    basis_unchecked,
    review_overdue,
)
