"""Plain MkDocs works as it is, and broken lists never cost the last good site."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the small county that may be changed."""
    folder = tmp_path / "lists"
    shutil.copytree(SMALL, folder)
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("../../..", str(ROOT)), "utf-8")
    return folder


def build(county: Path, *options: str, command: str = "mkdocs") -> subprocess.CompletedProcess[str]:
    target = county.parent / "site"
    arguments = {
        "mkdocs": ["build", "-f", str(county / "mkdocs.yml"), "-d", str(target)],
        "properdocs": ["build", "-f", str(county / "mkdocs.yml"), "-d", str(target)],
        "qingdan": ["build", "--config", str(county / "mkdocs.yml"), "--site-dir", str(target)],
    }[command]
    return subprocess.run(
        [tool(command), *arguments, *options],
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
        cwd=county,
    )


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(("sitemap.xml", "build.json"))
    }


def test_gh_deploy_pushes_the_very_site_that_was_built(county: Path, tmp_path: Path) -> None:
    remote, site = tmp_path / "remote.git", tmp_path / "site"
    person = {
        f"GIT_{who}_{what}": "li" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }

    def run(*command: str) -> bytes:
        environment = {**ENVIRONMENT, **person, "GIT_CONFIG_GLOBAL": os.devnull}
        return subprocess.run(
            command, cwd=county, env=environment, check=True, capture_output=True
        ).stdout

    run("git", "init", "--quiet", "--bare", str(remote))
    run("git", "init", "--quiet")
    run("git", "remote", "add", "county", str(remote))
    run("git", "add", ".")
    run("git", "commit", "--quiet", "--message", "Lists")
    run(tool("mkdocs"), "gh-deploy", "--quiet", "--remote-name", "county", "--site-dir", str(site))

    archive = run("git", "--git-dir", str(remote), "archive", "--format=zip", "gh-pages")
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        files.extractall(tmp_path / "deployed")
    deployed = {
        path.relative_to(tmp_path / "deployed"): path.read_bytes()
        for path in (tmp_path / "deployed").rglob("*")
        if path.is_file()
    }
    built = {
        path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }
    assert Path("items/death-proof/index.html") in built
    assert deployed == built | {Path(".nojekyll"): b""}


def test_a_strict_build_has_no_warning(county: Path) -> None:
    result = build(county, "--strict")

    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr


@pytest.mark.parametrize("command", ["mkdocs", "qingdan"])
def test_a_theme_of_ones_own_may_use_materials_icons(county: Path, command: str) -> None:
    theme = county.parent / "theme"
    shutil.copytree(ROOT / "overrides", theme)
    page = theme / "main.html"
    include = '{% include ".icons/material/phone.svg" %}</footer>'
    page.write_text(page.read_text("utf-8").replace("</footer>", include), "utf-8")
    config = county / "mkdocs.yml"
    text = re.sub("custom_dir: .*", f"custom_dir: {theme}", config.read_text("utf-8"))
    config.write_text(text, "utf-8")

    result = build(county, command=command)

    assert result.returncode == 0, result.stderr
    assert "<svg" in (county.parent / "site" / "index.html").read_text("utf-8").split("<footer")[1]


def test_two_builds_give_the_same_bytes(county: Path) -> None:
    build(county)
    first = tree(county.parent / "site")
    build(county, command="qingdan")

    assert tree(county.parent / "site") == first


@pytest.mark.parametrize("command", ["mkdocs", "qingdan"])
def test_broken_lists_leave_the_last_site_whole_and_say_where(county: Path, command: str) -> None:
    build(county, command=command)
    before = tree(county.parent / "site")
    item = county / "village" / "allowance.yml"
    item.write_text(item.read_text("utf-8").replace("civil-affairs", "civil-afairs"), "utf-8")

    result = build(county, command=command)

    assert result.returncode != 0
    assert "village/allowance.yml:" in result.stderr
    assert "是不是“civil-affairs”？" in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(county.parent / "site") == before


def test_pages_are_written_as_markdown_for_other_generators(county: Path) -> None:
    out = county.parent / "pages"
    subprocess.run(
        [tool("qingdan"), "pages", "--lists", str(county), "--out", str(out)],
        check=True,
        cwd=county,
    )

    assert (
        (out / "places/dong-zhen/yakou-cun/index.md").read_text("utf-8").startswith("---\ntitle:")
    )
    assert (out / "en/items/allowance/index.md").is_file()
    assert (out / "about.md").is_file()


def test_pages_are_never_written_over_something_else(county: Path) -> None:
    result = subprocess.run(
        [tool("qingdan"), "pages", "--lists", str(county), "--out", str(county)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert "换一个新文件夹" in result.stderr


def test_the_sitemap_names_every_page_with_its_translations(county: Path) -> None:
    config = county / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "site_url: https://example.org/lists/\n", "utf-8")

    result = build(county)

    assert result.returncode == 0, result.stderr
    text = (county.parent / "site" / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://example.org/lists/items/allowance/</loc>" in text
    assert 'hreflang="en" href="https://example.org/lists/en/items/allowance/"' in text
    assert text.count("<url>") == sum(1 for _ in (county.parent / "site").rglob("index.html"))
    page = (county.parent / "site/en/items/allowance/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/lists/en/items/allowance/">' in page


@pytest.fixture
def serving(county: Path, free_port: int) -> Iterator[str]:
    """``mkdocs serve`` on the county, as a clerk starts it."""
    address = f"127.0.0.1:{free_port}"
    process = subprocess.Popen(
        [tool("mkdocs"), "serve", "-f", str(county / "mkdocs.yml"), "-a", address],
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield f"http://{address}/"
    process.terminate()
    process.wait(10)


def test_a_saved_list_changes_the_page_being_served(county: Path, serving: str) -> None:
    address = f"{serving}items/allowance/"
    assert "村里可以代办" in eventually(address, "村里可以代办")
    item = county / "village" / "allowance.yml"
    item.write_text(item.read_text("utf-8").replace("村里可以代办", "村里帮您跑"), "utf-8")

    assert "村里帮您跑" in eventually(address, "村里帮您跑")


def eventually(address: str, text: str, seconds: float = 30) -> str:
    """The page at ``address`` once it holds ``text``, or as it is when time runs out."""
    page = ""
    end = time.monotonic() + seconds
    while text not in page and time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                page = response.read().decode("utf-8")
        except OSError:
            page = ""
        time.sleep(0.3)
    return page


def test_the_spare_engine_builds_the_same_pages(county: Path) -> None:
    """MkDocs is frozen; ProperDocs is the spare that reads the same configuration."""
    build(county)
    ours = tree(county.parent / "site")
    result = build(county, command="properdocs")

    assert result.returncode == 0, result.stderr
    assert tree(county.parent / "site") == ours
