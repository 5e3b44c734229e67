"""Our lists in the columns of two national formats, so that a clerk can paste them.

GB/T 39046-2020 (政务服务平台基础数据规范), table 4: the items of a service platform. The
standard catalogue of open government at the grass roots (基层政务公开标准目录,
国办发〔2019〕54号): what must be published, by whom, where. What our lists do not know
is left empty and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.edition import Edition
from generator.model import Item, ItemList
from generator.parts import Part, Run

from .documents import answer_of, providers
from .tables import csv_head, csv_line, grounds, lines, phones

GBT_COLUMNS = (
    "事项名称", "基本编码", "实施编码", "事项类型", "事项类型代码", "设定依据", "行使层级",
    "行使层级代码", "权限划分", "行使内容", "实施主体", "统一社会信用代码", "实施主体性质",
    "实施主体性质代码", "法定办结时限", "承诺办结时限", "受理条件", "办理流程", "共同实施部门",
    "承办机构", "数量限制", "结果名称", "是否收费", "收费依据", "通办范围", "服务对象",
    "服务对象代码", "服务主题", "办理形式", "行政管辖", "行政管辖代码", "办理地点", "办理时间",
    "咨询电话", "监督电话", "常见问题", "材料名称",
)  # fmt: skip
"""Table 4 (事项管理); columns that only a running platform can fill are left out."""

CATALOGUE_COLUMNS = (
    "序号", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体",
    "公开渠道和载体", "公开对象", "公开方式", "公开层级",
)  # fmt: skip

_LEVELS = {
    "city": ("市级", "3"),
    "county": ("县级", "4"),
    "township": ("镇（乡、街道）级", "5"),
    "village": ("村（社区）级", "6"),
}
"""Code list 行使层级 of GB/T 39046-2020."""

_PUBLIC_SERVICE = ("公共服务", "20")
_NATURAL_PERSONS = ("自然人", "1")


def service_platform(edition: Edition) -> Iterator[Part]:
    """Every item in the columns of GB/T 39046-2020, as CSV in pieces."""
    yield csv_head(GBT_COLUMNS)
    items = edition.county.items
    yield Run("items", edition.keys_of(""), lambda key, _: _service(edition, items[key]))


def disclosure_catalogue(edition: Edition) -> Iterator[Part]:
    """Every item in the columns of the catalogue of open government, as CSV in pieces."""
    items = edition.county.items

    def numbered(key: str, place: int) -> bytes:
        return f"{place + 1},".encode() + _disclosed(edition, items[key])

    yield csv_head(CATALOGUE_COLUMNS)
    yield Run("items", edition.keys_of(""), numbered, is_placed=True)


def _service(edition: Edition, item: Item) -> bytes:
    county = edition.county
    role = county.item_lists[item.list].role
    departments = [county.departments[key] for key in providers(item, role)]
    first = departments[0] if departments else None
    level = _LEVELS.get(_level(role, first.level if first else ""), ("", ""))
    is_village = item.level == "village"
    known = {
        "事项名称": item.name.zh,
        "实施编码": item.id,
        "设定依据": lines(grounds(edition, item)),
        "行使层级": level[0],
        "行使层级代码": level[1],
        "行使内容": answer_of(item).zh,
        "实施主体": first.name.zh if first else "",
        "承诺办结时限": _chinese(item, "time"),
        "办理流程": lines(each.zh for each in getattr(item, "steps", ())),
        "共同实施部门": lines(each.name.zh for each in departments[1:]),
        "是否收费": _chinese(item, "fee"),
        "服务主题": lines(county.life_events[key].name.zh for key in item.life_events),
        "行政管辖": county.profile.name.zh,
        "行政管辖代码": county.profile.code,
        "办理地点": first.address.zh if first and first.address else "",
        "办理时间": first.hours.zh if first and first.hours else "",
        "咨询电话": phones(first.phones) if first else "",
        "监督电话": county.profile.hotline.number,
        "常见问题": lines(item.said_as.get("zh", ())),
        "材料名称": lines(each.zh for each in getattr(item, "bring", ())),
    }
    if is_village:
        known["事项类型"], known["事项类型代码"] = _PUBLIC_SERVICE
        known["服务对象"], known["服务对象代码"] = _NATURAL_PERSONS
    return csv_line([known.get(column, "") for column in GBT_COLUMNS])


def _level(role: str, department: str) -> str:
    """Who exercises it: the village itself, the township itself, or the department's level."""
    return {"does": "village", "assists": "village", "basic": "township"}.get(role, department)


def _disclosed(edition: Edition, item: Item) -> bytes:
    """The cells after the number."""
    profile = edition.county.profile
    item_list = edition.county.item_lists[item.list]
    known = {
        "一级事项": item_list.title.zh,
        "二级事项": item.name.zh,
        "公开内容（要素）": answer_of(item).zh,
        "公开依据": lines(grounds(edition, item)),
        "公开主体": _publisher(edition, item_list),
        "公开渠道和载体": edition.site_url or profile.site_name.zh,
        "公开对象": "全社会",
        "公开方式": "主动公开",
        "公开层级": "村级" if item.level == "village" else "乡级",
    }
    return csv_line([known.get(column, "") for column in CATALOGUE_COLUMNS[1:]])


def _publisher(edition: Edition, item_list: ItemList) -> str:
    custodian = item_list.custodian
    return custodian.office.zh if custodian else edition.county.profile.name.zh


def _chinese(item: Item, key: str) -> str:
    text = getattr(item, key, None)
    return text.zh if text else ""
