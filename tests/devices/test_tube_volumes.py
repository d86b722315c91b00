"""A tube volume scanner's file, with values checked by hand against the raw cells."""

from __future__ import annotations

from decimal import Decimal

from instrument_files import cell, defects, made, said, sample

from devices.instruments.tube_volumes import runs_in
from devices.measured import Analyte, RunDefect, Says


def test_the_racks_code_stands_in_the_files_name_alone() -> None:
    (run,) = runs_in(sample("SQPD-111.csv"))
    assert len(run.measured) == 24
    assert {each.plate for each in run.measured} == {"SQPD-111"}
    second = run.measured[1]
    assert (second.well, said(second, Analyte.VOLUME)) == ("B01", ("8.5794", "", "8.5794"))
    assert cell(second, Analyte.VOLUME).unit == "uL"
    assert said(run.measured[23], Analyte.VOLUME) == ("4.4145", "", "4.4145")
    assert run.findings == ()


def test_nought_is_a_number_that_was_measured() -> None:
    (run,) = runs_in(sample("SQPD-111.csv"))
    first = cell(run.measured[0], Analyte.VOLUME)
    assert (first.raw, first.says, first.value) == ("0.0000", Says.NUMBER, Decimal("0.0000"))


def test_a_rack_named_in_the_file_goes_before_the_files_name() -> None:
    (run,) = runs_in(made("RACKID,TUBE,VOLAVG\nR7,A01,5.0\n", "x.csv"))
    assert run.measured[0].plate == "R7"


def test_a_number_that_lost_its_last_decimals_is_no_number() -> None:
    whole = sample("SQPD-111.csv").content
    (run,) = runs_in(made(whole[:-2], "SQPD-111.csv"))
    assert defects(run)[0] is RunDefect.CUT
    assert cell(run.measured[23], Analyte.VOLUME).says is Says.NOT_READABLE
