"""Procedures (程序): the stages that a kind of decision must go through."""

from __future__ import annotations

from typing import ClassVar

from .dates import Date
from .decisions import DecisionKind
from .record import Part, Record
from .text import Slug, Text


class StageRule(Part):
    """One stage of a procedure, at its place in the order."""

    stage: Slug
    name: Text | None = None
    """What the stage is called; the usual stages have a name already."""
    required: bool = True
    independent: bool = False
    """Whether the department that asked may not be the one that takes it."""


class Procedure(Record):
    """The procedure for decisions of one kind, as the county has adopted it."""

    plural: ClassVar[str] = "procedures"

    id: DecisionKind
    """The kind of decision."""
    since: Date | None = None
    """First day of the procedure. Earlier decisions may leave out what their source does not
    say; without a date it holds for all."""
    stages: tuple[StageRule, ...] = ()
    answer_within_days: int | None = None
    """For reports: how long an answer may take."""
