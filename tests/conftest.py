"""Options and fixtures that all tests share."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "counties" / "small"
"""A small invented county with one of everything."""


@pytest.fixture(scope="module")
def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--bless`` takes today's output as the expected one."""
    parser.addoption("--bless", action="store_true", help="write the expected outputs anew")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are to be written anew."""
    return bool(request.config.getoption("--bless"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration county, built once as ``make site`` builds it."""
    target = tmp_path_factory.mktemp("built") / "site"
    result = CliRunner().invoke(
        main, ["build", "--config", str(ROOT / "mkdocs.yml"), "--site-dir", str(target)]
    )
    assert result.exit_code == 0, result.output
    return target
