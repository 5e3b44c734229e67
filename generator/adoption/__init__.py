"""From a table of place codes to the lists of a new county."""

from .county import InTheWayError, NewCounty, write
from .places import Mistake, Places, PlacesError, Row, arranged, read_table

__all__ = [
    "InTheWayError",
    "Mistake",
    "NewCounty",
    "Places",
    "PlacesError",
    "Row",
    "arranged",
    "read_table",
    "write",
]
