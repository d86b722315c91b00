"""How much memory does the application hold after a morning's work on a full file?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from figures import report

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

CHILD = Path(__file__).with_name("window_child.py")
MOST_MB = 250


def test_memory_after_a_mornings_work(bench_folder: Path) -> None:
    command = [sys.executable, str(CHILD), "work", str(bench_folder), str(bench_folder / "codes.json")]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    held = {what: float(value) for what, value in (line.split() for line in done.stdout.splitlines())}
    steps = ", ".join(f"{what} {held[what]:.0f}" for what in ("opened", "scanned", "imported", "found"))
    most = max(held[what] for what in ("opened", "scanned", "imported", "found"))
    report("resident memory", f"{most:.0f} MB ({steps})", most / MOST_MB, f"at most {MOST_MB} MB", most <= MOST_MB)
