"""What every record of ``lists/`` has: a place in a file, and no unknown keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, PrivateAttr

Path = tuple[str | int, ...]
"""Keys and indexes that lead from the top of a YAML file to a value."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands: the file (relative to ``lists/``) and the path inside it."""

    file: str
    path: Path = ()

    def at(self, *path: str | int) -> Origin:
        """The origin of a value inside this record."""
        return Origin(self.file, self.path + path)


class Part(BaseModel):
    """A frozen mapping of known keys inside a record."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Record(Part):
    """A thing with an identity of its own, read from ``lists/``."""

    plural: ClassVar[str]
    """What a group of these is called in findings and addresses, e.g. ``departments``."""

    _origin: Origin = PrivateAttr(default_factory=partial(Origin, ""))  # a default is copied

    @property
    def origin(self) -> Origin:
        """Where the record was read from."""
        # As ``self._origin``, past pydantic's look-up of private attributes: asked often.
        private: dict[str, Origin] = object.__getattribute__(self, "__pydantic_private__")
        return private["_origin"]

    def placed(self, origin: Origin) -> Record:
        """The record itself, once it knows where it was read from."""
        self._origin = origin
        return self
