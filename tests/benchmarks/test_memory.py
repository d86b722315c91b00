"""How much memory does the application hold after a morning's work on a full file?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from figures import report
from window_child import surroundings

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

CHILD = Path(__file__).with_name("window_child.py")
MOST_MB = 250


def test_memory_after_a_mornings_work(bench_folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(CHILD), "work", str(bench_folder), str(bench_folder / "codes.json")]
    env = surroundings(tmp_path)
    # Once without counting: what was compiled in the process itself would be held by it.
    subprocess.run([*command[:2], "bench", str(bench_folder)], env=env, capture_output=True, timeout=600, check=True)
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    held = {what: float(value) for what, value in (line.split() for line in done.stdout.splitlines())}
    steps = ", ".join(f"{what} {held[what]:.0f}" for what in ("opened", "scanned", "imported", "found"))
    most = max(held[what] for what in ("opened", "scanned", "imported", "found"))
    report("resident memory", f"{most:.0f} MB ({steps})", most / MOST_MB, f"at most {MOST_MB} MB", most <= MOST_MB)
