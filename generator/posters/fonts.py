"""The font that sheets are set in, from where it may lie.

Noto Sans CJK, all weights in one file, comes in a package from the index; its
SHA-256 is pinned here, because the package is young and belongs to somebody else.
Other sources are looked at in this order; a county's own fonts stand behind all of
them, for characters that they lack.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

SYSTEM = Path("/usr/share/fonts/opentype/noto")
"""Where Debian's ``fonts-noto-cjk`` puts the same family in two weights."""
_SYSTEM_FILES = "NotoSansCJK-*.ttc"


class FontError(RuntimeError):
    """No font that can be used; ``reason`` is ``missing`` or ``changed``."""

    def __init__(self, reason: str, file: str) -> None:
        super().__init__(f"{reason}: {file}")
        self.reason = reason
        self.file = file


class Packaged(Struct, frozen=True):
    """A font file inside an installed package."""

    package: str
    file: str
    family: str
    sha256: str


PACKAGED = (
    Packaged(
        "manimgx_fonts_cjk",
        "NotoSansCJK-VF.otf.ttc",
        "Noto Sans CJK SC",
        "d3d8256cdec8dbcb3552284bc6b20c734dd60c2ee9df83b5758e34807c4bac32",
    ),
)
"""Font files of known content, best first."""


class Fonts(Struct, frozen=True, dict=True):
    """Where the compiler finds its fonts, and their families in order of preference."""

    folders: tuple[Path, ...]
    families: tuple[str, ...]
    digest: str
    """Identifies the fonts; other fonts give other sheets."""
    packaged: Packaged | None = None
    """The package whose file is yet to be compared with its digest."""

    def verify(self) -> None:
        """Compare the package's file with the digest it should have.

        Raises:
            FontError: when the file is not the one that was tested.
        """
        if self.packaged and not self._is_genuine:
            raise FontError("changed", self.packaged.file)

    @cached_property
    def _is_genuine(self) -> bool:
        assert self.packaged
        with (self.folders[0] / self.packaged.file).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == self.packaged.sha256


def find_fonts(own: Path | None = None) -> Fonts:
    """The fonts to use; ``own`` is the county's folder of fonts, if it has one.

    Raises:
        FontError: when no Chinese font is installed.
    """
    main = next(_candidates(), None)
    if main is None:
        raise FontError("missing", PACKAGED[0].file)
    files = _own_files(own) if own else []
    if own is None or not files:
        return main
    digest = hashlib.sha256(main.digest.encode())
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    families = (*main.families, *_families(own))
    return Fonts((*main.folders, own), families, digest.hexdigest(), main.packaged)


def font_hashes(own: Path | None = None) -> dict[str, str]:
    """The SHA-256 of every font file that sheets are set in, by its name.

    That of a package's file is the one it had to have when the sheets were made.

    Raises:
        FontError: when no Chinese font is installed.
    """
    fonts = find_fonts(own)
    main, *others = fonts.folders
    packaged = fonts.packaged
    files = [] if packaged else sorted(main.glob(_SYSTEM_FILES))
    files += [file for folder in others for file in _own_files(folder)]
    found = {packaged.file: packaged.sha256} if packaged else {}
    return found | {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _own_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.[ot]t[fc]")) if folder.is_dir() else []


def _candidates() -> Iterator[Fonts]:
    for each in PACKAGED:
        spec = importlib.util.find_spec(each.package)
        for folder in (spec and spec.submodule_search_locations) or ():
            if (Path(folder) / each.file).is_file():
                yield Fonts((Path(folder),), (each.family,), each.sha256, each)
    files = sorted(SYSTEM.glob(_SYSTEM_FILES))
    if files:
        sizes = ",".join(f"{file.name}:{file.stat().st_size}" for file in files)
        yield Fonts((SYSTEM,), ("Noto Sans CJK SC",), hashlib.sha256(sizes.encode()).hexdigest())


def _families(folder: Path) -> tuple[str, ...]:
    import typst

    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )
    return tuple(found.families())
