"""What is read is noted, whoever reads it first: the ground on which rebuilds stand."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SMALL
from msgspec import structs

from generator import clock
from generator.check import check_folder
from generator.cli.settings import SettingsFile
from generator.model import Text, encoded
from generator.pages import Shell
from generator.parts import joined
from generator.project.engine import SiteEngine
from generator.publishing.trace import MOST_FIELDS, Recorder, Trace, record_names
from generator.reading import read
from generator.watch import recording, watched, whole

ROOT = Path(__file__).parents[1]
COUNTIES = {"small": SMALL / "mkdocs.yml", "demonstration": ROOT / "mkdocs.yml"}


def engine(config: Path, folder: Path) -> SiteEngine:
    """An engine that has made its frame."""
    file = SettingsFile(config, "zh")
    made = SiteEngine(file.settings, lambda: file.framer, clock.utc_day())
    folder.mkdir()
    made.frame(folder)
    return made


def reads(made: SiteEngine, *, backwards: bool) -> dict[str, set[str]]:
    """What each file and each shared result has read, files being made in one order or the other."""
    recorder = Recorder(Trace(), record_names(made.edition.county))
    works = [work for group in made.groups() for work in group.find()]
    for work in reversed(works) if backwards else works:
        identity = work.identity(recorder.records)
        assert identity is not None, f"{work.path} is made from something unknown"
        with recording() as noted:
            joined(work.parts())
        recorder.note(work.path, identity, noted)
    recorder.close({work.path for work in works}, made.edition.shared, ())
    trace = recorder.trace
    found = {**trace.reads, **{f"view/{name}": each for name, each in trace.shared.items()}}
    return {
        name: {
            f"{trace.owners[each // MOST_FIELDS]}.{trace.fields[each % MOST_FIELDS]}"
            for each in numbers
        }
        for name, numbers in found.items()
    }


@pytest.mark.parametrize("county", COUNTIES)
def test_what_a_file_reads_does_not_depend_on_which_file_was_made_before(
    tmp_path: Path, county: str
) -> None:
    """Else something keeps a result without saying what it read: a cache that is no view."""
    forwards = reads(engine(COUNTIES[county], tmp_path / "one"), backwards=False)
    backwards = reads(engine(COUNTIES[county], tmp_path / "two"), backwards=True)

    assert forwards.keys() == backwards.keys()
    for name, found in forwards.items():
        assert found == backwards[name], name


def test_what_surrounds_all_pages_reads_nothing_before_a_page_asks(tmp_path: Path) -> None:
    made = engine(SMALL / "mkdocs.yml", tmp_path / "frame")
    with recording() as noted:
        Shell(made.edition, defaultdict(str), "")

    assert noted == set()


def test_a_watched_county_reads_like_the_county(tmp_path: Path) -> None:
    county = check_folder(SMALL, datetime.date(2026, 1, 1)).county
    assert county is not None
    same = watched(county)

    for key, item in county.items.items():
        assert isinstance(same.items[key], type(item))
        assert encoded(whole(same.items[key])) == encoded(item)
        assert same.items[key].origin == item.origin
    with recording() as noted:
        assert same.items["allowance"].name.zh
    assert ("items", "allowance") in noted
    assert {part for _, part in noted} == {"allowance", "name.zh"}


LOOKS: dict[str, tuple[Callable[[Text], object], set[str]]] = {
    "in Chinese": (lambda text: text.zh, {"zh"}),
    "as a string": (str, {"zh"}),
    "in a language that it has": (lambda text: text.to("en"), {"en"}),
    "in a language that it lacks": (lambda text: text.to("ug"), {"ug", "zh"}),
    "one language alone": (lambda text: text.get("ug"), {"ug"}),
    "every language": (lambda text: list(text.languages()), {""}),
    "what is behind it": (lambda text: text.by_language, {""}),
    "compared": (lambda text: text == Text({"zh": "别的"}), {""}),
    "compared with": (lambda text: Text({"zh": "别的"}) == text, {""}),
}


@pytest.mark.parametrize("look", LOOKS)
def test_of_a_text_the_languages_are_noted_that_somebody_looked_at(look: str) -> None:
    county = read(SMALL).county
    assert county is not None
    item = watched(county).items["allowance"]
    looking, languages = LOOKS[look]

    with recording() as noted:
        seen = looking(item.name)

    assert noted == {(id(item), f"name.{each}" if each else "name") for each in languages}
    assert seen == looking(county.items["allowance"].name)


def test_whether_there_is_a_text_is_noted_where_there_need_not_be_one() -> None:
    county = read(SMALL).county
    assert county is not None
    items = watched(county).items.values()
    with recording() as noted:
        assert {item.note is None for item in items} == {True, False}

    assert noted == {(id(item), "note?") for item in items}


def test_a_copy_of_a_record_has_texts_of_its_own() -> None:
    """Else what is read of them would be noted for a record that no site knows."""
    county = read(SMALL).county
    assert county is not None
    copies = {key: item.replaced() for key, item in watched(county).items.items()}
    again = watched(structs.replace(county, items=copies))
    item = again.items["allowance"]
    with recording() as noted:
        assert item.name.zh

    assert noted == {(id(item), "name.zh")}
