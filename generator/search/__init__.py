"""Search: what is found, the tokens it is found by, and the ranking.

The browser (``overrides/assets/search/``) runs the same steps on the same data;
``docs/search.md`` specifies them, and a test compares both sides. ``engine`` answers
questions; a build only makes its data.
"""

from .files import data_path, files

__all__ = ["data_path", "files"]
