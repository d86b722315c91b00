"""At the plates: a plan from a rack, the rack read once more, the plate's code, the worklists, and Find."""

from __future__ import annotations

from importlib.resources import files

import pytest
from bench_top import WAIT_S, BenchTop
from lot_work import BUFFER, KIT, released, says
from lot_work import scans as scans_box
from plate_work import PLATE, kept, made, read_again, scans, two_tubes, view
from rack_work import FIRST, RACK, SECOND, reads

from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.label_reading import decode
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.journal.database import text_statement
from gms_desktop.plate_desk import PlateDesk
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import site_rules

ADMINISTRATORS = "SELECT id FROM operator_role WHERE role = 'administrator'"


def stands(bench: BenchTop) -> dict[str, str]:
    return {one.code: one.well for one in view(bench).wells if one.look.startswith("tube")}


def test_a_plate_is_planned_from_a_rack_read_once_more_and_made(bench: BenchTop) -> None:
    numbers = two_tubes(bench)
    assert scans(bench, RACK).sentence.startswith(f"Rack {RACK}: 2 tubes on 1 plate")
    shown = view(bench)
    assert [(one.well, one.code, one.holds) for one in shown.wells[:2]] == [
        ("A01", FIRST, numbers[0]),
        ("B01", SECOND, numbers[1]),
    ]
    assert sum(many for _, many in shown.counts) == 96
    assert shown.rules == "National plating rules are off"
    assert bench.asks_for(Command.PLATE_KEEP).title == "Plan kept"
    early = scans(bench, PLATE)
    assert (early.kind, early.title) == (VerdictKind.REFUSED, "Not yet")
    assert f"Rack {RACK} was not read since the plan" in early.sentence
    read_again(bench)
    assert view(bench).lines[0].title == "Scan the plate"
    assert scans(bench, PLATE).title == "Plate made"
    assert bench.count("plate.made") == 1
    assert view(bench).heading == f"Plate {PLATE}"


def test_the_code_of_a_kit_scanned_in_passing_is_not_given_to_the_plate(bench: BenchTop) -> None:
    two_tubes(bench)
    kept(bench)
    read_again(bench)
    assert scans(bench, KIT).title == "No plate's code"
    released(bench)
    assert scans(bench, KIT).title == "No plate's code"
    assert bench.count("plate.made") == 0
    assert scans(bench, PLATE).title == "Plate made"


def test_a_rack_that_does_not_agree_keeps_its_plate_from_getting_a_code(bench: BenchTop) -> None:
    two_tubes(bench)
    kept(bench)
    bench.asks_for(Command.PLATE_RESCAN)
    reads(bench, {"A01": SECOND, "B01": FIRST})
    assert bench.asks_for(Command.SAVE_RACK).kind is VerdictKind.REFUSED
    said = scans(bench, PLATE)
    assert said.title == "Not yet"
    assert f"Rack {RACK} does not agree as a whole" in said.sentence
    assert bench.count("plate.made") == 0


def test_a_tube_taken_out_after_the_reading_is_named_before_the_code_is_given(bench: BenchTop) -> None:
    two_tubes(bench)
    kept(bench)
    read_again(bench)
    [tube] = bench.rows("SELECT id FROM fluidx_tube WHERE code = :code", code=SECOND)
    bench.asks_for(Command.TAKE_OUT_TUBE, tube["id"])
    said = scans(bench, PLATE)
    assert said.title == "Not yet"
    assert SECOND in said.sentence


def test_a_tube_is_moved_by_its_well_and_then_the_other_and_two_change_places(bench: BenchTop) -> None:
    two_tubes(bench)
    scans(bench, RACK)
    assert bench.asks_for(Command.PLATE_MOVE, "A01").title == "Now its well"
    assert bench.asks_for(Command.PLATE_MOVE, "B01").title == "Moved"
    assert stands(bench) == {FIRST: "B01", SECOND: "A01"}
    assert scans(bench, FIRST).title == "Now its well"
    assert bench.asks_for(Command.PLATE_MOVE, "H12").title == "Moved"
    assert stands(bench) == {FIRST: "H12", SECOND: "A01"}
    assert bench.asks_for(Command.PLATE_MOVE, "C01").kind is VerdictKind.REFUSED


