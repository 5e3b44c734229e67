"""How Chinese is read aloud."""

from __future__ import annotations


def syllables(text: str) -> list[str]:
    """Chinese text in pinyin, a syllable each, without tones, ü as v; anything else as it is."""
    from pypinyin import lazy_pinyin  # its tables take a tenth of a second

    return lazy_pinyin(text)
