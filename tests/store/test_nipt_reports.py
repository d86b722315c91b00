"""The month's NIPT files and the measures, out of a bench's register, against figures worked out by hand."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from nipt_room import DESK, Room, outage
from shift import Shift

from gms_desktop.domain.nipt import periods
from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Pathway, Sequence
from gms_desktop.domain.nipt.form import Form
from gms_desktop.domain.nipt.judgement import Judgement
from gms_desktop.domain.nipt.metrics import Clock, Listed, Why
from gms_desktop.domain.nipt.result import Result, Then
from gms_desktop.errors import Refused
from gms_desktop.exchange import ncardrs
from gms_desktop.services import nipt, nipt_reports, site_rules


@pytest.fixture
def room(shift: Shift) -> Room:
    return Room(shift)


# --- the month's files


def test_the_files_of_a_month_keep_r445_apart_and_drop_nothing(room: Room) -> None:
    _, number = room.whole()
    r445, _, _ = room.sample()
    room.states(r445, Form(Pathway.R445, sampled=date(2026, 3, 1), sequence=Sequence.FIRST, conditions="3"))
    room.judges(r445)
    room.reports(r445)
    ineligible, other, _ = room.sample()
    room.states(ineligible, chance=151)
    room.judges(ineligible, Judgement(Acceptance.INELIGIBLE, ineligible=("8",)))
    rejected, without, _ = room.sample()
    room.states(rejected)
    room.judges(rejected, Judgement(Acceptance.REJECTED, rejection=("5",)))
    made = nipt_reports.month_files(room.day.ledger, "2026-03")
    rows = {pathway: ncardrs.read(file.content) for pathway, file in made.files}
    assert [row["SAMPLE ID"] for row in rows[Pathway.FASP]] == [number, other]
    assert len(rows[Pathway.R445]) == 1
    first = rows[Pathway.FASP][0]
    assert (first["LAB ID"], first["REQUESTING HOSPITAL ID"], first["WEIGHT"]) == ("R0A", "RR8", "68.5")
    assert (first["SAMPLE DATE"], first["RECEIVED DATE"]) == ("2026-02-26", "2026-03-02")
    assert made.left_out == (nipt_reports.LeftOut(without, "left out: rejected, and no repeat was requested"),)


def test_every_finding_of_a_month_is_listed_with_its_sample(room: Room) -> None:
    _, number = room.whole()
    files_ = nipt_reports.month_files(room.day.ledger, "2026-03").named()
    assert set(files_) == {
        "nipt-fasp-2026-03.csv", "nipt-r445-2026-03.csv", "nipt-findings-2026-03.csv", "nipt-about-2026-03.txt",
    }  # fmt: skip
    listed = list(csv.DictReader(io.StringIO(files_["nipt-findings-2026-03.csv"].decode())))
    # No hub is approved yet, and the made-up NHS number has nine digits' worth of chance.
    assert {"HUB ID"} <= {row["ITEM"] for row in listed}
    assert {row["SAMPLE ID"] for row in listed} == {number}
    assert any(row["SEVERITY"] == "block" and "mandatory" in row["FINDING"] for row in listed)


def test_the_hub_that_the_laboratory_approved_stands_in_every_row(room: Room) -> None:
    text = files("resources").joinpath("rules", "nipt-table-1.toml").read_text("utf-8")
    own = text.replace('hub = ""', 'hub = "699X0"')
    room.day.act(lambda: [site_rules.approval(own, "nipt-table-1", str(room.day.operator))])
    room.whole()
    made = nipt_reports.month_files(room.day.ledger, "2026-03").files[0][1]
    assert ncardrs.read(made.content)[0]["HUB ID"] == "699X0"
    for wrong in ('hub = "six-digits"', "hub = 4"):
        with pytest.raises(Refused):
            site_rules.approval(text.replace('hub = ""', wrong), "nipt-table-1", str(room.day.operator))


def test_a_sample_stands_in_the_month_of_its_report(room: Room) -> None:
    specimen, _ = room.whole()
    room.reports(specimen, reported=date(2026, 4, 1), authorised=None)
    assert nipt_reports.month_files(room.day.ledger, "2026-03").files[0][1].rows == 0
    with pytest.raises(Refused, match="has not begun"):
        nipt_reports.month_files(room.day.ledger, "2026-04")


@pytest.mark.parametrize("month", ["March", "2026-3", "2026-13", ""])
def test_a_month_that_is_not_understood_is_refused(room: Room, month: str) -> None:
    with pytest.raises(Refused, match="2026-10"):
        nipt_reports.month_files(room.day.ledger, month)


# --- the measures


def test_s02_and_s03_of_a_month_by_hand_on_both_clocks(room: Room) -> None:
    room.whole()  # drawn Thursday 26 February, received Monday 2 March: two working days; reported on day 4
    late, late_number = room.whole(sampled=date(2026, 2, 25))  # three
    unknown, unknown_number, _ = room.sample()
    room.states(unknown, sampled=None)
    # By the paper of the outage the late one came on Friday 27 February: not in March, and in time.
    room.day.act(lambda: [outage(room.day, late_number, late, "2026-02-27")])
    march = nipt_reports.month_measures(room.day.ledger, "2026-03")
    s02, s03 = march.reports
    assert [(m.clock, m.numerator, m.denominator) for m in s02.measures] == [
        (Clock.PHYSICAL, 1, 2), (Clock.BOOKED, 1, 3),
    ]  # fmt: skip
    assert s02.measures[1].not_in_time == (Listed(late_number, Why.LATE), Listed(unknown_number, Why.NOT_SAMPLED))
    assert [(m.numerator, m.denominator) for m in s03.measures] == [(1, 2), (2, 3)]
    assert not s03.measures[0].final
    february = nipt_reports.month_measures(room.day.ledger, "2026-02").reports[0]
    assert [(m.clock, m.numerator, m.denominator) for m in february.measures] == [
        (Clock.PHYSICAL, 1, 1), (Clock.BOOKED, 0, 0),
    ]  # fmt: skip


def test_s02_beyond_the_calendar_is_refused_in_words_and_s03_is_not(room: Room) -> None:
    s02, s03 = nipt_reports.month_measures(room.day.ledger, "2028-01").reports
    assert (s02.measures, "calendar is not loaded" in s02.refused) == ((), True)
    assert "site-rule bank-holidays" in s02.refused
    assert s03.refused == ""
    assert s03.measures[0].shown == ""


def test_a_month_before_any_thresholds_were_in_force_is_refused(room: Room) -> None:
    assert "No thresholds are in force" in nipt_reports.month_measures(room.day.ledger, "2024-09").reports[0].refused


def test_a_longer_calendar_of_the_laboratory_is_used(room: Room) -> None:
    text = files("resources").joinpath("reference", "bank-holidays.toml").read_text("utf-8")
    own = text.replace('until = "2027-12-31"', 'until = "2028-12-31"')
    room.day.act(lambda: [site_rules.approval(own, "bank-holidays", str(room.day.operator))])
    assert nipt_reports.month_measures(room.day.ledger, "2028-01").reports[0].refused == ""


def test_s06_counts_samples_that_nipt_led_to(room: Room) -> None:
    for indication, reported in [
        ("higher chance NIPT", date(2026, 3, 5)),
        ("no result NIPT", date(2026, 3, 6)),
        ("other", date(2026, 3, 30)),
        ("higher chance NIPT", None),
    ]:
        specimen, _, _ = room.sample()
        room.does(nipt.state_qf_pcr(room.day.ledger, DESK, specimen, indication, reported))
    assert "before the sample was received" in room.does(
        nipt.state_qf_pcr(room.day.ledger, DESK, specimen, "other", date(2026, 3, 1))
    )
    with pytest.raises(ValueError, match="ultrasound"):
        nipt.state_qf_pcr(room.day.ledger, DESK, specimen, "ultrasound", None)
    with pytest.raises(LookupError):
        nipt.state_qf_pcr(room.day.ledger, DESK, "nobody", "other", None)
    (s06,) = nipt_reports.quarter_measures(room.day.ledger, "2025-26 Q4").reports
    (measure,) = s06.measures
    assert (measure.numerator, measure.denominator) == (1, 3)
    assert s06.period == periods.quarter("2025-26 Q4")


def test_a_tube_for_cell_free_dna_without_a_record_is_named(room: Room) -> None:
    request = room.day.expect()
    draft = room.day.draft_received(room.day.ledger.identity(), room.day.ledger.next_number("Z"), request)
    body = draft.body | {"type": "Blood in cell-free DNA tube"}
    room.day.act(lambda: [replace(draft, body=body)])
    room.whole()
    made = nipt_reports.month_measures(room.day.ledger, "2026-03")
    assert made.unrecorded == (body["accession"],)


def test_r445_is_told_apart_from_the_measures(room: Room) -> None:
    r445, _, _ = room.sample()
    room.states(r445, Form(Pathway.R445, sampled=date(2026, 3, 1), sequence=Sequence.FIRST, conditions="3"))
    made = nipt_reports.month_measures(room.day.ledger, "2026-03")
    assert made.r445 == 1
    assert made.reports[0].measures[0].denominator == 0


def test_a_repeat_after_no_result_ends_with_no_result_after_two_samples(room: Room) -> None:
    request = room.day.expect(tubes=2)
    first, _, _ = room.sample(request)
    room.states(first)
    room.judges(first)
    nothing = Result(Outcome.NO_RESULT, no_result="4", reported=date(2026, 3, 4), then=Then.REPEAT_ASKED)
    room.reports(first, nothing)
    second, _, _ = room.sample(request)
    room.states(second, sequence=Sequence.REPEAT, first=first, repeat_reason="2", sampled=date(2026, 3, 1))
    room.judges(second)
    room.reports(second, nothing, then=Then.AFTER_TWO)
    made = nipt_reports.month_files(room.day.ledger, "2026-03").files[0][1]
    rows = ncardrs.read(made.content)
    assert [(row["SAMPLE SEQUENCE"], row["REPEAT REASON"], row["TEST OUTCOME"]) for row in rows] == [
        ("1", "", "3"), ("2", "2", "3"),
    ]  # fmt: skip