def test_controls_stand_in_their_wells_with_their_lot_and_no_tube_goes_there(bench: BenchTop) -> None:
    two_tubes(bench)
    scans(bench, RACK)
    assert bench.says(Command.PLATE_CONTROL, well="A1", name="NTC").title == "No lot is released"
    lot = released(bench, BUFFER, "No template control")
    asked = bench.says(Command.PLATE_CONTROL, well="A1", name="NTC")
    assert asked.kind is VerdictKind.ATTENTION
    assert bench.says(Command.PLATE_CONTROL, lot, well="A1", name="NTC").title == "Planned anew"
    first = view(bench).wells[0]
    assert (first.look, first.code, first.holds) == ("control", "NTC", "lot B-7")
    assert stands(bench) == {FIRST: "B01", SECOND: "C01"}
    bench.asks_for(Command.PLATE_MOVE, "B01")
    assert bench.asks_for(Command.PLATE_MOVE, "A01").title == "Well is kept"


def test_a_tube_on_a_plan_is_left_out_of_the_next_until_the_plan_is_dropped_with_a_reason(bench: BenchTop) -> None:
    two_tubes(bench)
    kept(bench)
    again = scans(bench, RACK)
    assert (again.kind, again.title) == (VerdictKind.ATTENTION, "Planned in part")
    assert any("It is planned for plate 1 already" in line.words for line in view(bench).lines)
    bench.asks_for(Command.PLATE_ASIDE)
    assert bench.asks_for(Command.PLATE_OPEN).kind is VerdictKind.ATTENTION
    assert bench.asks_for(Command.PLATE_DROP).kind is VerdictKind.ATTENTION
    assert bench.says(Command.PLATE_DROP, comment="Run was put off").title == "Plan dropped"
    assert scans(bench, RACK).title == "Planned"


def test_a_plates_code_is_given_once_and_is_no_tubes_racks_or_specimens(bench: BenchTop) -> None:
    numbers = two_tubes(bench)
    kept(bench)
    read_again(bench)
    assert scans(bench, numbers[0]).title == "No plate's code"
    assert scans(bench, PLATE).title == "Plate made"
    assert scans(bench, PLATE).title == "Plate made"
    assert bench.count("plate.made") == 1


def test_a_plate_that_was_made_is_taken_back_by_undo_and_its_code_stays_free(bench: BenchTop) -> None:
    two_tubes(bench)
    made(bench)
    assert bench.undoes().kind is not VerdictKind.REFUSED
    assert [row["state"] for row in bench.rows("SELECT state FROM plate")] == ["planned"]
    assert scans(bench, PLATE).title == "Plate made"


def test_worklists_are_written_kept_and_issued_for_a_made_plate_alone(bench: BenchTop) -> None:
    two_tubes(bench)
    kept(bench)
    assert bench.says(Command.PLATE_WORKLISTS, volume="10").kind is VerdictKind.REFUSED
    read_again(bench)
    scans(bench, PLATE)
    assert bench.says(Command.PLATE_WORKLISTS, volume="a lot").title == "Volume is wanted"
    said = bench.says(Command.PLATE_WORKLISTS, volume="10")
    assert (said.kind, said.title) == (VerdictKind.FINISHED, "Worklists written")
    assert bench.count("document.issued") == 5
    found = bench.looks_up(PLATE).find
    assert found is not None
    assert sorted(one.file for one in found.files) == [
        f"{PLATE} FluidX plot.csv",
        f"{PLATE} Hamilton.csv",
        f"{PLATE} Tecan.gwl",
        f"{PLATE} map.pdf",
        f"{PLATE} map.png",
    ]
    assert {one.kept for one in found.files} == {"here"}


def test_find_shows_a_plate_well_by_well_and_in_which_plates_a_tube_went(bench: BenchTop) -> None:
    numbers = two_tubes(bench)
    made(bench)
    plate = bench.looks_up(PLATE).find
    assert plate is not None
    assert plate.heading == f"Plate {PLATE}"
    assert ("A01", f"tube {FIRST}, DNA of {numbers[0]}") in plate.facts
    tube = bench.looks_up(FIRST).find
    assert tube is not None
    assert ("On plate", f"{PLATE}, A01") in tube.facts
    specimen = bench.looks_up(numbers[1]).find
    assert specimen is not None
    assert ("On plate", f"{PLATE}, B01, tube {SECOND}") in specimen.facts


def rules_on(bench: BenchTop) -> None:
    """The laboratory approves the national rules switched on."""
    text = (
        files("resources")
        .joinpath("rules", "plating-national.toml")
        .read_text("utf-8")
        .replace("on = false", "on = true", 1)
    )

    def approve(ledger: Ledger) -> None:
        who = next(row["id"].split("/")[0] for row in ledger.db.all(text_statement(ADMINISTRATORS)))
        ledger.append([site_rules.approval(text, "plating-national", who)], who)

    bench.write(approve)


