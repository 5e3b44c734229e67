"""How Chinese is read aloud."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

_JOINT = "\x1f"
"""Between syllables as they are remembered; no text of the lists holds it."""


def syllables(text: str) -> list[str]:
    """Chinese text in pinyin, a syllable each, without tones, ü as v; anything else as it is."""
    from pypinyin import lazy_pinyin  # its tables take a tenth of a second

    return lazy_pinyin(text)


class Readings:
    """``syllables`` of many texts, each looked up once.

    How a text is read depends on nothing but the tables, so it may be remembered from
    one build to the next.
    """

    def __init__(self, remembered: Callable[[], Mapping[str, str]] = dict) -> None:
        self._remembered = remembered
        self.new: dict[str, str] = {}
        """What had to be looked up, to be remembered."""

    def of(self, text: str) -> list[str]:
        """The syllables of a text."""
        found = self._known.get(text) or self.new.get(text)
        if found is None:
            found = self.new[text] = _JOINT.join(syllables(text))
        return found.split(_JOINT)

    @cached_property
    def _known(self) -> Mapping[str, str]:
        return self._remembered()
