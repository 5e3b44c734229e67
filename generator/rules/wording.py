"""How texts are written: characters, punctuation, length, translation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from generator.model import CHINESE, Item, Record, Text

from .checking import Checking
from .rule import Breach, Rule, error, of_each, warning
from .walk import readable

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
LONGEST_SENTENCE = 60
"""Characters between two stops; longer sentences are hard to follow when read aloud."""

LONGEST_NAME = {CHINESE: 40}
"""Characters of a name that still fit two lines of a poster beside eighty others."""

LONGEST_OTHER_NAME = 160
"""The same in languages with an alphabet."""

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
_SAYS_DOES = re.compile("村里(能|可以)?(办|开)(?!不)")
_OFFICIALESE = re.compile(
    "予以|依法依规|贯彻落实|相关部门|按照有关规定|特此|兹有|之规定|进一步|切实做好"
)


def _pattern(
    key: str, pattern: re.Pattern[str], rule: Callable[[str], Callable[..., Rule]], sentence: str
) -> Rule:
    """A rule that no text may match ``pattern``."""

    def check(record: Record, about: Checking) -> Iterator[Breach]:
        for path, text in about.strings(record):
            found = pattern.search(text)
            if found:
                values = {"found": named(found[0]), "text": shortened(text)}
                yield record.origin.at(*path), values

    check.__doc__ = sentence
    return of_each(Record, rule(key))(check)


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


@of_each(Item, warning("sentence-too-long"))
def sentence_too_long(item: Item, about: Checking) -> Iterator[Breach]:
    """An answer's sentences are short enough to be read aloud."""
    answer = _answer(item)
    longest = max(map(len, _STOPS.split(answer)))
    if longest > LONGEST_SENTENCE:
        yield item.origin.at("answer", CHINESE), {"length": longest, "limit": LONGEST_SENTENCE}


@of_each(Record, warning("name-too-long"))
def name_too_long(record: Record, about: Checking) -> Iterator[Breach]:
    """A name is short enough for a poster, a card and a button."""
    for path, text in about.strings(record):
        limit = LONGEST_NAME.get(str(path[-1]), LONGEST_OTHER_NAME)
        if path[-2:-1] == ("name",) and len(text) > limit:
            yield record.origin.at(*path), {"length": len(text), "limit": limit}


@of_each(Item, warning("officialese"))
def officialese(item: Item, about: Checking) -> Iterator[Breach]:
    """An answer is written as a villager speaks, without official phrases."""
    found = _OFFICIALESE.search(_answer(item))
    if found:
        yield item.origin.at("answer", CHINESE), {"found": found[0]}


def _answer(item: Item) -> str:
    """An item's answer in Chinese, or nothing."""
    answer: Text | None = getattr(item, "answer", None)
    return answer.zh if answer else ""


@of_each(Item, warning("said-as-punctuation"))
def said_as_punctuation(item: Item, about: Checking) -> Iterator[Breach]:
    """What villagers say is a phrase without punctuation."""
    for number, phrase in enumerate(item.said_as.get(CHINESE, ())):
        if _PUNCTUATED.search(phrase):
            yield item.origin.at("said_as", CHINESE, number), {"phrase": phrase}


@of_each(Item, error("said-as-twice"))
def said_as_twice(item: Item, about: Checking) -> Iterator[Breach]:
    """An item lists each phrase once."""
    for language, phrases in item.said_as.items():
        for number, phrase in enumerate(phrases):
            if phrase in phrases[:number]:
                yield item.origin.at("said_as", language, number), {"phrase": phrase}


@warning("said-as-crowded", "items.said_as")
def said_as_crowded(about: Checking) -> Iterator[Breach]:
    """The same phrase does not lead to many items."""
    items = about.county.items.values()
    counts = Counter(phrase for item in items for phrase in item.said_as.get(CHINESE, ()))
    for item in items:
        for number, phrase in enumerate(item.said_as.get(CHINESE, ())):
            if counts[phrase] > MOST_ITEMS_A_PHRASE:
                values = {"phrase": phrase, "count": counts[phrase]}
                yield item.origin.at("said_as", CHINESE, number), values


@of_each(Record, warning("translation-missing", "profile.languages"))
def translation_missing(record: Record, about: Checking) -> Iterator[Breach]:
    """Every text is there in every language of the site; what is missing is shown in Chinese."""
    texts = [(path, said.by_language) for path, said in readable(record) if isinstance(said, Text)]
    for language in about.county.languages:
        paths = [path for path, text in texts if language not in text]
        if paths:
            named = ", ".join(".".join(map(str, path)) for path in paths[:5])
            values = {"language": language, "count": len(paths), "paths": named}
            yield record.origin.at(*paths[0]), values


@of_each(Item, error("refusal-says-village-does", "item_lists.role"))
def refusal_says_village_does(item: Item, about: Checking) -> Iterator[Breach]:
    """The answer of an item the village does not do must not begin by saying that it does."""
    answer = _answer(item)
    if _SAYS_DOES.match(answer) and about.county.item_lists[item.list].role == "does-not":
        yield item.origin.at("answer", CHINESE), {"text": shortened(answer)}


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
    name_too_long,
    officialese,
    said_as_punctuation,
    said_as_twice,
    said_as_crowded,
    translation_missing,
    refusal_says_village_does,
)
