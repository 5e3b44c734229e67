"""``lists/`` to model, keeping the place of every key. ``canonical`` writes files back."""

from .folder import Parsed, Reading, is_list_file
from .load import read
from .yamlfile import MAX_BYTES, YamlFile, decoded, parse

__all__ = [
    "MAX_BYTES",
    "Parsed",
    "Reading",
    "YamlFile",
    "decoded",
    "is_list_file",
    "parse",
    "read",
]
