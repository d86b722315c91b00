"""The bench is killed while a person scans, again and again: what it answered is there, and the batch as it was."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from bench_top import NINE_O_CLOCK, BenchTop
from killed_bench import state

RANDOM_LIVES = 12
POINTS = (
    ("before commit", 3),
    ("after commit", 3),
    ("before commit", 7),
    ("after commit", 8),
    ("before print", 1),
    ("after print", 1),
    ("before print", 2),
    ("after print", 2),
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a killed child is forked")


@dataclass
class Life:
    """What one life of the bench said before it ended."""

    heard: list[dict[str, Any]]

    @property
    def acknowledged(self) -> set[str]:
        return {said["done"] for said in self.heard if said.get("done", "").startswith("scan ")}

    @property
    def in_flight(self) -> str:
        """What was begun and not answered."""
        last = self.heard[-1] if self.heard else {}
        return str(last.get("doing", ""))

    @property
    def view(self) -> dict[str, Any] | None:
        """The batch as it was last seen."""
        return next((said["view"] for said in reversed(self.heard) if "view" in said), None)


@dataclass
class Cradle:
    """Starts lives of the bench, ends them, and hears what each was told."""

    folder: Path
    process: subprocess.Popen[bytes]

    def life(self, seed: int, point: str = "", count: int = 0, after_s: float | None = None) -> Life:
        """One life, until it ends by itself at its point, or is killed some time after the person signed in."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write((json.dumps([str(self.folder), seed, point, count]) + "\n").encode())
        self.process.stdin.flush()
        heard: list[dict[str, Any]] = []
        child, timers = 0, []
        for line in self.process.stdout:
            said = json.loads(line)
            child = said.get("born", child)
            if "ready" in said and after_s is not None:
                timers.append(Timer(after_s, os.kill, (child, signal.SIGKILL)))
                timers[-1].start()
            if "dead" in said:
                assert said["killed"], "the bench ended by a fault of its own"
                break
            heard.append(said)
        for timer in timers:
            timer.join()
        return Life([said for said in heard if "born" not in said])


@pytest.fixture
def cradle(tmp_path: Path) -> Iterator[Cradle]:
    script = Path(__file__).with_name("killed_bench.py")
    process = subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    folder = tmp_path / "killed"
    folder.mkdir()
    with (folder / "ballast").open("wb") as out:
        out.truncate(64 * 1024 * 1024)
    yield Cradle(folder, process)
    process.stdin.close()
    process.stdout.close()
    process.wait(10)
    assert process.returncode == 0


class Mourner:
    """Opens the file after each death and looks whether everything is as it was."""

    def __init__(self, top: BenchTop, cradle: Cradle) -> None:
        self.top = top
        top.folder = cradle.folder
        self.acknowledged: set[str] = set()
        self.lives = 0

    def look(self, life: Life) -> None:
        self.lives += 1
        self.top.clock.at = NINE_O_CLOCK + timedelta(hours=self.lives + 0.5)
        now = self.top.clock.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        self.top.open()
        stored = {row["source"] for row in self.top.rows("SELECT source FROM scan")}
        self.acknowledged |= life.acknowledged
        assert self.acknowledged <= stored
        # Besides what was acknowledged there is at most the one scan that was in flight.
        assert stored - self.acknowledged <= {life.in_flight}
        landed = life.in_flight in stored or (life.in_flight != "" and not life.in_flight.startswith("scan "))
        if life.view is not None and not landed:
            assert state(self.top.view) == life.view
        self.acknowledged = stored
        # Whether a label came out that was being sent when the application died is not known, and is said so; one of
        # which nothing was sent comes out now.
        assert self.top.rows("SELECT id FROM label WHERE state = 'sending' AND at < :now", now=now) == []
        self.top.close()
        proof = self.top.proved()
        assert proof.findings == []
        assert proof.writers == 1


def printed(cradle: Cradle) -> list[bytes]:
    return [path.read_bytes() for path in sorted((cradle.folder.parent / "printed").iterdir())]


def test_whatever_the_moment_it_is_killed_at_random_nothing_acknowledged_is_lost(
    cradle: Cradle, closed_bench: BenchTop
) -> None:
    mourner = Mourner(closed_bench, cradle)
    chance = random.Random(20261123)
    for seed in range(1, RANDOM_LIVES + 1):
        mourner.look(cradle.life(seed, after_s=chance.uniform(0.02, 0.35)))
    assert len(mourner.acknowledged) > RANDOM_LIVES
    came_out = [*printed(cradle), *closed_bench.printer.labels]
    assert len(set(came_out)) == len(came_out), "a label was printed twice"


def test_killed_at_the_worst_points_nothing_acknowledged_is_lost_and_no_label_prints_twice(
    cradle: Cradle, closed_bench: BenchTop
) -> None:
    mourner = Mourner(closed_bench, cradle)
    for seed, (point, count) in enumerate(POINTS, start=1):
        mourner.look(cradle.life(seed, point, count))
    came_out = [*printed(cradle), *closed_bench.printer.labels]
    assert len(set(came_out)) == len(came_out), "a label was printed twice"
