"""Dates must make sense, and grounds must still stand."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Document, Item, ItemList

from .checking import Checking
from .rule import Breach, error, of_each, warning
from .walk import bases


@of_each(Document, error("repealed-before-in-force"))
def repealed_before_in_force(document: Document, about: Checking) -> Iterator[Breach]:
    """A document is repealed after it comes into force."""
    if document.in_force and document.repealed and document.repealed < document.in_force:
        values = {"in_force": document.in_force.text, "repealed": document.repealed.text}
        yield document.origin.at("repealed"), values


@of_each(Item, error("valid-until-before-since"))
def valid_until_before_since(item: Item, about: Checking) -> Iterator[Breach]:
    """An item's validity ends after it begins."""
    since, until = item.valid.since, item.valid.until
    if since and until and until < since:
        yield item.origin.at("valid", "until"), {"since": since.text, "until": until.text}


@of_each(Item, warning("item-expired"))
def item_expired(item: Item, about: Checking) -> Iterator[Breach]:
    """An item whose validity has ended leaves the list by a decision."""
    if item.valid.until and item.valid.until.is_past(about.today):
        yield item.origin.at("valid", "until"), {"until": item.valid.until.text}


@of_each(Item, error("checked-in-future"))
def checked_in_future(item: Item, about: Checking) -> Iterator[Breach]:
    """Nothing can have been checked on a day that has not come."""
    for origin, basis in bases(item):
        if basis.checked_on.is_after(about.today):
            yield origin.at("checked_on"), {"date": basis.checked_on.text}


@of_each(Item, warning("basis-repealed", "documents"))
def basis_repealed(item: Item, about: Checking) -> Iterator[Breach]:
    """An item that rests on a repealed document is stale."""
    for origin, basis in bases(item):
        document = about.county.documents.get(basis.document)
        if document and document.repealed and document.repealed.latest <= about.today:
            values = {"title": document.title.zh, "date": document.repealed.text}
            yield origin.at("document"), {**values, "replaced_by": document.replaced_by or "—"}


@of_each(Item, warning("basis-unchecked", "profile.stale_after_days"))
def basis_unchecked(item: Item, about: Checking) -> Iterator[Breach]:
    """A basis that was not checked for as long as the county allows makes its item stale."""
    limit = about.county.profile.stale_after_days
    for origin, basis in bases(item):
        days = (about.today - basis.checked_on.latest).days
        if days > limit:
            yield origin.at("checked_on"), {"days": days, "limit": limit}


@of_each(ItemList, warning("review-overdue"))
def review_overdue(item_list: ItemList, about: Checking) -> Iterator[Breach]:
    """A list is reviewed on the day its custodian has set."""
    review = item_list.custodian.review if item_list.custodian else None
    if review and review.is_past(about.today):
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
