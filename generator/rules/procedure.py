"""A decision goes through the county's procedure, in order, and not in one hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.ledger import is_coming
from generator.ledger.status import is_review_overdue
from generator.model import REJECTED, Decision, Procedure, Stage

from .checking import STEPS, Checking
from .references import missing
from .rule import Breach, error, of_each, warning


def _procedure(decision: Decision, about: Checking) -> Procedure | None:
    return about.county.procedures.get(decision.kind)


def _is_bound(decision: Decision, about: Checking) -> bool:
    """Whether it may leave nothing out: its procedure held when it was taken."""
    procedure = _procedure(decision, about)
    if procedure is None:
        return False
    return procedure.since is None or decision.date.latest >= procedure.since.begins


@of_each(Decision, error("stage-unknown", "procedures"))
def stage_unknown(decision: Decision, about: Checking) -> Iterator[Breach]:
    """Every stage of a decision is one that its procedure knows, or a rejection."""
    procedure = _procedure(decision, about)
    if procedure is None:
        return
    known = [*(each.stage for each in procedure.stages), REJECTED]
    for number, stage in enumerate(decision.stages):
        origin = decision.origin.at("stages", number, "stage")
        for where, values in missing(stage.stage, known, origin):
            yield where, {**values, "kind": decision.kind, "known": "、".join(known)}


@of_each(Decision, error("stage-missing", "procedures"))
def stage_missing(decision: Decision, about: Checking) -> Iterator[Breach]:
    """A decision has every stage that its procedure requires; a rejected one ends where it was."""
    procedure = _procedure(decision, about)
    if procedure is None or decision.is_rejected or not _is_bound(decision, about):
        return
    taken = {stage.stage for stage in decision.stages}
    needed = (each.stage for each in procedure.stages if each.required)
    absent = [each for each in needed if each not in taken]
    if absent:
        values = {"kind": decision.kind, "missing": "、".join(absent)}
        yield decision.origin.at("stages"), values


@of_each(Decision, error("stage-without-date-or-body", "procedures"))
def stage_without_date_or_body(decision: Decision, about: Checking) -> Iterator[Breach]:
    """Every stage says when it was taken and by whom."""
    for number, stage in enumerate(decision.stages if _is_bound(decision, about) else ()):
        if stage.date is None or not (stage.by or stage.department):
            yield decision.origin.at("stages", number), {"stage": stage.stage}


@of_each(Decision, error("stages-out-of-order", "procedures"))
def stages_out_of_order(decision: Decision, about: Checking) -> Iterator[Breach]:
    """The stages of a decision stand in the order of the procedure; a rejection comes last."""
    procedure = _procedure(decision, about)
    if procedure is None:
        return
    order = [*(each.stage for each in procedure.stages), REJECTED]
    known = [(n, each.stage) for n, each in enumerate(decision.stages) if each.stage in order]
    for (_, before), (number, stage) in pairwise(known):
        if order.index(stage) <= order.index(before):
            origin = decision.origin.at("stages", number, "stage")
            yield origin, {"stage": stage, "before": before, "order": "、".join(order)}


@of_each(Decision, error("stage-dates-out-of-order"))
def stage_dates_out_of_order(decision: Decision, about: Checking) -> Iterator[Breach]:
    """A later stage of a decision does not have an earlier date."""
    dated = [(n, each.date) for n, each in enumerate(decision.stages) if each.date]
    for (_, before), (number, date) in pairwise(dated):
        if date.latest < before.earliest:
            origin = decision.origin.at("stages", number, "date")
            yield origin, {"date": date.text, "before": before.text}


@of_each(Decision, error("effective-before-approved"))
def effective_before_approved(decision: Decision, about: Checking) -> Iterator[Breach]:
    """A decision takes effect after its last stage but the publication was taken."""
    for stage in decision.stages:
        late = stage.date and stage.date.earliest > decision.date.latest
        if stage.stage == "approved" and stage.date and late:
            values = {"date": decision.date.text, "approved": stage.date.text}
            yield decision.origin.at("date"), values


@of_each(Decision, error("approved-by-applicant", "procedures", "departments"))
def approved_by_applicant(decision: Decision, about: Checking) -> Iterator[Breach]:
    """The department that asks does not review or approve its own request."""
    procedure = _procedure(decision, about)
    guarded = {each.stage for each in procedure.stages if each.independent} if procedure else ()
    for number, stage in enumerate(decision.stages):
        if stage.stage in guarded and _is_applicant(stage, decision, about):
            origin = decision.origin.at("stages", number, "by")
            yield origin, {"stage": stage.stage, "applicant": decision.applicant}


def _is_applicant(stage: Stage, decision: Decision, about: Checking) -> bool:
    applicant = about.county.departments.get(decision.applicant or "")
    if applicant is None:
        return False
    names = [applicant.name.zh, *(each.zh for each in applicant.former_names)]
    by = stage.by.zh if stage.by else ""
    return stage.department == applicant.id or any(name in by for name in names)


@of_each(Decision, error("admission-incomplete", "procedures"))
def admission_incomplete(decision: Decision, about: Checking) -> Iterator[Breach]:
    """An admission says who asks, on what basis, with what means, who leads, and until when."""
    is_admission = decision.kind == "admission" and not decision.is_rejected
    if not is_admission or not _is_bound(decision, about):
        return
    absent = [key for key in ("applicant", "lead", "basis", "means") if not getattr(decision, key)]
    if not (decision.review or decision.until):
        absent.append("review")
    if absent:
        yield decision.origin, {"missing": "、".join(absent)}


@of_each(Decision, error("decision-date-vague", "procedures"))
def decision_date_vague(decision: Decision, about: Checking) -> Iterator[Breach]:
    """Since there is a procedure, a decision names the day from which it counts."""
    date = decision.date
    is_vague = date.precision != "day" or date.is_open or date.is_uncertain
    if is_vague and _is_bound(decision, about):
        yield decision.origin.at("date"), {"date": date.text}


@of_each(Decision, error("correction-of-nothing", "decisions.id"))
def correction_of_nothing(decision: Decision, about: Checking) -> Iterator[Breach]:
    """A correction names the decision that it corrects, and nothing else does."""
    if decision.kind == "correction" and decision.corrects is None:
        yield decision.origin.at("kind"), {"id": "—", "nearest": ""}
    elif decision.corrects is not None:
        origin = decision.origin.at("corrects")
        yield from missing(decision.corrects, about.county.decisions, origin)


@of_each(Decision, error("answered-before-asked"))
def answered_before_asked(decision: Decision, about: Checking) -> Iterator[Breach]:
    """A report is answered after it was made."""
    if decision.answered and decision.answered.latest < decision.date.earliest:
        values = {"answered": decision.answered.text, "date": decision.date.text}
        yield decision.origin.at("answered"), values


@of_each(Decision, warning("report-unanswered", "procedures"))
def report_unanswered(decision: Decision, about: Checking) -> Iterator[Breach]:
    """A report is answered within the days that the procedure gives."""
    procedure = _procedure(decision, about)
    limit = procedure.answer_within_days if procedure else None
    days = (about.today - decision.date.latest).days
    is_open = decision.kind == "report" and not decision.answered and not decision.is_rejected
    if is_open and limit is not None and days > limit:
        yield decision.origin, {"days": days, "limit": limit}


@of_each(Decision, warning("decision-review-overdue"))
def decision_review_overdue(decision: Decision, about: Checking) -> Iterator[Breach]:
    """A decision is looked at again on the day it has set."""
    if decision.review and is_review_overdue(decision, about.today):
        yield decision.origin.at("review"), {"date": decision.review.text}


@warning("decision-expired", *STEPS)
def decision_expired(about: Checking) -> Iterator[Breach]:
    """What was decided for a time leaves the lists when the time is over."""
    today, ledger = about.today, about.ledger
    for decision in about.county.decisions.values():
        if decision.until is None or decision.is_rejected or not decision.until.is_past(today):
            continue
        put = {step.item for step in ledger.steps if step.decision is decision and step.after}
        still = sorted(item for item in put if ledger.standing(item, today))
        if still and not is_coming(decision, today):
            values = {"until": decision.until.text, "items": "、".join(still)}
            yield decision.origin.at("until"), values


@of_each(Decision, error("pause-without-end"))
def pause_without_end(decision: Decision, about: Checking) -> Iterator[Breach]:
    """What is suspended says until when, or when it is looked at again."""
    if decision.until or decision.review or decision.is_rejected:
        return
    for number, change in enumerate(decision.changes):
        if change.change == "suspended":
            yield decision.origin.at("changes", number, "change"), {"id": decision.id}


@warning("pause-over", *STEPS)
def pause_over(about: Checking) -> Iterator[Breach]:
    """What was suspended for a time is resumed or removed when the time is over."""
    last = {step.item: step for step in about.ledger.steps}
    for decision in about.county.decisions.values():
        if decision.until is None or not decision.until.is_past(about.today):
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
