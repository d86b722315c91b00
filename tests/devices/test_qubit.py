"""Qubit files, with values checked by hand against the raw cells."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from devices.files.given import GivenFile, file_at
from devices.instruments.headed import Known
from devices.instruments.qubit import runs_in
from devices.measured import Analyte, DateOrder, Quantity, RunDefect, Says

DATA = Path(__file__).parents[1] / "data" / "instruments"
HEAD = "Run ID,Assay Name,Test Name,Test Date,Qubit® tube conc.,Units,Original sample conc.,Units\n"


def qubit_file(*rows: str, head: str = HEAD) -> GivenFile:
    return GivenFile("run.csv", (head + "\n".join(rows) + "\n").encode(), datetime(2026, 1, 1, tzinfo=UTC))


def concentration(quantities: tuple[Quantity, ...]) -> Quantity:
    return next(each for each in quantities if each.analyte is Analyte.CONCENTRATION)


@pytest.mark.parametrize("name", ["qubit4_example_1.csv", "qubit4_example_2.xlsx"])
def test_a_qubit_4_tells_the_tubes_and_the_samples_concentration_apart(name: str) -> None:
    (run,) = runs_in(file_at(DATA / name))
    tube, sample = run.measured[0].quantities
    assert (tube.analyte, tube.raw, tube.raw_unit) == (Analyte.ASSAY_TUBE_CONCENTRATION, "30.4", "ng/mL")
    assert tube.value == Decimal("0.0304")
    assert (sample.analyte, sample.raw, sample.raw_unit) == (Analyte.CONCENTRATION, "6.08", "ng/µL")
    assert sample.value == Decimal("6.08")
    assert run.measured[0].at is not None
    assert str(run.measured[0].at.local) == "2023-12-12 06:40:54"
    assert run.findings == ()
    assert "Green RFU" in run.unread


def test_a_qubit_flex_has_its_own_order_of_columns() -> None:
    (run,) = runs_in(file_at(DATA / "qubit_flex_example_01.csv"))
    first = run.measured[0]
    assert first.sample == "S1"
    sample = concentration(first.quantities)
    assert (sample.raw, sample.value, sample.unit) == ("528", Decimal(528), "ng/uL")
    assert first.at is not None
    assert (first.at.raw, str(first.at.local)) == ("13/12/2022 04:41:09 PM", "2022-12-13 16:41:09")


def test_out_of_range_stays_out_of_range() -> None:
    (run,) = runs_in(qubit_file("2023-11-04,HS,T1,04/11/2023 1:06:59 AM,Out of range,ng/mL,Out of range,ng/µL"))
    assert [each.says for each in run.measured[0].quantities] == [Says.OUT_OF_RANGE] * 2


def test_the_run_id_tells_the_day_from_the_month() -> None:
    (run,) = runs_in(qubit_file("2023-11-04,HS,T1,04/11/2023 1:06:59 AM,1.0,ng/mL,2.0,ng/µL"))
    at = run.measured[0].at
    assert at is not None
    assert (str(at.local), at.order) == ("2023-11-04 01:06:59", DateOrder.DAY_FIRST)


def test_the_name_that_the_qubit_gives_a_sample_tells_the_day_from_the_month() -> None:
    (run,) = runs_in(qubit_file("17,HS,Sample_#230411-010659,04/11/2023 1:06:59 AM,1.0,ng/mL,2.0,ng/µL"))
    at = run.measured[0].at
    assert at is not None
    assert at.order is DateOrder.MONTH_FIRST


def test_a_date_that_nothing_decides_is_a_finding_until_a_person_says_once() -> None:
    file = qubit_file("17,HS,T1,04/11/2023 1:06:59 AM,1.0,ng/mL,2.0,ng/µL")
    (run,) = runs_in(file)
    assert [found.defect for found in run.findings] == [RunDefect.DATE_UNDECIDED]
    (run,) = runs_in(file, Known(date_order=DateOrder.DAY_FIRST))
    assert run.findings == ()


def test_half_a_file_is_told() -> None:
    whole = qubit_file("17,HS,T1,13/11/2023,1.0,ng/mL,2.0,ng/µL", "17,HS,T2,13/11/2023,1.0,ng/mL,2.0,ng/µL").content
    (run,) = runs_in(GivenFile("run.csv", whole[:-12], datetime(2026, 1, 1, tzinfo=UTC)))
    assert RunDefect.CUT in {found.defect for found in run.findings}


def test_a_damaged_heading_never_lends_a_value_the_unit_of_the_next() -> None:
    head = HEAD.replace("Qubit® tube conc.,Units", "Qubit® tube conc.,Un|ts")
    (run,) = runs_in(qubit_file("17,HS,T1,13/11/2023,30.4,ng/mL,6.08,ng/µL", head=head))
    tube, sample = run.measured[0].quantities
    assert (tube.says, tube.value) == (Says.NOT_READABLE, None)
    assert sample.value == Decimal("6.08")
