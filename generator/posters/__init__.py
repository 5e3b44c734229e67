"""Posters, hand-outs, cards and slips: PDF and PNG from the same lists as the pages.

Typst sets the templates in ``templates/``; a county changes them by files of the same
name in ``lists/posters/``. Nothing here is needed to build the site: the plugin asks
``catalogue`` which finished sheets fit today's lists.
"""

from .catalogue import catalogue, files
from .fonts import FontError
from .kinds import KINDS, PAPERS, Kind
from .order import Order, Printing, Wanted, orders, published, variants
from .press import Outcome, press, typesetter
from .problems import findings, missing_glyphs, without_font
from .store import FOLDER

__all__ = [
    "FOLDER",
    "KINDS",
    "PAPERS",
    "FontError",
    "Kind",
    "Order",
    "Outcome",
    "Printing",
    "Wanted",
    "catalogue",
    "files",
    "findings",
    "missing_glyphs",
    "orders",
    "press",
    "published",
    "typesetter",
    "variants",
    "without_font",
]
