"""``lists/`` to model, keeping the place of every key."""

from .canonical import canonical, mended, write_atomically
from .load import Reading, read
from .yamlfile import YamlFile, parse

__all__ = ["Reading", "YamlFile", "canonical", "mended", "parse", "read", "write_atomically"]
