"""What the guides on hosting say holds."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_copy_that_somebody_changed_is_told_from_its_original(
    lang: str, site: Path, tmp_path: Path
) -> None:
    text = (ROOT / "docs" / lang / "hosting.md").read_text("utf-8")
    program = re.findall(r"<<'PY'\n(.*?)\nPY\n", text, re.DOTALL)[0]

    def said(folder: Path) -> str:
        command = [sys.executable, "-c", program, str(folder)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert said(site).strip() in ("和 build.json 一样", "as in build.json")
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(site), str(copy)], check=True)
    page = copy / "items" / "death-proof" / "index.html"
    page.write_text(page.read_text("utf-8").replace("12345", "99999"), "utf-8")
    assert said(copy).strip().endswith("items/death-proof/index.html")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_site_is_swapped_in_as_every_later_one(lang: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / lang / "hosting.md").read_text("utf-8")
    (on_server,) = re.findall(r"ssh server '(.*)'", text)
    command = on_server.replace("/srv/www", str(tmp_path))

    for edition in ("first", "second"):
        (tmp_path / "lists.new").mkdir()
        (tmp_path / "lists.new" / edition).touch()
        subprocess.run(["bash", "-c", command], check=True)
        assert [path.name for path in tmp_path.iterdir()] == ["lists"]
        assert [path.name for path in (tmp_path / "lists").iterdir()] == [edition]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_configuration_for_files_is_the_one_that_is_used(lang: str) -> None:
    text = (ROOT / "docs" / lang / "hosting.md").read_text("utf-8")
    shown = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0]

    assert (ROOT / "usb.yml").read_text("utf-8").endswith(shown)


def test_every_link_between_the_documents_leads_somewhere() -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
            if not link.startswith(("http", "#", "tel:")):
                target, _, anchor = link.partition("#")
                path = (page.parent / target).resolve()
                assert path.exists(), (page, link)
                if anchor:
                    assert f'id="{anchor}"' in path.read_text("utf-8"), (page, link)
