"""What a county writes beside its lists: pages by hand, and words for another language.

A page is Markdown in UTF-8 that begins with its ``title`` and ``description``; whatever
else a head may tell MkDocs (templates, redirects) would not be this site any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from .language import Language
from .model import Finding
from .reading import MAX_BYTES, YamlFile, decoded, parse

PAGES = "pages"
LANGUAGES = "languages"
MOST_NAMED = 5
"""Missing keys that a message names."""

_HEAD = ("title", "description")
_FENCE = "---"
_ALLOWED = "\t\r"


def language_findings(folder: Path, languages: Iterable[Language]) -> Iterator[Finding]:
    """Language files that nobody reads, and added languages that do not say everything."""
    languages = tuple(languages)
    names = {f"{each.tag}.yml" for each in languages}
    for path in sorted((folder / LANGUAGES).glob("*")) if languages else ():
        name = f"{LANGUAGES}/{path.name}"
        if path.is_symlink():
            yield Finding("file-not-plain", "error", name, 1, 1, {"name": name})
        elif path.name not in names and not path.name.startswith("."):
            yield Finding("file-unknown", "error", name, 1, 1)
    for each in languages:
        missing = [key for key in each.fallback if not each.has(key)]
        if missing:
            keys = ", ".join(missing[:MOST_NAMED])
            values = {"tag": each.tag, "count": len(missing), "keys": keys}
            file = f"{LANGUAGES}/{each.tag}.yml"
            yield Finding("language-incomplete", "warning", file, 1, 1, values)


def page_findings(folder: Path) -> tuple[Finding, ...]:
    """What is wrong with the hand-written pages of the lists in ``folder``."""
    root = folder / PAGES
    found: list[Finding] = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found.append(Finding("file-not-plain", "error", name, 1, 1, {"name": name}))
        elif not path.name.isprintable():  # bytes that are no text, or a line break: no address
            values = {"name": path.name, "suffix": path.suffix}
            found.append(Finding("file-name", "error", name, 1, 1, values))
        elif path.suffix == ".md":
            found += _page(path, name)
    return tuple(found)


def _page(path: Path, name: str) -> Iterator[Finding]:
    file = YamlFile(name)
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        file.report("file-unreadable", (1, 1), reason=error.strerror or "")
        return iter(file.findings)
    text = decoded(file, content, _ALLOWED)
    if text is not None:
        _check_head(file, text)
    return iter(file.findings)


def _check_head(file: YamlFile, text: str) -> None:
    lines = text.splitlines()
    ends = [number for number, line in enumerate(lines) if line.strip() == _FENCE]
    if ends[:1] != [0] or len(ends) == 1:
        file.report("page-head", (1, 1))
        return
    # The first line is left empty, so that lines are counted as in the page.
    head = parse(file.name, "\n".join(("", *lines[1 : ends[1]], "")).encode())
    file.findings.extend(head.findings)
    if head.findings:
        return
    is_right = isinstance(head.data, dict) and all(
        key in _HEAD and isinstance(value, str) and value.strip()
        for key, value in head.data.items()
    )
    if not is_right or "title" not in head.data:
        file.report("page-head", (1, 1))
