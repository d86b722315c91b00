"""How long do 1,000 rows of the NIPT file take, beside writing the same rows with csv alone?"""

from __future__ import annotations

import csv
import io
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from statistics import median

import pytest
from figures import report

from gms_desktop.domain.findings import read_profile
from gms_desktop.domain.nipt import record
from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Sequence
from gms_desktop.domain.nipt.form import Form, Weight
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.nipt.record import Mother, Places, Record
from gms_desktop.domain.nipt.result import Result
from gms_desktop.domain.nipt.table_one import COLUMNS
from gms_desktop.exchange import ncardrs
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import versions
from gms_desktop.services import nipt_reports

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from shift import KEY, Shift
from shift_nipt import draft_judged, draft_result, draft_stated

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

ROWS, RUNS, MOST_S = 1_000, 5, 2.0
DAY = date(2026, 10, 5)
PROFILE = read_profile(files("resources").joinpath("rules", "nipt-table-1.toml").read_text("utf-8"))


def sample(place: int) -> Record:
    """A whole record; every tenth lacks what is mandatory."""
    form = Form(
        sampled=DAY,
        weight=Weight(Decimal("68.5"), "kg"),
        due=date(2027, 4, 1),
        fetuses=1,
        ivf="2",
        ethnicity="A",
        conditions="3",
        sequence=Sequence.FIRST,
    )
    result = Result(
        Outcome.RESULT,
        results={"T21": "2", "T18": "2", "T13": "2"},
        scores={"Z SCORE-T21": "-0.43"},
        fetal_fraction="8.5",
        runs=1,
        authorised=DAY + timedelta(4),
        reported=DAY + timedelta(5),
    )
    mother = Mother("9449305552", "Oyelaran", "Amara", "1991-03-05", "BS10 5NB")
    places = Places("699X0" if place % 10 else "", "R0A", "RR8")
    judged = Judgement(Acceptance.ACCEPTED)
    return Record(f"Z{place:010}", mother, places, form, judged, DAY, result, DAY + timedelta(1))


def took(job: Callable[[], object]) -> float:
    """Seconds in the median of several runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return median(times)


def plain(rows: list[dict[str, str]]) -> bytes:
    """The same rows with csv alone, nothing checked."""
    text = io.StringIO(newline="")
    out = csv.DictWriter(text, COLUMNS)
    out.writeheader()
    out.writerows(rows)
    return text.getvalue().encode()


def test_a_month_of_1000_rows_is_checked_and_written() -> None:
    records = [sample(place) for place in range(ROWS)]
    rows = [record.row(one) for one in records]
    checked = took(lambda: ncardrs.write((record.row(one) for one in records), PROFILE))
    alone = took(lambda: plain(rows))
    made = ncardrs.write(rows, PROFILE)
    assert (made.rows, made.blocked) == (ROWS, ROWS // 10)
    assert made.content == plain(rows)
    said = f"{checked * 1000:.0f} ms with every rule; csv alone {alone * 1000:.1f} ms, {checked / alone:.1f} times"
    report(f"NIPT file of {ROWS} rows", said, checked / MOST_S, f"at most {MOST_S:.0f} s", checked <= MOST_S)
    assert checked <= MOST_S


def test_a_month_of_1000_samples_out_of_the_register(tmp_path: Path) -> None:
    db = open_for_writing(tmp_path / "bench.db", KEY)
    versions.bring_up(db)
    day = Shift(db).begin()
    for _ in range(ROWS):
        request = day.expect()
        specimen = day.receive(request)["specimen"]
        about = (specimen, request["request"], request["patient"]["id"])
        day.act(lambda about=about: [draft_stated(day, *about)])  # type: ignore[misc]
        day.act(lambda about=about: [draft_judged(day, *about)])  # type: ignore[misc]
        day.act(lambda specimen=specimen: [draft_result(specimen)])  # type: ignore[misc]
    file = took(lambda: nipt_reports.month_files(day.ledger, "2026-03").named())
    measured = took(lambda: nipt_reports.month_measures(day.ledger, "2026-03"))
    made = nipt_reports.month_files(day.ledger, "2026-03")
    assert made.files[0][1].rows == ROWS
    db.close()
    said = f"{file * 1000:.0f} ms; its measures S02 and S03 {measured * 1000:.0f} ms"
    report(f"NIPT month of {ROWS} samples, read from the register", said, file / MOST_S, "at most 2 s", file <= MOST_S)
    assert file <= MOST_S
