"""The county: who publishes, and everything its lists hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from msgspec import Meta, Struct, field

from .decisions import Decision
from .items import Item
from .lexicon import Lexicon
from .places import Phone, Township, Village
from .procedures import Procedure
from .record import Part, Record
from .registers import Department, Document, Field, ItemList, LifeEvent, Plate, Redirect
from .text import LanguageTag, Phrase, PlaceCode, Text


class FooterSlots(Part):
    """What a government site must carry in its foot; empty until the county has it."""

    organizer: Text | None = None
    """主办单位."""
    operator: Text | None = None
    """承办单位."""
    site_code: Phrase | None = None
    """网站标识码, 10 digits."""
    icp: Phrase | None = None
    """ICP备案号."""
    police_record: Phrase | None = None
    """公网安备号."""


class Profile(Record):
    """``county.yml``: who publishes the lists, and how."""

    plural: ClassVar[str] = "county"

    code: PlaceCode
    name: Text
    site_name: Text
    """The name of the site."""
    part_of: Text
    """Province and city, as shown above the county's name."""
    languages: tuple[LanguageTag, ...] = ("zh", "en")
    """Languages of the site; the first one is at the root and must be ``zh``."""
    official: bool = False
    """False puts the demonstration mark on every page and poster."""
    hotline: Phone
    """The public hotline shown everywhere (12345, 国办发〔2020〕53号)."""
    edition: Phrase
    """Date or number of this edition, printed on pages and posters."""
    stale_after_days: Annotated[int, Meta(gt=0)] = 730
    """A basis not checked for longer than this makes its items stale."""
    sources: Text
    """Where the lists come from, and how sure they are."""
    footer: FooterSlots = FooterSlots()


class County(Struct, frozen=True):
    """All that ``lists/`` holds, each kind by its key, in the order of the files."""

    profile: Profile
    item_lists: Mapping[str, ItemList]
    departments: Mapping[str, Department]
    fields: Mapping[str, Field]
    life_events: Mapping[str, LifeEvent]
    documents: Mapping[str, Document]
    plates: Mapping[str, Plate]
    townships: Mapping[str, Township]
    """By code."""
    items: Mapping[str, Item]
    decisions: Mapping[str, Decision]
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    """By kind of decision."""
    redirects: Mapping[str, Redirect] = field(default_factory=dict)
    """By old address."""
    unlisted: Mapping[str, Item] = field(default_factory=dict)
    """Items that stand on no list on the day: they have left, or are still to come. Their
    files and addresses remain."""
    lexicon: Lexicon = field(default_factory=Lexicon)

    @property
    def languages(self) -> tuple[str, ...]:
        """The site's languages, the main one first."""
        return self.profile.languages

    def item(self, key: str) -> Item | None:
        """The item with the id ``key``, on a list or not."""
        return self.items.get(key) or self.unlisted.get(key)

    def villages(self) -> Iterator[tuple[Township, Village]]:
        """Every village with its township."""
        for township in self.townships.values():
            for village in township.villages:
                yield township, village

    def lists_of(self, level: str) -> tuple[ItemList, ...]:
        """The lists of ``village`` or ``township`` level, in published order."""
        return tuple(each for each in self.item_lists.values() if each.level == level)
