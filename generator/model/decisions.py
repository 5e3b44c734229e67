"""Decisions (决定): the only way by which a list changes."""

from __future__ import annotations

from typing import ClassVar, Literal

from .dates import Date
from .items import Certainty
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

StageName = Literal[
    "proposed",
    "discussed",
    "legal-reviewed",
    "consulted",
    "approved",
    "published",
    "rejected",
]
"""The stages: 提出, 前期讨论, 政策法律审核, 征求意见, 批准, 公布, 不予准入."""

ChangeKind = Literal[
    "added",
    "moved",
    "removed",
    "renamed",
    "cancelled",
    "answer-changed",
    "basis-changed",
    "devolved",
    "taken-back",
    "pilot-started",
    "under-study",
    "practice-differs",
]


class Stage(Part):
    """One step of a decision's procedure."""

    stage: StageName
    date: Date | None = None
    """When; absent when the source does not say."""
    by: Text | None = None
    """The body that took it; absent when the source does not say."""


class Change(Part):
    """What a decision does to items (变动)."""

    change: ChangeKind
    items: tuple[Slug, ...] = ()
    """Empty when the change concerns a rule or the plates, not an item."""
    from_list: Slug | None = None
    to_list: Slug | None = None
    text: Text | None = None
    """What changed, in one sentence."""


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
    stages: tuple[Stage, ...] = ()
    places: tuple[PlaceCode, ...] = ()
    """Where it holds; empty means the whole county."""
    changes: tuple[Change, ...] = ()
    documents: tuple[Slug, ...] = ()
    """Where it was read."""
    certainty: Certainty
    answered: Date | None = None
    """For a report: when it was answered."""
