"""What verification reads of a page: whole attributes, never text that looks like one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.publishing.facts import loses_ids, page_facts, page_ids

PAGE = """<!doctype html><html lang="zh-CN"><head><title>x</title>
<meta name="description" content="src=&#34;http://elsewhere/x.js&#34; href=http://elsewhere/ id=top">
<link rel="canonical" href="https://example.org/"><link rel=stylesheet href='a.css'>
</head><body><h1 id="top">id=top style=&#34;url(http://elsewhere/)&#34;</h1>
{}
</body></html>
"""


def test_text_and_values_are_never_taken_for_addresses_or_anchors() -> None:
    facts = page_facts(PAGE.format(""))

    assert facts.links == ("https://example.org/",)
    assert facts.loads == ("a.css",)
    assert facts.ids == {"top"}
    assert facts.repeated == ()
    assert facts.is_whole


def test_every_way_of_writing_an_attribute_is_read() -> None:
    more = """<p hidden style="background: url(one.png)">x</p><p title='>' style='background:url("two.png")'>
    <img alt="a > b" src=three.png srcset="four.png 2x"><A HREF = "five">x</A><i id="top">x</i>"""
    facts = page_facts(PAGE.format(more))

    assert set(facts.loads) == {"a.css", "one.png", "two.png", "three.png", "four.png"}
    assert "five" in facts.links
    assert facts.repeated == ("top",)


def test_the_ids_of_a_page_are_the_same_read_alone() -> None:
    more = """<p
    id="lower">x</p><script id="code">var text = ' id="no"';</script><i id="">x</i><i id="top">x</i>"""
    page = PAGE.format(more)

    assert page_ids(page) == page_facts(page).ids == {"top", "lower", "code", ""}


LINES = st.lists(
    st.sampled_from(
        (
            "<p>text</p>",
            "<p>other</p>",
            '<p id="a">text</p>',
            '<p id="b">text</p>',
            "<p",
            'id="c">',
            "<script>",
            "</script>",
            "<style>",
            "</style>",
        )
    ),
    max_size=8,
)


@given(LINES, LINES, LINES, LINES)
def test_a_page_that_lost_an_id_is_known_from_the_lines_that_changed(
    begin: list[str], old: list[str], new: list[str], end: list[str]
) -> None:
    before, now = "\n".join((*begin, *old, *end)), "\n".join((*begin, *new, *end))

    assert loses_ids(before, now) == (not page_ids(before) <= page_ids(now))
