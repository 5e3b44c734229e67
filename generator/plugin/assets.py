"""The theme's own files: which of them a site has, and under which names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import cast

import rcssmin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from generator import pages, search
from generator.pages import Site

from .scripts import minified

ASSETS = {
    "styles": "assets/qingdan.css",
    "script": "assets/qingdan.js",
    "search_script": "assets/search.js",
    "lunr_script": "assets/lunr.js",
    "offline_script": "assets/offline.js",
    "search_box_script": "assets/search-box.js",
    "search_popup_script": "assets/search-popup.js",
    "search_page_script": "assets/search-page.js",
    "answer_script": "assets/answer.js",
    "changes_styles": "assets/changes.css",
    "card": "assets/card.png",
}
"""Files that pages name, by what they are to them."""

STYLES = ("tokens", "text", "shell", "search", "items", "pages", "sheets", "print")
"""The parts of the one style sheet, each a file of ``assets/styles``; later ones win."""

SEARCH = (
    "common",
    "stem",
    "sounds",
    "packing",
    "grams",
    "documents",
    "ranking",
    "shown",
    "stage",
    "engine",
)
"""The parts of the search engine, each a file of ``assets/search``; one function holds them."""

_LUNR = "mkdocs/contrib/search/templates/search/lunr.js"
"""Found through MkDocs's distribution: under its spare engine the module is another."""

_UNUSED_OF_LUNR = (
    "Builder.prototype.(?:b|k1|use)",
    "Index.(?:load|prototype.search|prototype.toJSON)",
    "Pipeline.(?:load|prototype.(?:after|before|remove|reset|toJSON))",
    "Token.prototype.(?:clone|update)",
    "Vector.prototype.(?:toArray|toJSON)",
)
"""Functions of lunr that no page of ours calls."""

_PARTS_OF_LUNR = (
    re.compile(r"/\*!\n \* lunr\.stemmer\n.*?(?=/\*!\n \* lunr\.Index\n)", re.DOTALL),
    re.compile(r"lunr\.QueryParseError = .*(?=\}\)\(\);)", re.DOTALL),
    *(
        re.compile(rf"^lunr\.{name} = function .*?^}}\n", re.DOTALL | re.MULTILINE)
        for name in _UNUSED_OF_LUNR
    ),
)
"""Its English stemmer and stop words, the terms it guesses (``lunr.TokenSet``; the engine
puts a plain look-up in its place), its query syntax and module loaders, and those
functions: 5 kB."""


def site_assets(files: Files, site: Site, config: MkDocsConfig) -> dict[str, str]:
    """Where the files lie that every page names.

    Search data keeps its name when it changes: with another name in each page, one
    changed item would change every page of the site. Its address says for which
    engine it is, so that none is given the data of another from a phone's store.
    """
    for each in pages.files(site):
        files.append(File.generated(config, each.path, content=each.make()))
    tags = [each.tag for each in site.languages]
    assets = _named_assets(files, {f"words.{tag}": pages.words_path(tag) for tag in tags}, config)
    engine = PurePosixPath(assets["search_script"]).suffixes[0]
    data = {
        f"{name}.{tag}": f"{search.data_path(part, tag)}?{engine[1:]}"
        for name, part in (("search_data", "first"), ("search_more", "more"))
        for tag in tags
    }
    return {**assets, **data}


def _named_assets(files: Files, more: Mapping[str, str], config: MkDocsConfig) -> dict[str, str]:
    """The assets that pages name, each renamed after its content.

    ``more`` adds to ``ASSETS`` what is already among ``files``.
    """
    styles = "".join(taken(files, f"assets/styles/{part}.css") for part in STYLES)
    search = "".join(taken(files, f"assets/search/{part}.js") for part in SEARCH)
    files.append(File.generated(config, ASSETS["styles"], content=styles))
    files.append(File.generated(config, ASSETS["search_script"], content=_in_function(search)))
    files.append(File.generated(config, ASSETS["lunr_script"], content=_lunr()))
    uris = {**ASSETS, **more}
    for uri in uris.values():
        if uri.endswith((".css", ".js")):
            _minify(files, uri, config)
    return {name: _fingerprinted(files, uri) for name, uri in uris.items()}


def taken(files: Files, uri: str) -> str:
    """The text of a theme file that is part of another file, not one of its own."""
    file = _asset(files, uri)
    files.remove(file)
    return file.content_string


def _in_function(script: str) -> str:
    """A script whose names are its own."""
    return f'(function () {{\n"use strict";\n{script}}})();\n'


def minified_styles(sheet: str) -> str:
    """A style sheet without what only its readers need."""
    return cast("str", rcssmin.cssmin(sheet))


def _lunr() -> str:
    """lunr.js as MkDocs ships it, without what no page of ours uses.

    Raises:
        PluginError: when lunr.js no longer has a part that is left out.
    """
    file = metadata.distribution("mkdocs").locate_file(_LUNR)
    script = Path(str(file)).read_text("utf-8")
    for part in _PARTS_OF_LUNR:
        script, found = part.subn("", script)
        if not found:
            raise PluginError(f"lunr.js has changed; nothing found: {part.pattern}")
    licence, _, code = script.replace("})();", "self.lunr = lunr;\n})();").partition("*/")
    return licence.replace("/**", "/*!") + "*/" + code.replace("/*!", "/*")


def _minify(files: Files, uri: str, config: MkDocsConfig) -> None:
    shorten = minified_styles if uri.endswith(".css") else minified
    content = shorten(taken(files, uri))
    files.append(File.generated(config, uri, content=content))


def _asset(files: Files, uri: str) -> File:
    file = files.get_file_from_path(uri)
    if file is None:
        raise PluginError(f"overrides/{uri} is missing")
    return file


def _fingerprinted(files: Files, uri: str) -> str:
    """Rename an asset after its content, so that phones may keep it for ever."""
    file = _asset(files, uri)
    digest = hashlib.sha256(file.content_bytes).hexdigest()[:8]
    path = PurePosixPath(uri)
    file.dest_uri = str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))
    return file.dest_uri
