"""The words that scripts say, one file for each language, loaded with the search box."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from generator.edition import Edition, SiteFile
from generator.language import Language

SECTION = "script."
"""Keys of the catalogs that scripts use; their placeholders are filled on the phone."""


def words_path(lang: str) -> str:
    """Where the words of a language lie below the site's root, before it is fingerprinted."""
    return f"assets/words.{lang}.js"


def files(edition: Edition) -> Iterator[SiteFile]:
    """One script for each language: a script also loads from ``file://``."""
    for language in edition.languages:
        yield SiteFile(words_path(language.tag), partial(_script, language))


def _script(language: Language) -> bytes:
    words = {
        key.removeprefix(SECTION): language.say(key)
        for key in language.fallback
        if key.startswith(SECTION)
    }
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return f"self.QingdanWords={text};\n".encode()
