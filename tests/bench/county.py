"""A synthetic county of any size, written as real list files.

A real county has about 340 items a township in the national format (117 basic, 99
cooperative, 124 taken back on average in 2025, 中央编办 via 新华社), 80 village
items and some 90 villages.
"""

from __future__ import annotations

import shutil
import zlib
from pathlib import Path

import yaml

SMALL = Path(__file__).parents[1] / "counties" / "small"
TOWNSHIP_ITEMS = {"duty": 117, "joint": 99, "gone": 124}
VILLAGE_ITEMS = {"self": 16, "help": 30, "refuse": 34}
FIELDS = 20
"""Fields beside those of the small county: real lists have 22."""
OFFICES = 40
"""Departments beside those of the small county."""
_SENTENCE = (
    "先到村里问一声，带上身份证和户口簿，村里帮您把材料报到镇里，镇里审核以后通知您来拿结果。"
)


def write(folder: Path, townships: int, villages: int, items_each: int) -> None:
    """Write a county into the new folder ``folder``.

    ``villages`` is the whole county's number; ``items_each`` the township items that
    each township has for itself alone, in the national proportions.
    """
    shutil.copytree(SMALL, folder)
    for name in ("places", "village", "township", "decisions"):
        shutil.rmtree(folder / name)
        (folder / name).mkdir()
    _write(folder / "item-lists.yml", _without_counts(folder / "item-lists.yml"))
    _add(folder / "fields.yml", "fields", [_named("field", n) for n in range(FIELDS)])
    offices = [_named("office", n) | {"level": "county"} for n in range(OFFICES)]
    _add(folder / "departments.yml", "departments", offices)
    for number in range(townships):
        count = villages // townships + (number < villages % townships)
        _write(folder / "places" / f"town-{number}.yml", _township(number, count))
        _township_items(folder, number, items_each)
    for item_list, count in VILLAGE_ITEMS.items():
        for number in range(count):
            key = f"{item_list}-{number}"
            _write(folder / "village" / f"{key}.yml", _village_item(key, item_list, number))
    _write(folder / "decisions" / "2024-published.yml", _publication(folder))


def _named(kind: str, number: int) -> dict[str, object]:
    return {"id": f"{kind}-{number}", "name": {"zh": f"{kind}{number}", "en": f"{kind} {number}"}}


def _add(path: Path, register: str, rows: list[dict[str, object]]) -> None:
    data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    data[register].extend(rows)
    _write(path, data)


def change_one(folder: Path, key: str) -> None:
    """Change the answer of the first item whose id matches ``key`` (``t0-gone-*``)."""
    path = min(folder.glob(f"*/{key}.yml"))
    path.write_text(path.read_text("utf-8").replace("先到村里问一声", "先到村里打听一下"), "utf-8")


def _township(number: int, villages: int) -> dict[str, object]:
    code = f"990101{100 + number}"
    return {
        "code": f"{code}000",
        "name": {"zh": f"{number}号镇", "en": f"Town {number}"},
        "kind": "town",
        "villages": [
            {
                "code": f"{code}{200 + each}",
                "name": {"zh": f"{number}镇{each}村", "en": f"Village {number}-{each}"},
                "slug": f"v{each}",
                "kind": "village",
            }
            for each in range(villages)
        ],
    }


def _township_items(folder: Path, township: int, items_each: int) -> None:
    total = sum(TOWNSHIP_ITEMS.values())
    made = 0
    for item_list, share in TOWNSHIP_ITEMS.items():
        for _ in range(round(items_each * share / total)):
            key = f"t{township}-{item_list}-{made}"
            _write(folder / "township" / f"{key}.yml", _township_item(key, item_list, township))
            made += 1


def _publication(folder: Path) -> dict[str, object]:
    """The decision that put every item on its list; township items each in their own township."""
    changes: dict[tuple[str, str], list[str]] = {}
    for path in sorted((*folder.glob("village/*.yml"), *folder.glob("township/*.yml"))):
        item = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        place = item.get("places", [""])[0]
        changes.setdefault((item["list"], place), []).append(path.stem)
    return {
        "kind": "publication",
        "title": {"zh": "公布清单", "en": "Lists published"},
        "date": "2024",
        "level": "county",
        "summary": {"zh": "清单公布了。", "en": "The lists are published."},
        "changes": [
            {"change": "added", "items": items, "to_list": item_list}
            | ({"places": [place]} if place else {})
            for (item_list, place), items in changes.items()
        ],
        "certainty": "illustrative",
    }


def _common(key: str, item_list: str) -> dict[str, object]:
    return {
        "name": {"zh": f"{key}的申请和办理", "en": f"Application for {key}"},
        "list": item_list,
        "field": f"field-{_spread(key, FIELDS)}",
        "said_as": {"zh": [f"{key}怎么办", f"{key}找谁", f"办{key}"]},
        "basis": [{"document": "help-law", "checked": "memory", "checked_on": "2026-01-01"}],
        "certainty": "illustrative",
        "answer": {"zh": f"{key}：{_SENTENCE}", "en": f"{key}: ask at the village first."},
    }


def _spread(key: str, count: int) -> int:
    """One of ``count`` for an item, the same in every run."""
    return zlib.crc32(key.encode()) % count


def _office(key: str) -> str:
    return f"office-{_spread(key, OFFICES)}"


def _village_item(key: str, item_list: str, number: int) -> dict[str, object]:
    item = _common(key, item_list) | {"department": _office(key)}
    if item_list == "refuse":
        item["replacement"] = {
            "modes": ["department-check"],
            "by": [_office(key)],
            "how": {"zh": f"{_SENTENCE}{number}", "en": f"The asker checks it. {number}"},
            "confidence": "high",
        }
    return item


def _township_item(key: str, item_list: str, township: int) -> dict[str, object]:
    item = _common(key, item_list) | {"places": [f"990101{100 + township}000"]}
    duty = {"zh": _SENTENCE, "en": "Leads, checks and decides."}
    if item_list == "joint":
        item |= {"leads": [_office(key)], "lead_duty": duty, "township_duty": dict(duty)}
    elif item_list == "gone":
        item |= {"taken_by": [_office(key)], "method": duty}
    return item


def _without_counts(path: Path) -> object:
    data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    for each in data["item_lists"]:
        each.pop("count", None)
    return data


def _write(path: Path, data: object) -> None:
    text = yaml.dump(
        data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    path.write_text(text, encoding="utf-8")
