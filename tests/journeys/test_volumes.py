"""What is left: taken by binding, by a worklist, by hand; measured anew; empty because a person says so."""

from __future__ import annotations

import pytest
from bench_top import WAIT_S, BenchTop
from extract_work import ended, labelled
from extract_work import scans as at_extract
from plate_work import made, states_volume
from rack_work import ANOTHER, FIRST, SECOND, SINGLE, bound, rack_open, scans, view
from storage_at_work import keeps_dna_a_week, laboratory
from storage_at_work import scans as stores
from storage_at_work import view as storage

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import Answer


def says(bench: BenchTop, given: Command, *choices: str, argument: str = "", why: str = "", **fields: str) -> Verdict:
    bench.clock.forward(60)
    subject = argument or (bench.bench.desk.question.subject if bench.bench.desk.question else "")
    answer = Answer(choices, why, tuple(fields.items()), subject)
    return bench.bench.command(given, answer).result(WAIT_S).verdict


def facts(bench: BenchTop, code: str) -> list[tuple[str, str]]:
    found = bench.looks_up(code).find
    assert found is not None
    return [one for one in found.facts if one[0] in {"Volume left", "Taken", "Empty because"}]


def left(bench: BenchTop, code: str) -> str:
    return dict(facts(bench, code))["Volume left"]


def tube_of(bench: BenchTop, code: str) -> str:
    [row] = bench.rows("SELECT id FROM fluidx_tube WHERE code = :code", code=code)
    return f"tube:{row['id']}"


@pytest.fixture
def eluate(bench: BenchTop) -> str:
    """An eluate of which 48.5 µl were measured; its number."""
    number = bench.receives(SINGLE)
    ended(bench, number)
    eluate = labelled(bench, number)
    at_extract(bench, eluate)
    bench.asks_for(Command.ELUATE_VOLUME)
    assert bench.says(Command.ELUATE_VOLUME, volume="48.5 µl").title == "Volume recorded"
    return eluate


def test_all_that_is_left_of_an_eluate_goes_into_its_tube_and_a_second_tube_is_refused(
    bench: BenchTop, eluate: str
) -> None:
    said = scans(bench, eluate)
    assert "48.5 µl, measured: all of it goes in" in said.sentence
    assert "48.5 µl, measured left" in view(bench).source
    assert scans(bench, FIRST).title == "Bound"
    assert left(bench, FIRST).startswith("48.5 µl, measured")
    shown = facts(bench, eluate)
    assert shown[0][1].startswith("0 µl, calculated")
    assert shown[1][1].startswith(f"48.5 µl into tube {FIRST}, bound, ")
    again = scans(bench, eluate)
    assert (again.kind, again.title) == (VerdictKind.REFUSED, "Nothing is left of it")
    assert bench.proved().clean


def test_a_part_of_an_eluate_is_bound_and_no_more_than_remains(bench: BenchTop, eluate: str) -> None:
    scans(bench, eluate)
    assert bench.asks_for(Command.BIND_VOLUME).title == "How much?"
    assert says(bench, Command.BIND_VOLUME, volume="20").title == "How much?"
    assert says(bench, Command.BIND_VOLUME, volume="60 µl").title == "More than remains"
    bench.asks_for(Command.BIND_VOLUME)
    assert says(bench, Command.BIND_VOLUME, volume="0.02 ml").title == "Now the tube"
    assert "0.02 ml of it go in" in view(bench).source
    assert scans(bench, FIRST).title == "Bound"
    assert left(bench, eluate).startswith("28.5 µl, calculated")
    assert left(bench, FIRST).startswith("20 µl, stated")
    assert "28.5 µl, calculated: all of it" in scans(bench, eluate).sentence
    assert scans(bench, SECOND).title == "Bound"
    assert left(bench, eluate).startswith("0 µl")


def test_what_went_into_a_tube_bound_by_mistake_was_never_taken(bench: BenchTop, eluate: str) -> None:
    scans(bench, eluate)
    scans(bench, FIRST)
    bench.bench.command(Command.RELEASE_BIND, None, tube_of(bench, FIRST).partition(":")[2]).result(WAIT_S)
    answer = Answer(("never held liquid",), "The wrong one", (), tube_of(bench, FIRST).partition(":")[2])
    assert bench.bench.command(Command.RELEASE_BIND, answer).result(WAIT_S).verdict.title == "Code is free"
    assert left(bench, eluate).startswith("48.5 µl, measured")


