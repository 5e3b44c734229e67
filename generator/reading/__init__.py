"""``lists/`` to model, keeping the place of every key. ``canonical`` writes files back."""

from .folder import PROFILE, Reading, is_list_file
from .load import read
from .meant import meant_date
from .remembered import Known, Remembered, different
from .yamlfile import MAX_BYTES, YamlFile, decoded, parse

__all__ = [
    "MAX_BYTES",
    "PROFILE",
    "Known",
    "Reading",
    "Remembered",
    "YamlFile",
    "decoded",
    "different",
    "is_list_file",
    "meant_date",
    "parse",
    "read",
]
