"""The sample configuration of nginx serves the site as a section of another one."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Visitor, nginx
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
VILLAGE = "/lists/places/yonghe-zhen/dangwan-cun/"
CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ }}
http {{
  types {{ text/html html; text/css css; application/javascript js; image/png png;
    application/json json; application/manifest+json webmanifest; text/xml xml; }}
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; {section} }}
}}
"""


@pytest.fixture(scope="module")
def port(site: Path, free_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where nginx listens, with the sample configuration and nothing else."""
    program = nginx()
    assert program, "No nginx: install nginx-light, or run tools/browser as root on Debian."
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    (folder / "www").mkdir()
    shutil.copytree(site, folder / "www" / "lists")
    section = (ROOT / "docs" / "nginx.conf").read_text("utf-8").replace("/srv/www", f"{folder}/www")
    text = CONFIGURATION.format(folder=folder, port=free_port, section=section)
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(user + text, "utf-8")
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", free_port), 0.2).close()
            break
        except OSError:
            time.sleep(0.1)
    yield free_port
    process.terminate()
    process.wait(10)


def get(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    """The status, headers and body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    return (
        answer.status,
        {name.lower(): value for name, value in answer.getheaders()},
        answer.read(),
    )


def test_a_villager_finds_the_way_below_the_path(port: int, visit: Visitor) -> None:
    page = visit(f"http://127.0.0.1:{port}/lists/").page
    page.click("main a[href*='yonghe-zhen']")
    page.click("main a[href*='dangwan-cun']")

    expect(page).to_have_url(f"http://127.0.0.1:{port}{VILLAGE}")
    expect(page.locator("[data-item-id]")).to_have_count(80)


def test_a_folder_without_its_slash_is_sent_to_the_one_with_it(port: int) -> None:
    status, headers, _ = get(port, VILLAGE.rstrip("/"))

    assert (status, headers["location"]) == (301, VILLAGE)


def test_a_missing_page_is_the_site_s_own(port: int) -> None:
    status, _, body = get(port, "/lists/no/such/page/")

    assert status == 404
    assert b"12345" in body or body[:2] == b"\x1f\x8b"


def test_pages_are_compressed_and_looked_at_anew_and_assets_kept_for_ever(port: int) -> None:
    _, headers, _ = get(port, VILLAGE)
    assert headers["content-encoding"] == "gzip"
    assert headers["cache-control"] == "no-cache"
    assert headers["x-frame-options"] == "SAMEORIGIN"

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", VILLAGE)
    page = connection.getresponse().read().decode("utf-8")
    style = re.search(r'href="(?:\.\./)*(assets/qingdan\.[0-9a-f]{8}\.css)"', page)
    assert style
    _, headers, _ = get(port, f"/lists/{style[1]}")
    assert "immutable" in headers["cache-control"]
    assert headers["content-encoding"] == "gzip"
    assert headers["x-content-type-options"] == "nosniff"
