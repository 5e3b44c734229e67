"""What verification reads of a page: whole attributes, never text that looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.publishing.facts import PageFacts, page_facts, page_news

PAGE = """<!doctype html><html lang="zh-CN"><head><title>x</title>
<meta name="description" content="src=&#34;http://elsewhere/x.js&#34; href=http://elsewhere/ id=top">
<link rel="canonical" href="https://example.org/"><link rel=stylesheet href='a.css'>
</head><body><h1 id="top">id=top style=&#34;url(http://elsewhere/)&#34;</h1>
{}
</body></html>
"""


def test_text_and_values_are_never_taken_for_addresses_or_anchors() -> None:
    facts = page_facts(PAGE.format("").encode())

    assert facts.links == ("https://example.org/",)
    assert facts.loads == ("a.css",)
    assert facts.ids == {"top"}
    assert facts.repeated == ()
    assert facts.is_whole


def test_every_way_of_writing_an_attribute_is_read() -> None:
    more = """<p hidden style="background: url(one.png)">x</p><p title='>' style='background:url("two.png")'>
    <img alt="a > b" src=three.png srcset="four.png 2x"><A HREF = "five">x</A><i id="top">x</i>"""
    facts = page_facts(PAGE.format(more).encode())

    assert set(facts.loads) == {"a.css", "one.png", "two.png", "three.png", "four.png"}
    assert "five" in facts.links
    assert facts.repeated == ("top",)


def test_what_stands_in_several_lines_is_read_as_what_stands_in_one() -> None:
    more = """<p
    id="lower">x</p><script id="code">
    var text = ' id="no" <a href="no">';</script><i id="">x</i><i id="top">x</i>
    <STYLE>p { background: url(one.png)
    }</STYLE>"""
    facts = page_facts(PAGE.format(more).encode())
    straight = page_facts(PAGE.format(more.replace("\n", " ")).encode())

    assert facts == replace(straight, is_even=False)
    assert straight.is_even
    assert facts.ids == {"top", "lower", "code", ""}
    assert facts.links == ("https://example.org/",)
    assert facts.loads == ("a.css", "one.png")


@pytest.mark.parametrize("mark", ["'", '"'])
def test_a_quoted_value_that_goes_on_over_a_line_hides_no_address(mark: str) -> None:
    more = f"<p>it's</p><a title={mark}a > b\n{mark} href={mark}none{mark}>x</a>"
    facts = page_facts(PAGE.format(more).encode())

    assert "none" in facts.links
    assert not facts.is_even


def news(before: str, now: str) -> PageFacts | None:
    return page_news(PAGE.format(before).encode(), PAGE.format(now).encode())


def test_what_a_page_had_before_is_no_news() -> None:
    found = news('<a href="one">字</a>\n<p>', '<a href="one">学</a>\n<a href="two">\n<p>')

    assert found
    assert (found.links, found.loads, found.is_whole) == (("two",), (), True)


@pytest.mark.parametrize(
    "now", ['<i id="b">', '<i id="a"><i id="a">', "<i>", '<i id="a"><p', '<i id="a"><script>']
)
def test_other_ids_and_lines_that_go_on_are_no_matter_of_single_lines(now: str) -> None:
    assert news('<i id="a">', now) is None


LINES = st.lists(
    st.sampled_from(
        (
            "text",
            '<p id="a">text</p>',
            '<a href="one">text</a>',
            "<a",
            'href="two">text</a>',
            '<img src="three"\nalt="<\nid="\nid="b">',
            "<script>",
            '<script src="four"></script><p id="c">',
            "</script>",
            "<style>p { background: url(five) }</style>",
            "<style>",
            "p { background: url(six) }",
            "</style>",
        )
    ),
    max_size=12,
)


def said(html: str) -> PageFacts:
    """What a page says, in no order."""
    facts = page_facts(html.encode())
    loads = tuple(sorted(facts.loads))
    return replace(facts, links=tuple(sorted(facts.links)), loads=loads, is_even=True)


@given(LINES)
def test_a_page_says_by_its_lines_what_it_says_as_a_whole(lines: list[str]) -> None:
    assert said("\n".join(lines)) == said(" ".join(lines))
