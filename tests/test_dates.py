"""Dates are as coarse as their source, and still sort."""

import datetime

import pytest

from generator.language import load_language
from generator.model import Date


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2023", (2023, 1, 1), (2023, 12, 31), "year"),
        ("2023-41", (2023, 7, 1), (2023, 12, 31), "half"),
        ("2024-02", (2024, 2, 1), (2024, 2, 29), "month"),
        ("2024-05-20", (2024, 5, 20), (2024, 5, 20), "day"),
        ("2024~", (2024, 1, 1), (2024, 12, 31), "year"),
    ],
)
def test_a_date_spans_all_the_days_it_can_mean(text, earliest, latest, precision):
    date = Date.parse(text)

    assert date.earliest == datetime.date(*earliest)
    assert date.latest == datetime.date(*latest)
    assert date.precision == precision


def test_a_date_of_which_only_the_end_is_known_begins_with_the_calendar():
    date = Date.parse("../2024-05")

    assert date.is_open
    assert date.earliest == datetime.date.min
    assert date.latest == datetime.date(2024, 5, 31)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-02-30", "2024/05", "last year", "２０２４"]
)
def test_what_is_not_a_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  the standard library words some of them
        Date.parse(text)


def test_dates_sort_by_their_last_day():
    texts = ["2024-05-20", "2023", "2024", "2023-41"]

    assert sorted(texts, key=Date.parse) == ["2023", "2023-41", "2024-05-20", "2024"]


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("2023", "2023年", "2023"),
        ("2023-41", "2023年下半年", "second half of 2023"),
        ("2024-02", "2024年2月", "February 2024"),
        ("2024-05-20", "2024年5月20日", "20 May 2024"),
        ("../2024-05-20", "2024年5月20日或更早", "20 May 2024 or earlier"),
        ("2024-11~", "2024年11月前后", "about November 2024"),
    ],
)
def test_a_date_is_said_as_people_say_it(text, chinese, english):
    date = Date.parse(text)

    assert load_language("zh").date(date) == chinese
    assert load_language("en").date(date) == english
