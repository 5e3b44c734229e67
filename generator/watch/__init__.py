"""Who reads what: the ground on which a rebuild makes only what changed.

A county can be *watched*: then every value that is read from its records, and every
look into its registers, is noted for the work being done. What has read nothing that
changed would come out the same, so it need not be done again (``publishing.trace``).

Values that several pieces of work share are computed once, in a ``view`` or through
``once``; each is a piece of work of its own, and whoever uses it has read *it*. A
plain cache would hide what the second user depends on, so derived facts of a county
are never kept in one.
"""

from .noting import ALL, IF_ANY, Read, Register, Shared, Watching, derived, note, recording, view
from .record import records, unread, watched, whole

__all__ = [
    "ALL",
    "IF_ANY",
    "Read",
    "Register",
    "Shared",
    "Watching",
    "derived",
    "note",
    "recording",
    "records",
    "unread",
    "view",
    "watched",
    "whole",
]
