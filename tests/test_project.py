"""What a project says is remembered as MkDocs heard it, and a page needs MkDocs only if it says so."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click import ClickException
from jinja2 import Environment, FileSystemLoader
from test_build import edit
from test_mkdocs import ENVIRONMENT, tool
from test_rebuild import project, tree

import generator
from generator.cli.settings import SettingsFile
from generator.language import shipped_strings
from generator.project.settings import Settings
from generator.project.template import needs_mkdocs, place_of
from generator.publishing import project_inputs
from generator.untouched import settle

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small project that may be changed."""
    (tmp_path / "project").mkdir()
    return project(tmp_path / "project")


def run(
    folder: Path, *command: str, code: int = 0, **variables: str
) -> subprocess.CompletedProcess[str]:
    """A command in a project, as a clerk gives it; it must end with ``code``."""
    environment = {**ENVIRONMENT, **variables}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    return done


def heard(folder: Path, *, strict: bool = False) -> tuple[Settings, bool]:
    """The settings of a project, and whether MkDocs had to read them."""
    file = SettingsFile(folder / "mkdocs.yml", "zh", strict=strict)
    settings = file.settings
    return settings, "framer" in vars(file)


def test_a_rebuild_loads_neither_mkdocs_nor_markdown(folder: Path) -> None:
    run(folder, tool("qingdan"), "build")
    edit(folder / "lists/village/allowance.yml", "村里可以代办", "村里帮您跑")
    done = run(folder, sys.executable, "-X", "importtime", tool("qingdan"), "build")

    loaded = set(re.findall(r"(?m)^import time:.*\| +(\w+)", done.stderr))
    assert "村里帮您跑" in (folder / "site/items/allowance/index.html").read_text("utf-8")
    assert "generator" in loaded
    assert not loaded & {"mkdocs", "markdown", "material", "properdocs"}


def test_what_mkdocs_heard_is_remembered(folder: Path) -> None:
    first, _ = heard(folder)

    assert heard(folder) == (first, False)
    assert first.lists == folder / "lists"
    assert first.pages == folder / "lists" / "pages"
    assert first.theme == folder / "overrides"
    assert first.site_dir == folder / "site"
    assert first.is_alone


def test_a_project_that_was_moved_says_the_same_of_its_new_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(folder / "overrides", tmp_path / "theme")
    edit(folder / "mkdocs.yml", "custom_dir: overrides", f"custom_dir: {tmp_path}/theme")
    edit(folder / "mkdocs.yml", "plugins:", "site_dir: ../site\nplugins:")
    heard(folder)
    moved = folder.rename(tmp_path / "elsewhere")
    monkeypatch.chdir(moved / "lists")
    settings, asked = heard(Path(".."))

    assert not asked
    assert settings.config == moved / "mkdocs.yml"
    assert settings.lists == moved / "lists"
    assert settings.site_dir == tmp_path / "site"
    assert settings.theme == tmp_path / "theme"


def test_whatever_mkdocs_read_is_read_again_when_it_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, base = folder / "mkdocs.yml", folder / "base.yml"
    assert heard(folder)[0].site_url is None
    monkeypatch.setenv("SITE_URL", "https://example.org/lists")
    assert heard(folder)[0].site_url == "https://example.org/lists/"
    config.rename(base)
    config.write_text("INHERIT: base.yml\nuse_directory_urls: false\n", "utf-8")
    assert heard(folder)[0].directory_urls is False
    edit(base, "qingdan: {}", "qingdan: {today: 2026-01-02, as_of: 2026-01-03}")
    settings, _ = heard(folder)

    assert (str(settings.today), str(settings.as_of)) == ("2026-01-02", "2026-01-03")
    assert heard(folder, strict=True)[0].strict
    assert heard(folder) == (settings, False)
    assert not settings.strict
    edit(base, "plugins:", "strict: true\nplugins:")
    assert heard(folder)[0].strict


