"""DNA that must not go on: its batch is held, its position came to nothing, or its tube was never in the hand."""

from __future__ import annotations

from decimal import Decimal

from bench_top import WAIT_S, BenchTop
from lot_work import BUFFER, KIT, released
from plate_work import made, two_tubes
from rack_work import FIRST, RACK, SECOND, rack_open, reads
from test_extraction import ANOTHER, SECOND_TUBE, SINGLE, TUBE, begun, ended, labelled, limit, scans
from test_plates import PLATE
from test_plates import scans as at_plates
from test_plates import view as plates

from devices.values import Entered, Scan
from gms_desktop import stored_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.register import plate_look_up
from gms_desktop.register.ledger import Draft
from gms_desktop.services import disposal_list, plate_files


def over_its_limit(bench: BenchTop) -> None:
    """The blank in B01 is measured, and is over."""
    bench.asks_for(Command.NAME_POSITION, "B01")
    bench.asks_for(Command.MEASURE_BLANK)
    assert bench.says(Command.MEASURE_BLANK, argument="B01", value="0.4").title == "Batch is held"


def in_a_rack(bench: BenchTop) -> str:
    """One specimen extracted straight into a tube that stands in A01 of the rack; its batch."""
    limit(bench, "0.1")
    number = bench.receives(SINGLE)
    batch = ended(bench, number)
    scans(bench, number)
    assert scans(bench, TUBE).title == "Bound"
    rack_open(bench)
    assert scans(bench, TUBE, screen="racks").title == "Into A01"
    return batch


def read_for_plating(bench: BenchTop) -> None:
    bench.says(Command.RACK_PURPOSE, "plating")
    reads(bench, {"A01": TUBE})
    bench.asks_for(Command.WELLS_EMPTY)


def test_a_tube_whose_batch_is_held_since_it_was_filled_goes_onto_no_plate(bench: BenchTop) -> None:
    batch = in_a_rack(bench)
    over_its_limit(bench)
    at_plates(bench, RACK)
    [why] = [line.words for line in plates(bench).lines if line.title == f"{TUBE} left out"]
    assert batch in why
    read_for_plating(bench)
    said = bench.asks_for(Command.SAVE_RACK)
    assert said.kind is VerdictKind.REFUSED
    assert batch in said.sentence


def test_a_plate_gets_no_code_while_a_batch_of_its_tubes_is_held_since_the_last_reading(bench: BenchTop) -> None:
    batch = in_a_rack(bench)
    at_plates(bench, RACK)
    assert bench.asks_for(Command.PLATE_KEEP).title == "Plan kept"
    read_for_plating(bench)
    assert bench.asks_for(Command.SAVE_RACK).title == "Saved"
    over_its_limit(bench)
    said = at_plates(bench, PLATE)
    assert said.title == "Not yet"
    assert batch in said.sentence
    assert bench.count("plate.made") == 0


def test_no_worklist_is_written_of_a_tube_whose_batch_is_held_since_its_plate_was_made(bench: BenchTop) -> None:
    batch = in_a_rack(bench)
    at_plates(bench, RACK)
    bench.asks_for(Command.PLATE_KEEP)
    read_for_plating(bench)
    bench.asks_for(Command.SAVE_RACK)
    assert at_plates(bench, PLATE).title == "Plate made"
    over_its_limit(bench)
    said = bench.says(Command.PLATE_WORKLISTS, volume="20")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Nothing written")
    assert f"{TUBE}: A blank of batch {batch} is over its limit." in said.sentence
    assert bench.count("document.issued") == 0


def test_a_well_is_left_out_of_the_worklists_only_by_a_person_with_a_reason_which_is_taken_back(
    bench: BenchTop,
) -> None:
    numbers = two_tubes(bench)
    made(bench)
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=numbers[1])
    bench.says(Command.STATE_CONSENT, "testing", "=withdrawn", "@phone", argument=row["id"], said_by="Ruth Bell")
    at_plates(bench, PLATE)
    assert bench.asks_for(Command.PLATE_WORKLISTS).title == "Nothing written"
    assert looks(bench) == {"A01": "tube", "B01": "tube, may not be used"}
    assert [line.wells for line in plates(bench).lines if line.title == "May not be used"] == [("B01",)]
    assert bench.asks_for(Command.LEAVE_OUT).title == "Leave wells out?"
    assert bench.says(Command.LEAVE_OUT, "B01").title == "Leave wells out?"
    assert bench.says(Command.LEAVE_OUT, "B01", why="Consent withdrawn").title == "Left out"
    said = bench.says(Command.PLATE_WORKLISTS, volume="20")
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Written in part")
    assert said.sentence.startswith("Left out: B01.")
    assert looks(bench) == {"A01": "tube", "B01": "left out"}
    plate = bench.read(lambda ledger: plate_look_up.plate_by_code(ledger.db, PLATE))
    assert plate is not None
    written = bench.read(lambda ledger: plate_files.written_of(ledger.db, plate, Decimal(20)))
    assert all(SECOND.encode() not in one for one in written.values())
    assert written[plate_files.HAMILTON].count(PLATE.encode()) == 1
    assert FIRST.encode() in written[plate_files.PLOT]
    assert b"\nB1, NO READ," in written[plate_files.PLOT]
    found = bench.looks_up(PLATE).find
    assert found is not None
    assert dict(found.facts)["B01"].endswith("left out of the worklists: Consent withdrawn")
    at_plates(bench, PLATE)
    assert bench.says(Command.LEAVE_OUT, why="Consent given again").title == "None left out"
    assert bench.asks_for(Command.PLATE_WORKLISTS).title == "Nothing written"
    assert bench.undoes().title == "Undone"
    assert looks(bench) == {"A01": "tube", "B01": "left out"}
    assert bench.proved().clean


