"""What a phone keeps: the service worker, and the pages of all items in one file.

Made last, from the very pages that the site serves, so that what is kept is what was
published. The worker's version is a hash of everything kept: a site in which none of
that changed has the same worker, byte for byte, and phones fetch nothing.

A language of the demonstration county is kept in about 150 kB compressed: opening any
item then needs no network. Fetched one by one its 151 item pages are 400 kB.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .edition import Edition, SiteFile
from .language import Language
from .links import Links

WORKER = "sw.js"
"""At the root of the site: a worker rules only what lies below it."""

MANIFEST = "manifest.webmanifest"

_CORE = ("", "search", "places")
"""Pages that are kept whatever the villager opened; home comes first."""

_MOST_ITEMS = 400
"""Items kept in one language; a county with more keeps the villages' own."""

_WORDS = ("saved", "unkept", "kept", "updated", "renewed", "reload")
_ASSET = re.compile(r'(?:src|href|data-[a-z-]+)="(?:\./)?((?:\.\./)*)(assets/[^"]+)"')


Hashing = Callable[[str], str]
"""Gives the SHA-256 of a file of the site, by its path."""


def files(folder: Path, hash_of: Hashing, worker: str, edition: Edition) -> Iterator[SiteFile]:
    """The worker, its bundles and the manifest of a finished site.

    ``folder`` holds the site; ``worker`` is the script of the theme, to which the
    edition's own facts are added.
    """
    bundles = {each.tag: _bundle(folder, hash_of, edition, each) for each in edition.languages}
    yield from bundles.values()
    languages = {
        each.html_tag: _kept(folder, edition, each, bundles[each.tag].path)
        for each in edition.languages
    }
    digest = hashlib.sha256(worker.encode())
    for path in sorted({url for each in languages.values() for url in each["urls"]}):
        digest.update(hash_of(_path(path)).encode())
    digest.update(json.dumps(languages, sort_keys=True).encode())
    site = {"version": digest.hexdigest()[:8], "languages": languages}
    yield _text_file(WORKER, f"var SITE = {_json(site)};\n{worker}")
    yield _text_file(MANIFEST, _json(_manifest(edition)))


def _kept(folder: Path, edition: Edition, language: Language, bundle: str) -> dict[str, Any]:
    """What is kept in one language, as the worker reads it."""
    core = [_address(edition, language, path) for path in _CORE]
    return {
        "urls": [*core, *_assets(folder, core)],
        "bundle": bundle,
        "words": {name: language.say(f"offline.{name}") for name in _WORDS},
    }


def _assets(folder: Path, pages: list[str]) -> list[str]:
    """The scripts, styles and search data that the pages load or name."""
    texts = (_content(folder, page).decode() for page in pages)
    return sorted({found[2] for text in texts for found in _ASSET.finditer(text)})


def _bundle(folder: Path, hash_of: Hashing, edition: Edition, language: Language) -> SiteFile:
    """The pages of the kept items as one file, named after what they are."""
    pages = [_address(edition, language, f"items/{key}") for key in _items(edition)]
    hashes = _json({page: hash_of(_path(page)) for page in pages})
    digest = hashlib.sha256(hashes.encode()).hexdigest()[:8]

    def make() -> bytes:
        return _json({page: _content(folder, page).decode() for page in pages}).encode()

    return SiteFile(f"assets/items.{language.tag}.{digest}.json", make, is_named=True)


def _items(edition: Edition) -> Iterator[str]:
    """Items that hold everywhere; only the villages' where all would be too many."""
    everywhere = [each for each in edition.county.items.values() if not each.places]
    if len(everywhere) > _MOST_ITEMS:
        everywhere = [each for each in everywhere if each.level == "village"][:_MOST_ITEMS]
    return (each.id for each in everywhere)


def _manifest(edition: Edition) -> dict[str, Any]:
    """The web app manifest (W3C): what the phone shows when the site is put on its screen."""
    profile = edition.county.profile
    icons = [
        {"src": f"assets/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    return {
        "name": profile.site_name.zh,
        "short_name": profile.site_name.zh,
        "lang": edition.languages[0].html_tag,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fbfaf6",
        "theme_color": "#0a5a53",
        "icons": [each | {"purpose": "any maskable"} for each in icons],
    }


def _address(edition: Edition, language: Language, path: str) -> str:
    """A page's address below the site's root; the root itself is empty."""
    links = Links(0, "", edition.directory_urls)
    return links.other_language(edition.prefix(language.tag), path).removeprefix("./")


def _content(folder: Path, address: str) -> bytes:
    """What a server answers an address with."""
    with open(f"{folder}/{_path(address)}", "rb", buffering=0) as stream:  # noqa: PTH123  by the hundred
        return stream.read()


def _path(address: str) -> str:
    """The file that a server answers an address with, below the site's root."""
    path = address.partition("?")[0]
    return f"{path}index.html" if not path or path.endswith("/") else path


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _text_file(path: str, text: str) -> SiteFile:
    return SiteFile(path, text.encode)
