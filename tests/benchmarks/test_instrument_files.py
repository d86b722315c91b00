"""Instruments' files read by us and by allotropy, the same files in one run, each in a process of its own.

allotropy wants pins of its own: in an environment for it alone ``pip install allotropy``, then
``GMS_DESKTOP_ALLOTROPY=its python python -m pytest -m benchmark -s tests/benchmarks/test_instrument_files.py``.
A folder of a thousand files, and that pandas stays out, are measured without it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from figures import report

from devices.files.given import file_at
from devices.instruments.run_files import runs_in

DATA = Path(__file__).parents[1] / "data" / "instruments"
ALLOTROPY = os.environ.get("GMS_DESKTOP_ALLOTROPY", "")
THEIRS = {
    "THERMO_FISHER_QUBIT4": "qubit4_example_1.csv",
    "THERMO_FISHER_QUBIT_FLEX": "qubit_flex_example_01.csv",
    "THERMO_FISHER_NANODROP_ONE": "nanodrop_one_dsDNA.csv",
    "THERMO_FISHER_NANODROP_EIGHT": "nanodrop_eight_example01.txt",
    "THERMO_FISHER_NANODROP_8000": "nanodrop_8000_example03.txt",
    "UNCHAINED_LABS_LUNATIC": "lunatic_a260_dsdna.csv",
    "AGILENT_TAPESTATION_ANALYSIS": "tapestation_example_01.xml",
    "MOLDEV_SOFTMAX_PRO": "softmax_fluorescence_endpoint_utf16.txt",
    "APPBIO_QUANTSTUDIO": "quantstudio_example01.txt",
    "BMG_MARS": "bmg_labtech.csv",
}
TIMED = """
import json, sys, time
from pathlib import Path
began = time.perf_counter()
{imports}
def seconds(path, vendor):
    start = time.perf_counter()
    {read}
    return time.perf_counter() - start
pairs = list(zip(sys.argv[1::2], sys.argv[2::2]))
seconds(*pairs[0])
first = time.perf_counter() - began
best = {{path: min(seconds(path, vendor) for _ in range(5)) for path, vendor in pairs}}
print(json.dumps({{"first": first, "files": best, "pandas": "pandas" in sys.modules}}))
"""
OURS = TIMED.format(
    imports="from devices.files.given import file_at\nfrom devices.instruments.run_files import runs_in",
    read="runs_in(file_at(Path(path)))",
)
ALLOTROPYS = TIMED.format(
    imports="from allotropy.parser_factory import Vendor\nfrom allotropy.to_allotrope import allotrope_from_file",
    read="allotrope_from_file(path, Vendor[vendor])",
)
pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1200)]


def timed(python: str, script: str, pairs: list[str]) -> tuple[float, dict[str, float], bool]:
    """Seconds to the first result from a cold start, seconds for each file, and whether pandas was imported."""
    done = subprocess.run([python, "-c", script, *pairs], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    return said["first"], said["files"], said["pandas"]


@pytest.mark.skipif(not ALLOTROPY, reason="GMS_DESKTOP_ALLOTROPY does not name a Python that has allotropy")
def test_each_file_and_the_first_result_beside_allotropy() -> None:
    pairs = [word for vendor, name in THEIRS.items() for word in (str(DATA / name), vendor)]
    first, mine, with_pandas = timed(sys.executable, OURS, pairs)
    their_first, theirs, _ = timed(ALLOTROPY, ALLOTROPYS, pairs)
    assert not with_pandas
    for path, took in mine.items():
        ratio = theirs[path] / took
        said = f"{took * 1e3:.2f} ms against {theirs[path] * 1e3:.1f} ms by allotropy"
        report(f"one file, {Path(path).name}", said, ratio, "at least 10", ratio >= 10)
    said = f"{first:.3f} s against {their_first:.2f} s by allotropy"
    report("first result from a cold start", said, their_first / first, "at least 20", their_first / first >= 20)


def test_a_folder_of_a_thousand_files(tmp_path: Path) -> None:
    kinds = [path for path in sorted(DATA.iterdir()) if path.suffix != ".md" and path.name != "quant_test.csv"]
    for number in range(1000):
        kind = kinds[number % len(kinds)]
        (tmp_path / f"{number:04d}{kind.suffix}").write_bytes(kind.read_bytes())
    began = time.perf_counter()
    raw = sum(len(path.read_bytes()) for path in tmp_path.iterdir())
    reading = time.perf_counter() - began
    began = time.perf_counter()
    understood = sum(bool(runs_in(file_at(path))) for path in tmp_path.iterdir())
    took = time.perf_counter() - began
    assert understood == 1000
    said = f"{took:.1f} s for {raw / 1e6:.0f} MB"
    report("a folder of 1,000 files", said, took / reading, "at most 30 s", took <= 30)
