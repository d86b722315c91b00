"""Measurements in the register: whose a reading is, what was said of it for ever, and what two benches make of it."""

from __future__ import annotations

import pytest
from shift import Shift
from shift_measure import draft_claimed, draft_judged, draft_reading, draft_run, measurements
from shift_racks import draft_bound, racks

from gms_desktop.journal.database import Database
from gms_desktop.register import case_look_up, reading_look_up
from gms_desktop.register.ledger import Draft, PremiseFailed


@pytest.fixture
def day(database: Database) -> Shift:
    return Shift(database, 13).begin()


def test_a_run_with_what_was_decided_of_it_is_found_by_tube_file_and_run(day: Shift) -> None:
    names = measurements(day, racks(day))
    db = day.ledger.db
    found = reading_look_up.readings_of(db, f"tube:{names['tube']}")
    assert [row["id"] for row in found] == [names["known"], names["claimed"], names["weighed"]]
    assert [row["run_state"] for row in found] == ["released", "released", "taken"]
    assert (found[-1]["instrument"], found[-1]["serial"], found[-1]["sha256"]) == ("Balance", "B021002593", "")
    assert [row["id"] for row in reading_look_up.runs_at(db, day.bench)] == [names["run"]]
    [judged] = reading_look_up.judgements(db, names["known"])
    assert (judged["word"], judged["rule"], judged["version"], judged["raw"]) == (
        "below minimum",
        "eluate",
        "3",
        "7.25",
    )
    assert reading_look_up.choices(db, f"tube:{names['tube']}")["concentration"]["reading"] == names["known"]
    [conceded] = reading_look_up.concessions(db, f"tube:{names['tube']}")
    assert (conceded["rule"], conceded["version"]) == ("eluate", "3")
    assert reading_look_up.runs_of_file(db, "ab" * 32)[0]["id"] == names["run"]
    assert reading_look_up.waiting(db) == []


def test_one_file_is_taken_in_once_and_its_second_run_is_refused_with_its_readings(day: Shift) -> None:
    measurements(day, racks(day))
    run, reading = day.ledger.identity(), day.ledger.identity()
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_run(day, run), draft_reading(day, reading, run, None, "")])
    # Nor does a reading of it count without its run.
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_reading(day, reading, run, None, "")])


def test_a_reading_is_claimed_once(day: Shift) -> None:
    names = racks(day)
    run, reading = day.ledger.identity(), day.ledger.identity()
    day.act(lambda: [draft_run(day, run), draft_reading(day, reading, run, None, "")])
    claim = draft_claimed(day, reading, names["first"], "FD00000001")
    day.act(lambda: [claim])
    with pytest.raises(PremiseFailed):
        day.act(lambda: [claim])


def test_a_reading_of_a_tube_whose_code_is_another_tubes_by_now_becomes_a_case(day: Shift) -> None:
    names = racks(day)
    again = day.ledger.identity()
    day.act(lambda: [draft_bound(day, again, "FD00000003", names["specimen"])])
    run, reading = day.ledger.identity(), day.ledger.identity()
    # At the other bench the code was still of the tube that was freed here.
    day.act(lambda: [draft_run(day, run), draft_reading(day, reading, run, names["third"], "FD00000003")])
    held = case_look_up.case_entry(day.ledger.db, f"reading:{reading}", day.last(f"reading:{reading}"))
    assert held is not None
    assert held["verdict"] == "contested"


def test_a_judgement_by_a_later_rule_stands_beside_the_former(day: Shift) -> None:
    names = measurements(day, racks(day))
    later = draft_judged(day, names["known"])
    said = {**later.body, "version": "2", "sha256": "ef" * 32}
    day.act(lambda: [Draft("reading.judged", said)])
    assert [row["rules_version"] for row in reading_look_up.judgements(day.ledger.db, names["known"])] == ["1", "2"]
