"""``build.json``: what a site was made from, and what it is, by hash.

Anyone can check a published site against it, and the next build compares itself
with it: no address may vanish, and no list may lose an item, without a record.
The same inputs give the same bytes; no time, path or user name stands in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, ValidationError, convert, structs

NAME = "build.json"
FORMAT = 1


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """The record of one build. Hashes are SHA-256 in hexadecimal."""

    edition: str
    today: str
    """The day the site speaks of."""
    tools: Mapping[str, str]
    """Name and version of everything that had a part in the build."""
    inputs: Mapping[str, str]
    """Path below the project's folder to hash."""
    items: Mapping[str, Sequence[str]]
    """The items on each list."""
    files: Mapping[str, str]
    """Path below the site's root to hash; everything but ``build.json`` itself."""
    fonts: Mapping[str, str] = {}
    """Name of a font file to hash; nothing on a site without sheets."""

    def to_bytes(self) -> bytes:
        """The file's content."""
        data = {"format": FORMAT, **structs.asdict(self)}
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), indent=0)
        return f"{text}\n".encode()


class ManifestError(ValueError):
    """A file is not the record of a build."""


def read_manifest(path: Path) -> Manifest | None:
    """The manifest at ``path``; None when there is none.

    Raises:
        ManifestError: when the file holds something else.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        data: dict[str, Any] = json.loads(content)
        if data.pop("format") != FORMAT:
            raise ManifestError(str(path))
        # That of a published site may come over the network: nothing in it is believed.
        return convert(data, Manifest)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ManifestError(str(path)) from None
