"""At the rack: DNA into FluidX tubes, tubes into a rack, the rack read, compared, put right and saved."""

from __future__ import annotations

from bench_top import BenchTop
from rack_work import ANOTHER, FIRST, RACK, SECOND, SINGLE, THIRD, bound, rack_open, reads, scans, view

from devices.values import RACK_96, RackShape
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind

OF_A_PATIENT = "9990000042"


def test_dna_is_bound_by_two_scans_and_goes_into_the_next_well_of_the_open_rack(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    rack_open(bench)
    said = bound(bench, number, FIRST)
    assert (said.kind, said.title) == (VerdictKind.MATCHES, "Bound")
    assert said.sentence == f"Tube {FIRST} is for DNA of {number}. Put it into A01 of rack {RACK}."
    first = view(bench).wells[0]
    assert (first.well, first.code, first.holds) == ("A01", FIRST, number)
    assert view(bench).next_well == "B01"


def test_a_used_tube_is_refused_with_what_it_holds_since_when_and_where(bench: BenchTop) -> None:
    one, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    rack_open(bench)
    bound(bench, one, FIRST)
    said = bound(bench, other, FIRST)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Tube is used")
    assert f"bound to {one} on 23-Nov-2026" in said.sentence
    assert f"stands in A01 of rack {RACK}" in said.sentence
    assert f"You scanned {other}, which is in no tube yet" in said.sentence
    assert f"Take a new tube for {other}" in said.sentence
    bound(bench, other, SECOND)
    again = bound(bench, other, FIRST)
    assert f"You scanned {other}, whose DNA is in {SECOND} (B01 of rack {RACK})" in again.sentence
    assert bench.count("tube.bound") == 2


def test_what_is_not_accepted_or_held_from_testing_fills_no_tube(bench: BenchTop) -> None:
    assert bench.scans(SINGLE).title == "Matches"
    number = bench.label()
    assert scans(bench, number).title == "Not accepted yet"


def test_a_code_bound_by_mistake_is_freed_only_when_it_never_held_liquid_and_with_a_reason(bench: BenchTop) -> None:
    one, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    bound(bench, one, FIRST)
    [tube] = bench.rows("SELECT id FROM fluidx_tube")
    asked = bench.says(Command.RELEASE_BIND, argument=tube["id"], comment="Wrong specimen scanned")
    assert asked.kind is VerdictKind.ATTENTION
    said = bench.says(Command.RELEASE_BIND, "never held liquid", argument=tube["id"], comment="Wrong specimen scanned")
    assert said.title == "Code is free"
    assert not any(b"Wrong specimen scanned" in entry for entry in bench.entries())
    found = bench.looks_up(FIRST).find
    assert found is not None
    assert ("Why", "Wrong specimen scanned") in found.facts
    assert bound(bench, other, FIRST).title == "Bound"
    rows = bench.rows("SELECT state FROM fluidx_tube ORDER BY state")
    assert [row["state"] for row in rows] == ["bound", "released"]


def test_a_rack_that_agrees_is_saved_and_what_was_swapped_is_named_and_never_saved_by_itself(bench: BenchTop) -> None:
    one, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    rack_open(bench)
    bound(bench, one, FIRST)
    bound(bench, other, SECOND)
    said = reads(bench, {"A01": SECOND, "B01": FIRST})
    assert said.kind is VerdictKind.ATTENTION
    shown = view(bench)
    assert any(line.title == "A01 and B01 swapped" for line in shown.findings)
    assert sum(many for _, many in shown.counts) == 96
    assert reads(bench, {"A01": FIRST, "B01": SECOND}).title == "Rack agrees"
    assert bench.asks_for(Command.SAVE_RACK).title == "Saved"
    assert view(bench).findings == ()


def test_a_tube_that_is_not_read_keeps_its_well_and_is_filled_by_the_code_expected_there_alone(
    bench: BenchTop,
) -> None:
    one, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    rack_open(bench)
    bound(bench, one, FIRST)
    bound(bench, other, SECOND)
    reads(bench, {"A01": FIRST})
    assert any(line.title == "B01 not read" for line in view(bench).findings)
    assert bench.asks_for(Command.NAME_WELL, "B01").title == "Scan B01"
    assert scans(bench, THIRD).title == "Other tube in B01"
    reads(bench, {"A01": FIRST})
    bench.asks_for(Command.NAME_WELL, "B01")
    assert scans(bench, SECOND).title == "B01 agrees"
    assert bench.asks_for(Command.SAVE_RACK).kind is VerdictKind.REFUSED
    reads(bench, {"A01": FIRST})
    assert bench.asks_for(Command.SAVE_RACK).title == "Saved"
    wells = {row["code"]: row["well"] for row in bench.rows("SELECT code, well FROM fluidx_tube")}
    assert wells == {FIRST: "A01", SECOND: "B01"}


def test_a_reading_of_another_rack_is_not_taken(bench: BenchTop) -> None:
    rack_open(bench)
    assert reads(bench, {}, "SA00000099").title == "Wrong rack"
    assert bench.count("rack.read") == 0


def test_a_tube_of_another_rack_is_named_with_where_it_belongs(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    rack_open(bench)
    bound(bench, number, FIRST)
    assert scans(bench, "SA00000018").title == "Not known here"
    bench.asks_for(Command.REGISTER_RACK, "SA00000018")
    reads(bench, {"A01": FIRST}, "SA00000018")
    assert any(f"belongs to rack {RACK}, well A01" in line.words for line in view(bench).findings)
    assert bench.asks_for(Command.SAVE_RACK).kind is VerdictKind.REFUSED


def test_tubes_bound_without_a_rack_are_recorded_where_they_were_read_when_a_person_says_so(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bound(bench, number, FIRST)
    rack_open(bench)
    reads(bench, {"A01": FIRST})
    assert bench.asks_for(Command.SAVE_AS_READ).kind is VerdictKind.REFUSED
    bench.asks_for(Command.CORNER_SEEN)
    assert bench.asks_for(Command.SAVE_AS_READ).title == "Saved"
    assert bench.rows("SELECT well FROM fluidx_tube")[0]["well"] == "A01"


def test_find_shows_a_tube_with_what_it_holds_and_where_it_stands_and_a_specimen_with_its_tubes(
    bench: BenchTop,
) -> None:
    number = bench.receives(SINGLE)
    rack_open(bench)
    bound(bench, number, FIRST)
    found = bench.looks_up(FIRST).find
    assert found is not None
    assert found.heading == f"Tube {FIRST}"
    assert ("Holds DNA of", number) in found.facts
    assert ("Stands in", f"A01 of rack {RACK}") in found.facts
    of_every = {Command.VOLUME_LEFT, Command.EMPTIED, Command.HISTORY_PAPER}
    assert {offer.command for offer in found.offers} == {Command.TAKE_OUT_TUBE, Command.RELEASE_BIND} | of_every
    assert f"DNA of {number} into tube {FIRST}".lower() in " ".join(line.words for line in found.timeline).lower()
    specimen = bench.looks_up(number).find
    assert specimen is not None
    assert ("FluidX tube", f"{FIRST}: A01 of rack {RACK}") in specimen.facts


def test_a_tube_taken_out_of_its_rack_stands_in_none(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    rack_open(bench)
    bound(bench, number, FIRST)
    [tube] = bench.rows("SELECT id FROM fluidx_tube")
    assert bench.asks_for(Command.TAKE_OUT_TUBE, tube["id"]).title == "Taken out"
    assert bench.rows("SELECT rack FROM fluidx_tube")[0]["rack"] is None
    assert view(bench).next_well == "A01"


def test_a_rack_whose_own_code_was_not_read_is_scanned_by_hand_before_anything_is_saved(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    rack_open(bench)
    bound(bench, number, FIRST)
    reads(bench, {"A01": FIRST}, "")
    assert bench.asks_for(Command.SAVE_RACK).kind is VerdictKind.REFUSED
    assert scans(bench, RACK).title == "This rack"
    assert bench.asks_for(Command.SAVE_RACK).title == "Saved"


def test_a_bind_is_taken_back_whole_and_its_tube_is_free_again(bench: BenchTop) -> None:
    one, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    rack_open(bench)
    bound(bench, one, FIRST)
    assert bench.undoes().title == "Undone"
    assert bench.rows("SELECT id FROM fluidx_tube WHERE state = 'bound'") == []
    assert view(bench).next_well == "A01"
    assert bound(bench, other, FIRST).title == "Bound"


def test_what_was_saved_of_a_rack_is_taken_back_and_the_reading_waits_again(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bound(bench, number, FIRST)
    rack_open(bench)
    reads(bench, {"A01": FIRST})
    bench.asks_for(Command.CORNER_SEEN)
    bench.asks_for(Command.SAVE_AS_READ)
    assert bench.undoes().title == "Undone"
    assert bench.rows("SELECT rack FROM fluidx_tube")[0]["rack"] is None


def test_a_patients_number_of_ten_digits_is_never_taken_for_a_new_tube_or_rack(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    assert scans(bench, OF_A_PATIENT).title == "A patient's number"
    assert bound(bench, number, OF_A_PATIENT).title == "A patient's number"
    assert bench.count("tube.bound") == 0
    assert bench.asks_for(Command.REGISTER_RACK).kind is VerdictKind.REFUSED
    bench.says(Command.CANCEL)
    assert reads(bench, {"A01": FIRST, "B01": OF_A_PATIENT}).title == "A patient's number"
    assert bench.count("rack.read") == 0
    assert not any(OF_A_PATIENT.encode() in entry for entry in bench.entries())


def test_a_rack_of_another_size_is_registered_by_choosing_it_and_a_reading_of_96_is_not_taken(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    assert scans(bench, RACK).title == "Not known here"
    offers = {offer.command: offer for offer in view(bench).offers}
    assert offers[Command.REGISTER_RACK].label == f"Register {RACK} as a new rack of 96"
    asked = bench.asks_for(Command.RACK_SIZE, offers[Command.RACK_SIZE].argument)
    assert asked.title == f"What size is rack {RACK}"
    question = view(bench).question
    assert question is not None
    assert [choice.label.partition(":")[0] for choice in question.choices] == [
        f"{many} positions" for many in (96, 48, 24, 81, 100, 384)
    ]
    said = bench.says(Command.RACK_SIZE, "4x6", argument=RACK)
    assert said.sentence == f"Rack {RACK} is registered and open, 24 positions: 4 rows of 6. It holds no tube yet."
    shown = view(bench)
    assert (shown.rows, shown.columns, len(shown.wells)) == (4, 6, 24)
    bound(bench, number, FIRST)
    assert reads(bench, {"A01": FIRST}, shape=RACK_96).title == "1 finding"
    assert bench.asks_for(Command.SAVE_RACK).kind is VerdictKind.REFUSED
    reads(bench, {"A01": FIRST}, shape=RackShape(4, 6))
    bench.asks_for(Command.WELLS_EMPTY)
    assert bench.asks_for(Command.SAVE_RACK).title == "Saved"


def test_the_map_of_a_rack_is_written_with_its_code_and_found_again(bench: BenchTop) -> None:
    assert bench.asks_for(Command.RACK_MAP).title == "No rack is open"
    number = bench.receives(SINGLE)
    rack_open(bench)
    bound(bench, number, FIRST)
    said = bench.asks_for(Command.RACK_MAP)
    assert (said.kind, said.title) == (VerdictKind.FINISHED, "Map written"), said
    found = bench.looks_up(RACK).find
    assert found is not None
    assert sorted(one.file for one in found.files) == [f"{RACK} map.pdf", f"{RACK} map.png"]
    assert {one.kept for one in found.files} == {"here"}
    assert bench.proved().clean
