"""The words the generator itself says, in every language of a site.

Two catalogs ship: ``generator/lang/zh.yml`` and ``en.yml``. A county adds a
language, or rewords one, in ``lists/languages/<tag>.yml`` with the same keys.
What a catalog lacks is said in Chinese.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from .model import CHINESE

SHIPPED = (CHINESE, "en")
"""Languages whose catalogs come with the generator."""

_HTML_TAGS = {"zh": "zh-CN"}


class LanguageError(ValueError):
    """A county's language file cannot be used; ``file`` and ``line`` say where."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line


@dataclass(frozen=True, eq=False)
class Language:
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


def html_tag(tag: str) -> str:
    """The ``lang`` attribute for a language of ``lists/``: plain ``zh`` is simplified."""
    return _HTML_TAGS.get(tag, tag)


@cache
def shipped_strings(tag: str, catalog: str = "") -> Mapping[str, str]:
    """A shipped catalog, flat: ``zh.yml``, or ``rules.zh.yml`` for ``catalog="rules"``."""
    name = f"{catalog}.{tag}.yml" if catalog else f"{tag}.yml"
    text = resources.files("generator").joinpath("lang", name).read_text("utf-8")
    return dict(_flatten(yaml.load(text, Loader=yaml.CSafeLoader)))


def load_language(tag: str, folder: Path | None = None) -> Language:
    """The language ``tag``, with the county's own words from ``folder`` laid over ours.

    Raises:
        LanguageError: when the county's file is not a mapping of texts.
    """
    shipped = shipped_strings(tag) if tag in SHIPPED else {}
    own = _county_strings(folder / f"{tag}.yml") if folder else {}
    return Language(tag, {**shipped, **own}, shipped_strings(CHINESE))


def _county_strings(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise LanguageError(path.name, mark.line + 1 if mark else 1, "not YAML") from None
    if not isinstance(data, dict):
        raise LanguageError(path.name, 1, "not a mapping of keys to texts")
    return dict(_flatten(data))


def _flatten(data: Mapping[object, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
