"""Storage at the bench: places defined, things put away by scan, found again, taken out and brought back."""

from __future__ import annotations

import pytest
from bench_top import WAIT_S, BenchTop
from storage_at_work import ANOTHER, RACK, SINGLE, TUBE, find, laboratory, says, scans, takes_out, view

from devices.values import Entered
from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.label_reading import decode
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.services.views import Answer
from gms_desktop.storage_desk import StorageDesk


def test_a_specimen_is_put_away_by_position_then_tube_and_found_there(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    assert scans(bench, f"{codes['box']}.B03").title == "Now B03"
    said = scans(bench, number)
    assert (said.kind, said.title) == (VerdictKind.MATCHES, "Put away")
    assert said.sentence == f"{number}: Put it into B03 of Room 4, Freezer A, Shelf 1, Box 12."
    assert find(bench, number)["Storage"] == "B03 of Room 4, Freezer A, Shelf 1, Box 12"
    taken = {one.well: one.code for one in view(bench).positions if one.code}
    assert taken == {"B03": number}


def test_with_a_box_alone_the_next_free_position_is_named_and_a_full_one_is_never_guessed(bench: BenchTop) -> None:
    first, second = bench.receives(SINGLE), bench.receives(ANOTHER)
    codes = laboratory(bench)
    scans(bench, codes["box"])
    assert view(bench).next_position == "A01"
    assert "A01 of" in scans(bench, first).sentence
    assert "B01 of" in scans(bench, second).sentence


def test_a_taken_position_is_refused_and_names_what_stands_there(bench: BenchTop) -> None:
    first, second = bench.receives(SINGLE), bench.receives(ANOTHER)
    codes = laboratory(bench)
    scans(bench, f"{codes['box']}.A01")
    scans(bench, first)
    said = scans(bench, f"{codes['box']}.A01")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Position taken")
    assert first in said.sentence
    assert "B01" in scans(bench, second).sentence
    assert scans(bench, f"{codes['box']}.Z99").kind is VerdictKind.REFUSED
    assert scans(bench, f"{codes['box']}.J10").title == "No such position"


def test_a_typed_number_puts_nothing_away(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    scans(bench, codes["box"])
    assert scans(bench, number, entered=Entered.TYPED).title == "Scan the code"
    assert bench.count("stored.put_away") == 0


def test_a_tube_is_taken_out_with_a_reason_and_a_day_thaws_and_comes_back(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    scans(bench, codes["box"])
    scans(bench, number)
    bench.asks_for(Command.PLACE_ASIDE)
    assert scans(bench, number).title == "Here it is"
    assert takes_out(bench, "work", due="22/11/2026").sentence.startswith("That day is past.")
    assert takes_out(bench, "work", due="31/02/2027").sentence.startswith("Enter the day as 31/12/2026")
    bench.asks_for(Command.CANCEL)
    said = takes_out(bench, "work", due="25/11/2026")
    assert said.title == "Taken out"
    assert "back by 25-Nov-2026" in said.sentence
    assert "thawed once" in said.sentence
    assert "was in A01 of Room 4" in find(bench, number)["Storage"]
    scans(bench, f"{codes['box']}.C02")
    assert scans(bench, number).title == "Put away"
    before = "before that A01 of Room 4, Freezer A, Shelf 1, Box 12"
    assert find(bench, number)["Storage"] == f"C02 of Room 4, Freezer A, Shelf 1, Box 12; {before}, thawed 1 time"


def test_what_stays_on_dry_ice_is_not_thawed(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    scans(bench, codes["box"])
    scans(bench, number)
    scans(bench, number)
    assert "thawed" not in takes_out(bench, "check", "+kept frozen").sentence
    assert "thawed" not in find(bench, number)["Storage"]


def test_what_is_not_back_on_its_day_stands_on_today_with_who_took_it(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    scans(bench, codes["box"])
    scans(bench, number)
    scans(bench, number)
    takes_out(bench, "work", due="23/11/2026")
    assert not overdue(bench)
    bench.clock.forward(86_400)
    [line] = overdue(bench)
    assert line.startswith(f"{number} due 23-Nov-2026, ")


def overdue(bench: BenchTop) -> list[str]:
    lists = bench.bench.today().result(WAIT_S).lists
    return [f"{one.title} {one.detail}" for work in lists if work.title == "Not back in storage" for one in work.items]


def test_moving_a_box_moves_what_is_in_it_and_a_box_taken_out_thaws_it(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    scans(bench, codes["box"])
    scans(bench, number)
    scans(bench, codes["other"])
    said = scans(bench, codes["box"])
    assert said.title == "Put away"
    assert "It stood in Room 4, Freezer A, Shelf 1" in said.sentence
    assert find(bench, number)["Storage"] == "A01 of Room 4, Freezer B, Box 12"
    bench.asks_for(Command.PLACE_ASIDE)
    scans(bench, codes["box"])
    assert takes_out(bench, "work").title == "Taken out"
    assert find(bench, number)["Storage"] == "A01 of Box 12, thawed 1 time"


def test_a_fluidx_tube_stands_with_its_rack_until_it_is_put_into_a_box(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    codes = laboratory(bench)
    scans(bench, RACK, "racks")
    bench.asks_for(Command.REGISTER_RACK, RACK)
    scans(bench, number, "racks")
    scans(bench, TUBE, "racks")
    scans(bench, codes["shelf"])
    said = scans(bench, RACK)
    assert said.sentence.startswith(f"Rack {RACK} stands in Room 4, Freezer A, Shelf 1.")
    assert find(bench, TUBE)["Storage"] == "with its rack: Room 4, Freezer A, Shelf 1"
    assert scans(bench, TUBE).title == "Scan a box"
    scans(bench, codes["box"])
    assert scans(bench, TUBE).title == "Put away"
    assert find(bench, TUBE)["Storage"] == "A01 of Room 4, Freezer A, Shelf 1, Box 12"
    assert find(bench, TUBE)["Stands in"] == "no rack"
    scans(bench, RACK, "racks")
    assert scans(bench, TUBE, "racks").title == "Into A01"
    assert find(bench, TUBE)["Storage"].startswith("with its rack: Room 4, Freezer A, Shelf 1")
    assert "thawed" not in find(bench, TUBE)["Storage"]


def test_a_freezer_out_of_order_takes_nothing_and_is_emptied_box_by_box(bench: BenchTop) -> None:
    codes = laboratory(bench)
    scans(bench, codes["cold"])
    said = bench.asks_for(Command.PLACE_STOPPED)
    assert (said.title, "1 box is in it" in said.sentence) == ("Out of order", True)
    number = bench.receives(SINGLE)
    scans(bench, codes["box"])
    assert scans(bench, number).title == "Out of order"
    scans(bench, codes["other"])
    assert scans(bench, codes["box"]).title == "Put away"
    scans(bench, codes["cold"])
    shown = view(bench)
    assert shown.path.endswith("Freezer A is out of order")
    assert (shown.list_title, [line.title for line in shown.listed]) == ("Out of Freezer A since then", ["Box 12"])
    assert shown.listed[0].detail.endswith("now in Room 4, Freezer B")
    assert bench.asks_for(Command.PLACE_RESTORED).title == "In use again"


def test_a_room_stands_nowhere_and_a_freezer_goes_into_no_shelf(bench: BenchTop) -> None:
    codes = laboratory(bench)
    scans(bench, codes["shelf"])
    said = says(bench, Command.REGISTER_PLACE, Answer(("freezer",), fields=(("name", "Freezer C"),)))
    assert said.title == "Does not go there"
    assert says(bench, Command.REGISTER_PLACE, Answer(("freezer",), fields=(("name", ""),))).title.startswith("What")


def named(bench: BenchTop, name: str) -> Verdict:
    return says(bench, Command.REGISTER_PLACE, Answer(("room",), fields=(("name", name),)))


def test_a_place_is_called_what_stands_on_its_door_and_never_a_code_or_the_name_of_another(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    for name in (
        number,
        SINGLE,
        "9434765919",
        "!GMS!CONFIRM!",
        "R" * 41,
        "Room\x07 4",
        "Room\u202e 4",
        " ",
        "L/" + number,
    ):
        said = named(bench, name)
        assert said.kind is VerdictKind.ATTENTION, name
        question = view(bench).question
        assert question is not None
        assert question.problems == (said.sentence,)
        bench.asks_for(Command.CANCEL)
    assert bench.count("place.registered") == 0
    assert named(bench, "Room <b>4</b> & annexe").title == "New place"
    bench.asks_for(Command.PLACE_ASIDE)
    assert named(bench, "ROOM <B>4</B> & annexe").sentence.startswith("A place called ROOM <B>4</B>")
    bench.asks_for(Command.CANCEL)
    assert bench.rows("SELECT name FROM place") == [{"name": "Room <b>4</b> & annexe"}]


def test_a_box_is_checked_by_scans_that_move_nothing_and_two_that_changed_places_are_one_finding(
    bench: BenchTop,
) -> None:
    first, second = bench.receives(SINGLE), bench.receives(ANOTHER)
    codes = laboratory(bench)
    scans(bench, codes["box"])
    scans(bench, first)
    scans(bench, second)
    assert bench.asks_for(Command.CHECK_BOX).title == "Check"
    assert scans(bench, second).title == "A01 differs"
    assert scans(bench, codes["shelf"]).title == "Check first"
    assert scans(bench, first).title == "B01 differs"
    [line] = view(bench).listed
    assert line.title.startswith("A01 and B01: ")
    assert bench.asks_for(Command.CHECK_BOX).title == "Box differs"
    kept = f"A01 and B01: swapped, {second} and {first}."
    assert (view(bench).list_title[:11], view(bench).listed[0].title) == ("Checked 23-", kept)
    shown = find(bench, codes["box"])
    assert shown["Last check"].endswith("by R. Okafor")
    assert shown["Found then"] == kept
    assert find(bench, first)["Storage"].startswith("A01 of ")
    scans(bench, codes["box"])
    bench.asks_for(Command.CHECK_BOX)
    scans(bench, first)
    assert scans(bench, f"{codes['box']}.C05").title == "Now C05"
    assert bench.asks_for(Command.POSITION_EMPTY).title == "C05 agrees"
    assert [line.title for line in view(bench).listed] == [f"B01: not read, {second}."]
    scans(bench, second)
    assert bench.asks_for(Command.CHECK_BOX).title == "Box agrees"
    assert bench.count("place.checked") == 2
    bench.asks_for(Command.PLACE_ASIDE)
    scans(bench, codes["box"])
    assert (view(bench).listed, view(bench).list_empty) == ((), "All that was looked at agreed.")
    assert "Found then" not in find(bench, codes["box"])
    found = bench.looks_up(codes["box"]).find
    assert found is not None
    assert any(kept.removesuffix(".") in line.words for line in found.timeline)


def test_the_label_of_a_place_is_read_from_its_own_pixels_and_opens_the_place(bench: BenchTop) -> None:
    codes = laboratory(bench)
    with pytest.raises(Refused, match="Scan or choose the place"):
        StorageDesk(bench.bench).label().result(WAIT_S)
    scans(bench, codes["box"])
    assert view(bench).has_label
    made = StorageDesk(bench.bench).label().result(WAIT_S)
    [picture] = rasters(made, 300)
    [(_, read)] = decode(picture)
    assert read == codes["box"]
    bench.asks_for(Command.PLACE_ASIDE)
    scans(bench, read)
    assert view(bench).heading == "Box 12"
