"""``lists/`` to model, keeping the place of every key."""

from .load import Reading, read
from .yamlfile import YamlFile, parse

__all__ = ["Reading", "YamlFile", "parse", "read"]
