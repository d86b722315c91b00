"""Lunatic files with and without the report's head, with values checked by hand against the raw cells."""

from __future__ import annotations

from instrument_files import cell, defects, made, said, sample

from devices.instruments.headed import Known
from devices.instruments.lunatic import runs_in
from devices.measured import Analyte, DateOrder, Role, RunDefect, Says

HEAD = """Report,,,,,,,,,,,
,,,,,,,,,,,
Info,,,,,,,,,,,
Date,01/08/2024 10:15:59,,,,,,,,,,
Test performed by,A. Person,,,,,,,,,,
Instrument,123456,,,,,,,,,,
Software version,8.2.0.259,,,,,,,,,,
Client version,8.3.0.305,,,,,,,,,,
Experiment name,TEST_1,,,,,,,,,,
Application,dsDNA (Turbidity) (8.2.0.2),,,,,,,,,,
Nr of Plates,1,,,,,,,,,,
,- Lunatic_test,,,,,,,,,,
,,,,,,,,,,,
Table,,,,,,,,,,,
Plate ID,"Plate
Position",Sample name,"Concentration
(ng/ul)",A260/A280,A260/A230,A260,Sample group,Date,Time,Application,Instrument ID
"""
ROW = "PLATE_1,A1,SAMPLE_1,182.6,1.94,2.55,3.65,GROUP_1,{},10:15:59,dsDNA (Turbidity),123456\n"


def test_a_lunatic_keeps_a_blank_below_nought_as_it_is() -> None:
    (run,) = runs_in(sample("lunatic_a260_dsdna.csv"))
    assert len(run.measured) == 32
    blank, fourth = run.measured[0], run.measured[1]
    assert (blank.sample, blank.well, blank.role) == ("H2O", "A01", Role.BLANK)
    assert said(blank) == ("-0.1", "ng/ul", "-0.1")
    assert (cell(blank, Analyte.A260).raw, str(cell(blank, Analyte.A260).value)) == ("-0.00", "-0.00")
    assert cell(blank, Analyte.A260_280).says is Says.NOT_AVAILABLE
    assert (fourth.sample, said(fourth), fourth.role) == ("Sample 4", ("49.8", "ng/ul", "49.8"), Role.SAMPLE)
    assert (cell(fourth, Analyte.A260).raw, cell(fourth, Analyte.A260).says) == ("N/A", Says.NOT_AVAILABLE)
    assert said(fourth, Analyte.A260_280) == ("1.84", "", "1.84")
    last = run.measured[31]
    assert (last.sample, last.well, said(last)) == ("Sample 4", "H04", ("49.2", "ng/ul", "49.2"))
    assert (run.serial, run.assay, run.findings) == ("15", "A260 dsDNA", ())


def test_a_lunatics_date_and_time_stand_apart() -> None:
    (run,) = runs_in(sample("lunatic_a260_dsdna.csv"))
    at = run.measured[0].at
    assert at is not None
    assert (at.raw, str(at.local), at.order) == ("17/10/2016 07:19:18", "2016-10-17 07:19:18", DateOrder.DAY_FIRST)


def test_headings_of_two_lines_below_the_reports_head_are_read() -> None:
    (run,) = runs_in(made(HEAD + ROW.format("21/08/2024")))
    (only,) = run.measured
    assert (only.line, only.plate, only.well, said(only)) == (18, "PLATE_1", "A01", ("182.6", "ng/ul", "182.6"))
    assert (run.serial, run.software, run.run_id) == ("123456", "8.3.0.305", "TEST_1")
    assert (run.operator, run.assay) == ("A. Person", "dsDNA (Turbidity) (8.2.0.2)")
    assert run.unread == ("Software version", "Nr of Plates", "Sample group")
    assert str(run.at.local if run.at else "") == "2024-08-01 10:15:59"


def test_the_first_of_august_or_the_eighth_of_january_is_asked_once() -> None:
    file = made(HEAD + ROW.format("01/08/2024"))
    (run,) = runs_in(file)
    assert defects(run) == [RunDefect.DATE_UNDECIDED]
    assert run.at is not None
    assert run.at.local is None
    (run,) = runs_in(file, Known(date_order=DateOrder.DAY_FIRST))
    assert defects(run) == []


def test_two_reports_in_one_file_are_two_runs() -> None:
    second = (HEAD + ROW.format("22/08/2024")).replace("TEST_1", "TEST_2").replace("182.6", "12.5")
    one, two = runs_in(made(HEAD + ROW.format("21/08/2024") + second))
    assert (one.run_id, two.run_id) == ("TEST_1", "TEST_2")
    assert [said(run.measured[0])[0] for run in (one, two)] == ["182.6", "12.5"]
    assert len(one.measured) == len(two.measured) == 1
