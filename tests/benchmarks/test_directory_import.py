"""How long does a Test Directory take: to read, beside the plain reading of its cells, and to be put in force?"""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from bench_of_size import sign_in
from figures import Spread, report, turn_about

from gms_desktop import settings as settings_file
from gms_desktop.directory_desk import DirectoryDesk
from gms_desktop.exchange.test_directory import WorkbookSource
from gms_desktop.starting import start_bench

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]

DATA = Path(__file__).parents[1] / "data" / "test-directory"
FILES = ("rare-and-inherited-disease-v5.1.xlsx", "cancer-2020-21.xlsx")
RUNS = 7
MOST_S = 3.0


def by_calamine(content: bytes) -> None:
    """Every cell as the reader gives it, with nothing made of it."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def by_openpyxl(content: bytes) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    for sheet in book:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


@pytest.mark.parametrize("name", FILES)
def test_a_directory_is_read(name: str) -> None:
    content = (DATA / name).read_bytes()
    WorkbookSource(name, content).read()
    ours, calamine, openpyxl = turn_about(
        RUNS,
        lambda _run: WorkbookSource(name, content).read(),
        lambda _run: by_calamine(content),
        lambda _run: by_openpyxl(content),
        between=lambda _run: None,
    )
    ratio = ours.p50 / openpyxl.p50
    said = f"p50 {_ms(ours)}; plain openpyxl {_ms(openpyxl)}, plain calamine {_ms(calamine)}"
    report(f"reading {name}", said, ratio, "at most half of plain openpyxl", ratio <= 0.5)


@pytest.mark.parametrize("name", FILES)
def test_a_directory_is_put_in_force(bench_folder: Path, name: str) -> None:
    settings = settings_file.read(bench_folder)
    assert settings is not None
    bench = start_bench(bench_folder, settings)
    sign_in(bench)
    times = []
    for run in range(RUNS):
        # Another edition each time: what follows the packed content of a workbook is not read.
        content = (DATA / name).read_bytes() + bytes([run])
        start = time.perf_counter()
        verdict = DirectoryDesk(bench).take_in(WorkbookSource(name, content))
        times.append((time.perf_counter() - start) * 1e6)
        assert verdict.title == "Test Directory in force", verdict
    bench.close()
    took = Spread(tuple(times))
    report(f"import of {name}", f"p50 {_ms(took)}, slowest {max(times) / 1000:.0f} ms", took.p50 / 1e6 / MOST_S,
           f"at most {MOST_S:.0f} s", max(times) / 1e6 <= MOST_S)  # fmt: skip


def _ms(spread: Spread) -> str:
    return f"{spread.p50 / 1000:.0f} ms"
