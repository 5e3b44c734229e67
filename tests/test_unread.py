"""Records of files that nobody touched: as good as read, and read only when somebody asks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from bench.county import change_one, write
from conftest import SMALL

from generator import clock, publishing
from generator.cli.settings import SettingsFile
from generator.model import County, encoded, fields_of
from generator.project.engine import SiteEngine
from generator.publishing import Summary, Workspace
from generator.reading import Known, Reading, Remembered, read
from generator.untouched import settle
from generator.watch import recording, whole

ROOT = Path(__file__).parents[1]


def again(folder: Path, remembered: Remembered | None = None) -> Reading:
    """Read lists on a device whose clock has moved on."""
    return read(folder, remembered, settle(folder.parent))


def kept(reading: Reading, before: Remembered | None = None) -> Remembered:
    """What is remembered of a reading, as it comes back from a file."""
    released = reading.released()
    files = {name: Known(*json.loads(json.dumps(each))) for name, each in released.files.items()}
    texts = {**(before.texts if before else {}), **released.texts}
    return Remembered(files, {name: texts[name] for name in files})


def county_of(reading: Reading) -> County:
    assert reading.county is not None
    return reading.county


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "lists"))


@pytest.mark.parametrize("county", [SMALL, ROOT / "lists"], ids=["small", "demonstration"])
def test_an_unread_item_says_field_by_field_what_a_read_one_says(
    tmp_path: Path, county: Path
) -> None:
    folder = Path(shutil.copytree(county, tmp_path / "lists"))
    first = again(folder)
    remembered = kept(first)

    items = county_of(first).items
    assert items
    for name in {each for item in items.values() for each in fields_of(type(item))}:
        unread = county_of(again(folder, remembered)).items
        assert list(unread) == list(items)
        for key, item in items.items():
            if name in fields_of(type(item)):
                assert getattr(unread[key], name) == getattr(item, name), (key, name)


def test_an_unread_item_is_dumped_copied_and_compared_like_a_read_one(lists: Path) -> None:
    first = again(lists)
    remembered = kept(first)

    for key, item in county_of(first).items.items():
        dumped, copied, compared = (
            county_of(again(lists, remembered)).items[key] for _ in range(3)
        )
        assert encoded(whole(dumped)) == encoded(item)
        changed = copied.replaced(list="another")
        assert encoded(changed) == encoded(item.replaced(list="another"))
        assert compared == dumped
        assert compared.origin == item.origin


def test_what_stands_at_hand_is_asked_for_without_reading_the_item(lists: Path) -> None:
    remembered = kept(again(lists))
    reading = again(lists, remembered)

    for item in county_of(reading).items.values():
        assert item.id
        assert item.list
        assert item.field
        assert isinstance(item.places, tuple)
        assert item.related is not None
        assert item.name.zh
    assert reading.unread.keys() == county_of(reading).items.keys()
    assert reading.filled == set()

    assert county_of(reading).items["allowance"].answer
    assert reading.filled == {"allowance"}


def test_what_is_asked_of_an_unread_item_is_noted(lists: Path) -> None:
    remembered = kept(again(lists))
    item = county_of(again(lists, remembered)).items["allowance"]

    with recording() as noted:
        assert item.field
        assert item.name.zh

    assert noted == {(id(item), "field"), (id(item), "name.zh")}


def test_a_file_that_was_written_again_is_read_again(lists: Path) -> None:
    remembered = kept(again(lists))
    path = lists / "village" / "allowance.yml"
    before = path.read_text("utf-8")

    path.write_text(before, "utf-8")
    same = again(lists, remembered)
    path.write_text(before.replace("field: ", "field:  "), "utf-8")
    spaced = again(lists, kept(same, remembered))

    for reading in (same, spaced):
        assert "allowance" not in reading.unread
        assert len(reading.unread) == len(county_of(reading).items) - 1


def test_a_file_that_was_written_since_the_clock_moved_on_is_read_the_next_time(
    lists: Path,
) -> None:
    settled = settle(lists.parent)
    path = lists / "village/allowance.yml"
    path.write_bytes(path.read_bytes())  # it may be written again before the clock moves on
    reading = read(lists, Remembered(), settled)

    assert "village/allowance.yml" not in reading.marks
    assert "village/death-proof.yml" in reading.marks
    assert "allowance" not in again(lists, kept(reading)).unread


def test_without_a_clock_to_rely_on_every_file_is_read(lists: Path) -> None:
    remembered = kept(again(lists))

    elsewhere = read(lists, remembered, settled=None)
    afterwards = again(lists, kept(elsewhere, remembered))

    for reading in (elsewhere, afterwards):
        assert reading.unread == {}
        assert reading.hashes == {name: each.digest for name, each in remembered.files.items()}


def test_an_item_is_read_again_when_its_list_means_something_else(lists: Path) -> None:
    remembered = kept(again(lists))
    path = lists / "item-lists.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("role: basic", "role: taken-back"), "utf-8")

    reading = again(lists, remembered)

    assert {each.rule for each in reading.findings} >= {"shape-missing-key"}


def test_a_file_that_became_a_link_is_refused(lists: Path, tmp_path: Path) -> None:
    remembered = kept(again(lists))
    path = lists / "village" / "allowance.yml"
    path.rename(tmp_path / "allowance.yml")
    path.symlink_to(tmp_path / "allowance.yml")

    assert [each.rule for each in again(lists, remembered).findings] == ["file-not-plain"]


TOWNSHIPS, ITEMS_EACH = 4, 20
_CONFIG = f"""\
INHERIT: {ROOT}/mkdocs.yml
docs_dir: lists/pages
theme:
  custom_dir: {ROOT}/overrides
