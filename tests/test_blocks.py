"""A page's body is the same whether Markdown converts it or we write it straight."""

import markdown
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from generator.pages.blocks import EXTENSIONS, Heading, Html, Prose, to_html, to_markdown

# Text of the lists comes to a heading on one line, without control characters.
LINES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).map(
    lambda text: " ".join(text.split())
)


def converted(source: str) -> str:
    return markdown.markdown(source, extensions=list(EXTENSIONS))


def test_headings_prose_and_components_convert_to_the_same_html():
    blocks = [
        Heading(1, escape("党湾村 *不是* <b>粗体</b> & 1. {#x}"), "top"),
        Prose("村里不开的，**这里**说清楚找谁。"),
        Html(Markup('<div class="a">\n<p>一</p>\n</div>')),
    ]

    assert converted(to_markdown(blocks)).replace("\n\n", "\n") == to_html(blocks)


@given(LINES.filter(bool))
def test_no_text_of_the_lists_becomes_markup_in_a_heading(text):
    heading = Heading(2, escape(text), "here")

    assert converted(heading.to_markdown()) == heading.to_html()
