"""How long does a scan wait while the bench's file is backed up, and how long does the backup take?"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent import futures
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from bench_of_size import scan_of, sign_in
from corpus import KEY
from figures import Spread, report

from gms_desktop import backups
from gms_desktop import settings as settings_file
from gms_desktop.bench import Bench
from gms_desktop.journal import backup, sqlite_file
from gms_desktop.starting import start_bench

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

RUNS = 3
# A quick person, scanning tube after tube without looking.
PAUSE_S = 0.25
MOST_WAIT_S = 0.1
WAIT_BETWEEN_SLICES_S = 0.01


@dataclass
class Hand:
    """Somebody who receives tube after tube: scans its code, then the label that came out for it."""

    bench: Bench
    codes: Iterator[str]
    label: str = ""

    def scan(self) -> float:
        """Microseconds until the next scan was answered."""
        code = self.label or next(self.codes)
        sent = time.perf_counter()
        answered = self.bench.scan(scan_of(code)).result(60)
        took = (time.perf_counter() - sent) * 1e6
        self.label = next((tube.accession for tube in answered.receive.tubes if tube.current), "")
        return took

    def scan_until(self, ended: futures.Future[float]) -> list[float]:
        """Scan tube after tube until something has ended."""
        waits = []
        while not ended.done():
            waits.append(self.scan())
            futures.wait([ended], PAUSE_S)
        return waits


def one_backup(folder: Path, target: Path) -> float:
    """Seconds that a backup takes at the pace of the schedule."""
    pace = threading.Event()
    start = time.perf_counter()
    db = sqlite_file.open_for_reading(folder / "bench.db", KEY)
    try:
        backup.back_up(db, target, KEY, lambda: pace.wait(WAIT_BETWEEN_SLICES_S) and None)
    finally:
        db.close()
    took = time.perf_counter() - start
    target.unlink()
    return took


def quiet(seconds: float) -> float:
    threading.Event().wait(seconds)
    return seconds


def test_a_scan_during_a_backup(bench_folder: Path, tmp_path: Path) -> None:
    assert backups._WAIT_BETWEEN_SLICES_S == WAIT_BETWEEN_SLICES_S
    settings = settings_file.read(bench_folder)
    assert settings is not None
    bench = start_bench(bench_folder, settings)
    sign_in(bench)
    hand = Hand(bench, iter(json.loads((bench_folder / "codes.json").read_text("utf-8"))["codes"]))
    took, during, alone = [], list[float](), list[float]()
    with futures.ThreadPoolExecutor(1) as pool:
        for _ in range(RUNS):
            backing_up = pool.submit(one_backup, bench_folder, tmp_path / "copy.db")
            during += hand.scan_until(backing_up)
            took.append(backing_up.result())
            alone += hand.scan_until(pool.submit(quiet, took[-1]))
    size = (bench_folder / "bench.db").stat().st_size / 1024**2
    bench.close()
    waited, usual = Spread(tuple(during)), Spread(tuple(alone))
    said = (
        f"{len(during)} scans waited {waited}, longest {max(during) / 1000:.0f} ms; without a backup {usual}, longest "
        f"{max(alone) / 1000:.0f} ms; a backup of {size:.0f} MB took {median(took):.1f} s"
    )
    ratio = waited.p99 / 1e6 / MOST_WAIT_S
    report("a scan during a backup", said, ratio, f"p99 at most {MOST_WAIT_S * 1000:.0f} ms", ratio <= 1)
