"""Which finished sheets fit today's lists, and may therefore stand on the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from generator.edition import Edition, SiteFile
from generator.paper import Print, Prints

from .store import FOLDER, Store

MOST_PICTURES = 2
"""Pages of a sheet whose pictures stand on the site."""


def catalogue(edition: Edition, folder: Path, own: Path | None = None) -> Prints:
    """The sheets in ``folder`` that would come out the same today; the rest are outdated.

    Nothing is set or drawn, and nothing that is missing is an error.
    """
    store = Store.open(folder)
    if not store.made:
        return Prints()
    return _compared(edition, store, own)


def _compared(edition: Edition, store: Store, own: Path | None) -> Prints:
    """What was made, against what would be made; loads what makes sheets."""
    from .content import Writer
    from .fonts import FontError
    from .order import published
    from .press import sheet_key, typesetter

    try:
        setter = typesetter(own)
    except FontError:
        return Prints(outdated=len(store.made))
    writer = Writer(edition)
    there = [order for order in published(edition) if order.path in store.made]
    keys = {order: sheet_key(setter, order, writer.content(order)) for order in there}
    fresh = [order for order, key in keys.items() if store.has(order, key)]
    prints = tuple(_as_published(store.print_of(order)) for order in fresh)
    return Prints(store.folder, prints, len(there) - len(fresh))


def used_fonts(edition: Edition, own: Path | None = None) -> dict[str, str]:
    """The SHA-256 of every font file that the edition's sheets are set in, by its name."""
    if not edition.prints.sheets:
        return {}
    from .fonts import font_hashes
    from .press import FONTS

    return font_hashes(own / FONTS if own else None)


def _as_published(sheet: Print) -> Print:
    """Without pictures of many pages: what they say stands on the page itself."""
    return sheet if len(sheet.pictures) <= MOST_PICTURES else replace(sheet, pictures=())


def files(edition: Edition) -> Iterator[SiteFile]:
    """The files of the sheets that pages link to."""
    prints = edition.prints
    paths = [path for sheet in prints.sheets for path in _paths(sheet)]
    for path in (*paths, *sorted(_previews(edition))):
        assert prints.folder
        source = prints.folder / path.removeprefix(f"{FOLDER}/")
        yield SiteFile(path, source.read_bytes, source)


def _previews(edition: Edition) -> set[str]:
    """The small pictures that pages show, in any of their languages."""
    return {
        sheet.preview.path
        for language in edition.languages
        for sheet in edition.prints.examples(language.tag).values()
    }


def _paths(sheet: Print) -> Iterator[str]:
    yield sheet.pdf
    for picture in sheet.pictures:
        yield picture.path
