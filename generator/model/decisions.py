"""Decisions (决定): the only way by which a list changes."""

from __future__ import annotations

from typing import ClassVar, Literal

from .dates import Date
from .items import Basis, Certainty
from .record import Part, Record
from .text import PlaceCode, Slug, Text

DecisionKind = Literal[
    "publication",
    "admission",
    "adjustment",
    "devolution",
    "taking-back",
    "under-study",
    "report",
    "correction",
]
"""公布, 准入, 动态调整, 下放, 收回, 研究中, 反馈, 更正."""

ChangeKind = Literal[
    "added",
    "moved",
    "removed",
    "split",
    "merged",
    "suspended",
    "resumed",
    "renamed",
    "cancelled",
    "answer-changed",
    "basis-changed",
    "devolved",
    "taken-back",
    "pilot-started",
    "pilot-extended",
    "pilot-ended",
    "under-study",
    "practice-differs",
]
"""列入, 换清单, 移出, 拆分, 合并, 暂停, 恢复, 改名, 取消, 办法变了, 依据变了, 下放, 收回,
试点开始, 试点扩大, 试点结束, 研究中, 清单和实际不一样."""

REJECTED = "rejected"
"""The stage that ends a procedure without a change (不予准入)."""


class Stage(Part):
    """One step of a decision's procedure."""

    stage: Slug
    """A stage of the county's procedure (``procedures.yml``), or ``rejected``."""
    date: Date | None = None
    """When; absent when the source does not say."""
    by: Text | None = None
    """The body that took it; absent when the source does not say."""
    department: Slug | None = None
    """The same body, when it stands in ``departments.yml``."""
    count: int | None = None
    """How many items were on the table, when the source gives a number."""


class Change(Part):
    """What a decision does to items (变动)."""

    change: ChangeKind
    items: tuple[Slug, ...] = ()
    """Empty when the change concerns a rule or the plates, not an item."""
    into: tuple[Slug, ...] = ()
    """What they become, when one is split or several are merged."""
    from_list: Slug | None = None
    to_list: Slug | None = None
    places: tuple[PlaceCode, ...] = ()
    """Where the change holds; empty means wherever the decision does."""
    text: Text | None = None
    """What changed, in one sentence."""
    old: Text | None = None
    """The wording before, of the passage that changed."""
    new: Text | None = None
    """The wording after."""

    @property
    def concerns(self) -> tuple[Slug, ...]:
        """Every item that it names, before and after."""
        return (*self.items, *self.into)


class Decision(Record):
    """One recorded decision; the file name is its date and a slug."""

    plural: ClassVar[str] = "decisions"

    id: Slug = ""
    """The file's name."""
    kind: DecisionKind
    title: Text
    date: Date
    """When it takes effect, as exactly as the source says."""
    level: Literal["village", "township", "county"]
    summary: Text
    """What happened, in a few plain sentences."""
    applicant: Slug | None = None
    """The department that asked."""
    lead: Slug | None = None
    """For an admission: the department that leads and answers for the task."""
    basis: tuple[Basis, ...] = ()
    """For an admission: the rule that allows the task to be handed down."""
    means: Text | None = None
    """For an admission: the money and means that come with the task."""
    review: Date | None = None
    """When the decision is to be looked at again."""
    reviewed: Date | None = None
    """When that was last done."""
    until: Date | None = None
    """Last day, for what is decided for a time only."""
    corrects: Slug | None = None
    """For a correction: the decision that it corrects."""
    stages: tuple[Stage, ...] = ()
    places: tuple[PlaceCode, ...] = ()
    """Where it holds; empty means the whole county."""
    changes: tuple[Change, ...] = ()
    documents: tuple[Slug, ...] = ()
    """Where it was read."""
    certainty: Certainty
    answered: Date | None = None
    """For a report: when it was answered."""
    answer: Text | None = None
    """For a report: what was answered."""

    def places_of(self, change: Change) -> tuple[PlaceCode, ...]:
        """Where ``change`` holds; empty means the whole county."""
        return change.places or self.places

    @property
    def is_rejected(self) -> bool:
        """Whether it was refused: it stays visible and changes nothing."""
        return any(each.stage == REJECTED for each in self.stages)
