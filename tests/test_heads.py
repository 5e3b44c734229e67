"""What machines read in a page's head: address, languages, preview and structured data."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"
ADDRESS = "https://county.example/lists/"
LANGUAGES = {"zh-CN": "", "en": "en/"}

# The properties of schema.org 29 that the pages use, by type; anything else is a slip of the pen.
THING = {"@context", "@type", "@id", "name", "identifier", "description", "alternateName"}
PROPERTIES = {
    "GovernmentService": THING | {"provider", "areaServed", "serviceType"},
    "GovernmentOffice": THING | {"address", "telephone", "areaServed", "parentOrganization"},
    "GovernmentOrganization": THING,
    "Organization": THING,
    "AdministrativeArea": THING,
}


@dataclass
class Head(HTMLParser):
    """The machine-readable part of a page."""

    html: str
    links: list[dict[str, str]] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    data: list[Any] = field(default_factory=list)
    title: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._inside = ""
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._inside = "json" if values.get("type") == "application/ld+json" else tag
        if tag == "link":
            self.links.append(values)
        if tag == "meta":
            self.metas[values.get("property", values.get("name", ""))] = values.get("content", "")

    def handle_data(self, data: str) -> None:
        if self._inside == "json":
            self.data.append(json.loads(data))
        if self._inside == "title":
            self.title += data
        self._inside = ""

    def alternates(self) -> dict[str, str]:
        return {link["hreflang"]: link["href"] for link in self.links if "hreflang" in link}

    def canonical(self) -> list[str]:
        return [link["href"] for link in self.links if link.get("rel") == "canonical"]


def built(folder: Path, extra: str) -> Path:
    """The small county as a site, with ``extra`` lines in its ``mkdocs.yml``."""
    shutil.copytree(SMALL, folder / "lists")
    config = folder / "lists" / "mkdocs.yml"
    text = config.read_text("utf-8").replace("../../..", str(ROOT))
    config.write_text(f"{text}{extra}", "utf-8")
    options = ["build", "--config", str(config), "--site-dir", str(folder / "site")]
    result = CliRunner().invoke(main, options)
    assert result.exit_code == 0, result.output
    return folder / "site"


def heads(site: Path) -> dict[str, Head]:
    """The head of every page with an address of its own, by its folder."""
    return {
        path.parent.relative_to(site).as_posix().removeprefix("."): Head(path.read_text("utf-8"))
        for path in sorted(site.rglob("index.html"))
    }


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that knows where it is published."""
    return built(tmp_path_factory.mktemp("addressed"), f"site_url: {ADDRESS}\n")


@pytest.fixture(scope="module")
def anywhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that does not know where it will be put."""
    return built(tmp_path_factory.mktemp("anywhere"), "")


def test_a_page_is_canonical_at_its_own_address(addressed: Path) -> None:
    for folder, head in heads(addressed).items():
        own = f"{ADDRESS}{folder}/" if folder else ADDRESS

        assert head.canonical() == [own]
        assert head.metas["og:url"] == own


def test_languages_name_each_other_and_themselves(addressed: Path) -> None:
    pages = heads(addressed)
    for folder, head in pages.items():
        found = head.alternates()
        own = head.canonical()[0]
        assert own in found.values()
        for address in found.values():
            other = pages[address.removeprefix(ADDRESS).removesuffix("/")]
            assert other.alternates() == found, folder
    assert pages["items/allowance"].alternates() == {
        "zh-CN": f"{ADDRESS}items/allowance/",
        "en": f"{ADDRESS}en/items/allowance/",
    }


def test_without_an_address_nothing_claims_one(anywhere: Path) -> None:
    for head in heads(anywhere).values():
        assert head.canonical() == []
        assert not {"og:url", "og:image"} & head.metas.keys()


def test_without_an_address_languages_name_each_other_by_the_way_there(anywhere: Path) -> None:
    for folder, head in heads(anywhere).items():
        found = head.alternates()
        assert set(found) == set(LANGUAGES), folder
        for address in found.values():
            assert (anywhere / folder / address / "index.html").is_file(), (folder, address)


def test_a_preview_has_title_words_and_a_picture_that_is_there(addressed: Path) -> None:
    for folder, head in heads(addressed).items():
        assert head.metas["og:title"] in head.title, folder
        assert head.metas["og:description"] == head.metas["description"] != "", folder
        picture = head.metas["og:image"].removeprefix(ADDRESS)
        assert (addressed / picture).read_bytes().startswith(b"\x89PNG"), folder


def test_titles_and_descriptions_tell_pages_apart(addressed: Path) -> None:
    pages = heads(addressed)

    assert len({head.title for head in pages.values()}) == len(pages)


def checked(value: object) -> None:
    """Every object has a type we know and only properties that the type has."""
    if isinstance(value, list):
        for each in value:
            checked(each)
    elif isinstance(value, dict) and "@value" in value:
        assert set(value) == {"@value", "@language"}
    elif isinstance(value, dict):
        assert value.keys() <= PROPERTIES[value["@type"]], value
        for each in value.values():
            checked(each)


def test_structured_data_is_schema_org_s(addressed: Path) -> None:
    pages = heads(addressed)
    for head in pages.values():
        for each in head.data:
            assert each["@context"] == "https://schema.org"
            checked(each)
    described = {folder for folder, head in pages.items() if head.data}
    assert described >= {"items/allowance", "places/dong-zhen", "en/places/dong-zhen/yakou-cun"}


def test_a_service_is_described_with_whoever_really_provides_it(addressed: Path) -> None:
    pages = heads(addressed)

    def providers(item: str) -> list[str]:
        return [each["name"] for each in pages[f"items/{item}"].data[0].get("provider", [])]

    assert providers("allowance") == ["样县民政局"]
    assert providers("hardship-proof") == ["样县民政局", "银行"]
    assert providers("fishing") == ["样县公安局"]
    assert providers("house-sites") == ["乡镇政府、街道办事处"]


def test_a_missing_page_is_no_page_to_index(addressed: Path) -> None:
    head = Head((addressed / "404.html").read_text("utf-8"))

    assert head.metas["robots"] == "noindex"
    assert head.canonical() == []
    assert head.alternates() == {}
