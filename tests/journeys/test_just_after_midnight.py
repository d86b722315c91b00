"""Half past midnight in summer: the laboratory's day has begun, and the day of the world's clock has not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.services import hold_terms

HALF_PAST_MIDNIGHT = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)


@pytest.fixture
def night(empty_bench: BenchTop) -> BenchTop:
    """A bench at half past midnight on 1 July 2027."""
    empty_bench.clock.at = HALF_PAST_MIDNIGHT
    empty_bench.restart()
    assert empty_bench.signs_in(), empty_bench.words
    return empty_bench


def test_a_baby_born_after_midnight_is_booked_from_its_tube(night: BenchTop) -> None:
    said = night.says(Command.UNANNOUNCED, "newborn", surname="Bell", type="EDTA blood", born="01/07/2027")
    assert "future" not in said.sentence
    assert len(night.rows("SELECT id FROM specimen")) == 1


def test_a_baby_born_after_midnight_is_named_with_its_date_of_birth(night: BenchTop) -> None:
    night.says(Command.UNANNOUNCED, "newborn", surname="Bell", type="EDTA blood")
    patient = night.rows("SELECT patient FROM specimen")[0]["patient"]
    said = {"surname": "Bell", "forename": "Lena", "born": "01/07/2027", "said_by": "Ward 4"}
    assert night.says(Command.NAME_PATIENT, "named", argument=patient, **said).title != "There is a problem"
    assert night.count("patient.named") == 1


def test_a_file_that_names_a_baby_born_after_midnight_says_nothing_of_the_future(night: BenchTop) -> None:
    made = night.expects(Person("BELL", "A-1", "A-1-1", born="01/07/2027"))
    assert "date-in-future" not in [problem.reason_code for row in made.reading.rows for problem in row.findings]


def test_the_day_by_which_to_chase_is_counted_from_the_laboratorys_day(night: BenchTop) -> None:
    by_night = night.read(hold_terms.default_day)
    night.clock.at = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
    assert by_night is not None
    assert night.read(hold_terms.default_day) == by_night
