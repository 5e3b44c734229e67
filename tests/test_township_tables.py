"""Township tables as counties publish them are read, and every doubt is told with its cell."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
import xlwt
from click.testing import CliRunner

from generator.cli import main
from generator.language import shipped_strings
from generator.reading import parse
from generator.spreadsheets import read_tables, read_workbook

SMALL = Path(__file__).parent / "counties" / "small"
Row = tuple[object, ...]

BASIC: list[Row] = [
    ("东镇基本履职事项清单",),
    ("序 号", "事项\n名称"),
    ("一、民生保障（2项）",),
    (1, "办理高龄 津贴"),
    ("２", "调解邻里\n纠纷，排查矛盾"),
    ("序号", "事项名称"),
    ("二、平安法治（1项）",),
    (4, "組織禁毒宣传"),
]
JOINT: list[Row] = [
    ("序号", "事项名称", "对应上级部门", "上级部门职责", "乡镇（街道）配合职责", "备注"),
    (1, "禁毒宣传", "县公安局\n县民政局", "组织宣传。", "配合宣传。"),
    (2, "反诈宣传", "", "", "发传单。"),
    ("", "", "", "", "进村入户。"),
    (3, "森林防火", "县林业局", "组织扑救。", ""),
]
GONE: list[Row] = [
    ("序号", "事项名称", "承接部门及工作方式"),
    (1, "对电鱼的处罚", "承接部门：县公安局\n工作方式：直接执法。"),
    (2, "低保核查", "县民政局：入户核查。"),
    (3, "其他检查", "不再开展"),
]


def as_xlsx(path: Path, sheets: dict[str, list[Row]]) -> None:
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            if len(row) == 1:
                sheet.merge_range(number, 0, number, 4, row[0])
            else:
                sheet.write_row(number, 0, row)
    book.close()


def as_xls(path: Path, sheets: dict[str, list[Row]]) -> None:
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            if len(row) == 1:
                sheet.write_merge(number, number, 0, 4, row[0])
            else:
                for column, value in enumerate(row):
                    sheet.write(number, column, value)
    book.save(path)


def as_ods(path: Path, sheets: dict[str, list[Row]]) -> None:
    def cell(value: object) -> str:
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    names = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"'
        for key in ("office", "table", "text")
    )
    content = f"<office:document-content {names}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )


def as_csv(encoding: str) -> Callable[[Path, dict[str, list[Row]]], None]:
    def write(path: Path, sheets: dict[str, list[Row]]) -> None:
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows(row for rows in sheets.values() for row in rows)
        path.write_bytes(stream.getvalue().encode(encoding))

    return write


FORMS: dict[str, Callable[[Path, dict[str, list[Row]]], None]] = {
    "t.xlsx": as_xlsx,
    "t.xls": as_xls,
    "t.ods": as_ods,
    "utf8.csv": as_csv("utf-8-sig"),
    "gb.csv": as_csv("gb18030"),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_file_says_the_same(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    FORMS[name](path, {"基本": BASIC, "配合": JOINT, "收回": GONE})
    workbook = read_workbook(path)

    found = read_tables(workbook.grids)

    assert workbook.findings == ()
    assert [(duty.role, duty.cells["name"]) for duty in found.duties] == [
        ("basic", "办理高龄津贴"),
        ("basic", "调解邻里纠纷，排查矛盾"),
        ("basic", "組織禁毒宣传"),
        ("cooperative", "禁毒宣传"),
        ("cooperative", "反诈宣传"),
        ("cooperative", "森林防火"),
        ("taken-back", "对电鱼的处罚"),
        ("taken-back", "低保核查"),
        ("taken-back", "其他检查"),
    ]
    assert [duty.cells["field"] for duty in found.duties[:3]] == [
        "民生保障",
        "民生保障",
        "平安法治",
    ]
    assert found.duties[4].cells["leads"] == "县公安局\n县民政局"
    assert found.duties[4].cells["township_duty"] == "发传单。进村入户。"
    assert found.duties[6].cells["taken_by"] == "县公安局"
    assert found.duties[7].cells["method"] == "入户核查。"


def test_every_doubtful_cell_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    as_xlsx(path, {"基本": BASIC, "配合": JOINT, "收回": GONE, "说明": [("怎么填", "看这里")]})

    found = {
        (each.rule, each.file, each.line, each.column)
        for each in read_tables(read_workbook(path).grids).findings
    }

    assert found == {
        ("table-word-joined", "基本", 4, 2),
        ("table-word-joined", "基本", 5, 2),
        ("table-traditional", "基本", 8, 2),
        ("table-number-gap", "基本", 8, 1),
        ("table-column-unknown", "配合", 1, 6),
        ("table-same-as-above", "配合", 3, 3),
        ("table-same-as-above", "配合", 3, 4),
        ("table-continued", "配合", 4, 5),
        ("table-same-as-above", "配合", 5, 5),
        ("table-not-split", "收回", 4, 3),
        ("table-cell-empty", "收回", 4, 3),
        ("table-heading-missing", "说明", 1, 1),
    }


def test_department_and_method_in_one_cell_hold_below_too_and_go_on(tmp_path: Path) -> None:
    path = tmp_path / "t.ods"
    rows: list[Row] = [
        ("序号", "事项名称", "承接部门及工作方式"),
        (1, "特种设备监管", "承接部门：县市监局\n工作方式：日常检查。"),
        (2, "食品处罚", ""),
        (3, "电梯检查", "县市监局：每年"),
        ("", "", "查一次。"),
    ]
    as_ods(path, {"收回": rows})

    found = read_tables(read_workbook(path).grids)

    assert [(each.cells["taken_by"], each.cells["method"]) for each in found.duties] == [
        ("县市监局", "日常检查。"),
        ("县市监局", "日常检查。"),
        ("县市监局", "每年查一次。"),
    ]
    assert [(each.rule, each.line, each.column) for each in found.findings] == [
        ("table-same-as-above", 3, 3),
        ("table-continued", 5, 3),
    ]


def test_what_a_merged_cell_says_is_not_doubtful(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("配合")
    for number, row in enumerate(
        [*JOINT[:1], (1, "甲", "县公安局", "查。", "报。"), (2, "乙", "", "管。", "看。")]
    ):
        sheet.write_row(number, 0, row[:5])
    sheet.merge_range(1, 2, 2, 2, "县公安局")
    book.close()

    found = read_tables(read_workbook(path).grids)

    assert found.findings == []
    assert [duty.cells["leads"] for duty in found.duties] == ["县公安局", "县公安局"]


def test_a_formula_gives_its_last_value_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("基本")
    sheet.write_row(0, 0, ("序号", "事项名称"))
    sheet.write_formula(1, 0, "=ROW()-1", None, 1)
    sheet.write_formula(1, 1, '="禁毒"&"宣传"', None, "禁毒宣传")
    book.close()

    found = read_tables(read_workbook(path).grids)

    assert [duty.cells["name"] for duty in found.duties] == ["禁毒宣传"]
    assert [(each.rule, each.line, each.column) for each in found.findings] == [
        ("table-formula", 2, 2)
    ]


def proposed(tmp_path: Path, *options: str) -> tuple[int, str, Path]:
    path, out = tmp_path / "东镇.xlsx", tmp_path / "out"
    as_xlsx(path, {"基本": BASIC, "配合": JOINT, "收回": GONE})
    command = ["import", str(path), "--township-table", "--lists", str(SMALL), *options]
    result = CliRunner().invoke(main, [*command, "--out", str(out)])
    return result.exit_code, result.output, out


def test_a_township_is_proposed_and_the_lists_stay_as_they_are(tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in SMALL.rglob("*.yml")}

    code, output, out = proposed(tmp_path, "--township", "dong-zhen")

    assert code == 0, output
    assert {path: path.read_bytes() for path in SMALL.rglob("*.yml")} == before
    item = parse("x.yml", (out / "township/dui-dian-yu-de-chu-fa.yml").read_bytes()).data
    assert item == {
        "name": {"zh": "对电鱼的处罚"},
        "list": "gone",
        "field": "to-be-sorted",
        "certainty": "official",
        "source": {"zh": "东镇.xlsx，收回，第2行"},
        "places": ["990101101000"],
        "answer": {"zh": "镇里（街道）不再办，找县公安局。"},
        "taken_by": ["police"],
        "method": {"zh": "直接执法。"},
    }
    new = parse("x.yml", (out / "departments.yml").read_bytes()).data["departments"]
    assert [each["name"]["zh"] for each in new] == ["县林业局"]
    assert "table-department-new" in output


def test_nothing_is_overwritten_and_nothing_invented(tmp_path: Path) -> None:
    code, _, out = proposed(tmp_path, "--township", "dong-zhen")
    assert code == 0
    unclear = parse("x.yml", (out / "township/qi-ta-jian-cha.yml").read_bytes()).data
    assert "taken_by" not in unclear

    code, output, _ = proposed(tmp_path)
    assert code == 1
    assert "已经有东西了" in output


def test_a_township_that_is_not_there_is_named(tmp_path: Path) -> None:
    code, output, out = proposed(tmp_path, "--township", "no-such")

    assert code == 1
    assert "no-such" in output
    assert not out.exists()


def test_every_finding_of_workbooks_has_words_in_both_languages() -> None:
    chinese, english = (shipped_strings(lang, "workbook") for lang in ("zh", "en"))

    assert chinese.keys() == english.keys()
    source = "".join(
        path.read_text("utf-8")
        for folder in ("spreadsheets", "untrusted", "reading")
        for path in (Path(__file__).parents[1] / "generator" / folder).glob("*.py")
    )
    for key in chinese:
        if key.startswith("finding."):
            rule = key.split(".")[1]
            assert f'"{rule}"' in source or rule == "workbook-refused", rule
