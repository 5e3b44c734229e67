"""There is one way to write a list file, and mending never changes what is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.formatting import mend, not_canonical
from generator.model import Department, VillageItem
from generator.reading import parse, read
from generator.reading.canonical import canonical, mended

SMALL = Path(__file__).parent / "counties" / "small"

UNTIDY = """\
# 开头的注释
answer: {zh: '村里不开。', en: No}
name:
  en: Certificate  # 名字的注释
  zh: 证明
list: refuse
certainty: national
field: livelihood
said_as:
  zh: [甲, 乙]
department: civil-affairs
basis:
- checked_on: 2026-01-01
  document: old-rule
  checked: memory
"""

TIDY = """\
# 开头的注释
name:
  en: Certificate  # 名字的注释
  zh: 证明
list: refuse
field: livelihood
said_as:
  zh:
    - 甲
    - 乙
basis:
  - document: old-rule
    checked: memory
    checked_on: "2026-01-01"
certainty: national
department: civil-affairs
answer:
  zh: 村里不开。
  en: "No"
"""


def test_keys_come_in_the_model_s_order_and_comments_stay() -> None:
    assert canonical(UNTIDY, VillageItem, None) == TIDY


def test_the_canonical_format_is_its_own_canonical_format() -> None:
    assert canonical(TIDY, VillageItem, None) == TIDY


@given(
    st.dictionaries(
        st.sampled_from(["zh", "en", "ug"]),
        st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), min_size=1).map(
            lambda text: " ".join(text.split())
        ),
        min_size=1,
    )
)
def test_any_text_reads_back_as_it_was_and_settles_at_once(texts: dict[str, str]) -> None:
    quoted = {key: value.replace("\\", "\\\\").replace('"', '\\"') for key, value in texts.items()}
    rows = "".join(f'      {key}: "{value}"\n' for key, value in quoted.items())
    source = f"departments:\n  - id: a\n    name:\n{rows}    level: county\n"
    if parse("a.yml", source.encode()).findings:
        return

    once = canonical(source, Department, "departments")

    assert parse("a.yml", once.encode()).data == parse("a.yml", source.encode()).data
    assert canonical(once, Department, "departments") == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("村里 不开", "村里不开"),
        ("１６项ＡＢ", "16项AB"),
        ("村里不开,去镇里", "村里不开，去镇里"),
        ("打\u200b12345 电话", "打12345 电话"),
        ("  前后 ", "前后"),
        ("WPS 表格, Excel", "WPS 表格, Excel"),
    ],
)
def test_mending_is_mechanical(text: str, expected: str) -> None:
    assert mended(text, chinese=True) == expected


def test_english_keeps_its_punctuation() -> None:
    assert mended("Yes, no: 村", chinese=False) == "Yes, no: 村"


def test_mending_a_county_leaves_its_facts_alone(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(SMALL, folder)
    untidy = folder / "village" / "allowance.yml"
    untidy.write_text(untidy.read_text("utf-8").replace("向镇里申请，", "向 镇里申请,"), "utf-8")

    assert mend(read(folder)) == ("village/allowance.yml",)
    assert untidy.read_bytes() == (SMALL / "village" / "allowance.yml").read_bytes()
    assert mend(read(folder)) == ()


def test_the_small_county_is_in_canonical_format() -> None:
    assert not_canonical(read(SMALL)) == ()


def test_a_file_with_broken_form_is_never_rewritten(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(SMALL, folder)
    broken = folder / "village" / "allowance.yml"
    broken.write_text("name: [\n", "utf-8")

    mend(read(folder))

    assert broken.read_text("utf-8") == "name: [\n"