def test_no_worklist_sends_a_robot_to_a_tube_that_was_moved_since_the_plate_was_made(bench: BenchTop) -> None:
    two_tubes(bench)
    made(bench)
    [row] = bench.rows("SELECT id FROM fluidx_tube WHERE code = :code", code=SECOND)
    bench.asks_for(Command.TAKE_OUT_TUBE, row["id"])
    at_plates(bench, PLATE)
    said = bench.asks_for(Command.PLATE_WORKLISTS)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Nothing written")
    assert f"{SECOND}: it no longer stands in B01 of {RACK}." in said.sentence


def looks(bench: BenchTop) -> dict[str, str]:
    return {one.well: one.look for one in plates(bench).wells if one.code}


def test_the_eluate_of_a_position_that_came_to_nothing_fills_no_tube(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    batch = ended(bench, number)
    eluate = labelled(bench, number)
    scans(bench, eluate)
    assert scans(bench, eluate, screen="racks").title == "Now the tube"
    bench.asks_for(Command.NAME_POSITION, "A01")
    bench.says(Command.POSITION_FAILED, "no-yield", argument="A01")
    assert scans(bench, TUBE, screen="racks").title == "Came to nothing"
    said = scans(bench, eluate, screen="racks")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Came to nothing")
    assert f"A01 of batch {batch}" in said.sentence
    assert bench.count("tube.bound") == 0


def test_a_blood_tube_that_was_extracted_fills_no_tube_itself_its_eluate_does(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    batch = begun(bench, number)
    said = scans(bench, number, screen="racks")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Scan its eluate")
    assert f"A01 of batch {batch}" in said.sentence
    assert bench.asks_for(Command.START_BATCH).title == "Batch started"
    bench.asks_for(Command.NAME_POSITION, "A01")
    bench.says(Command.POSITION_FAILED, "no-yield", argument="A01")
    assert scans(bench, number, screen="racks").title == "Now the tube"


def test_a_specimen_that_was_discarded_is_a_source_nowhere(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :one", one=number)
    gone = {"sort": "specimen", "item": row["id"], "reason": "spilled", "route": "incineration", "bench": "Bench"}
    bench.write(lambda ledger: ledger.append([Draft("material.discarded", gone)], None))
    at_racks, at_extract = scans(bench, number, screen="racks"), scans(bench, number)
    assert at_racks.kind is at_extract.kind is VerdictKind.REFUSED
    assert at_racks.title == at_extract.title
    assert "incineration" in at_extract.sentence


def test_a_batch_without_an_instrument_which_could_never_start_is_not_begun(bench: BenchTop) -> None:
    scans(bench, bench.receives(SINGLE))
    said = bench.says(Command.BEGIN_BATCH, "dna-blood")
    assert said.kind is VerdictKind.ATTENTION
    assert bench.count("extraction.begun") == 0
    assert bench.says(Command.BEGIN_BATCH, "dna-blood", instrument="by hand").title == "Batch begun"
    assert bench.count("extraction.placed") == 1


def test_rna_in_a_tube_is_kept_by_the_line_of_rna_and_an_eluate_is_said_not_to_be_listed(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    released(bench)
    scans(bench, number)
    assert bench.says(Command.BEGIN_BATCH, "rna-blood", instrument="by hand").title == "Batch begun"
    for lot in (KIT, BUFFER):
        released(bench, lot)
    bench.asks_for(Command.PLACE_BLANK)
    assert scans(bench, KIT, "]d2").title == "Lot recorded"
    assert bench.asks_for(Command.START_BATCH).title == "Batch started"
    assert bench.asks_for(Command.END_BATCH).title == "Batch ended"
    scans(bench, number)
    assert scans(bench, TUBE).title == "Bound"
    [tube] = bench.rows("SELECT * FROM fluidx_tube")
    assert bench.read(lambda ledger: disposal_list.material_in(ledger.db, tube)) == "rna"
    assert stored_words.not_listed("eluate") == "eluates are not on the disposal list"


def test_a_source_that_is_typed_is_not_in_the_hand(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    typed = Scan(number.encode(), number, None, bench.clock.now(), "Keyboard", Entered.TYPED)
    assert bench.bench.scan(typed, "racks").result(WAIT_S).verdict.title == "Scan the label"
    assert scans(bench, SECOND_TUBE, screen="racks").title == "Not known here"
    assert bench.count("tube.bound") == 0


def test_an_eluate_is_a_source_once_its_label_is_on_its_tube(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    ended(bench, number)
    eluate = labelled(bench, number)
    assert scans(bench, eluate, screen="racks").title == "Now the tube"
    assert bench.rows("SELECT state FROM label WHERE accession = :one", one=eluate) == [{"state": "verified"}]


def test_a_batch_begins_with_the_tube_that_is_named_and_says_where_it_stands(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    scans(bench, number)
    said = bench.says(Command.BEGIN_BATCH, "dna-blood", instrument="by hand")
    assert said.title == "Batch begun"
    assert f"{number} goes into A01. Next is B01." in said.sentence


def test_a_tube_that_was_put_down_again_is_not_in_the_next_batch(bench: BenchTop) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    scans(bench, number)
    bench.asks_for(Command.CANCEL)
    bench.asks_for(Command.BEGIN_BATCH)
    said = bench.says(Command.BEGIN_BATCH, "dna-blood", instrument="by hand")
    assert "Scan what goes into A01." in said.sentence
    assert bench.count("extraction.placed") == 0
    assert scans(bench, other).title == "Into A01"
