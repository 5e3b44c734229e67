"""Text in several languages, and the strings that serve as names of things.

Chinese is required everywhere and comes first; any other language is optional
(a missing one is shown in Chinese, marked as such, and listed by the check).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import ConfigDict, RootModel, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

CHINESE = "zh"

LanguageTag = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")
]
"""A BCP 47 tag of language, script and region, such as ``zh``, ``en``, ``ug-Arab``."""

LONGEST_TEXT = 2_000
"""Characters of one text; what is longer belongs on a hand-written page."""

Phrase = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]
"""A non-empty piece of text."""

PhoneNumber = Annotated[str, StringConstraints(min_length=1, max_length=40)]
"""A number as it is dialled; rules say which shapes there are."""

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE_PATTERN = r"^[0-9]{12}$"

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=80)]
"""A permanent identity that stands in addresses: lower-case words joined by hyphens."""

PagePath = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([/-][a-z0-9]+)*$", max_length=200)]
"""The address of a page below its language's root, without a slash at either end."""

PlaceCode = Annotated[str, StringConstraints(pattern=CODE_PATTERN)]
"""A 12-digit statistical place code (国家统计局统计用区划代码); a township ends in ``000``."""


class Text(RootModel[dict[LanguageTag, Phrase]]):
    """One piece of text in one or more languages, ``zh`` always among them."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _has_chinese(self) -> Self:
        if CHINESE not in self.root:
            raise PydanticCustomError("chinese_missing", "'zh' is required")
        return self

    def get(self, language: str) -> str:
        """The text in ``language`` itself; empty when it has not been translated."""
        return self.root.get(language, "")

    @property
    def zh(self) -> str:
        """The Chinese text."""
        return self.get(CHINESE)

    def to(self, wanted: str) -> str:
        """The text in ``wanted``, or in Chinese when it has not been translated."""
        return self.get(wanted) or self.zh

    def languages(self) -> Iterator[tuple[str, str]]:
        """Every (language, text) pair, in the order of the file."""
        return iter(self.root.items())

    def __str__(self) -> str:
        return self.zh
