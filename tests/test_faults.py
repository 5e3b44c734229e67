"""A build that is killed, starved or lied to leaves the site whole; ``make faults`` tries it 200 times."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "faults"))

from faults import ANYWHERE, killed, play_all


def test_whatever_stops_a_build_the_site_is_one_edition_or_the_next() -> None:
    seen = play_all([killed, killed, *ANYWHERE], rounds=8, seed=20261124)

    assert sum(seen.values()) == 8
