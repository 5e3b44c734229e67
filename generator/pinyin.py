"""How Chinese is read aloud, as pypinyin says.

Its own way takes a tenth of a build from nothing: it loads all it knows, and works out the
letters of each syllable from the one with its tone mark. So what it knows is put into a
table once, and kept. Texts are cut as it cuts them (``pypinyin.seg.mmseg``): the longest
phrase that begins here, else one character.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from .kept import kept, module_and

_END = "$"
"""Stands behind a run of Chinese; a phrase of the table with it is one only there."""

_Phrases = dict[str, str]
"""The syllables of each phrase, with spaces; none if they are those of its characters."""


def syllables(text: str) -> list[str]:
    """Chinese text in pinyin, a syllable each, without tones, ü as v; anything else as it is."""
    table = _table()
    found: list[str] = []
    for place, run in enumerate(table.chinese.split(text)):
        if place % 2:  # what the pattern found stands between what it did not
            found += table.read(run)
        elif run:
            found.append(run)
    return found


class _Table(Struct, frozen=True):
    """What pypinyin knows."""

    chinese: re.Pattern[str]
    """A run of Chinese; some of its characters have no reading."""
    characters: Mapping[str, str]
    """The syllable of each character by itself."""
    phrases: _Phrases
    longest: int
    """Characters of the longest phrase."""

    def read(self, run: str) -> list[str]:
        """The syllables of a run of Chinese."""
        found = self.apart(run)
        closed = run + _END
        at = 0
        while at < len(run):
            phrase = self.phrase_at(closed, at)
            if unusual := self.phrases.get(phrase):
                together = unusual.split(" ")
                found[at : at + len(together)] = together
            at += len(phrase) or 1
        return found

    def phrase_at(self, text: str, at: int) -> str:
        """The longest phrase that stands in a text from ``at`` on; ``""`` if none does."""
        for end in range(min(at + self.longest, len(text)), at + 1, -1):
            if text[at:end] in self.phrases:
                return text[at:end]
        return ""

    def apart(self, phrase: str) -> list[str]:
        """The syllables of characters, each by itself."""
        return [self.characters.get(each, each) for each in phrase]


@cache
def _table() -> _Table:
    data = json.loads(kept(f"pinyin {module_and(__file__, 'pypinyin')}", _packed))
    characters = {each: syllable for syllable, every in data["characters"] for each in every}
    phrases: _Phrases = dict.fromkeys(data["usual"].split(" "), "") | data["unusual"]
    return _Table(re.compile(data["chinese"]), characters, phrases, max(map(len, phrases)))


def _packed() -> str:
    """The table as JSON: characters by syllable, and phrases, most of which are read as usual."""
    table = _of_pypinyin()
    alike: dict[str, str] = defaultdict(str)
    for each, syllable in table.characters.items():
        alike[syllable] += each
    usual = [key for key, found in table.phrases.items() if not found]
    unusual = {key: found for key, found in table.phrases.items() if found}
    data = {
        "chinese": table.chinese.pattern,
        "characters": [*alike.items()],
        "usual": " ".join(usual),
        "unusual": unusual | _unfinished(table),
    }
    return json.dumps(data, ensure_ascii=False)


def _of_pypinyin() -> _Table:
    from pypinyin.constants import RE_HANS
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    plain = cache(to_normal)
    chinese = re.compile(f"({RE_HANS.pattern.strip('^$')})")
    characters = {chr(code): plain(each.partition(",")[0]) for code, each in pinyin_dict.items()}
    table = _Table(chinese, characters, {}, max(map(len, phrases_dict)))
    for phrase, readings in phrases_dict.items():
        found = [plain(each[0]) for each in readings]
        table.phrases[phrase] = "" if found == table.apart(phrase) else " ".join(found)
    return table


def _unfinished(table: _Table) -> _Phrases:
    """What is read character by character at the end of a run, though it holds a phrase.

    Of what may be the beginning of a longer phrase, and begins with none, pypinyin looks for
    none further on when the run ends there.
    """
    beginnings = {key[:end] for key in table.phrases for end in range(2, len(key))}
    runs = [each for each in beginnings if not table.phrase_at(each, 0)]
    apart = {each: table.apart(each) for each in sorted(runs)}
    return {key + _END: " ".join(found) for key, found in apart.items() if found != table.read(key)}
