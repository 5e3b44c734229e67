"""What holds in one place follows from scopes and variants."""

from msgspec.structs import replace

from generator.model import (
    County,
    Department,
    Item,
    ItemList,
    Profile,
    Township,
    Variant,
    VillageItem,
)
from generator.reading.shape import made_from
from generator.views import Scopes, mirrors

PROFILE = made_from(
    Profile,
    {
        "code": "990000000000",
        "name": {"zh": "样县"},
        "site_name": {"zh": "样县清单"},
        "part_of": {"zh": "某省"},
        "hotline": {"number": "12345"},
        "edition": "1",
        "sources": {"zh": "编的"},
    },
)
TOWNSHIP = made_from(
    Township,
    {
        "code": "990000101000",
        "name": {"zh": "东镇"},
        "kind": "town",
        "slug": "dong",
        "villages": [
            {
                "code": f"99000010120{n}",
                "name": {"zh": f"{n}村"},
                "slug": f"v{n}",
                "kind": "village",
            }
            for n in (1, 2)
        ],
    },
)


def list_of(key: str, role: str) -> ItemList:
    words = {"zh": key}
    return made_from(
        ItemList,
        {
            "id": key,
            "level": "village",
            "role": role,
            "name": words,
            "title": words,
            "verdict": words,
        },
    )


def county_of(*items: Item) -> County:
    lists = {each.id: each for each in (list_of("does", "does"), list_of("not", "does-not"))}
    empty = County(PROFILE, lists, {}, {}, {}, {}, {}, {TOWNSHIP.code: TOWNSHIP}, {}, {})
    return replace(empty, items={item.id: item for item in items})


def item(key: str, **values: object) -> VillageItem:
    base = {
        "id": key,
        "name": {"zh": key},
        "list": "does",
        "field": "f",
        "certainty": "illustrative",
    }
    return made_from(
        VillageItem, {**base, "department": "d", "answer": {"zh": "村里办。"}, **values}
    )


def shown(county: County, village: int) -> dict[str, list[str]]:
    view = Scopes(county).village(TOWNSHIP, TOWNSHIP.villages[village])
    return {group.item_list.id: [each.id for each in group.items] for group in view.groups}


def test_an_item_without_a_scope_holds_everywhere():
    assert shown(county_of(item("a")), 1) == {"does": ["a"], "not": []}


def test_an_item_with_a_scope_holds_only_there():
    county = county_of(item("a", places=["990000101201"]), item("b"))

    assert shown(county, 0) == {"does": ["a", "b"], "not": []}
    assert shown(county, 1) == {"does": ["b"], "not": []}


def test_a_scope_that_names_a_township_holds_in_all_its_villages():
    assert shown(county_of(item("a", places=[TOWNSHIP.code])), 1)["does"] == ["a"]


def test_a_variant_moves_an_item_to_another_list_in_its_places_only():
    moved = made_from(Variant, {"places": ["990000101202"], "list": "not"})
    county = county_of(item("a").replaced(variants=(moved,)))

    assert shown(county, 0) == {"does": ["a"], "not": []}
    assert shown(county, 1) == {"does": [], "not": ["a"]}


def test_a_department_sees_what_is_its_business_in_some_places_only():
    variant = {"places": ["990000101201"], "department": "bank"}
    county = county_of(item("a", variants=[variant]), item("b"))
    offices = {
        key: made_from(Department, {"id": key, "name": {"zh": key}, "level": "county"})
        for key in ("d", "bank")
    }
    found = mirrors(replace(county, departments=offices))

    assert [each.id for each in found["d"].answers] == ["a", "b"]
    assert found["bank"].answers == []
    assert [(each.id, where.places) for each, where in found["bank"].elsewhere] == [
        ("a", ("990000101201",))
    ]
    assert found["bank"].size == 1
