"""The folder of finished sheets, and a record of what each was made from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from generator.paper import Picture, Print

from .order import Order

RECORD = "made.json"
FOLDER = "posters"
"""The folder of the sheets below the site's root."""


class Made(Struct, frozen=True):
    """A finished sheet: its key, and the sizes of its files."""

    key: str
    size: int
    """Bytes of the PDF."""
    pages: tuple[tuple[int, int, int], ...]
    """Width, height and bytes of each page's picture."""
    preview: tuple[int, int, int]


class Store(Struct):
    """Sheets below ``folder``, by their path without ending."""

    folder: Path
    made: dict[str, Made] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The sheets of an earlier run; a record that cannot be read counts as none."""
        try:
            record = json.loads((folder / RECORD).read_text("utf-8"))
            return cls(folder, {path: _made(entry) for path, entry in record.items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(folder)

    def close(self) -> None:
        """Write the record; a run that is stopped before leaves the last one."""
        record = {path: asdict(self.made[path]) for path in sorted(self.made)}
        write(self.folder / RECORD, json.dumps(record, indent=0).encode())

    def has(self, order: Order, key: str) -> bool:
        """Whether the ordered sheet is there, made from exactly this."""
        made = self.made.get(order.path)
        return made is not None and made.key == key and self._is_whole(order, made)

    def print_of(self, order: Order) -> Print:
        """The ordered sheet as pages see it."""
        made = self.made[order.path]
        base = f"{FOLDER}/{order.path}"
        names = page_names(order.path, len(made.pages))
        return Print(
            kind=order.kind.id,
            paper=order.paper,
            turned=order.turned,
            tags=order.tags,
            subject=order.subject,
            pdf=f"{base}.pdf",
            size=made.size,
            pictures=tuple(
                Picture(f"{FOLDER}/{name}", *page)
                for name, page in zip(names, made.pages, strict=True)
            ),
            preview=Picture(f"{base}.preview.png", *made.preview),
        )

    def _is_whole(self, order: Order, made: Made) -> bool:
        sizes = dict(zip(page_names(order.path, len(made.pages)), made.pages, strict=True))
        wanted = {f"{order.path}.pdf": made.size, f"{order.path}.preview.png": made.preview[2]}
        wanted |= {name: page[2] for name, page in sizes.items()}
        return all(_size(self.folder / name) == size for name, size in wanted.items())


def page_names(path: str, pages: int) -> Sequence[str]:
    """The pictures of a sheet's pages."""
    if pages == 1:
        return (f"{path}.png",)
    return [f"{path}-{number}.png" for number in range(1, pages + 1)]


def write(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_bytes(content)
    half.replace(path)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _made(entry: Mapping[str, Any]) -> Made:
    return Made(
        entry["key"],
        entry["size"],
        tuple((page[0], page[1], page[2]) for page in entry["pages"]),
        (entry["preview"][0], entry["preview"][1], entry["preview"][2]),
    )
