"""A decision goes through the county's procedure, in order, and not in one hand."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

from generator.ledger import is_coming, replay
from generator.ledger.status import is_review_overdue
from generator.model import REJECTED, County, Decision, Procedure, Stage

from .references import missing
from .rule import Breach, error, warning


def _procedures(county: County) -> Iterator[tuple[Decision, Procedure]]:
    for decision in county.decisions.values():
        procedure = county.procedures.get(decision.kind)
        if procedure:
            yield decision, procedure


def _bound(county: County) -> Iterator[tuple[Decision, Procedure]]:
    """Decisions that may leave nothing out: their procedure held when they were taken."""
    for decision, procedure in _procedures(county):
        if procedure.since is None or decision.date.latest >= procedure.since.begins:
            yield decision, procedure


@error("stage-unknown")
def stage_unknown(county: County, today: datetime.date) -> Iterator[Breach]:
    """Every stage of a decision is one that its procedure knows, or a rejection."""
    for decision, procedure in _procedures(county):
        known = [*(each.stage for each in procedure.stages), REJECTED]
        for number, stage in enumerate(decision.stages):
            origin = decision.origin.at("stages", number, "stage")
            for where, values in missing(stage.stage, known, origin):
                yield where, {**values, "kind": decision.kind, "known": "、".join(known)}


@error("stage-missing")
def stage_missing(county: County, today: datetime.date) -> Iterator[Breach]:
    """A decision has every stage that its procedure requires; a rejected one ends where it was."""
    for decision, procedure in _bound(county):
        taken = {stage.stage for stage in decision.stages}
        absent = [
            each.stage for each in procedure.stages if each.required and each.stage not in taken
        ]
        if absent and not decision.is_rejected:
            values = {"kind": decision.kind, "missing": "、".join(absent)}
            yield decision.origin.at("stages"), values


@error("stage-without-date-or-body")
def stage_without_date_or_body(county: County, today: datetime.date) -> Iterator[Breach]:
    """Every stage says when it was taken and by whom."""
    for decision, _ in _bound(county):
        for number, stage in enumerate(decision.stages):
            if stage.date is None or not (stage.by or stage.department):
                yield decision.origin.at("stages", number), {"stage": stage.stage}


@error("stages-out-of-order")
def stages_out_of_order(county: County, today: datetime.date) -> Iterator[Breach]:
    """The stages of a decision stand in the order of the procedure; a rejection comes last."""
    for decision, procedure in _procedures(county):
        order = [*(each.stage for each in procedure.stages), REJECTED]
        known = [(n, each.stage) for n, each in enumerate(decision.stages) if each.stage in order]
        for (_, before), (number, stage) in pairwise(known):
            if order.index(stage) <= order.index(before):
                origin = decision.origin.at("stages", number, "stage")
                yield origin, {"stage": stage, "before": before, "order": "、".join(order)}


@error("stage-dates-out-of-order")
def stage_dates_out_of_order(county: County, today: datetime.date) -> Iterator[Breach]:
    """A later stage of a decision does not have an earlier date."""
    for decision in county.decisions.values():
        dated = [(n, each.date) for n, each in enumerate(decision.stages) if each.date]
        for (_, before), (number, date) in pairwise(dated):
            if date.latest < before.earliest:
                origin = decision.origin.at("stages", number, "date")
                yield origin, {"date": date.text, "before": before.text}


@error("effective-before-approved")
def effective_before_approved(county: County, today: datetime.date) -> Iterator[Breach]:
    """A decision takes effect after its last stage but the publication was taken."""
    for decision in county.decisions.values():
        for stage in decision.stages:
            late = stage.date and stage.date.earliest > decision.date.latest
            if stage.stage == "approved" and stage.date and late:
                values = {"date": decision.date.text, "approved": stage.date.text}
                yield decision.origin.at("date"), values


@error("approved-by-applicant")
def approved_by_applicant(county: County, today: datetime.date) -> Iterator[Breach]:
    """The department that asks does not review or approve its own request."""
    for decision, procedure in _procedures(county):
        guarded = {each.stage for each in procedure.stages if each.independent}
        for number, stage in enumerate(decision.stages):
            if stage.stage in guarded and _is_applicant(stage, decision, county):
                origin = decision.origin.at("stages", number, "by")
                yield origin, {"stage": stage.stage, "applicant": decision.applicant}


def _is_applicant(stage: Stage, decision: Decision, county: County) -> bool:
    applicant = county.departments.get(decision.applicant or "")
    if applicant is None:
        return False
    names = [applicant.name.zh, *(each.zh for each in applicant.former_names)]
    by = stage.by.zh if stage.by else ""
    return stage.department == applicant.id or any(name in by for name in names)


@error("admission-incomplete")
def admission_incomplete(county: County, today: datetime.date) -> Iterator[Breach]:
    """An admission says who asks, on what basis, with what means, who leads, and until when."""
    for decision, _ in _bound(county):
        if decision.kind != "admission" or decision.is_rejected:
            continue
        absent = [
            key for key in ("applicant", "lead", "basis", "means") if not getattr(decision, key)
        ]
        if not (decision.review or decision.until):
            absent.append("review")
        if absent:
            yield decision.origin, {"missing": "、".join(absent)}


@error("decision-date-vague")
def decision_date_vague(county: County, today: datetime.date) -> Iterator[Breach]:
    """Since there is a procedure, a decision names the day from which it counts."""
    for decision, _ in _bound(county):
        date = decision.date
        if date.precision != "day" or date.is_open or date.is_uncertain:
            yield decision.origin.at("date"), {"date": date.text}


@error("correction-of-nothing")
def correction_of_nothing(county: County, today: datetime.date) -> Iterator[Breach]:
    """A correction names the decision that it corrects, and nothing else does."""
    for decision in county.decisions.values():
        if decision.kind == "correction" and decision.corrects is None:
            yield decision.origin.at("kind"), {"id": "—", "nearest": ""}
        elif decision.corrects is not None:
            origin = decision.origin.at("corrects")
            yield from missing(decision.corrects, county.decisions, origin)


@error("answered-before-asked")
def answered_before_asked(county: County, today: datetime.date) -> Iterator[Breach]:
    """A report is answered after it was made."""
    for decision in county.decisions.values():
        if decision.answered and decision.answered.latest < decision.date.earliest:
            values = {"answered": decision.answered.text, "date": decision.date.text}
            yield decision.origin.at("answered"), values


@warning("report-unanswered")
def report_unanswered(county: County, today: datetime.date) -> Iterator[Breach]:
    """A report is answered within the days that the procedure gives."""
    for decision, procedure in _procedures(county):
        days = (today - decision.date.latest).days
        limit = procedure.answer_within_days
        is_open = decision.kind == "report" and not decision.answered and not decision.is_rejected
        if is_open and limit is not None and days > limit:
            yield decision.origin, {"days": days, "limit": limit}


@warning("decision-review-overdue")
def decision_review_overdue(county: County, today: datetime.date) -> Iterator[Breach]:
    """A decision is looked at again on the day it has set."""
    for decision in county.decisions.values():
        if decision.review and is_review_overdue(decision, today):
            yield decision.origin.at("review"), {"date": decision.review.text}


@warning("decision-expired")
def decision_expired(county: County, today: datetime.date) -> Iterator[Breach]:
    """What was decided for a time leaves the lists when the time is over."""
    ledger = replay(county)
    for decision in county.decisions.values():
        if decision.until is None or decision.is_rejected or not decision.until.is_past(today):
            continue
        put = {step.item for step in ledger.steps if step.decision is decision and step.after}
        still = sorted(item for item in put if ledger.standing(item, today))
        if still and not is_coming(decision, today):
            values = {"until": decision.until.text, "items": "、".join(still)}
            yield decision.origin.at("until"), values


@error("pause-without-end")
def pause_without_end(county: County, today: datetime.date) -> Iterator[Breach]:
    """What is suspended says until when, or when it is looked at again."""
    for decision in county.decisions.values():
        if decision.until or decision.review or decision.is_rejected:
            continue
        for number, change in enumerate(decision.changes):
            if change.change == "suspended":
                yield decision.origin.at("changes", number, "change"), {"id": decision.id}


@warning("pause-over")
def pause_over(county: County, today: datetime.date) -> Iterator[Breach]:
    """What was suspended for a time is resumed or removed when the time is over."""
    last = {step.item: step for step in replay(county).steps}
    for decision in county.decisions.values():
        if decision.until is None or not decision.until.is_past(today):
            continue
        still = sorted(
            item
            for item, step in last.items()
            if step.decision is decision and step.change.change == "suspended"
        )
        if still:
            values = {"until": decision.until.text, "items": "、".join(still)}
            yield decision.origin.at("until"), values


RULES = (
    stage_unknown,
    stage_missing,
    stage_without_date_or_body,
    stages_out_of_order,
    stage_dates_out_of_order,
    effective_before_approved,
    approved_by_applicant,
    admission_incomplete,
    decision_date_vague,
    correction_of_nothing,
    answered_before_asked,
    report_unanswered,
    decision_review_overdue,
    decision_expired,
    pause_without_end,
    pause_over,
)
