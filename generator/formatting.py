"""Files that are not in canonical format, found or mended."""

from __future__ import annotations

from pathlib import Path

from .model import Finding
from .reading import Reading
from .reading.canonical import canonical, write_atomically


def not_canonical(reading: Reading) -> tuple[Finding, ...]:
    """A warning for every file that has no worse fault than not being in canonical format."""
    return tuple(
        Finding("format-not-canonical", "warning", name, 1, 1)
        for name, text in _readable(reading)
        if not reading.files[name].findings and _canonical(reading, name, text, fix=False) != text
    )


def mend(reading: Reading) -> tuple[str, ...]:
    """Rewrite every readable file in canonical format with mended wording.

    Returns the names of the files that changed. Files with findings of form are left
    as they are: nobody can know what they mean.
    """
    changed = []
    for name, text in _readable(reading):
        better = _canonical(reading, name, text, fix=True)
        if better != text:
            write_atomically(reading.folder / name, better)
            changed.append(name)
    return tuple(changed)


def _readable(reading: Reading) -> list[tuple[str, str]]:
    """Names and texts of the files whose form is right."""
    return [
        (name, _text(reading.folder / name))
        for name, file in reading.files.items()
        if name in reading.kinds
        and not any(each.rule.startswith("yaml-") for each in file.findings)
    ]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _canonical(reading: Reading, name: str, text: str, *, fix: bool) -> str:
    kind, register = reading.kinds[name]
    return canonical(text, kind, register, fix=fix)
