"""Two ways to look at a record: msgspec makes it, or ``mistakes`` says all that is wrong."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError

from generator.model import Record
from generator.reading import read
from generator.reading.mistakes import mistakes
from generator.reading.shape import made_from

SMALL = Path(__file__).parent / "counties" / "small"
Where = tuple[str | int, ...]


def _records() -> list[tuple[type[Record], Any]]:
    """Everything that the small county's files hold, as plain data."""
    reading = read(SMALL)
    found: list[tuple[type[Record], Any]] = []
    for name, (kind, register) in reading.kinds.items():
        data = reading.files[name].data
        key = {name: "x" for name in ("id", "slug") if name in kind.__struct_fields__}
        found += [(kind, row) for row in data[register]] if register else [(kind, key | data)]
    return found


RECORDS = _records()


def places(data: Any, path: Where = ()) -> Iterator[Where]:
    """The way to every value inside."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in pairs:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def is_made(kind: type[Record], data: Any) -> bool:
    try:
        made_from(kind, data)
    except ValidationError:
        return False
    return True


def test_of_what_is_in_order_nothing_is_wrong() -> None:
    assert len(RECORDS) > 50
    for kind, data in RECORDS:
        assert is_made(kind, data), data
        assert list(mistakes(data, kind)) == []


VALUES = (
    st.sampled_from(
        ["", "a\n", "ab", "-1", "0", "16", "16.0", "1e2", "zh", "true", "2024-05-20", "2024-13"]
    )
    | st.text(max_size=3)
    | st.just("x" * 2001)
    | st.booleans()
    | st.sampled_from(
        [[], {}, ["a"], [{}], {"zh": "好"}, {"en": "good"}, {"zh": ""}, {"zh": ["好"]}]
    )
)


@given(st.sampled_from(RECORDS), st.data(), VALUES)
def test_a_record_is_refused_exactly_where_a_mistake_is_named(
    record: tuple[type[Record], Any], draw: st.DataObject, value: Any
) -> None:
    kind, original = record
    data = copy.deepcopy(original)
    *outer, key = draw.draw(st.sampled_from(list(places(data))))
    inside = data
    for step in outer:
        inside = inside[step]
    how = draw.draw(st.sampled_from(["replaced", "removed", "beside"]))
    if how == "removed":
        del inside[key]
    elif how == "beside" and isinstance(inside, dict):
        inside[f"{key}x"] = value
    else:
        inside[key] = value

    found = list(mistakes(data, kind))

    assert is_made(kind, data) == (not found)
    for each in found:
        assert each.path[: len(outer)] == tuple(outer)


@pytest.mark.parametrize("code", ["990101101201\n", "99010110120١", " 990101101201"])
def test_a_code_is_twelve_plain_digits_to_its_very_end(code: str) -> None:
    kind, data = next((kind, data) for kind, data in RECORDS if "code" in kind.__struct_fields__)

    assert not is_made(kind, {**data, "code": code})
    assert [each.rule for each in mistakes({**data, "code": code}, kind)] == ["shape-pattern"]


@pytest.mark.parametrize("number", ["-1", "16.5", "十六", "1e2x"])
def test_a_number_that_is_none_is_named_whatever_way_it_is_written(number: str) -> None:
    kind, data = next((kind, data) for kind, data in RECORDS if kind.__name__ == "ItemList")
    spoilt = {**data, "count": number, "role": "nobody"}

    assert [each.path for each in mistakes(spoilt, kind)] == [("role",), ("count",)]
    assert [each.path for each in mistakes({**spoilt, "count": "16.0"}, kind)] == [("role",)]
