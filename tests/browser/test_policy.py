"""What a page may load and run, as the browser enforces it: on a server and from files."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from conftest import Serve, Server, Visitor

PAGE = "places/yonghe-zhen/dangwan-cun/index.html"
INJECTED = """
<script>window.ran = "inline script"</script>
<script src="../../../probe.js"></script>
<img src="missing.png" onerror="window.ran = 'handler'">
<svg onload="window.ran = 'svg'"></svg>
<iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe>
<object data="data:text/html,<script>parent.ran = 'object'</script>"></object>
<script src="ELSEWHERE/foreign.js"></script>
<link rel="stylesheet" href="ELSEWHERE/foreign.css">
<img src="ELSEWHERE/pixel.png" alt="">
<style>body { display: none }</style>
<a id="trap" href="javascript:window.ran = 'link'">trap</a>
<form id="away" action="ELSEWHERE/"><button>send</button></form>
"""
PROBE = "try { eval('1'); window.evaluated = 'ran' } catch (e) { window.evaluated = e.name }"
"""A script of the site's own, which tries to run text."""


@pytest.fixture(scope="module")
def elsewhere(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Another host, which nobody may ask for anything."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "404.html").write_text("", "utf-8")
    return serve(folder)


@pytest.fixture(scope="module")
def tampered(site: Path, elsewhere: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with one page into which somebody has put whatever the policy forbids."""
    folder = tmp_path_factory.mktemp("tampered")
    (folder / "assets").symlink_to(site / "assets")
    page = folder / PAGE
    page.parent.mkdir(parents=True)
    text = (site / PAGE).read_text("utf-8")
    injected = INJECTED.replace("ELSEWHERE", elsewhere.url)
    page.write_text(text.replace("</main>", injected + "</main>"), "utf-8")
    (folder / "probe.js").write_text(PROBE, "utf-8")
    (folder / "404.html").write_text("", "utf-8")
    return folder


@pytest.fixture(params=["server", "files"])
def address(request: pytest.FixtureRequest, tampered: Path, serve: Serve) -> str:
    if request.param == "server":
        return f"{serve(tampered).url}/{PAGE}"
    return (tampered / PAGE).as_uri()


def test_nothing_injected_into_a_page_runs_or_leaves_it(
    address: str, elsewhere: Server, visit: Visitor
) -> None:
    visited = visit(address)
    page = visited.page
    page.evaluate("document.getElementById('trap').click()")
    page.evaluate("document.querySelector('#away button').click()")
    page.evaluate(f"fetch('{elsewhere.url}/data').catch(function () {{}})")
    page.wait_for_timeout(200)

    refused = [each for each in visited.complaints if "Content Security Policy" in each]
    visited.complaints.clear()
    assert page.evaluate("typeof window.ran") == "undefined"
    assert page.evaluate("window.evaluated") == "EvalError"
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert page.url == address
    assert elsewhere.requests == []
    assert len(refused) >= 10


def test_the_site_s_own_styles_and_scripts_work_under_the_policy(
    address: str, visit: Visitor
) -> None:
    visited = visit(address)
    visited.complaints.clear()
    page = visited.page

    assert page.evaluate("document.documentElement.className") == "js"
    page.click("[data-toggle=large]")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24
    page.reload()
    assert "large" in page.evaluate("document.documentElement.className")
    visited.complaints.clear()


def test_every_page_carries_the_policy_before_anything_it_governs(site: Path) -> None:
    policies = set()
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        (policy,) = re.findall(
            r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', text
        )
        policies.add(policy)
        assert text.index("Content-Security-Policy") < min(
            text.index(each) for each in ("<script", "<link", "<base") if each in text
        ), path
        assert not re.search(r"<[^>]*\s(on[a-z]+|style)\s*=", text), path
        for script in re.findall(r"<script>(.*?)</script>", text, re.DOTALL):
            digest = hashlib.sha256(script.encode()).digest()
            assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy, path

    assert len(policies) == 1
    assert "unsafe" not in policies.pop()