def test_with_the_national_rules_on_a_rack_has_a_type_and_each_tube_left_out_has_its_reason(bench: BenchTop) -> None:
    two_tubes(bench)
    rules_on(bench)
    assert scans(bench, RACK).title == "Planned in part"
    assert any("Whose it is is not known" in line.words for line in view(bench).lines)
    bench.asks_for(Command.PLATE_TYPE)
    assert bench.says(Command.PLATE_TYPE, "tumour").title == "Planned anew"
    said = " ".join(line.words for line in view(bench).lines)
    assert "It waits for its cancer germline tube" in said or "Whose it is is not known" in said
    bench.asks_for(Command.PLATE_TYPE)
    bench.says(Command.PLATE_TYPE, "problem")
    assert stands(bench) == {FIRST: "A01", SECOND: "B01"}


def test_with_the_national_rules_on_a_move_says_at_once_what_it_breaks_and_such_a_plan_is_not_kept(
    bench: BenchTop,
) -> None:
    two_tubes(bench)
    rules_on(bench)
    scans(bench, RACK)
    bench.asks_for(Command.PLATE_TYPE)
    bench.says(Command.PLATE_TYPE, "problem")
    bench.asks_for(Command.PLATE_MOVE, "A01")
    assert bench.asks_for(Command.PLATE_MOVE, "D01").title == "This breaks a rule"
    assert any("A01 holds a sample by the rules" in line.words for line in view(bench).lines)
    assert bench.asks_for(Command.PLATE_KEEP).title == "Plan not kept"
    assert bench.says(Command.PLATE_BUFFER, released(bench, BUFFER, "TE buffer")).title == "Planned anew"
    bench.asks_for(Command.PLATE_MOVE, "B01")
    assert bench.asks_for(Command.PLATE_MOVE, "D01").title == "Moved"
    assert [one.well for one in view(bench).wells if one.look == "buffer"] == ["B01", "C01"]
    assert bench.asks_for(Command.PLATE_KEEP).title == "Plan kept"


def test_the_box_of_a_control_is_scanned_and_a_lot_withdrawn_since_keeps_the_plate_from_its_code(
    bench: BenchTop,
) -> None:
    two_tubes(bench)
    lot = released(bench, BUFFER, "No template control")
    scans(bench, RACK)
    assert bench.asks_for(Command.PLATE_CONTROL).title == "Which control"
    refused = scans_box(bench, KIT, "plates")
    assert (refused.kind, refused.title) == (VerdictKind.REFUSED, "Lot not known")
    assert scans_box(bench, BUFFER, "plates").title == "Which control"
    shown = view(bench).question
    assert shown is not None
    assert shown.chosen == (lot,)
    assert bench.says(Command.PLATE_CONTROL, lot, well="H12", name="NTC").title == "Planned anew"
    assert bench.asks_for(Command.PLATE_KEEP).title == "Plan kept"
    [well] = bench.rows("SELECT DISTINCT lot, lot_id FROM plate_well WHERE tube IS NULL")
    assert well == {"lot": "B-7", "lot_id": lot}
    says(bench, Command.END_LOT, lot, "withdrawn", comment="Turbid")
    said = scans(bench, PLATE)
    assert said.title == "Not yet"
    assert "Lot B-7 of No template control is withdrawn" in said.sentence


def test_the_label_of_a_plate_is_made_once_it_has_its_code_and_opens_the_plate(bench: BenchTop) -> None:
    two_tubes(bench)
    kept(bench)
    with pytest.raises(Refused, match="once it has its code"):
        PlateDesk(bench.bench).label().result(WAIT_S)
    read_again(bench)
    assert scans(bench, PLATE).title == "Plate made"
    assert view(bench).has_label
    [picture] = rasters(PlateDesk(bench.bench).label().result(WAIT_S), 300)
    assert {read for _, read in decode(picture)} == {PLATE}
    bench.asks_for(Command.PLATE_ASIDE)
    assert scans(bench, PLATE).title == "Plate made"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FD20024699", "a FluidX tube's or rack's code"),
        ("SA00000099", "a FluidX tube's or rack's code"),
        ("1700009505", "a FluidX tube's or rack's code"),
        ("9434765919", "an NHS number"),
        ("r12345678901", "a referral's number"),
        ("p12345678901", "a participant's number"),
        ("5012345678900", "a kit's code"),
        ("FD20024699FD20024698", "two codes run together"),
    ],
)
def test_a_code_with_the_shape_of_another_thing_is_no_plates_code(bench: BenchTop, text: str, said: str) -> None:
    two_tubes(bench)
    kept(bench)
    read_again(bench)
    told = scans(bench, text)
    assert (told.kind, told.title) == (VerdictKind.REFUSED, "No plate's code")
    assert f"has the shape of {said}." in told.sentence
    assert bench.count("plate.made") == 0
    assert scans(bench, PLATE).title == "Plate made"
