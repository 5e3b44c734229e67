"""Answers from options or, on a terminal, from questions."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

import click
from msgspec import Struct, ValidationError, convert

from generator.language import shipped_strings
from generator.model import Date, PlaceCode, Slug

_MOST_SHOWN = 30
"""Longer choices are not printed; some characters of the name are enough."""


class Asking(Struct, frozen=True):
    """Takes what an option says, asks for what none says, and explains what cannot be."""

    lang: str

    def say(self, key: str, **values: object) -> str:
        """A text of ``generator/lang/new.*.yml``."""
        return shipped_strings(self.lang, "new")[key].format_map(values)

    def error(self, key: str, **values: object) -> click.ClickException:
        """What is wrong and what to write instead, ready to be raised."""
        return click.ClickException(self.say(f"error.{key}", **values))

    def one_of(self, option: str, given: str | None, named: Mapping[str, str]) -> str:
        """The key that an answer means: itself, or the only one whose name holds it.

        Raises:
            ClickException: when it means none or several.
        """
        answer = given or self.text(option, _shown(named))
        if answer in named:
            return answer
        found = [key for key, name in named.items() if answer in name]
        if len(found) == 1:
            return found[0]
        problem = "several" if found else "unknown"
        raise self.error(problem, value=answer, allowed=", ".join(found or named))

    def text(self, option: str, choice: str = "") -> str:
        """The answer to the question of ``option``.

        Raises:
            ClickException: when there is nobody to ask.
        """
        question = self.say(f"ask.{option}")
        try:
            answer: str = click.prompt(f"{choice}{question} (--{option})", err=True)
        except click.Abort:
            if sys.stdin.isatty():
                raise
            allowed = " ".join(choice.split()) or question
            raise self.error("missing", option=f"--{option}", allowed=allowed) from None
        return answer

    def slug(self, value: str) -> str:
        """``value``, if it can be an id."""
        return self._of(Slug, value, self.error("slug", value=value))

    def code(self, given: str | None, start: str) -> str:
        """A place code that begins with ``start``; a township's nine digits are filled up."""
        value = given or self.text("code")
        here = self.say("error.code_here", start=start)
        wrong = self.error("code", value=value, remedy=here)
        code = self._of(
            PlaceCode, value.ljust(12, "0") if re.fullmatch(r"\d{9}", value) else value, wrong
        )
        if not code.startswith(start):
            raise wrong
        return code

    def date(self, value: str) -> Date:
        """A date as exactly as it is known."""
        try:
            return Date.parse(value)
        except ValueError:
            raise self.error("date", value=value) from None

    def _of(self, kind: Any, value: str, wrong: click.ClickException) -> str:
        try:
            checked: str = convert(value, kind)
        except ValidationError:
            raise wrong from None
        return checked


def _shown(named: Mapping[str, str]) -> str:
    if len(named) > _MOST_SHOWN:
        return ""
    return "".join(f"  {key}  {name}\n" for key, name in named.items())
