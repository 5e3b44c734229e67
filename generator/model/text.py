"""Text in several languages, and the strings that serve as names of things.

Chinese is required everywhere and comes first; any other language is optional
(a missing one is shown in Chinese, marked as such, and listed by the check).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

CHINESE = "zh"

END = r"$(?!\n)"
"""The end of a string: behind a bare ``$`` Python lets a line break stand."""

_TAG = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?" + END
LanguageTag = Annotated[str, Meta(pattern=_TAG)]
"""A BCP 47 tag of language, script and region, such as ``zh``, ``en``, ``ug-Arab``."""

LONGEST_TEXT = 2_000
"""Characters of one text; what is longer belongs on a hand-written page."""

Phrase = Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
"""A non-empty piece of text."""

PhoneNumber = Annotated[str, Meta(min_length=1, max_length=40)]
"""A number as it is dialled; rules say which shapes there are."""

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*" + END
CODE_PATTERN = r"^[0-9]{12}" + END

Slug = Annotated[str, Meta(pattern=SLUG_PATTERN, max_length=80)]
"""A permanent identity that stands in addresses: lower-case words joined by hyphens."""

PagePath = Annotated[str, Meta(pattern=r"^[a-z0-9]+([/-][a-z0-9]+)*" + END, max_length=200)]
"""The address of a page below its language's root, without a slash at either end."""

PlaceCode = Annotated[str, Meta(pattern=CODE_PATTERN)]
"""A 12-digit statistical place code (国家统计局统计用区划代码); a township ends in ``000``."""


Languages = dict[LanguageTag, Phrase]
"""What stands under a key that holds a text."""


class Text:
    """One piece of text in one or more languages, ``zh`` always among them."""

    __slots__ = ("by_language",)

    by_language: dict[str, str]
    """The text by language, in the order of the file; nobody changes it."""

    def __init__(self, by_language: dict[str, str]) -> None:
        self.by_language = by_language

    def get(self, language: str) -> str:
        """The text in ``language`` itself; empty when it has not been translated."""
        return self.by_language.get(language, "")

    @property
    def zh(self) -> str:
        """The Chinese text."""
        return self.get(CHINESE)

    def to(self, wanted: str) -> str:
        """The text in ``wanted``, or in Chinese when it has not been translated."""
        return self.get(wanted) or self.zh

    def languages(self) -> Iterator[tuple[str, str]]:
        """Every (language, text) pair, in the order of the file."""
        return iter(self.by_language.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.by_language == other.by_language

    __hash__ = None  # type: ignore[assignment]  # it holds a mapping

    def __str__(self) -> str:
        return self.zh

    def __repr__(self) -> str:
        return f"Text({self.by_language!r})"
