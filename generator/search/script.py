"""Characters: how a text is normalised, and which character is what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

_MARKS = re.compile("[\u0300-\u036f]")
_UPPER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@cache
def common_characters() -> str:
    """The 3755 common characters of GB 2312, level 1, in that standard's order."""
    cells = ((high, low) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return b"".join(map(bytes, cells)).decode("gb2312", "ignore")


def normalise(text: str, simplified: Mapping[int, str]) -> str:
    """Compatibility forms, tone marks, capitals and traditional characters undone.

    NFKD rather than NFKC, so that marks fall off: ``dībǎo`` is read as ``dibao``.
    ``simplified`` maps the codes of traditional characters.
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return plain.translate(_UPPER).translate(simplified)


def is_han(character: str) -> bool:
    """Whether it is a Chinese character of the basic planes."""
    return "\u3400" <= character <= "\u9fff"