def test_what_is_taken_by_hand_is_recorded_and_more_than_remains_is_asked_about_then_said(
    bench: BenchTop, eluate: str
) -> None:
    scans(bench, eluate)
    scans(bench, FIRST)
    tube = tube_of(bench, FIRST)
    bench.asks_for(Command.VOLUME_LEFT, tube)
    assert says(bench, Command.VOLUME_LEFT, "taken", argument=tube).title == "What is left?"
    said = says(bench, Command.VOLUME_LEFT, "taken", argument=tube, volume="2.5 µl")
    assert "46 µl remain" in said.sentence
    asked = says(bench, Command.VOLUME_LEFT, "taken", argument=tube, volume="50 µl")
    assert (asked.kind, asked.title) == (VerdictKind.ATTENTION, "More than remains")
    assert left(bench, FIRST).startswith("46 µl, calculated")
    more = says(bench, Command.VOLUME_LEFT, "taken", "it is so all the same", argument=tube, volume="50 µl")
    assert "4 µl more was taken than was there" in more.sentence
    assert left(bench, FIRST).startswith("More was taken than was there: 52.5 µl of 48.5 µl")
    assert says(bench, Command.VOLUME_LEFT, "left, measured", argument=tube, volume="3 µl").title == "Recorded"
    assert left(bench, FIRST).startswith("3 µl, measured")
    assert len(facts(bench, FIRST)) == 3
    bench.undoes()
    assert left(bench, FIRST).startswith("More was taken")


def test_a_worklist_takes_from_each_tube_once_however_often_it_is_written(bench: BenchTop) -> None:
    numbers = [bench.receives(SINGLE), bench.receives(ANOTHER)]
    rack_open(bench)
    for number, code in zip(numbers, (FIRST, SECOND), strict=True):
        bound(bench, number, code)
    made(bench)
    states_volume(bench, FIRST, "50")
    states_volume(bench, SECOND, "8")
    bench.asks_for(Command.PLATE_WORKLISTS)
    asked = says(bench, Command.PLATE_WORKLISTS, volume="10")
    assert (asked.kind, asked.title) == (VerdictKind.ATTENTION, "More than remains")
    assert f"8 µl of tube {SECOND} remain" in asked.sentence
    assert bench.count("volume.taken") == 0
    assert says(bench, Command.PLATE_WORKLISTS, volume="5").kind is VerdictKind.FINISHED
    assert left(bench, FIRST).startswith("45 µl, calculated")
    bench.asks_for(Command.PLATE_WORKLISTS)
    assert says(bench, Command.PLATE_WORKLISTS, "it is so all the same", volume="10").kind is VerdictKind.FINISHED
    assert left(bench, FIRST).startswith("40 µl, calculated")
    assert left(bench, SECOND).startswith("More was taken than was there: 10 µl of 8 µl")
    assert facts(bench, FIRST)[1][1].startswith("10 µl into plate PL-000123, by worklist, ")


def test_an_emptied_eluate_is_proposed_for_disposal_and_the_dna_that_is_left_stays(
    bench: BenchTop, eluate: str
) -> None:
    codes = laboratory(bench)
    scans(bench, eluate)
    scans(bench, FIRST)
    stores(bench, codes["box"])
    for code in (eluate, FIRST):
        assert stores(bench, code).title == "Put away"
    bench.asks_for(Command.PLACE_ASIDE)
    keeps_dna_a_week(bench)
    bench.clock.forward(8 * 86_400)
    bench.asks_for(Command.DISPOSAL_LIST)
    assert storage(bench).listed == ()
    stores(bench, eluate)
    assert "press It is empty" in bench.asks_for(Command.DISCARD).title
    assert bench.asks_for(Command.EMPTIED).title == "Is it empty?"
    assert storage(bench).question is not None
    assert says(bench, Command.EMPTIED).title == "Is it empty?"
    assert says(bench, Command.EMPTIED, why="Held against the light").title == "Empty"
    assert [line.title for line in storage(bench).listed] == [eluate]
    assert ("Empty because", "Held against the light") in facts(bench, eluate)
    stores(bench, FIRST)
    assert "the last of its kind" in bench.asks_for(Command.DISCARD).title
    bench.asks_for(Command.CANCEL)
    assert scans(bench, eluate).title == "It is empty"
    bench.undoes()
    assert storage(bench).listed == ()
    assert bench.count("material.discarded") == 0
