"""The theme's page, ``main.html``, rendered without MkDocs where that gives the same.

Ours asks for ``ui``, ``page.meta`` and ``page.content``, and so may a county's own. One that
uses MkDocs's navigation, its filters or another theme's templates is left to MkDocs.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)

import generator
from generator.pages import PageSource, compiled_templates
from generator.parts import Insert

from .contents import Contents

PAGE = "main.html"

PageMaker = Callable[[PageSource], tuple[str, tuple[Insert, ...]]]
"""Makes the page of a source, with ``pages.STAND_IN`` for each insert, and these."""

_NAMES = {"ui", "page"}
_OF_PAGE = {"meta", "content"}
_OURS = Path(generator.__file__).parent
_OPTIONS: Mapping[str, Any] = {"autoescape": True, "auto_reload": False}


class Page:
    """What the template knows of a page, beside what surrounds it."""

    inserts: tuple[Insert, ...] = ()
    """Known once the content was asked for."""

    def __init__(self, source: PageSource) -> None:
        self.meta = source.meta
        self._source = source

    @property
    def content(self) -> str:
        """The body as HTML, with a stand-in for each insert."""
        text, self.inserts = self._source.parts()
        return text


def page_maker(theme: Path, contents: Contents) -> PageMaker:
    """Renders pages in the theme of a folder, which must not need MkDocs."""
    template = _environment(theme).get_template(PAGE)

    def made(source: PageSource) -> tuple[str, tuple[Insert, ...]]:
        page = Page(source)
        return template.render(ui=contents.shell.of(source), page=page), page.inserts

    return made


def needs_mkdocs(theme: Path | None) -> bool:
    """Whether the page of a theme, or a template it names, asks for more than we know.

    Also where that cannot be told: MkDocs may have the template, or says what is wrong.
    """
    if theme is None:
        return True
    environment = _environment(theme)
    try:
        return any(_asks_for_more(each, environment) for each in _parsed(environment))
    except TemplateError:
        return True


def place_of(error: Exception) -> str | None:
    """Where the theme's mistake stands, as ``main.html:12``; None if the mistake is not its own.

    It is ours when code of ours fails that a template has called.
    """
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or error.filename}:{error.lineno}"
    # Jinja puts the lines of templates in place of those that they were compiled to.
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(_OURS):
            break
        if not frame.filename.endswith((".py", ">")):
            return f"{Path(frame.filename).name}:{frame.lineno}"
    return PAGE if isinstance(error, TemplateNotFound) else None


def _environment(theme: Path) -> Environment:
    compiled = compiled_templates(f"page {_OPTIONS}")
    return Environment(loader=FileSystemLoader(theme), bytecode_cache=compiled, **_OPTIONS)  # noqa: S701  it escapes


def _parsed(environment: Environment) -> Iterator[nodes.Template]:
    """The page's template and every other that has a part in it.

    Raises:
        TemplateError: when one is not there, has a mistake, or is named only while rendering.
    """
    assert environment.loader
    waiting, seen = [PAGE], {PAGE}
    while waiting:
        source, _, _ = environment.loader.get_source(environment, waiting.pop())
        tree = environment.parse(source)
        yield tree
        for name in meta.find_referenced_templates(tree):
            if name is None:
                raise TemplateError
            if name not in seen:
                seen.add(name)
                waiting.append(name)


def _asks_for_more(tree: nodes.Template, environment: Environment) -> bool:
    names = meta.find_undeclared_variables(tree) - _NAMES
    filters = {each.name for each in tree.find_all(nodes.Filter)} - environment.filters.keys()
    known = {id(each) for each in _known_uses(tree)}
    pages = (each for each in tree.find_all(nodes.Name) if each.name == "page")
    return bool(names or filters) or any(id(each) not in known for each in pages)


def _known_uses(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Where a template asks for what ``Page`` has, or whether there is a page at all."""
    for access in tree.find_all(nodes.Getattr):
        if access.attr in _OF_PAGE:
            yield access.node
    tests = (each.test for each in tree.find_all(nodes.If))
    choices = (each.test for each in tree.find_all(nodes.CondExpr))
    for test in chain(tests, choices):
        yield from _operands(test)


def _operands(test: nodes.Node) -> Iterator[nodes.Node]:
    """What is asked to be true or false."""
    if isinstance(test, nodes.And | nodes.Or):
        yield from _operands(test.left)
        yield from _operands(test.right)
    elif isinstance(test, nodes.Not):
        yield from _operands(test.node)
    else:
        yield test
