"""One village poster, set by Typst, printed by Chromium, and set by WeasyPrint if it is there.

The last two start a process for each poster, as printing from a browser does; what their own
children use is counted as far as the system tells. All three set the same words on A3 in the same colours: a head, three columns, eighty rows.
Printed: CPU seconds of the first and of a further poster, bytes, fonts, and how many of the
items' names can be read back. The HTML has no fitting: its type is small enough by hand.

    python tests/bench/paper.py [--weasyprint PATH]
"""

from __future__ import annotations

import argparse
import datetime
import html
import io
import json
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import pypdf
import pypdfium2  # type: ignore[import-untyped]

from generator.check import check_folder
from generator.edition import Edition
from generator.posters.content import Writer
from generator.posters.order import Order, Wanted, orders
from generator.posters.press import typesetter
from generator.posters.typeset import Typesetter

ROOT = Path(__file__).parents[2]
SITE = "https://lists.example.org/county/"

STYLE = """
@page { size: 297mm 420mm; margin: 0 }
body { margin: 0; font-family: "Noto Sans CJK SC", sans-serif; font-size: 12pt; line-height: 1.25 }
header { background: #083f3b; color: #fff; padding: 10mm 13mm; height: 55mm }
h1 { font-size: 60pt; margin: 0 } h2 { font-size: 24pt; margin: 0; padding: 4mm; color: #fff }
table.sheet { border-spacing: 5mm; width: 100%; table-layout: fixed } td { vertical-align: top }
.row { border-bottom: .5pt solid #ccc; padding: .8mm 2mm; font-weight: 650 }
.row span { display: block; font-size: 9pt; font-weight: 400 }
.does h2 { background: #0b6636 } .assists h2 { background: #8a4b00 }
.does-not h2 { background: #274c86 }
"""


def page(data: dict[str, Any], lists: list[dict[str, Any]]) -> str:
    """The poster as HTML, with a table for its columns: WeasyPrint's fastest layout."""
    columns = "".join(
        f'<td class="{each["role"]}"><h2>{html.escape(each["name"][0])}</h2>'
        + "".join(_row(item) for item in each["items"])
        + "</td>"
        for each in lists
    )
    head = f"<header><h1>{html.escape(data['place'][0])}</h1>{html.escape(data['tag'][0])}</header>"
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>x</title>'
        f'<style>{STYLE}</style>{head}<table class="sheet"><tr>{columns}</tr></table></html>'
    )


def _row(item: dict[str, Any]) -> str:
    note = html.escape(item["note"][0]) if item["note"] else ""
    return f'<div class="row">{html.escape(item["name"][0])}<span>{note}</span></div>'


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process and its children."""

    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    before = used()
    work()
    return used() - before


def report(name: str, first: float, further: float, pdf: bytes, names: list[str]) -> None:
    """One line: cost, size, and what can be read back."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join("".join(each.get_textpage().get_text_bounded().split()) for each in document)
    found = sum("".join(each.split()) in text for each in names)
    fonts = {
        str(font.get_object()["/Subtype"])
        for each in pypdf.PdfReader(io.BytesIO(pdf)).pages
        for font in cast("dict[str, Any]", each["/Resources"]).get("/Font", {}).values()
    }
    print(
        f"{name:11} first {first:5.2f} s  further {further:5.2f} s  {len(pdf) / 1000:5.0f} kB  "
        f"{len(document)} page(s)  {found}/{len(names)} names  {', '.join(sorted(fonts))}"
    )


def main() -> None:
    """Print one line an engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weasyprint", default="weasyprint", help="its command")
    given = parser.parse_args()
    today = datetime.date(2026, 11, 24)
    checked = check_folder(ROOT / "lists", today)
    assert checked.county
    edition = Edition(checked.county, checked.languages, today, site_url=SITE)
    wanted = Wanted(kinds=("poster",), variants=(("zh",),), turned=False)
    villages = [each for each in orders(edition, wanted) if each.subject.count("/") > 1][:2]
    _compare(edition, villages, given.weasyprint)


def _compare(edition: Edition, villages: list[Order], weasyprint: str) -> None:
    writer, setter = Writer(edition), typesetter(None)
    first, further = (partial(_set, setter, writer, each) for each in villages)
    costs = (seconds(first), seconds(further))
    content = writer.content(villages[1])
    lists = json.loads(content.lists.encoded)
    names = [item["name"][0] for each in lists for item in each["items"]]
    report("Typst", *costs, further(), names)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "poster.html", Path(folder) / "poster.pdf"
        source.write_text(page(content.own, lists), encoding="utf-8")
        for name, command in _commands(source, target, weasyprint).items():
            if shutil.which(command[0]) is None:
                print(f"{name:11} not installed")
                continue
            run = partial(subprocess.run, command, check=True, capture_output=True)
            report(name, seconds(run), seconds(run), target.read_bytes(), names)


def _set(setter: Typesetter, writer: Writer, order: Order) -> bytes:
    return setter.pdf(order, writer.content(order))


def _commands(source: Path, target: Path, weasyprint: str) -> dict[str, list[str]]:
    chromium = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--no-pdf-header-footer",
        f"--print-to-pdf={target}",
        source.as_uri(),
    ]
    return {"Chromium": chromium, "WeasyPrint": [weasyprint, str(source), str(target)]}


if __name__ == "__main__":
    main()
