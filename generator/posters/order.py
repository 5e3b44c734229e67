"""An order: one sheet of one subject, in one form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from generator.edition import Edition
from generator.views import PlaceView

from .kinds import KINDS, Kind

BLEED_MM = 3
SLUG_MM = 10
"""Room for crop marks around the trimmed sheet."""


class Printing(Struct, frozen=True):
    """What a print shop asks for, and what a county leaves out."""

    bleed: bool = False
    marks: bool = False
    cmyk: bool = False
    edition: str | None = None
    """Printed in place of the county's edition."""
    lists: tuple[str, ...] = ()
    """Only these lists; empty means all."""

    @property
    def suffix(self) -> str:
        """What distinguishes the file's name."""
        bleed = "marks" if self.marks else "bleed" if self.bleed else ""
        parts = (bleed, "cmyk" if self.cmyk else "", "+".join(self.lists))
        return "".join(f"-{part}" for part in parts if part)


class Order(Struct, frozen=True):
    """One sheet to be made."""

    kind: Kind
    subject: str
    """The path of the page it belongs to; ``""`` for the county."""
    tags: tuple[str, ...]
    """Its languages, the larger one first."""
    paper: str
    turned: bool = False
    printing: Printing = field(default_factory=Printing)

    @property
    def path(self) -> str:
        """Its file below the folder of the sheets, without the ending."""
        form = f"{self.paper}{'-landscape' if self.turned else ''}"
        name = f"{self.kind.id}-{form}-{'-'.join(self.tags)}{self.printing.suffix}"
        return f"{self.subject or 'county'}/{name}"


class Wanted(Struct, frozen=True):
    """Which sheets are wanted; what is not named is taken as usual."""

    kinds: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    """Paths of places and items; empty means all."""
    variants: tuple[tuple[str, ...], ...] = ()
    papers: tuple[str, ...] = ()
    turned: bool | None = None
    """Landscape only, upright only, or (None) both where both exist."""
    printing: Printing = field(default_factory=Printing)


def variants(edition: Edition) -> tuple[tuple[str, ...], ...]:
    """The first language alone, and with each of the others."""
    first, *others = (each.tag for each in edition.languages)
    return ((first,), *((first, other) for other in others))


def views(edition: Edition) -> Iterator[PlaceView]:
    """Every place with its lists, townships before their villages."""
    for township in edition.county.townships.values():
        yield edition.scopes.township(township)
        for village in township.villages:
            yield edition.scopes.village(township, village)


def subjects(edition: Edition, kind: Kind, lists: Sequence[str] = ()) -> Iterator[str]:
    """The paths of everything there is a sheet of this kind for.

    A place has none where none of its ``lists`` (empty means all) would stand on it: a county
    may begin without any for its townships.
    """
    if kind.subject == "county":
        if kind.id != "plates" or edition.county.plates:
            yield ""
    elif kind.subject == "item":
        for item in edition.county.items.values():
            if edition.list_of(item).role == "does-not":
                yield f"items/{item.id}"
    else:
        for view in views(edition):
            has_lists = any(not lists or each.item_list.id in lists for each in view.groups)
            if has_lists and (kind.subject == "place" or view.village):
                yield view.path


def orders(edition: Edition, wanted: Wanted) -> Iterator[Order]:
    """Every sheet that is wanted, sheets that share their sizes next to each other."""
    for kind in KINDS.values():
        if wanted.kinds and kind.id not in wanted.kinds:
            continue
        found = [
            each
            for each in subjects(edition, kind, wanted.printing.lists)
            if not wanted.subjects or _named(each, wanted)
        ]
        for tags in wanted.variants or variants(edition):
            for paper in _papers(kind, wanted):
                for turned in _turns(kind, wanted):
                    for subject in found:
                        yield Order(kind, subject, tags, paper, turned, wanted.printing)


def published(edition: Edition) -> Iterator[Order]:
    """The sheets that stand on the site."""
    kinds = tuple(each.id for each in KINDS.values() if each.published)
    yield from orders(edition, Wanted(kinds=kinds, turned=False))
    yield from orders(edition, Wanted(kinds=("plates", "county"), turned=False))


def _named(subject: str, wanted: Wanted) -> bool:
    """A township stands for its villages too."""
    return any(subject == each or subject.startswith(f"{each}/") for each in wanted.subjects)


def _papers(kind: Kind, wanted: Wanted) -> Sequence[str]:
    """The papers named, as far as the kind knows them; else its first one."""
    if not wanted.papers:
        return tuple(kind.papers)[:1]
    return [paper for paper in wanted.papers if paper in kind.papers]


def _turns(kind: Kind, wanted: Wanted) -> Sequence[bool]:
    if not kind.can_turn:
        return () if wanted.turned else (False,)
    return (False, True) if wanted.turned is None else (wanted.turned,)
