"""A YAML file is read as strings, with the place of every key; anything clever is refused."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.reading.yamlfile import parse


def rules(text: str) -> list[tuple[str, int, int]]:
    file = parse("a.yml", text.encode())
    return [(each.rule, each.line, each.column) for each in file.findings]


def test_every_scalar_is_the_string_that_was_written():
    file = parse("a.yml", b"code: 001002\nword: no\ndate: 2024-05-20\nflag: true\nquoted: 'true'\n")

    assert file.data == {
        "code": "001002",
        "word": "no",
        "date": "2024-05-20",
        "flag": True,
        "quoted": "true",
    }
    assert not file.findings


def test_every_key_and_entry_knows_its_line_and_column():
    file = parse("a.yml", "name:\n  zh: 甲\nitems:\n  - a\n  - b\n".encode())

    assert file.locate(("name", "zh")) == (2, 3)
    assert file.locate(("items", 1)) == (5, 5)
    assert file.locate(("name", "en")) == (1, 1)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: 1\na: 2\n", ("yaml-duplicate-key", 2, 1)),
        ("a: &x 1\nb: *x\n", ("yaml-alias", 1, 4)),
        ("a: !!python/name:os.system x\n", ("yaml-tag", 1, 4)),
        ("a: !secret x\n", ("yaml-tag", 1, 4)),
        ("a:\n", ("yaml-no-value", 1, 3)),
        ("? [a]\n: b\n", ("yaml-odd-key", 1, 3)),
        ("a: [1\n", ("yaml-unclosed", 1, 4)),
        ("a: 1\n---\nb: 2\n", ("yaml-syntax", 2, 1)),
        ("", ("yaml-empty", 1, 1)),
        ("zh: [急]牛羊丢了\n", ("yaml-needs-quotes", 1, 5)),
        ("zh: {急}牛羊丢了\n", ("yaml-needs-quotes", 1, 5)),
        ("zh: >60岁的老人\n", ("yaml-needs-quotes", 1, 5)),
        ("zh: - 牛羊丢了\n", ("yaml-needs-quotes", 1, 5)),
        ("answer:\n  zh：牛羊丢了\n", ("yaml-chinese-colon", 2, 5)),
        ("answer:\n  zh ： 牛羊丢了\n", ("yaml-chinese-colon", 2, 6)),
        ("answer:\n  zh:牛羊丢了\n", ("yaml-tight-colon", 2, 5)),
        ("a: \x00\n", ("yaml-control-character", 1, 4)),
        ("a: " + "[" * 60 + "]" * 60, ("yaml-too-deep", 1, 44)),
    ],
)
def test_what_lists_do_not_use_is_refused_at_its_place(text, finding):
    assert finding in rules(text)


@pytest.mark.parametrize("text", ["url:\n  https://a.cn\n", "zh:\n  5：30\n", "zh: a：b\n"])
def test_a_colon_inside_a_text_is_part_of_it(text):
    assert not rules(text)


@given(st.binary(max_size=200))
def test_no_bytes_whatever_make_the_reader_fail(content):
    file = parse("a.yml", content)

    lines = content.count(b"\n") + 2
    assert all(1 <= each.line <= lines for each in file.findings)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 400_000,
        "[" * 200_000 + "]" * 200_000,
        "{a: " * 200_000,
        "- " * 400_000,
        "? " * 400_000,
        "- ? " * 200_000,
        "a:\n  b: " + "[" * 41 + "]" * 41,
        "".join(f"{' ' * n}a:\n" for n in range(1000)),
    ],
    ids=lambda text: text[:12],
)
def test_nesting_that_would_overflow_the_stack_is_a_finding(text):
    """In a process of its own: an overflow in the C library would take the tests with it."""
    program = "import sys; from generator.reading import parse; print(*(each.rule for each in parse('x', sys.stdin.buffer.read()).findings))"
    done = subprocess.run(
        [sys.executable, "-c", program], input=text.encode(), capture_output=True, check=False
    )

    assert done.returncode == 0
    assert done.stdout.split()[0] in (b"yaml-too-deep", b"yaml-syntax")
