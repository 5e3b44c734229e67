"""Archives that other programs read, whose bytes depend on nothing but what they hold."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from generator.zipped import Archive, archive, begin, member, packed

NAMES = st.text(st.characters(codec="ascii", exclude_characters="\0\n\\/"), min_size=1).map(str)
CONTENTS = st.dictionaries(NAMES, st.text(st.characters(exclude_characters="\0")), max_size=5)


def plain(contents: dict[str, str]) -> bytes:
    return b"".join(
        begin(name) + text.encode("utf-8", "replace") for name, text in contents.items()
    )


@given(CONTENTS)
def test_an_archive_is_read_by_another_program_as_what_was_packed(contents: dict[str, str]) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(plain(contents)))) as found:
        assert found.testzip() is None
        assert found.namelist() == list(contents)
        for info in found.infolist():
            assert found.read(info) == contents[info.filename].encode("utf-8", "replace")
            assert info.date_time == (1980, 1, 1, 0, 0, 0)


@given(CONTENTS, CONTENTS)
def test_what_is_taken_over_is_what_would_be_packed(
    before: dict[str, str], now: dict[str, str]
) -> None:
    old = Archive(packed(plain(before)))

    assert old.plain == plain(before)
    assert packed(plain(before | now), old) == packed(plain(before | now))


def test_members_can_be_packed_one_by_one() -> None:
    parts = {"a": "one", "b": "two"}

    assert archive(member(name, text.encode()) for name, text in parts.items()) == packed(
        plain(parts)
    )
