"""Options and fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

SMALL = Path(__file__).parent / "counties" / "small"
"""A small invented county with one of everything."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--bless`` takes today's output as the expected one."""
    parser.addoption("--bless", action="store_true", help="write the expected outputs anew")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are to be written anew."""
    return bool(request.config.getoption("--bless"))
