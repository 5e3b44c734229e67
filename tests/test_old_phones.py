"""What is shipped is understood by engines of 2020: Chrome 80, as inside WeChat on old phones."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import esprima
import pytest
import tinycss2

from generator.plugin.scripts import minified

ASSETS = Path(__file__).parents[1] / "overrides" / "assets"

NEWER_MEMBERS = {
    "any", "at", "checkVisibility", "enterKeyHint", "findLast", "findLastIndex", "getHTML",
    "hasOwn", "isWellFormed", "moveBefore", "popover", "randomUUID", "replaceAll",
    "replaceChildren", "requestSubmit", "showPopover", "startViewTransition", "throwIfAborted",
    "timeout", "toReversed", "toSorted", "toSpliced", "withResolvers",
}  # fmt: skip
"""What came after Chrome 80 as a member of something; none of ours may be called so."""

NEWER_GLOBALS = {
    "AggregateError", "CompressionStream", "FinalizationRegistry", "scheduler",
    "structuredClone", "URLPattern", "WeakRef",
}  # fmt: skip

NEWER_PROPERTIES = {
    "accent-color": 93, "aspect-ratio": 88, "border-block": 87, "border-inline": 87,
    "container-type": 105, "content-visibility": 85, "inset": 87, "inset-block": 87,
    "inset-block-end": 87, "inset-block-start": 87, "inset-inline": 87, "inset-inline-end": 87,
    "inset-inline-start": 87, "margin-block": 87, "margin-inline": 87, "padding-block": 87,
    "padding-inline": 87, "rotate": 104, "scale": 104, "scrollbar-gutter": 94, "translate": 104,
}  # fmt: skip
"""Properties a phone of 2020 does not know, with the Chrome that brought them."""

NEWER_SELECTORS = (":is(", ":where(", ":has(", ":focus-visible", ":user-invalid", "&")
NEWER_VALUES = ("dvh", "svh", "lvh", "color-mix(", "oklch(", "light-dark(", "rgb(from")


def shipped(site: Path) -> list[Path]:
    """Every script of the built site, minified as phones get it."""
    return sorted([*site.rglob("*.js")])


def newer(source: str) -> Iterator[str]:
    """The members and globals that a script uses and Chrome 80 lacks."""
    tokens = esprima.tokenize(source)
    for before, token in itertools.pairwise(tokens):
        names = NEWER_MEMBERS if before.value == "." else NEWER_GLOBALS
        if token.type == "Identifier" and token.value in names:
            yield token.value


def test_every_script_is_of_2017_at_most(site: Path) -> None:
    scripts = shipped(site)

    assert {each.name.split(".")[0] for each in scripts} >= {"qingdan", "search", "search-box"}
    for path in scripts:
        esprima.parseScript(path.read_text("utf-8"))
    for early in re.findall(r"<script>(.*?)</script>", (site / "index.html").read_text("utf-8")):
        esprima.parseScript(early)


@pytest.mark.parametrize(
    "source", ["a?.b", "a ?? b", "a ||= b", "class A { #b = 1 }", "try {} catch {}", "1_000", "3n"]
)
def test_the_parser_refuses_what_came_later(source: str) -> None:
    with pytest.raises(esprima.Error):
        esprima.parseScript(source)


def test_our_scripts_call_nothing_newer_than_chrome_80(site: Path) -> None:
    own = [
        path
        for path in shipped(site)
        if not path.name.startswith(("lunr", "words", "search-data", "search-more"))
    ]
    used = {path.name: list(newer(path.read_text("utf-8"))) for path in own}

    assert [each for each in used.items() if each[1]] == []
    assert list(newer("a.replaceChildren(); structuredClone(a); var at = 1")) == [
        "replaceChildren",
        "structuredClone",
    ]


def test_local_names_are_short_and_everything_else_is_as_it_was() -> None:
    script = "/*! of someone */\n(function () { var long = 1; self.Name = long; /* why */ })();"

    assert minified(script) == "/*! of someone */\n(function(){var a=1;self.Name=a;})();"


def test_a_script_too_new_for_renaming_keeps_its_names() -> None:
    script = "/*! of someone */\nasync function long(other) { /* why */ await other; }"

    assert minified(script) == "/*! of someone */\nasync function long(other){await other;}"


def scopes(node: object) -> Iterator[tuple[list[str], set[str]]]:
    """For each function of a syntax tree: the functions and the variables it declares."""
    functions: list[str] = []
    variables: set[str] = set()
    inner: list[object] = []
    waiting = [node.body]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, esprima.nodes.Node):
            if each.type == "FunctionDeclaration":
                functions.append(each.id.name)
            if each.type == "VariableDeclarator":
                variables.add(each.id.name)
            if "Function" in each.type:
                inner.append(each)
            else:
                waiting.extend(vars(each).values())
    yield functions, variables
    for each in inner:
        yield from scopes(each)


def test_no_script_gives_one_name_to_a_function_and_to_something_else(site: Path) -> None:
    seen = 0
    for path in shipped(site):
        if path.name.startswith(("words", "search-data", "search-more", "lunr")):
            continue
        for functions, variables in scopes(esprima.parseScript(path.read_text("utf-8"))):
            assert len(functions) == len(set(functions)), path.name
            assert set(functions) & variables == set(), path.name
            seen += len(functions)

    assert seen > 60
    double = esprima.parseScript("(function () { var a = 1; function a() {} })()")
    assert [set(names) & variables for names, variables in scopes(double)] == [set(), {"a"}, set()]


def rules(nodes: list[object], media: str = "") -> Iterator[tuple[str, str, str, str]]:
    """(media, selector, property, value) of every declaration."""
    for node in nodes:
        if node.type == "at-rule" and node.content is not None:
            inside = tinycss2.parse_rule_list(
                node.content, skip_comments=True, skip_whitespace=True
            )
            head = f"@{node.at_keyword} {tinycss2.serialize(node.prelude).strip()}"
            yield from rules(inside, head)
        elif node.type == "qualified-rule":
            selector = tinycss2.serialize(node.prelude).strip()
            for each in tinycss2.parse_blocks_contents(
                node.content, skip_comments=True, skip_whitespace=True
            ):
                if each.type == "declaration":
                    yield media, selector, each.lower_name, tinycss2.serialize(each.value).strip()


@pytest.fixture(scope="module")
def declarations() -> list[tuple[str, str, str, str]]:
    sheet = "".join(path.read_text("utf-8") for path in sorted(ASSETS.rglob("*.css")))
    parsed = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    assert not [node for node in parsed if node.type == "error"]
    found = [each for each in rules(parsed) if not each[0].startswith("@media print")]
    assert len(found) > 300
    return found


def test_no_declaration_needs_a_newer_engine_than_chrome_80(
    declarations: list[tuple[str, str, str, str]],
) -> None:
    found = [
        each
        for each in declarations
        if each[2] in NEWER_PROPERTIES or any(word in each[3] for word in NEWER_VALUES)
    ]

    assert found == []


def test_a_newer_selector_only_takes_back_what_old_engines_show(
    declarations: list[tuple[str, str, str, str]],
) -> None:
    found = {
        selector
        for _, selector, _, _ in declarations
        if any(each in selector for each in NEWER_SELECTORS)
    }

    assert found == {":focus:not(:focus-visible)"}


def test_no_flex_box_relies_on_gaps(declarations: list[tuple[str, str, str, str]]) -> None:
    flex = {
        selector
        for _, selector, name, value in declarations
        if name == "display" and "flex" in value
    }
    gaps = {selector for _, selector, name, _ in declarations if name == "gap"}

    assert gaps
    assert flex & gaps == set()


def test_a_function_that_old_engines_may_lack_follows_a_value_without_it(
    declarations: list[tuple[str, str, str, str]],
) -> None:
    with_min = [
        (selector, name) for _, selector, name, value in declarations if value.startswith("min(")
    ]

    assert with_min
    for selector, name in with_min:
        values = [
            value for _, other, key, value in declarations if (other, key) == (selector, name)
        ]
        assert not values[0].startswith("min("), selector