@pytest.mark.parametrize(
    "line",
    [
        "colour: red",
        "hooks: [hook.py]",
        "plugins: [search, qingdan]",
        "watch: [lists]",
        "copyright: !!python/object/apply:os.getcwd []",
        "extra: {INHERIT: base.yml}",
    ],
)
def test_what_may_not_be_the_same_the_next_time_is_asked_each_time(folder: Path, line: str) -> None:
    (folder / "hook.py").write_text("", "utf-8")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")

    assert [heard(folder)[1] for _ in range(2)] == [True, True]


def test_what_a_variable_names_is_inherited_and_asked_each_time(folder: Path) -> None:
    (folder / "mkdocs.yml").rename(folder / "base.yml")
    (folder / "mkdocs.yml").write_text("INHERIT: !ENV [NONE, base.yml]\n", "utf-8")
    before, asked = heard(folder)
    inputs, fingerprint = before.made_from()
    edit(folder / "base.yml", "plugins:", "extra: {colour: red}\nplugins:")

    assert asked
    assert "mkdocs.yml" in inputs
    assert heard(folder)[0].made_from()[1] != fingerprint


def test_a_file_that_inherits_from_itself_is_refused_in_words(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text("INHERIT: ./ring.yml\n", "utf-8")
    (folder / "ring.yml").write_text("INHERIT: mkdocs.yml\n", "utf-8")

    with pytest.raises(ClickException, match=r"mkdocs\.yml .*INHERIT"):
        heard(folder)


@pytest.mark.parametrize("missing", ["lists/pages", "overrides", "mkdocs.yml"])
def test_a_mistake_is_said_in_the_same_words_whether_remembered_or_not(
    folder: Path, tmp_path: Path, missing: str
) -> None:
    heard(folder)
    (folder / missing).rename(tmp_path / "away")
    with pytest.raises(ClickException) as remembered:
        heard(folder)
    (tmp_path / "away").rename(folder / missing)
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as stream:
        stream.write(f"# never read before: {folder}\n")
    (folder / missing).rename(tmp_path / "away")
    with pytest.raises(ClickException) as fresh:
        heard(folder)

    assert remembered.value.message == fresh.value.message
    assert "mkdocs.yml" in fresh.value.message


OURS = "{{ ui.lang }}{% if page and page.meta.kind == 'x' %}{{ page.content | safe }}{% endif %}"

PAGES = {
    OURS: False,
    OURS + "{% for each in range(3) %}{{ loop.index }}{% endfor %}": False,
    OURS + "{% set own = ui.path %}{{ own | upper }}{% macro m(x) %}{{ x }}{% endmacro %}": False,
    "{% extends 'part.html' %}{% block a %}{{ super() }}{{ self.a() }}{% endblock %}": False,
    "{% include 'part.html' %}": False,
    "{% include 'more.html' %}": True,
    "{% extends 'base.html' %}": True,
    "{% include '.icons/material/phone.svg' %}": True,
    "{% include ui.path %}": True,
    "{{ page.url }}": True,
    "{{ page }}": True,
    "{{ page or 'x' }}": True,
    "{{ page['meta'] }}": True,
    "{{ config.site_name }}": True,
    "{% if nav %}x{% endif %}": True,
    "{{ 'a.css' | url }}": True,
    "{% if ui.lang %}{{ 'a.css' | url }}{% endif %}": True,
    "{% trans %}x{% endtrans %}": True,
    "{{ _('x') }}": True,
    "{% if %}": True,
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_needs_mkdocs_when_it_asks_for_what_only_mkdocs_knows(
    tmp_path: Path, page: str
) -> None:
    (tmp_path / "main.html").write_text(page, "utf-8")
    (tmp_path / "part.html").write_text(OURS, "utf-8")
    (tmp_path / "more.html").write_text("{% import 'part.html' as p %}{{ base_url }}", "utf-8")

    assert needs_mkdocs(tmp_path) == PAGES[page]


def test_our_own_page_does_not_need_mkdocs() -> None:
    assert not needs_mkdocs(ROOT / "overrides")
    assert needs_mkdocs(None)


ADDITIONS = {
    "plain": "{{ ui.path | upper }}",
    "of MkDocs": (
        "{{ config.site_name }} {{ nav | length }} {{ base_url }} {{ 'a.css' | url }} "
        "{% if page %}{{ page.url }} {{ page.canonical_url }}{% endif %} {{ mkdocs_version }}"
    ),
}


@pytest.mark.parametrize("addition", ADDITIONS)
def test_qingdan_makes_the_pages_of_mkdocs_in_a_theme_of_ones_own(
    folder: Path, addition: str
) -> None:
    edit(folder / "overrides/main.html", "</footer>", f"{ADDITIONS[addition]}</footer>")
    run(folder, tool("qingdan"), "build")
    for answer in ("村里可以代办", "村里帮您跑"):
        edit(folder / "lists/village/allowance.yml", "村里可以代办", answer)
        done = run(folder, tool("qingdan"), "build", "--json")
        run(folder, tool("mkdocs"), "build", "--quiet", "--site-dir", "other")

        assert json.loads(done.stdout)["kept"] > 50
        assert without_record(folder / "site") == without_record(folder / "other")


def test_what_a_hidden_folder_holds_is_seen_where_a_site_may_use_it(folder: Path) -> None:
    icon, contact = (
        folder / "overrides/.icons/county/mark.svg",
        folder / "lists/pages/.well-known/security.txt",
    )
    edit(
        folder / "overrides/main.html",
        "</footer>",
        "{% include '.icons/county/mark.svg' %}</footer>",
    )
    edit(folder / "mkdocs.yml", "plugins:", "exclude_docs: '!.well-known/'\nplugins:")
    for text in ("one", "two"):
        for path in (icon, contact):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"<svg id='{text}'></svg>", "utf-8")
        run(folder, tool("qingdan"), "build")

        assert f"<svg id='{text}'>" in (folder / "site/items/allowance/index.html").read_text(
            "utf-8"
        )
        assert text in (folder / "site/.well-known/security.txt").read_text("utf-8")


def test_a_theme_may_be_linked_to_one_that_several_counties_share(
    folder: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (folder / "overrides/partials").symlink_to(shared, target_is_directory=True)
    edit(folder / "overrides/main.html", "</footer>", "{% include 'partials/x.html' %}</footer>")
    for text in ("one", "two"):
        (shared / "x.html").write_text(f"<b>{text}</b>", "utf-8")
        run(folder, tool("qingdan"), "build")

        assert f"<b>{text}</b>" in (folder / "site/items/allowance/index.html").read_text("utf-8")


def test_hand_written_pages_may_lie_outside_the_lists(folder: Path) -> None:
    (folder / "lists/pages").rename(folder / "written")
    edit(folder / "mkdocs.yml", "docs_dir: lists/pages", "docs_dir: written")
    page = folder / "written/about.md"
    for text in ("村里的话", "镇里的话"):
        page.write_text(f"---\ntitle: 关于\n---\n# 关于 {{#top}}\n\n{text}\n", "utf-8")
        run(folder, tool("qingdan"), "build")

        assert text in (folder / "site/about/index.html").read_text("utf-8")


def test_a_file_that_a_page_takes_in_may_lie_anywhere(folder: Path) -> None:
    edit(folder / "mkdocs.yml", "  - tables", "  - tables\n  - pymdownx.snippets")
    page = folder / "lists/pages/about.md"
    page.write_text(page.read_text("utf-8") + '\n--8<-- "taken.md"\n', "utf-8")
    for text in ("村里的话", "镇里的话"):
        (folder / "taken.md").write_text(text, "utf-8")
        run(folder, tool("qingdan"), "build")

        assert text in (folder / "site/about/index.html").read_text("utf-8")


def without_record(site: Path) -> dict[str, bytes]:
    """The files of a site, but for the record of its build."""
    return {path: each for path, each in tree(site).items() if path != "build.json"}


def test_beside_a_hook_mkdocs_makes_every_page(folder: Path) -> None:
    hook = "def on_post_page(output, page, config):\n    return output.replace('</footer>', 'seen</footer>')\n"
    (folder / "hook.py").write_text(hook, "utf-8")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as stream:
        stream.write("hooks: [hook.py]\n")
    run(folder, tool("qingdan"), "build")
    run(folder, tool("mkdocs"), "build", "--quiet", "--site-dir", "other")

    page = (folder / "site/items/allowance/index.html").read_text("utf-8")
    assert "seen</footer>" in page
    assert without_record(folder / "site") == without_record(folder / "other")


def test_a_theme_that_lacks_a_file_stops_the_build_in_words(folder: Path) -> None:
    (folder / "overrides/assets/early.js").unlink()

    assert "overrides/assets/early.js is missing" in refused(folder)


def test_a_strict_build_names_what_it_stops_for(folder: Path) -> None:
    edit(folder / "mkdocs.yml", "plugins:", "strict: true\nplugins:")
    with (folder / "lists/pages/about.md").open("a", encoding="utf-8") as stream:
        stream.write("\n[x](no-such-page.md)\n")
    said = refused(folder)

    assert said.count("no-such-page.md") == 1
    assert "about.md" in said
    assert not (folder / "site").exists()


MISTAKES = {
    "a word that Jinja does not know": ("{% nonsense %}", "Encountered unknown tag 'nonsense'"),
    "a template that is not there": ("{% include 'none.html' %}", "none.html"),
    "a name that nobody knows": ("{{ nobody.name }}", "'nobody' is undefined"),
    "a sum of unlike things": ("{{ 1 + 'a' }}", "unsupported operand"),
    "a call of what is no function": ("{{ ui.lang() }}", "not callable"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_template_is_named_with_its_line(folder: Path, mistake: str) -> None:
    wrong, reason = MISTAKES[mistake]
    template = folder / "overrides/main.html"
    edit(template, "</footer>", f"</footer>{wrong}")
    line = template.read_text("utf-8").partition(wrong)[0].count("\n") + 1
    said = refused(folder)

    assert f"main.html:{line} " in said
    assert reason in said
    assert not (folder / "site").exists()


def test_a_mistake_of_ours_is_not_called_one_of_the_template(tmp_path: Path) -> None:
    (tmp_path / "main.html").write_text("{{ ours() }}", "utf-8")
    page = Environment(loader=FileSystemLoader(tmp_path)).get_template("main.html")
    with pytest.raises(KeyError) as caught:
        page.render(ours=lambda: shipped_strings("zh")["no such words"])
    assert place_of(caught.value) == "main.html:1"

    with pytest.raises(FileNotFoundError) as caught:
        page.render(ours=lambda: shipped_strings("no-such-language"))
    assert place_of(caught.value) is None


def refused(folder: Path) -> str:
    """What a build says that is not allowed to go live."""
    done = run(folder, tool("qingdan"), "build", code=3)
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_change_of_the_generator_is_seen_though_its_files_are_known_by_their_marks(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = heard(folder)[0]
    ours = tmp_path / "generator/__init__.py"
    ours.parent.mkdir()
    ours.write_text("before", "utf-8")
    monkeypatch.setattr(generator, "__file__", str(ours))
    known = settings.made_from(settle(tmp_path))
    assert known == settings.made_from() == settings.made_from(settle(tmp_path))

    ours.write_text("behind", "utf-8")  # as long as before
    assert settings.made_from(settle(tmp_path)) == settings.made_from() != known


@pytest.mark.parametrize("written", ["../common.yml", '"../common.yml"', "'../common.yml'  # ours"])
def test_a_file_that_is_inherited_is_recorded_where_it_lies(tmp_path: Path, written: str) -> None:
    (tmp_path / "a county").mkdir()
    (tmp_path / "common.yml").write_text("site_name: 明白清单\n", "utf-8")
    config = tmp_path / "a county/mkdocs.yml"
    config.write_text(f"INHERIT: {written}\nsite_url: https://example.org/\n", "utf-8")

    found = project_inputs(config, tmp_path / "none", tmp_path / "none", None)
    assert {"mkdocs.yml", "../common.yml"} < found.keys()
