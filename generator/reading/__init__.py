"""``lists/`` to model, keeping the place of every key. ``canonical`` writes files back."""

from .folder import Parsed, Reading, is_list_file
from .load import read
from .meant import meant_date
from .yamlfile import MAX_BYTES, YamlFile, decoded, parse

__all__ = [
    "MAX_BYTES",
    "Parsed",
    "Reading",
    "YamlFile",
    "decoded",
    "is_list_file",
    "meant_date",
    "parse",
    "read",
]
