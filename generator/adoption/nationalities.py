"""Names of autonomous counties and ethnic townships: the place, and the peoples it names."""

from __future__ import annotations

import re

_PEOPLES = {
    "蒙古": "Mongol", "回": "Hui", "藏": "Tibetan", "维吾尔": "Uygur", "苗": "Miao", "彝": "Yi",
    "壮": "Zhuang", "布依": "Buyei", "朝鲜": "Korean", "满": "Manchu", "侗": "Dong", "瑶": "Yao",
    "白": "Bai", "土家": "Tujia", "哈尼": "Hani", "哈萨克": "Kazak", "傣": "Dai", "黎": "Li",
    "傈僳": "Lisu", "佤": "Va", "畲": "She", "高山": "Gaoshan", "拉祜": "Lahu", "水": "Sui",
    "东乡": "Dongxiang", "纳西": "Naxi", "景颇": "Jingpo", "柯尔克孜": "Kirgiz", "土": "Tu",
    "达斡尔": "Daur", "仫佬": "Mulao", "羌": "Qiang", "布朗": "Blang", "撒拉": "Salar",
    "毛南": "Maonan", "仡佬": "Gelao", "锡伯": "Xibe", "阿昌": "Achang", "普米": "Pumi",
    "塔吉克": "Tajik", "怒": "Nu", "乌孜别克": "Uzbek", "俄罗斯": "Russ", "鄂温克": "Ewenki",
    "德昂": "Deang", "保安": "Bonan", "裕固": "Yugur", "京": "Gin", "塔塔尔": "Tatar",
    "独龙": "Derung", "鄂伦春": "Oroqen", "赫哲": "Hezhen", "门巴": "Monba", "珞巴": "Lhoba",
    "基诺": "Jino",
}  # fmt: skip
"""Peoples as GB/T 3304 romanises them, or by their English name where they have one."""

_NAMED = re.compile(
    rf"(?P<stem>[\u3400-\u9fff]+?)(?P<peoples>(?:(?:{'|'.join(_PEOPLES)})族)+|各族)"
)
_PEOPLE = re.compile("|".join(sorted(_PEOPLES, key=len, reverse=True)))


def parted(name: str) -> tuple[str, tuple[str, ...]]:
    """The place's own name and the peoples named with it, in English.

    ``双江拉祜族佤族`` is ``双江`` of ``Lahu`` and ``Va``; a name without peoples stays whole.
    """
    found = _NAMED.fullmatch(name)
    if not found:
        return name, ()
    return found["stem"], tuple(_PEOPLES[each] for each in _PEOPLE.findall(found["peoples"]))


def joined(peoples: tuple[str, ...]) -> str:
    """``Lahu, Va and Dai``."""
    *others, last = peoples
    return f"{', '.join(others)} and {last}" if others else last
