"""What the demonstration county promises beyond what the rules ask of every county."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from generator.check import check_folder
from generator.model import County

LISTS = Path(__file__).parents[1] / "lists"
FEWEST = 8
# What nobody knows stays unsaid: who keeps the township lists, and an answer that is not in.
EXPECTED = {"custodian-missing": 3, "report-unanswered": 1}


@pytest.fixture(scope="module")
def county() -> County:
    checked = check_folder(LISTS, datetime.date(2026, 11, 24))
    found = [each.rule for each in checked.findings]
    assert {rule: found.count(rule) for rule in found} == EXPECTED
    assert checked.county is not None
    return checked.county


def test_villagers_have_eight_ways_and_more_to_say_each_item(county: County) -> None:
    assert len(county.items) == 151
    few = {key: len(item.said_as["zh"]) for key, item in county.items.items()}

    assert min(few.values()) >= FEWEST, few


def test_every_item_can_be_found_in_english(county: County) -> None:
    assert [key for key, item in county.items.items() if not item.said_as.get("en")] == []


def test_every_refusal_names_old_advice_and_contradicts_it(county: County) -> None:
    refused = [item for item in county.items.values() if item.list == "not"]

    assert len(refused) == 34
    assert [item.id for item in refused if not getattr(item, "outdated_advice", ())] == []


def test_no_telephone_of_a_place_was_made_up(county: County) -> None:
    for township, village in county.villages():
        assert township.service_centre.phones == village.service_centre.phones == ()
