"""The words the generator itself says, in every language of a site.

Two catalogs ship: ``generator/lang/zh.yml`` and ``en.yml``. A county adds a
language, or rewords one, in ``lists/languages/<tag>.yml`` with the same keys.
What a catalog lacks is said in Chinese.
"""

from __future__ import annotations

import difflib
import json
import string
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from .kept import kept
from .model import CHINESE, Date, Finding
from .reading import MAX_BYTES, YamlFile, parse

SHIPPED = (CHINESE, "en")
"""Languages whose catalogs come with the generator."""

_MONTHS_IN_HALF_YEAR = 6
_HTML_TAGS = {"zh": "zh-CN"}


class LanguageError(ValueError):
    """A county's language file cannot be used; ``findings`` say where and why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"{len(self.findings)} findings")


class Language(Struct, frozen=True, eq=False):
    """One language of a site: its name, direction and catalog."""

    tag: str
    """BCP 47, as ``county.yml`` names it."""
    strings: Mapping[str, str]
    """Dotted key to text with ``{placeholders}``."""
    fallback: Mapping[str, str]
    """The Chinese catalog."""

    @property
    def name(self) -> str:
        """The language's own name."""
        return self.strings.get("language.name", self.tag)

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self.strings.get("language.direction", "ltr")

    @property
    def html_tag(self) -> str:
        """The tag for ``lang`` attributes."""
        return html_tag(self.tag)

    def has(self, key: str) -> bool:
        """Whether the language says ``key`` itself."""
        return key in self.strings

    def say(self, key: str, **values: object) -> str:
        """The text of ``key`` with its placeholders filled.

        A language that counts one thing in another form has ``key-one`` as well.

        Raises:
            KeyError: when no catalog has ``key`` or a placeholder has no value.
        """
        if values.get("count") == 1 and f"{key}-one" in self.strings:
            key = f"{key}-one"
        text = self.strings.get(key) or self.fallback[key]
        return text.format_map(values) if values else text

    def date(self, value: Date) -> str:
        """A date as coarse as it is known, in words."""
        last = value.latest
        name = self.say(f"date.month-{last.month}")
        parts = {"year": last.year, "month": last.month, "name": name, "day": last.day}
        text = self.say(f"date.{_precision(value)}", **parts)
        if value.is_open:
            return self.say("date.before", date=text)
        return self.say("date.about", date=text) if value.is_uncertain else text

    def edition(self, name: str) -> str:
        """An edition's name: in words where it is a date, else as the county writes it."""
        try:
            return self.date(Date.parse(name))
        except ValueError:
            return name


def _precision(value: Date) -> str:
    """How a date is said; the two half-years have words of their own."""
    if value.precision != "half":
        return value.precision
    return "first-half" if value.latest.month <= _MONTHS_IN_HALF_YEAR else "second-half"


def html_tag(tag: str) -> str:
    """The ``lang`` attribute for a language of ``lists/``: plain ``zh`` is simplified."""
    return _HTML_TAGS.get(tag, tag)


@cache
def shipped_strings(tag: str, catalog: str = "") -> Mapping[str, str]:
    """A shipped catalog, flat: ``zh.yml``, or ``rules.zh.yml`` for ``catalog="rules"``."""
    name = f"{catalog}.{tag}.yml" if catalog else f"{tag}.yml"
    text = resources.files("generator").joinpath("lang", name).read_text("utf-8")
    found: dict[str, str] = json.loads(kept(f"catalog {text}", lambda: _as_json(text)))
    return found


def _as_json(catalog: str) -> str:
    return json.dumps(dict(_flatten(yaml.load(catalog, Loader=yaml.CSafeLoader))))


def load_language(tag: str, folder: Path | None = None) -> Language:
    """The language ``tag``, with the county's own words from ``folder`` laid over ours.

    Raises:
        LanguageError: when the county's file is not a mapping of our keys to texts, or a
            text has a placeholder that ours has not.
    """
    shipped = shipped_strings(tag) if tag in SHIPPED else {}
    own = _county_strings(folder / f"{tag}.yml") if folder else {}
    return Language(tag, {**shipped, **own}, shipped_strings(CHINESE))


def _county_strings(path: Path) -> dict[str, str]:
    name = f"{path.parent.name}/{path.name}"
    try:
        if path.is_symlink() or not path.is_file():
            return {}
        with path.open("rb") as stream:
            file = parse(name, stream.read(MAX_BYTES + 1))
    except OSError as error:
        file = YamlFile(name)
        file.report("file-unreadable", (1, 1), reason=error.strerror or "")
    words: dict[str, str] = {}
    if file.data is not None and not isinstance(file.data, dict):
        file.report("language-file", (1, 1))
        raise LanguageError(file.findings)
    for keys, value in _leaves(file.data or {}, ()):
        _judge(file, keys, value)
        words[".".join(keys)] = str(value)
    if file.findings:
        raise LanguageError(file.findings)
    return words


def _leaves(data: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*keys, key))
    else:
        yield keys, data


def _judge(file: YamlFile, keys: tuple[str, ...], value: Any) -> None:
    """Report a key that nothing says, or a text that could not be filled in."""
    known, key = shipped_strings(CHINESE), ".".join(keys)
    several = key.removesuffix("-one")
    if several not in known:
        nearest = difflib.get_close_matches(key, known, n=1)
        shown = nearest[0] if nearest else "zh.yml"
        file.report("language-key", file.locate(keys), key=key, nearest=shown)
    elif not isinstance(value, str):
        file.report("language-file", file.locate(keys))
    else:
        # Anything else would be asked of our own objects when the text is filled in.
        texts = [shipped_strings(tag).get(several, "") for tag in SHIPPED]
        allowed = {name for text in texts for name in _placeholders(text) or ()}
        found = _placeholders(value)
        if found is None or not found <= allowed:
            shown = "、".join(f"{{{name}}}" for name in sorted(allowed)) or "—"
            file.report("language-placeholder", file.locate(keys), key=key, allowed=shown)


def _placeholders(text: str) -> set[str] | None:
    """What is filled in, with how it is written, or None when braces are not in order."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    return {
        name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
        for _, name, spec, conversion in parts
        if name is not None
    }


def _flatten(data: Mapping[object, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
