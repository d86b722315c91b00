"""A bench for each test: its own folder, its own scanner and printer; after each test its file is proved."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from bench_top import NINE_O_CLOCK, BenchClock, BenchTop, opened

from devices.simulators.scanner import SimulatedScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop.rehearsal import made_up


@pytest.fixture
def closed_bench(tmp_path: Path) -> Iterator[BenchTop]:
    """A bench whose application is not started yet."""
    with SimulatedScanner(tmp_path) as scanner, SimulatedZplPrinter() as printer:
        top = BenchTop(tmp_path / "bench", scanner, printer, BenchClock())
        try:
            yield top
        finally:
            top.close()
        path = top.folder / "bench.db"
        if path.exists():
            assert top.proved().findings == []


@pytest.fixture(scope="session")
def made_benches(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two benches made once: one that expects nothing, one that expects the requests of the rehearsal."""
    folder = tmp_path_factory.mktemp("made")
    made = {}
    with SimulatedScanner(folder) as scanner, SimulatedZplPrinter() as printer:
        for name in ("empty", "rehearsal"):
            top = BenchTop(folder / name, scanner, printer, BenchClock(NINE_O_CLOCK - timedelta(hours=1))).open()
            if name == "rehearsal":
                top.takes_in(*made_up.expected_file())
            top.close()
            made[name] = top.folder
    return made


@pytest.fixture
def empty_bench(closed_bench: BenchTop, made_benches: dict[str, Path]) -> BenchTop:
    """A bench that expects nothing; R. Okafor is signed in."""
    return opened(closed_bench, made_benches["empty"])


@pytest.fixture
def bench(closed_bench: BenchTop, made_benches: dict[str, Path]) -> BenchTop:
    """A bench that expects the requests of the rehearsal; R. Okafor is signed in."""
    return opened(closed_bench, made_benches["rehearsal"])
