"""Storage taken back: what was put away, moved or taken out last, while nothing later rests on it."""

from __future__ import annotations

from bench_top import BenchTop
from extract_work import ended, labelled
from extract_work import scans as at_extract
from rack_work import FIRST, bound, rack_open
from rack_work import scans as at_rack
from storage_at_work import ANOTHER, RACK, SINGLE, code_of, find, laboratory, new_place, scans, takes_out, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import text_statement
from gms_desktop.register.ledger import Draft, Ledger

IN_BOX = "A01 of Room 4, Freezer A, Shelf 1, Box 12"


def put_away(bench: BenchTop, box: str, *numbers: str) -> None:
    scans(bench, box)
    for number in numbers:
        assert scans(bench, number).title == "Put away"


def test_what_was_put_away_last_is_taken_back_and_its_position_is_free(bench: BenchTop) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    codes = laboratory(bench)
    put_away(bench, codes["box"], number)
    said = bench.undoes()
    assert said.title == "Undone"
    assert f"put {number} into {IN_BOX}" in said.sentence
    assert "Storage" not in find(bench, number)
    assert view(bench).next_position == "A01"
    assert "A01 of" in scans(bench, other).sentence
    assert bench.proved().clean


def test_two_are_taken_back_newest_first_and_the_first_is_as_it_was(bench: BenchTop) -> None:
    first, second = bench.receives(SINGLE), bench.receives(ANOTHER)
    codes = laboratory(bench)
    put_away(bench, codes["box"], first, second)
    bench.undoes()
    assert find(bench, first)["Storage"] == IN_BOX
    bench.undoes()
    assert "Storage" not in find(bench, first)


def test_a_taking_out_is_taken_back_with_its_day_and_its_thaw(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    put_away(bench, codes["box"], number)
    scans(bench, number)
    assert takes_out(bench, "work", due="25/11/2026").title == "Taken out"
    assert "back by 25-Nov-2026" in bench.undoes().sentence
    assert find(bench, number)["Storage"] == IN_BOX
    assert bench.rows("SELECT thaws, due FROM stored") == [{"thaws": 0, "due": None}]


def test_a_box_that_was_moved_stands_where_it_stood_with_all_in_it(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    put_away(bench, codes["box"], number)
    scans(bench, codes["other"])
    assert scans(bench, codes["box"]).title == "Put away"
    assert "Freezer B" in find(bench, number)["Storage"]
    assert bench.undoes().title == "Undone"
    assert find(bench, number)["Storage"] == IN_BOX
    assert bench.proved().clean


def test_a_check_and_what_it_rests_on_are_taken_back_one_after_the_other(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    put_away(bench, codes["box"], number)
    assert bench.asks_for(Command.CHECK_BOX).title == "Check"
    scans(bench, number)
    bench.asks_for(Command.CHECK_BOX)
    assert "check Box 12" in bench.undoes().sentence
    assert "put" in bench.undoes().sentence
    assert "Storage" not in find(bench, number)


def test_what_was_discarded_since_is_named_and_nothing_is_taken_back(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    put_away(bench, codes["box"], number)

    def discard(ledger: Ledger) -> None:
        [row] = ledger.db.all(text_statement("SELECT id, operator FROM stored"))
        body = {"item": row["id"], "sort": "specimen", "reason": "retention", "route": "clinical waste", "bench": "b"}
        ledger.append([Draft("material.discarded", body)], row["operator"])

    bench.write(discard)
    said = bench.undoes()
    assert said.kind is VerdictKind.REFUSED
    assert f"discard {number}" in said.sentence
    assert bench.rows("SELECT state FROM stored") == [{"state": "gone"}]


def test_a_tube_put_from_its_rack_into_a_box_stands_in_its_well_again(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    rack_open(bench)
    bound(bench, number, FIRST)
    put_away(bench, codes["box"], FIRST)
    assert bench.rows("SELECT rack FROM fluidx_tube")[0]["rack"] is None
    assert f"put Tube {FIRST} into {IN_BOX}" in bench.undoes().sentence
    assert bench.rows("SELECT well FROM fluidx_tube")[0]["well"] == "A01"
    assert bench.proved().clean


def test_a_tube_that_left_its_box_for_a_rack_is_back_in_its_box(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    bound(bench, number, FIRST)
    put_away(bench, codes["box"], FIRST)
    rack_open(bench)
    assert at_rack(bench, FIRST).title.startswith("Into")
    assert bench.undoes().title == "Undone"
    assert find(bench, FIRST)["Storage"] == IN_BOX


def test_a_place_registered_by_mistake_is_taken_back_while_nothing_stands_in_it(bench: BenchTop) -> None:
    room = new_place(bench, "room", "Romm 4")
    assert bench.undoes().title == "Undone"
    assert scans(bench, room).title == "Place not known"
    assert view(bench).heading == "Storage"
    again = new_place(bench, "room", "Room 4")
    new_place(bench, "freezer", "Freezer A", again)
    bench.undoes()
    assert bench.rows("SELECT name FROM place") == [{"name": "Room 4"}]
    assert code_of(bench, "Room 4") == again != room


def test_a_freezer_out_of_order_by_mistake_is_in_use_again(bench: BenchTop) -> None:
    codes = laboratory(bench)
    scans(bench, codes["cold"])
    bench.asks_for(Command.PLACE_STOPPED)
    assert bench.undoes().title == "Undone"
    assert bench.rows("SELECT DISTINCT state FROM place") == [{"state": "in use"}]


def test_an_eluate_is_known_at_storage_put_away_and_found_through_its_specimen(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    ended(bench, number)
    eluate = labelled(bench, number)
    assert at_extract(bench, eluate).title == "On its tube"
    bench.asks_for(Command.PLACE_ASIDE)
    assert scans(bench, eluate).sentence.startswith(f"{eluate}")
    put_away(bench, codes["box"], eluate)
    assert find(bench, eluate)["Storage"] == IN_BOX
    assert find(bench, number)[f"Storage, {eluate}"] == IN_BOX
    scans(bench, RACK)
    assert bench.undoes().kind is not VerdictKind.REFUSED
    assert "Storage" not in find(bench, eluate)
