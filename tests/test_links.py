"""Addresses are relative, and right on a server and from files."""

import pytest

from generator.links import Links, depth_of


@pytest.mark.parametrize(
    ("path", "prefix", "directory_urls", "expected"),
    [
        ("", "", True, "items/a/"),
        ("", "", False, "items/a/index.html"),
        ("places/t/v", "", True, "../../../items/a/"),
        ("places/t/v", "en", True, "../../../items/a/"),
    ],
)
def test_a_page_links_to_another_in_its_own_language(path, prefix, directory_urls, expected):
    assert Links(depth_of(path), prefix, directory_urls).page("items/a") == expected


def test_the_home_page_links_to_itself():
    assert Links(0, "").page("") == "./"
    assert Links(0, "", directory_urls=False).page("") == "index.html"


def test_the_language_switch_keeps_the_place():
    assert Links(1, "").other_language("en", "places") == "../en/places/"
    assert Links(1, "en").other_language("", "places") == "../../places/"


def test_languages_share_their_assets():
    assert Links(2, "en").asset("assets/a.css") == "../../../assets/a.css"
