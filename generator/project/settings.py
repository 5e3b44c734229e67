"""What ``mkdocs.yml`` says, as far as the lists' part of a site needs it.

MkDocs reads the file, with all that it may hold; what it made of it is kept, so that the
next build need not load MkDocs to hear the same.
"""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

import generator
from generator.kept import kept
from generator.packages import installed
from generator.publishing import configurations, fingerprint, project_inputs
from generator.untouched import Settled

PlainSettings = Mapping[str, Any]
"""What MkDocs makes of a file (``plugin.settings.plain_settings``), as plain data.

Paths start from the file's folder, unless an absolute one is written there. ``is_lasting``:
whether the same files say the same the next time, and without a warning.
"""

_READ_BY = ("project/settings.py", "plugin/settings.py")
_WORD = re.compile(r"""[^\s,\[\]{}"']+""")
_OTHER_TAG = re.compile(r"!(?!ENV\b)\S")
"""A YAML tag that may stand for anything, the time of day included."""


class SettingsError(Exception):
    """MkDocs cannot use ``mkdocs.yml``; the message is its own."""


class Settings(Struct, frozen=True):
    """What a project says of its site."""

    config: Path
    """``mkdocs.yml``; all paths are absolute."""
    lists: Path
    posters: Path
    """The folder of the finished sheets; it may be missing."""
    pages: Path
    """The folder of the hand-written pages."""
    theme: Path | None
    """The folder of the project's own templates and assets."""
    site_dir: Path
    site_url: str | None
    printed_url: str | None
    """What the codes on paper lead to: ``site_url`` also while `mkdocs serve` has another."""
    directory_urls: bool
    strict: bool
    """Whether MkDocs's warnings are errors."""
    today: datetime.date
    """The day the site speaks of."""
    as_of: datetime.date | None
    """Show the lists as they stood, or will stand, on this day."""
    is_alone: bool
    """Whether no other plugin and no hook may want to see every page."""
    reads_beside: bool
    """Whether hand-written pages may take in files that nobody knows of."""
    written: str
    """A hash of all that the file says, to others too."""

    @classmethod
    def of(cls, config: Path, plain: PlainSettings, today: datetime.date) -> Settings:
        """The settings in ``config``, an absolute path; ``today`` where it names no day."""
        folder = config.parent
        return cls(
            config=config,
            lists=folder / plain["lists"],
            posters=folder / plain["posters"],
            pages=_normal(folder / plain["pages"]),
            theme=folder / plain["theme"] if plain["theme"] else None,
            site_dir=_normal(folder / plain["site_dir"]),
            site_url=plain["site_url"],
            printed_url=plain["printed_url"],
            directory_urls=plain["directory_urls"],
            strict=plain["strict"],
            today=_day(plain["today"]) or today,
            as_of=_day(plain["as_of"]),
            is_alone=plain["is_alone"],
            reads_beside=plain["reads_beside"],
            written=plain["written"],
        )

    def made_from(self, settled: Settled | None = None) -> tuple[dict[str, str], str]:
        """What a site is made from beside list files: hashes by path, and one of everything.

        Where the clock is ``settled``, our own files are known by their marks.
        """
        inputs = project_inputs(self.config, self.lists, self.pages, self.theme, settled)
        options = (self.written, self.site_url, self.directory_urls, self.strict, str(self.as_of))
        return inputs, fingerprint(inputs, self.today, json.dumps(options))


def read_settings(
    config: Path, today: datetime.date, ask: Callable[[], PlainSettings], *, strict: bool
) -> Settings:
    """What is kept of a ``mkdocs.yml``; else what ``ask`` gives, which is MkDocs's.

    Nothing is kept of files that do not say the same every time.
    """
    config = _normal(config.absolute())
    made_from = _made_from(config, strict=strict)
    text = kept(made_from, lambda: _lasting(ask())) if made_from else ""
    if text:
        known = Settings.of(config, json.loads(text), today)
        if all(folder.is_dir() for folder in (known.pages, known.theme) if folder):
            return known
    return Settings.of(config, ask(), today)


def _lasting(plain: PlainSettings) -> str:
    return json.dumps(plain) if plain["is_lasting"] else ""


def _made_from(config: Path, *, strict: bool) -> str | None:
    """All that MkDocs's reading of a file depends on; None when that is not known.

    These are the file, those it inherits from, the variables they name (``!ENV``), every
    installed package, and how we ask. No path: the same files in another folder say the same.
    """
    try:
        texts = [path.read_text("utf-8") for path in configurations(config)]
    except (OSError, UnicodeDecodeError):  # MkDocs will say what is wrong
        return None
    text = "\n".join(texts)
    if _OTHER_TAG.search(text) or text.count("INHERIT") >= len(texts):
        return None
    named = {name: os.environ[name] for name in sorted({*_WORD.findall(text)} & {*os.environ})}
    code = [(Path(generator.__file__).parent / each).read_text("utf-8") for each in _READ_BY]
    return json.dumps(["settings", texts, named, strict, installed(), code])


def _normal(path: Path) -> Path:
    """A path without ``..``, by its letters alone, as MkDocs has it."""
    return Path(os.path.normpath(path))


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
