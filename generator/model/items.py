"""Items (事项): one file each, its name is its identity.

A village item answers a villager. The three township lists have different
columns in the national format (基本 / 配合 / 收回), so they are three classes.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from .dates import Date
from .record import Part, Record
from .text import Phrase, PlaceCode, Slug, Text

Certainty = Literal["official", "article", "national", "illustrative"]
"""Where a fact comes from, best first: the county's own published list, a press
report on it, a national rule (its place on this county's list being ours), or
realistic but not found in any document."""

ReplacementMode = Literal[
    "accept-document",
    "department-check",
    "declaration",
    "issued-by-competent-body",
    "on-site-check",
    "court-or-notary",
    "cancelled",
]
"""The usual ways to do without a certificate (国办发〔2018〕47号 and 国办发〔2020〕42号)."""


class Basis(Part):
    """A rule or report that an item rests on."""

    document: Slug
    """Id in ``documents.yml``."""
    article: Text | None = None
    """Which article, and what it says in a few words."""
    checked: Literal["law-text", "stored-page", "memory"]
    """How the citation was checked: against the text, a stored page, or from memory."""
    checked_on: Date
    """When it was last checked."""


class Replacement(Part):
    """What to do instead of asking the village (替代方式)."""

    modes: tuple[ReplacementMode, ...]
    by: tuple[Slug, ...]
    """Departments that issue, check or accept."""
    how: Text
    confidence: Literal["high", "medium", "low"]
    """How sure we are of this replacement; counties differ."""


class OutdatedAdvice(Part):
    """Advice that people still hear and that no longer holds."""

    says: Text
    now: Text


class Exemption(Part):
    """A case in which the item's answer does not hold (例外)."""

    text: Text
    item: Slug | None = None
    """The item that answers the exceptional case."""


class Practice(Part):
    """Practice that differs from the list: list, law and practice side by side."""

    practice: Text
    """What happens today."""
    law: Text | None = None
    """What the law says, where it differs from the list or from practice."""
    documents: tuple[Slug, ...] = ()
    """Where both were read."""


class Validity(Part):
    """From when until when an item holds; both ends may be open."""

    since: Date | None = None
    """First day."""
    until: Date | None = None
    """Last day."""


class Variant(Part):
    """How an item differs in some places."""

    places: tuple[PlaceCode, ...]
    """Village or township codes; a township stands for all its villages."""
    list: Slug | None = None
    name: Text | None = None
    answer: Text | None = None
    department: Slug | None = None
    bring: tuple[Text, ...] | None = None
    steps: tuple[Text, ...] | None = None
    time: Text | None = None
    fee: Text | None = None
    lead_duty: Text | None = None
    township_duty: Text | None = None
    method: Text | None = None


class Item(Record):
    """What all items have, whichever list they stand on."""

    plural: ClassVar[str] = "items"
    level: ClassVar[str]

    id: Slug = ""
    """The file's name."""
    name: Text
    """The official name on the list."""
    list: Slug
    """Id in ``item-lists.yml``."""
    field: Slug
    life_events: tuple[Slug, ...] = ()
    said_as: dict[str, tuple[Phrase, ...]] = {}
    """What villagers call it (群众说法), by language: dialect, outdated names, situations."""
    former_names: tuple[Text, ...] = ()
    related: tuple[Slug, ...] = ()
    """Other items a reader of this one may need."""
    basis: tuple[Basis, ...] = ()
    certainty: Certainty
    source: Text | None = None
    """Where the item itself comes from, e.g. its number on a national list."""
    note: Text | None = None
    """What a careful reader should know about this entry."""
    valid: Validity = Validity()
    places: tuple[PlaceCode, ...] = ()
    """Where it holds; empty means everywhere in the county."""
    variants: tuple[Variant, ...] = ()

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments that have a part in it."""
        return ()


class VillageItem(Item):
    """An item of a village list: does, assists or does not."""

    level: ClassVar[str] = "village"

    department: Slug
    """Who is responsible; for an assisted item, who leads."""
    answer: Text
    """The answer in one or two plain sentences."""
    bring: tuple[Text, ...] = ()
    """What to bring; empty means not known, never nothing."""
    steps: tuple[Text, ...] = ()
    time: Text | None = None
    fee: Text | None = None
    replacement: Replacement | None = None
    """For what the village does not do: what to do instead."""
    outdated_advice: tuple[OutdatedAdvice, ...] = ()
    exceptions: tuple[Exemption, ...] = ()
    practice: Practice | None = None

    @property
    def departments(self) -> tuple[str, ...]:
        return (self.department, *(self.replacement.by if self.replacement else ()))


class TownshipItem(Item):
    """What the three township classes share."""

    level: ClassVar[str] = "township"

    answer: Text
    """What it means for a villager, in one or two plain sentences."""


class BasicItem(TownshipItem):
    """Basic duty (基本履职事项): the township must do it and answers for it."""


class CooperativeItem(TownshipItem):
    """Cooperative duty (配合履职事项): a department leads, the township assists."""

    leads: tuple[Slug, ...]
    """Departments that lead (对应上级部门)."""
    lead_duty: Text
    """What they do (上级部门职责)."""
    township_duty: Text
    """What the township does (乡镇配合职责)."""

    @property
    def departments(self) -> tuple[str, ...]:
        return self.leads


class TakenBackItem(TownshipItem):
    """Duty taken back by departments (上级部门收回事项)."""

    taken_by: tuple[Slug, ...]
    """Departments that took it back (承接部门)."""
    method: Text
    """How they work now (工作方式)."""

    @property
    def departments(self) -> tuple[str, ...]:
        return self.taken_by


ITEM_CLASSES: dict[str, type[Item]] = {
    "does": VillageItem,
    "assists": VillageItem,
    "does-not": VillageItem,
    "basic": BasicItem,
    "cooperative": CooperativeItem,
    "taken-back": TakenBackItem,
}
"""The class of the items on a list, by the list's role."""
