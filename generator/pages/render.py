"""Components: autoescaping templates that speak one language from one depth."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape
from msgspec import Struct

from generator.language import Language, html_tag
from generator.links import Links
from generator.model import CHINESE, Date, Text
from generator.parts import Run

from .blocks import STAND_IN, Heading, Html
from .compiled import compiled_templates

_OPTIONS: Mapping[str, Any] = {
    "extensions": ["jinja2.ext.do"],
    "auto_reload": False,  # else every use of a template asks the disk whether it is new
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}


class _Context(Context):
    """Calls what templates call without looking first whether it asks for the context.

    Nothing of ours does, and to look took a seventh of a page.
    """

    def call(self, called: Any, /, *values: Any, **named: Any) -> Any:
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*values, **named)


@cache
def _environment() -> Environment:
    loader, compiled = PackageLoader("generator"), compiled_templates(f"{_OPTIONS}")
    made = Environment(loader=loader, autoescape=True, bytecode_cache=compiled, **_OPTIONS)
    made.context_class = _Context
    return made


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html")


class Renderer(Struct, frozen=True, eq=False, dict=True):
    """Renders components for readers of ``language`` on pages that ``links`` start from."""

    language: Language
    links: Links
    today: datetime.date

    def component(self, template: str, *runs: Run, **values: Any) -> Html:
        """One component as a block; blank lines are taken out, since Markdown ends a block there.

        ``template`` names a file of ``generator/templates`` without its ending. Its
        ``{{ rows }}`` is where each of ``runs`` stands, in their order.
        """
        runs = tuple(each for each in runs if each.keys)
        given = self._given | {"rows": STAND_IN if runs else ""} | values
        made = _template(template)
        # As `made.render` does, but for Jinja's globals: to copy them took a tenth of a page.
        context = made.new_context(given, shared=True)
        return Html(_without_blank_lines("".join(made.root_render_func(context))), runs)

    def row(self, macro: str, **values: Any) -> Markup:
        """One row of a component, by a macro of ``generator/templates/_rows.html``."""
        return _without_blank_lines(getattr(self._rows, macro)(**values))

    def rows(
        self,
        macro: str,
        register: str,
        keys: Sequence[str],
        values: Callable[[str], Mapping[str, Any]],
        part: str = "",
    ) -> Run:
        """A row for each of some records (see ``Run``); ``values`` gives the macro's by key."""

        def piece(key: str, place: int) -> bytes:
            return self.row(macro, **values(key)).encode()

        return Run(register, keys, piece, part, joint=b"\n")

    @cached_property
    def _rows(self) -> TemplateModule:
        return _template("_rows").make_module(dict(self._given))

    @cached_property
    def _given(self) -> dict[str, Any]:
        """What every component can use: the language, addresses, and as ``m`` the macros."""
        given = {
            "say": self.say,
            "text": self.text,
            "page": self.links.page,
            "asset": self.links.asset,
            "lang": self.language.tag,
            "date": self.date,
            "edition": self.language.edition,
            "words": self.words,
        }
        return {**given, "m": _template("_macros").make_module(given)}

    def heading(self, level: int, content: Text | str, anchor: str) -> Heading:
        """A heading from a text of the lists or an already translated string."""
        shown = self.text(content) if isinstance(content, Text) else escape(content)
        return Heading(level, shown, anchor)

    def say(self, key: str, **values: object) -> str:
        """A text of the language's catalog."""
        return self.language.say(key, **values)

    def text(self, value: Text | None) -> Markup:
        """Escaped text; Chinese shown for want of a translation is marked as Chinese."""
        if value is None:
            return Markup("")
        if own := value.get(self.language.tag):
            return escape(_one_line(own))
        shown = _one_line(value.zh)
        return Markup('<span lang="{}" dir="ltr">{}</span>').format(html_tag(CHINESE), shown)

    def plain(self, value: Text) -> str:
        """The text without any mark, for titles and descriptions."""
        return _one_line(value.to(self.language.tag))

    def words(self, phrases: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The phrases in the reader's language, none when there are none."""
        return phrases.get(self.language.tag, ())

    def join(self, values: Iterable[Text]) -> str:
        """Several texts as one list in a sentence."""
        return self.say("list.separator").join(self.plain(value) for value in values)

    def date(self, value: Date) -> str:
        """A date as coarse as it is known, in words."""
        return self.language.date(value)


def _without_blank_lines(rendered: str) -> Markup:
    lines = (line for line in rendered.splitlines() if line.strip())
    return Markup("\n".join(lines))  # noqa: S704  an autoescaping template made it


def _one_line(text: str) -> str:
    return " ".join(text.split())
