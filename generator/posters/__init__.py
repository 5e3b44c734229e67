"""Posters, hand-outs, cards and slips: PDF and PNG from the same lists as the pages.

Typst sets the templates in ``templates/``; a county changes them by files of the same
name in ``lists/posters/``. Nothing here is needed to build the site: the plugin asks
``catalogue`` which finished sheets fit today's lists.
"""

from .catalogue import catalogue, files, used_fonts
from .store import FOLDER

__all__ = ["FOLDER", "catalogue", "files", "used_fonts"]
