"""The demonstration county's pages built by other generators, as they come."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

MKDOCS = """
site_name: stock
docs_dir: {docs}
theme: {{name: material, language: zh, font: false}}
plugins: [search]
markdown_extensions: [attr_list, tables]
nav: [index.md, places/index.md, search/index.md]
validation: {{nav: {{omitted_files: ignore}}, links: {{not_found: ignore, unrecognized_links: ignore}}}}
"""
"""How a county would set up MkDocs and Material without us; ``docs`` holds the Markdown."""

_VITEPRESS = """
export default {
  lang: 'zh-CN', title: 'stock', ignoreDeadLinks: true,
  themeConfig: { search: { provider: 'local' } },
  vue: { template: { compilerOptions: { whitespace: 'condense' } } },
}
"""


def build_ours(folder: Path) -> Path:
    """The site as ``make site`` builds it."""
    site = folder / "ours"
    run("qingdan", "build", "--config", str(ROOT / "mkdocs.yml"), "--site-dir", str(site))
    return site


def build_material(folder: Path) -> Path:
    """MkDocs and Material as they come."""
    docs, site, config = pages(folder), folder / "material", folder / "stock.yml"
    config.write_text(MKDOCS.format(docs=docs), "utf-8")
    run("mkdocs", "build", "--quiet", "-f", str(config), "-d", str(site))
    return site


def build_vitepress(folder: Path) -> Path:
    """VitePress as it comes, with its local search, from npm."""
    docs = pages(folder)
    (docs / ".vitepress").mkdir(exist_ok=True)
    (docs / ".vitepress" / "config.mts").write_text(_VITEPRESS, "utf-8")
    for command in (["npm", "init", "-y"], ["npm", "install", "--silent", "vitepress@1"]):
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["npx", "vitepress", "build", str(docs)], cwd=folder, check=True)
    return docs / ".vitepress" / "dist"


def pages(folder: Path) -> Path:
    """Our pages as Markdown, written once."""
    docs = folder / "docs"
    if not docs.exists():
        run("qingdan", "pages", "--lists", str(ROOT / "lists"), "--out", str(docs))
    return docs


def run(name: str, *arguments: str) -> None:
    """Run a command of the environment this runs in."""
    tool = str(Path(sys.executable).with_name(name))
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([tool, *arguments], check=True, env=environment, stdout=subprocess.DEVNULL)