plugins:
  qingdan:
    lists: lists
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county whose site was built."""
    folder = tmp_path_factory.mktemp("county")
    write(folder / "lists", TOWNSHIPS, 8, ITEMS_EACH)
    (folder / "lists" / "mkdocs.yml").unlink()
    (folder / "mkdocs.yml").write_text(_CONFIG, "utf-8")
    built(folder)
    return folder


def built(folder: Path) -> tuple[Summary, SiteEngine]:
    """Build a site as ``qingdan build`` does."""
    file = SettingsFile(folder / "mkdocs.yml", "zh")
    workspace = Workspace(folder / "site")
    with workspace.held():
        inputs, fingerprint = file.settings.made_from()
        settled = workspace.settled()
        memory = publishing.recall(workspace.memory, workspace.next, fingerprint)
        remembered = (memory.lists, settled, dict(memory.checked.items()))
        engine = SiteEngine(file.settings, lambda: file.framer, clock.utc_day(), *remembered)
        last = publishing.read_manifest(workspace.target / publishing.NAME)
        origins = publishing.Origins(inputs, {}, {}, last)
        return publishing.publish(workspace, engine, memory, origins), engine


def test_a_rebuild_without_a_change_reads_no_item(project: Path) -> None:
    summary, engine = built(project)

    assert summary.made <= 5
    assert len(engine.reading.unread) == len(engine.county.items)
    assert engine.reading.filled == set()


def test_a_rebuild_after_one_changed_answer_reads_what_stands_beside_it(project: Path) -> None:
    """On the page of its township; of other items of its list, the rows are there."""
    change_one(project / "lists", "t0-gone-*")
    summary, engine = built(project)

    items = engine.county.items
    changed = items.keys() - engine.reading.unread.keys()
    assert len(changed) == 1
    beside = {key for key in items if key.startswith("t0-")}
    assert summary.changed < summary.files / 10
    assert engine.reading.filled <= beside


def test_a_rebuild_after_one_changed_name_reads_what_stands_beside_it(project: Path) -> None:
    """And on the pages of its field and department; of other items its name is at hand."""
    path = min((project / "lists").glob("*/t0-gone-*.yml"))
    name = f"{path.stem}的申请和办理"
    path.write_text(path.read_text("utf-8").replace(f"zh: {name}\n", f"zh: {name}呢\n"), "utf-8")
    summary, engine = built(project)

    items = engine.county.items
    changed = items[path.stem]
    filled = {key for key in engine.reading.filled if not key.startswith("t0-")}
    assert summary.changed < summary.files / 10
    assert changed.name.zh == f"{name}呢"
    for item in (items[key] for key in filled):
        shares = {item.field, *item.departments} & {changed.field, *changed.departments}
        assert shares or item.level == "village", item.id
