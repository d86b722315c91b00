"""How long does a file of 960 expected requests take, and how long may a scan wait meanwhile?"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import pytest
from bench_of_size import file_of, scan_of, sign_in
from figures import report

from gms_desktop import settings as settings_file
from gms_desktop.bench import Bench
from gms_desktop.starting import start_bench

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

ROWS = 960
RUNS = 5
MOST_S = 1.0


def one_import(bench: Bench, run: int) -> tuple[float, float]:
    """Seconds that the file took, and the longest that one of the scans which came meanwhile waited."""
    file = file_of(ROWS, run * ROWS)
    start = time.perf_counter()
    done = bench.take_in(*file)
    longest, scans = 0.0, 0
    while not done.done():
        sent = time.perf_counter()
        bench.scan(scan_of(f"NOT-HERE-{run}-{scans}")).result(60)
        longest, scans = max(longest, time.perf_counter() - sent), scans + 1
    made = done.result(60)
    assert len(made.landed) == ROWS, made.waiting[:3] or made.refused
    return time.perf_counter() - start, longest


def alone(bench: Bench, run: int) -> float:
    """Seconds that the file takes with nothing else to do."""
    file = file_of(ROWS, run * ROWS)
    start = time.perf_counter()
    made = bench.take_in(*file).result(60)
    assert len(made.landed) == ROWS, made.waiting[:3] or made.refused
    return time.perf_counter() - start


def test_a_file_of_960_rows(bench_folder: Path) -> None:
    settings = settings_file.read(bench_folder)
    assert settings is not None
    bench = start_bench(bench_folder, settings)
    sign_in(bench)
    times = [alone(bench, run) for run in range(RUNS)]
    busy = [one_import(bench, run) for run in range(RUNS, 2 * RUNS)]
    bench.close()
    took = median(times)
    said = f"median {took * 1000:.0f} ms, slowest of {RUNS} {max(times) * 1000:.0f} ms"
    report(f"import of {ROWS} rows", said, took / MOST_S, f"at most {MOST_S:.0f} s", took <= MOST_S)
    waits = median(longest for _, longest in busy)
    said = f"median {waits * 1000:.0f} ms; the import took {median(one for one, _ in busy) * 1000:.0f} ms meanwhile"
    report("longest wait of a scan during it", said, waits / 0.05, "at most 50 ms", waits <= 0.05)
