"""The registers that items refer to: lists, departments, fields, life events and so on."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from .dates import Date
from .places import Phone
from .record import Part, Record
from .text import END, PagePath, Phrase, Slug, Text

VillageRole = Literal["does", "assists", "does-not"]
TownshipRole = Literal["basic", "cooperative", "taken-back"]
Role = Literal["does", "assists", "does-not", "basic", "cooperative", "taken-back"]
"""What standing on a list means; the only thing code knows about a county's lists."""

ROLES: dict[str, tuple[str, ...]] = {
    "village": ("does", "assists", "does-not"),
    "township": ("basic", "cooperative", "taken-back"),
}
"""The roles a list of each level may have."""


GithubName = Annotated[str, Meta(pattern=r"^@[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9._-]+)?" + END)]
"""An account or a team: ``@name`` or ``@organization/team``."""


class Custodian(Part):
    """The office and post (never a private person) that answers for a list."""

    office: Text
    post: Text | None = None
    phone: Phone | None = None
    review: Date | None = None
    """When the list is next due for review."""
    github: GithubName | None = None
    """Who is asked on GitHub to review changes of the list."""


class ItemList(Record):
    """A duty list (清单). Its role says what it means; its names are the county's own."""

    plural: ClassVar[str] = "item-lists"

    id: Slug
    level: Literal["village", "township"]
    role: Role
    name: Text
    """The short name: 可办理."""
    title: Text
    """The full title of the published list."""
    verdict: Text
    """What a villager reads beside an item: 村里办."""
    summary: Text | None = None
    """One sentence on what the list means."""
    columns: tuple[Text, ...] = ()
    """Column headings of the published table, for printing and exports."""
    count: Annotated[int, Meta(ge=0)] | None = None
    """How many items the county says the list has; the check compares."""
    custodian: Custodian | None = None


class Department(Record):
    """A body that leads, assists, issues or takes back something."""

    plural: ClassVar[str] = "departments"

    id: Slug
    name: Text
    level: Literal["village", "township", "county", "city", "outside"]
    """``outside``: not an office of government (a bank, a hospital, a power company)."""
    former_names: tuple[Text, ...] = ()
    said_as: dict[str, tuple[Phrase, ...]] = {}
    """What people call it, by language."""
    address: Text | None = None
    hours: Text | None = None
    phones: tuple[Phone, ...] = ()


class Field(Record):
    """A field (领域) of the national list format."""

    plural: ClassVar[str] = "fields"

    id: Slug
    name: Text


class LifeEvent(Record):
    """A life event (一件事): birth, schooling, marriage, building a house …"""

    plural: ClassVar[str] = "life-events"

    id: Slug
    name: Text
    summary: Text | None = None
    """One sentence in a villager's words: when to look here."""


class Document(Record):
    """A law, regulation, official notice or published report that facts rest on."""

    plural: ClassVar[str] = "documents"

    id: Slug
    kind: Literal["law", "regulation", "notice", "standard", "local", "report", "guide"]
    title: Text
    number: Phrase | None = None
    """Its document number (发文字号)."""
    issued_by: Text | None = None
    issued: Date | None = None
    in_force: Date | None = None
    """First day in force (for an amended law: of the version cited)."""
    repealed: Date | None = None
    """First day no longer in force."""
    replaced_by: Slug | None = None
    """The document that took its place."""
    checked: Literal["law-text", "stored-page", "memory"]
    """How its existence and dates were checked."""
    note: Text | None = None


class Plate(Record):
    """A name plate (挂牌) that may hang at a village's door."""

    plural: ClassVar[str] = "plates"

    id: Slug
    name: Text
    note: Text | None = None


class Redirect(Record):
    """A page that has moved: an address is for ever, so the old one leads to the new."""

    plural: ClassVar[str] = "redirects"

    id: PagePath
    """The old address below the language's root: ``places/old-zhen/some-cun``."""
    to: PagePath
    """The page that took its place, written the same way."""
