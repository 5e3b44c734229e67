"""``lists/`` to model, keeping the place of every key."""

from .canonical import canonical, mended, rewritten, write_atomically
from .load import Parsed, Reading, is_list_file, read
from .yamlfile import MAX_BYTES, YamlFile, decoded, parse

__all__ = [
    "MAX_BYTES",
    "Parsed",
    "Reading",
    "YamlFile",
    "canonical",
    "decoded",
    "is_list_file",
    "mended",
    "parse",
    "read",
    "rewritten",
    "write_atomically",
]
