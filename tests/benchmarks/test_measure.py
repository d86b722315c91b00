"""96 readings of one run matched to their tubes, judged and there to be painted, on a bench of the corpus.

The baseline of the same run is the least that must be done for it: 96 tubes asked for by their code, each with its
specimen and its requests.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from bench_of_size import sign_in
from figures import Spread, report, turn_about

from devices.values import RACK_96
from gms_desktop import settings as settings_file
from gms_desktop.bench import Bench
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.measure_desk import MeasureDesk
from gms_desktop.measure_files import RunFile
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import site_rules
from gms_desktop.services.at_measure import AtMeasure
from gms_desktop.starting import start_bench

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

RUNS, MOST_MS, WAIT_S = 60, 150, 60
_some = text_statement("SELECT id FROM specimen ORDER BY id LIMIT 96")
_by_code = text_statement("SELECT * FROM fluidx_tube WHERE code = :code")
_HEADINGS = (
    "Run ID,Assay Name,Test Name,Test Date,Qubit® tube conc.,Units,Original sample conc.,Units,Sample Volume (µL),"
    "Dilution Factor"
)
_RULES = """
name = "qc-limits"
version = "EXAMPLE"
effective = "2026-01-01"
[[rule]]
name = "EXAMPLE eluate"
version = "1"
[[rule.limit]]
of = "concentration"
min = "10"
max = "200"
unit = "ng/uL"
[[rule.limit]]
of = "total amount"
min = "500"
unit = "ng"
"""


def code(place: int) -> str:
    """The code of a tube, by its place."""
    return f"FD{20_040_000 + place}"


def filled(ledger: Ledger) -> None:
    """96 tubes, each of a specimen of its own and with 50 uL in it; and the rules that they are judged by."""
    bench = ledger.head.writer
    for place, row in enumerate(ledger.db.all(_some)):
        volume = {"value": "50", "unit": "uL", "raw": "50", "how": "stated"}
        said = {"tube": ledger.identity(), "code": code(place), "specimen": row["id"], "volume": volume, "bench": bench}
        bound = Draft("tube.bound", said | {"source": {"sort": "specimen", "id": row["id"]}})
        ledger.append([bound], None)
    operator = str(ledger.db.all(text_statement("SELECT id FROM operator LIMIT 1"))[0]["id"])
    ledger.append([site_rules.approval(_RULES, "qc-limits", operator)], operator)


def run_file(folder: Path) -> Path:
    """A file as a Qubit 4 writes it, one line for each tube; every fourth is below the minimum."""
    rows = (
        f"2026-11-23,HS,{code(place)},2026-11-23 09:40:54,251,ng/mL,{'7.3' if place % 4 == 0 else '50.2'},ng/µL,1,200"
        for place in range(len(RACK_96.positions))
    )
    path = folder / "run.csv"
    path.write_text("\n".join((_HEADINGS, *rows)) + "\n", encoding="utf-8")
    return path


def test_96_readings_are_matched_and_judged(bench_folder: Path, tmp_path: Path) -> None:
    settings = settings_file.read(bench_folder)
    assert settings is not None
    bench = start_bench(bench_folder, settings)
    try:
        sign_in(bench)
        bench.recorder.write(filled).result(WAIT_S)
        measured(bench, MeasureDesk(bench).read(run_file(tmp_path)))
    finally:
        bench.close()


def measured(bench: Bench, file: RunFile) -> None:
    desk = MeasureDesk(bench)

    def asked_alone(_run: int) -> None:
        bench.recorder.read(lambda ledger: least(ledger.db)).result(WAIT_S)

    def matched_and_judged(_run: int) -> None:
        desk.take(file).result(WAIT_S)
        shown = desk.view().result(WAIT_S)
        assert sum(1 for line in shown.lines if "below minimum 10 ng/µL" in line.said) == 24
        assert sum(1 for line in shown.lines if line.said == "meets rule EXAMPLE eluate v1") == 72

    def put_aside(_run: int) -> None:
        bench.desk.measure = AtMeasure()

    first = time.perf_counter()
    matched_and_judged(0)
    cold = (time.perf_counter() - first) * 1000
    alone, whole = turn_about(RUNS, asked_alone, matched_and_judged, between=put_aside)
    report(
        "96 readings matched and judged",
        f"{whole}; first {cold:.0f} ms; tubes asked for alone {alone}",
        whole.p50 / alone.p50,
        f"p99 at most {MOST_MS} ms",
        _ms(whole) <= MOST_MS,
    )


def _ms(one: Spread) -> float:
    return one.p99 / 1000


def least(db: Database) -> None:
    """Each tube with its specimen and its requests, one at a time."""
    for place in range(len(RACK_96.positions)):
        tube = db.one(_by_code, {"code": code(place)})
        assert tube is not None
        assert look_up.row(db, "specimen", tube["specimen"]) is not None
        look_up.requests_of_specimen(db, tube["specimen"])
