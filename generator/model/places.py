"""Places: the townships of a county, their villages, and where to go in each."""

from __future__ import annotations

from typing import ClassVar, Literal

from .record import Part, Record
from .text import PhoneNumber, PlaceCode, Slug, Text

TownshipKind = Literal["street", "town", "township"]
"""街道, 镇, 乡."""

VillageKind = Literal["village", "community"]
"""村, 社区."""


class Phone(Part):
    """A telephone that the public may ring."""

    number: PhoneNumber
    """As dialled, with area code: ``0851-12345678``, ``12345``."""
    note: Text | None = None
    """Whose it is or when it answers; needed for a mobile number (a duty phone)."""


class ServiceCentre(Part):
    """A Party-and-public service centre (党群服务中心); everything may still be unknown."""

    name: Text | None = None
    """Its name, when it differs from that of the place."""
    address: Text | None = None
    """Street address or how to find it."""
    hours: Text | None = None
    """Opening hours."""
    phones: tuple[Phone, ...] = ()
    """Office phones, the first one shown largest."""


class Place(Record):
    """A township or a village. The code is the key; names may repeat in a county."""

    code: PlaceCode
    """12-digit statistical code."""
    name: Text
    """The everyday name."""
    official: Text | None = None
    """The full official name, where it differs."""
    former_codes: tuple[PlaceCode, ...] = ()
    """Codes the place had before mergers or renumbering; never reused."""
    former_names: tuple[Text, ...] = ()
    """Names people may still use."""
    service_centre: ServiceCentre = ServiceCentre()
    """Where villagers go; what is unknown is said to be unknown."""


class Village(Place):
    """A village (村) or an urban community (社区)."""

    plural: ClassVar[str] = "villages"

    slug: Slug
    """Its part of the address, unique inside the township."""
    kind: VillageKind


class Township(Place):
    """A town, township or street office with its villages."""

    plural: ClassVar[str] = "townships"

    slug: Slug = ""
    """The file's name, and the township's part of the address."""
    kind: TownshipKind
    villages: tuple[Village, ...] = ()

    def covers(self, code: str) -> bool:
        """Whether ``code`` is this township or one of its villages."""
        return code == self.code or any(village.code == code for village in self.villages)
