"""Search: what is found, the tokens it is found by, and the ranking.

The browser (``overrides/assets/search.js``) runs the same steps on the same data;
``docs/search.md`` specifies them, and a test compares both sides.
"""

from .data import SearchData, search_data
from .engine import Answer, Engine
from .files import data_path, files
from .shown import Result

__all__ = ["Answer", "Engine", "Result", "SearchData", "data_path", "files", "search_data"]
