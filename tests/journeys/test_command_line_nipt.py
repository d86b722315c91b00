"""NIPT from the command line: the month's files in a folder, and the measures as lines."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine

from gms_desktop.cli.reading import reading
from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Sequence
from gms_desktop.domain.nipt.form import Form, Weight
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.nipt.result import Result
from gms_desktop.journal import store
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.rehearsal import made_up
from gms_desktop.services import arrive, case_documents, expected_drafts, nipt
from gms_desktop.services.expected_drafts import ToldPatient, ToldRequest
from gms_desktop.services.nipt import Desk
from gms_desktop.services.outcome import Outcome as Answer
from gms_desktop.settings import Settings
from gms_desktop.starting import bench_file, start_bench
from ui import command

DESK = Desk("Europe/London", {"by": "hand"})
SIGNED = ("--badge", "BADGE-OKAFOR", "--pin", made_up.SHORT_PIN)
TUBE = "Blood in cell-free DNA tube"


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """A day that the calendar of bank holidays holds, whenever these tests are run."""
    with time_machine.travel(datetime(2026, 11, 18, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def data(tmp_path: Path) -> Path:
    start_bench(tmp_path / "bench", Settings(rehearsal=True), made_up.begin).close()
    return tmp_path / "bench"


def says(capsys: pytest.CaptureFixture[str], data: Path, *rest: object) -> tuple[int, str]:
    capsys.readouterr()
    code = command.main(["nipt", *(str(one) for one in rest), "--data", str(data)])
    said = capsys.readouterr()
    return code, said.out + said.err


def received(ledger: Ledger) -> tuple[str, str]:
    """A NIPT sample arrives: its specimen and our number."""
    who = ToldPatient(surname="Oyelaran", forename="Amara", born="1991-03-05", nhs="9449305552")
    asked = ToldRequest(codes=(("Q26-1", "RR8"),), tubes=((TUBE, "Q26-1-1"),), sender="RR8")
    expected = expected_drafts.expected(ledger, who, asked, None, None, None)
    place = arrive.Place(ledger.head.writer, "Z", "printer 1", "tube-25x51")
    row = {"id": expected.body["request"], "patient": expected.body["patient"]["id"], "sender": "RR8"}
    row |= {"collected": None, "risk": "not stated", "priority": "routine", "category": "clinical"}
    made = arrive.arrive_for(ledger, place, row, 1, TUBE, "code", "Q26-1-1", DESK.told)
    append(ledger, (expected, *made.drafts))
    return made.specimen, made.number


def append(ledger: Ledger, drafts: tuple[Draft, ...]) -> None:
    with ledger.db.write():
        ledger.append(list(drafts), None)


def worked(data: Path) -> tuple[str, date]:
    """One sample from its form to its report, at this bench: our number, and the day of it."""
    file = bench_file(data)
    file.take()
    try:
        ledger = file.open()
        try:
            specimen, number = received(ledger)
            today = DESK.today(ledger)
            form = Form(
                sampled=today - timedelta(1),
                weight=Weight(Decimal(70), "kg"),
                due=today + timedelta(180),
                fetuses=1,
                ivf="2",
                ethnicity="Z",
                conditions="3",
                chance=120,
                offered=True,
                sequence=Sequence.FIRST,
            )
            result = Result(
                Outcome.RESULT,
                results={"T21": "2", "T18": "2", "T13": "2"},
                runs=1,
                authorised=today,
                reported=today,
            )
            for make in (
                lambda: nipt.state(ledger, DESK, specimen, form),
                lambda: nipt.judge(ledger, DESK, specimen, Judgement(Acceptance.ACCEPTED)),
                lambda: nipt.state_result(ledger, DESK, specimen, result),
            ):
                said: Answer = make()
                assert said.drafts, said.verdict.sentence
                append(ledger, said.drafts)
            with ledger.db.write():
                file.renew(ledger)
        finally:
            ledger.db.close()
    finally:
        file.release()
    return number, today


def test_the_files_of_a_month_are_written_once_with_every_finding(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number, today = worked(data)
    month, out = today.strftime("%Y-%m"), tmp_path / "ncardrs"
    code, said = says(capsys, data, "file", "--month", month, "--out", out, *SIGNED)
    assert (code, out.exists()) == (2, False)
    assert "ncardrs is no folder. Make it, or name another." in said
    out.mkdir()
    code, said = says(capsys, data, "file", "--month", month, "--out", out, *SIGNED)
    # Nobody has approved the hub yet: that is to be put right first.
    assert code == 1
    assert "FASP  1 samples: 1 with findings, 1 to put right" in said
    assert "No conformance with NCARDRS is claimed" in said
    assert {one.name for one in out.iterdir()} == {
        f"nipt-fasp-{month}.csv", f"nipt-r445-{month}.csv", f"nipt-findings-{month}.csv", f"nipt-about-{month}.txt",
    }  # fmt: skip
    with (out / f"nipt-fasp-{month}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["SAMPLE ID"], row["SURNAME"], row["NHS NUMBER"]) for row in rows] == [
        (number, "Oyelaran", "9449305552")
    ]
    assert (rows[0]["SAMPLE DATE"], rows[0]["RECEIVED DATE"]) == (
        (today - timedelta(1)).isoformat(), today.isoformat(),
    )  # fmt: skip
    findings = (out / f"nipt-findings-{month}.csv").read_text("utf-8")
    assert "HUB ID is empty, and the table makes it mandatory." in findings
    assert "Oyelaran" not in findings + said
    again, said = says(capsys, data, "file", "--month", month, "--out", out, *SIGNED)
    assert again == 2
    assert "nothing is overwritten" in said
    with reading(data / "bench.db", data) as db:
        issued = [one.entry for lot in store.since(db) for one in lot if one.entry.kind == case_documents.ISSUED]
    assert [(one.body["sort"], one.operator is None) for one in issued] == [("nipt-file-fasp", False)]
    capsys.readouterr()
    command.main(["exports", "--data", str(data)])
    assert capsys.readouterr().out.count("NIPT file, ") == 4


def test_the_measures_of_a_month_and_of_a_quarter(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, today = worked(data)
    code, said = says(capsys, data, "measures", "--month", today.strftime("%Y-%m"))
    assert code == 0
    assert "By physically received and booked in alike: 1 of 1 = 100.0 %, achievable" in said
    assert "S02" in said
    assert "S03" in said
    assert "an EXAMPLE: the laboratory has approved none" in said
    code, said = says(capsys, data, "measures", "--quarter", "2026-27 Q3")
    assert (code, "0 of 0" in said, "31-Mar-2027" in said) == (0, True, True)


def test_a_month_beyond_the_calendar_is_refused_never_wrong(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = says(capsys, data, "measures", "--month", "2028-01")
    assert code == 1
    assert "Not computed. The calendar is not loaded for 01-Jan-2028" in said


@pytest.mark.parametrize(
    "options",
    [
        ("measures",),
        ("measures", "--month", "2026-10", "--quarter", "2026-27 Q3"),
        ("measures", "--month", "October"),
        ("measures", "--quarter", "2026-Q3"),
        ("file", "--month", "2026-13", "--out", "nowhere", *SIGNED),
        ("file", "--month", "2999-01", "--out", "nowhere", *SIGNED),
    ],
)
def test_what_is_not_understood_is_refused_in_words(
    data: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    code, said = says(capsys, data, *options)
    assert code == 2
    assert "Traceback" not in said
    assert not Path("nowhere").exists()
    assert sys.exc_info() == (None, None, None)
