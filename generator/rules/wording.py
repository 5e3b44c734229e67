"""How texts are written: characters, punctuation, length, translation."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from generator.model import CHINESE, County, Record

from .rule import Breach, Rule, error, of_record, warning
from .walk import records, strings, texts

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
LONGEST_SENTENCE = 60
"""Characters between two stops; longer sentences are hard to follow when read aloud."""

LONGEST_SHOWN = 20
"""Characters of a text that a message repeats."""

MOST_ITEMS_A_PHRASE = 4
"""A phrase that leads to more items than this leads nowhere."""

_BLANK = re.compile("〔待填")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_OTHER_ALPHABETS = re.compile(
    r"[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]"
)
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_HALF_PUNCTUATION = re.compile(rf"(?<=[{HAN}])[,;:?!](?=[{HAN}]|$)")
_HAN_SPACE = re.compile(rf"(?<=[{HAN}]) +(?=[{HAN}])")
_DOUBLED = re.compile(r"([，。；：？！、])\1|[，；：、][。，；：、]")
_EDGES = re.compile(r"^\s|\s$|[^\S ]")
_MARKUP = re.compile(r"</?[A-Za-z][^>]*>|\{[{%]|\]\(|\*\*")
_QUOTED = re.compile("^[“‘][^“”‘’]*[”’]$")
_PUNCTUATED = re.compile(r"[，。；：？！、,.;:?!]")
_STOPS = re.compile(r"[，。；：？！、（）]")
_OFFICIALESE = re.compile(
    "予以|依法依规|贯彻落实|相关部门|按照有关规定|特此|兹有|之规定|进一步|切实做好"
)


def _pattern(
    key: str, pattern: re.Pattern[str], rule: Callable[[str], Callable[..., Rule]], sentence: str
) -> Rule:
    """A rule that no text may match ``pattern``."""

    def check(record: Record) -> Iterator[Breach]:
        for path, text in strings(record):
            found = pattern.search(text)
            if found:
                values = {"found": named(found[0]), "text": shortened(text)}
                yield record.origin.at(*path), values

    check.__doc__ = sentence
    return of_record(rule(key))(check)


def named(text: str) -> str:
    """What cannot be seen by its code, everything else as it is."""
    return "".join(
        f"U+{ord(each):04X}"
        if unicodedata.category(each) in ("Cf", "Cc", "Zs", "Zl", "Zp")
        else each
        for each in text
    )


def shortened(text: str) -> str:
    """The beginning of a text, for messages."""
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


@warning("sentence-too-long")
def sentence_too_long(county: County, today: datetime.date) -> Iterator[Breach]:
    """An answer's sentences are short enough to be read aloud."""
    for item in county.items.values():
        answer = getattr(item, "answer", None)
        longest = max((len(part) for part in _STOPS.split(answer.zh)), default=0) if answer else 0
        if longest > LONGEST_SENTENCE:
            yield item.origin.at("answer", CHINESE), {"length": longest, "limit": LONGEST_SENTENCE}


@warning("officialese")
def officialese(county: County, today: datetime.date) -> Iterator[Breach]:
    """An answer is written as a villager speaks, without official phrases."""
    for item in county.items.values():
        answer = getattr(item, "answer", None)
        found = _OFFICIALESE.search(answer.zh) if answer else None
        if found:
            yield item.origin.at("answer", CHINESE), {"found": found[0]}


@warning("said-as-punctuation")
def said_as_punctuation(county: County, today: datetime.date) -> Iterator[Breach]:
    """What villagers say is a phrase without punctuation."""
    for item in county.items.values():
        for language, phrases in item.said_as.items():
            for number, phrase in enumerate(phrases):
                if language == CHINESE and _PUNCTUATED.search(phrase):
                    yield item.origin.at("said_as", language, number), {"phrase": phrase}


@error("said-as-twice")
def said_as_twice(county: County, today: datetime.date) -> Iterator[Breach]:
    """An item lists each phrase once."""
    for item in county.items.values():
        for language, phrases in item.said_as.items():
            for number, phrase in enumerate(phrases):
                if phrase in phrases[:number]:
                    yield item.origin.at("said_as", language, number), {"phrase": phrase}


@warning("said-as-crowded")
def said_as_crowded(county: County, today: datetime.date) -> Iterator[Breach]:
    """The same phrase does not lead to many items."""
    counts = Counter(
        phrase for item in county.items.values() for phrase in item.said_as.get(CHINESE, ())
    )
    for item in county.items.values():
        for number, phrase in enumerate(item.said_as.get(CHINESE, ())):
            if counts[phrase] > MOST_ITEMS_A_PHRASE:
                values = {"phrase": phrase, "count": counts[phrase]}
                yield item.origin.at("said_as", CHINESE, number), values


@warning("translation-missing")
def translation_missing(county: County, today: datetime.date) -> Iterator[Breach]:
    """Every text is there in every language of the site; what is missing is shown in Chinese."""
    for record in records(county):
        for language in county.languages:
            paths = [path for path, text in texts(record) if language not in text.root]
            if paths:
                named = ", ".join(".".join(map(str, path)) for path in paths[:5])
                values = {"language": language, "count": len(paths), "paths": named}
                yield record.origin.at(*paths[0]), values


@error("refusal-says-village-does")
def refusal_says_village_does(county: County, today: datetime.date) -> Iterator[Breach]:
    """The answer of an item the village does not do must not begin by saying that it does."""
    for item in county.items.values():
        answer = getattr(item, "answer", None)
        role = county.item_lists[item.list].role
        if role == "does-not" and answer and re.match("村里(能|可以)?(办|开)(?!不)", answer.zh):
            yield item.origin.at("answer", CHINESE), {"text": shortened(answer.zh)}


RULES = (
    _pattern("blank-left", _BLANK, error, "What a scaffold left blank has been filled in."),
    _pattern(
        "invisible-character",
        _INVISIBLE,
        error,
        "No text holds invisible or direction-changing characters.",
    ),
    _pattern(
        "lookalike-radical",
        _RADICALS,
        error,
        "Characters are ordinary ones, not radicals or compatibility forms.",
    ),
    _pattern(
        "lookalike-alphabet",
        _OTHER_ALPHABETS,
        error,
        "A Latin word holds no Greek or Cyrillic letters.",
    ),
    _pattern(
        "full-width-letter",
        _FULL_WIDTH,
        warning,
        "Digits and Latin letters are half-width (GB/T 15834-2011).",
    ),
    _pattern(
        "half-width-punctuation",
        _HALF_PUNCTUATION,
        warning,
        "Chinese sentences have Chinese punctuation (GB/T 15834-2011).",
    ),
    _pattern(
        "space-between-han", _HAN_SPACE, warning, "No spaces stand between Chinese characters."
    ),
    _pattern("doubled-punctuation", _DOUBLED, warning, "Punctuation is not doubled."),
    _pattern(
        "odd-space",
        _EDGES,
        warning,
        "Texts have no spaces at their ends, and no tabs or line breaks inside.",
    ),
    _pattern(
        "looks-like-markup",
        _MARKUP,
        warning,
        "Texts are shown as they are; they cannot hold markup.",
    ),
    _pattern(
        "quoted-whole",
        _QUOTED,
        warning,
        "No text stands in quotes as a whole: Chinese quotes are part of it, not YAML's.",
    ),
    sentence_too_long,
    officialese,
    said_as_punctuation,
    said_as_twice,
    said_as_crowded,
    translation_missing,
    refusal_says_village_does,
)
