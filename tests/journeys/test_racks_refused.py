"""At the rack: what is never bound, moved or saved without somebody being told."""

from __future__ import annotations

from dataclasses import replace

from bench_top import SILVA, WAIT_S, BenchTop
from people_at_work import NOVAK, added
from test_racks import ANOTHER, FIRST, RACK, SECOND, SINGLE, THIRD, bound, rack_open, reads, scans, view

from devices.simulators.fluidx_reader import SimulatedFluidxReader
from devices.simulators.rack import SimulatedRack
from devices.simulators.ziath import CONTAINER, SimulatedZiath
from devices.values import RACK_96, Entered, RackId, RackIdState, RackReaderState, RackScan, Scan, Well, WellState
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal import store
from gms_desktop.rack_desk import RackDesk
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import rack_scans, rack_taking
from gms_desktop.settings import RackReaderSettings


def typed(bench: BenchTop, code: str) -> Verdict:
    said = Scan(code.encode(), code, None, bench.clock.now(), "Keyboard", Entered.TYPED)
    return bench.bench.scan(said, "racks").result(WAIT_S).verdict


def tube_id(bench: BenchTop, code: str) -> str:
    return str(bench.rows("SELECT id FROM fluidx_tube WHERE code = :code", code=code)[0]["id"])


def discarded(bench: BenchTop, code: str) -> None:
    gone = {
        "sort": "tube",
        "item": tube_id(bench, code),
        "reason": "spilled",
        "route": "incineration",
        "bench": "Bench",
    }
    bench.write(lambda ledger: ledger.append([Draft("material.discarded", gone)], None))


def rejected(bench: BenchTop, number: str) -> None:
    """The specimen is found unfit for testing after its DNA stands in a tube."""
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)

    def reject(ledger: Ledger) -> object:
        subject = f"specimen:{row['id']}"
        entries = [one.entry for one in store.of_subject(ledger.db, subject)]
        body = next(one.body for one in entries if one.kind == "specimen.decided")
        rests = ledger.driver.holders([f"last:{subject}"])[f"last:{subject}"]
        return ledger.append([Draft("specimen.decided", {**body, "outcome": "rejected", "rests_on": rests})], None)

    bench.write(reject)


def test_a_reading_that_ends_after_the_screen_was_locked_or_somebody_else_signed_in_is_not_taken(
    bench: BenchTop,
) -> None:
    rack_open(bench)
    with SimulatedFluidxReader(SimulatedRack({"A01": FIRST}, RACK)) as reader:
        at = RackReaderSettings("fluidx", f"127.0.0.1:{reader.port}")
        bench.bench.settings = replace(bench.bench.settings, rack_reader=at)
        desk = RackDesk(bench.bench)
        reading = desk.read().scan
        assert reading is not None
        bench.bench.lock().result(WAIT_S)
        assert desk.take(reading, read_here=True).result(WAIT_S).verdict.title == "Read it again"
        assert desk.take(reading).result(WAIT_S).verdict.title == "Read it again"
        bench.signs_in(SILVA)
        assert desk.take(reading, read_here=True).result(WAIT_S).verdict.title == "Read it again"
        assert bench.count("rack.read") == 0
        again = desk.read().scan
        assert again is not None
        assert desk.take(again, read_here=True).result(WAIT_S).verdict.kind is VerdictKind.ATTENTION
        assert bench.count("rack.read") == 1


def test_a_discarded_tube_that_turns_up_in_a_rack_is_named_and_never_saved_again(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bound(bench, number, FIRST)
    discarded(bench, FIRST)
    rack_open(bench)
    reads(bench, {"A01": FIRST})
    bench.asks_for(Command.CORNER_SEEN)
    assert any("was discarded" in line.words for line in view(bench).findings)
    assert bench.asks_for(Command.SAVE_AS_READ).kind is VerdictKind.REFUSED
    assert bench.rows("SELECT rack FROM fluidx_tube")[0]["rack"] is None


def test_two_tubes_recorded_in_one_well_are_named_and_what_was_read_there_is_kept_alone(bench: BenchTop) -> None:
    one, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    rack_open(bench)
    bound(bench, one, FIRST)
    bench.asks_for(Command.RACK_ASIDE)
    bound(bench, other, SECOND)

    def into_the_same_well(ledger: Ledger) -> object:
        tube, rack = rack_look_up.tube_by_code(ledger.db, SECOND), rack_look_up.rack_by_code(ledger.db, RACK)
        assert tube is not None
        assert rack is not None
        return ledger.append([rack_scans._moved(ledger, bench.bench.desk, tube["id"], rack["id"], "A01", None)], None)

    bench.write(into_the_same_well)
    scans(bench, RACK)
    reads(bench, {"A01": FIRST})
    bench.asks_for(Command.CORNER_SEEN)
    said = next(line.words for line in view(bench).findings if "recorded" in line.words and SECOND in line.words)
    assert FIRST in said
    assert bench.asks_for(Command.SAVE_RACK).kind is VerdictKind.REFUSED
    assert bench.asks_for(Command.SAVE_AS_READ).title == "Saved"
    wells = {row["code"]: row["well"] for row in bench.rows("SELECT code, well FROM fluidx_tube")}
    assert wells == {FIRST: "A01", SECOND: None}


def test_a_tube_of_a_specimen_rejected_since_says_so_and_its_rack_is_not_saved_for_plating(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    rack_open(bench)
    bound(bench, number, FIRST)
    rejected(bench, number)
    assert "rejected" in scans(bench, FIRST).sentence
    reads(bench, {"A01": FIRST})
    bench.says(Command.RACK_PURPOSE, "plating")
    bench.asks_for(Command.WELLS_EMPTY)
    said = bench.asks_for(Command.SAVE_RACK)
    assert said.kind is VerdictKind.REFUSED
    assert "rejected" in said.sentence
    bench.says(Command.RACK_PURPOSE, "dispatch")
    assert "rejected" in bench.asks_for(Command.SAVE_RACK).sentence
    bench.says(Command.RACK_PURPOSE, "arriving")
    assert bench.asks_for(Command.SAVE_RACK).title == "Saved"


def test_a_source_that_was_rejected_while_it_was_in_hand_fills_no_tube(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    assert scans(bench, number).title == "Now the tube"
    rejected(bench, number)
    assert scans(bench, FIRST).title == "Not to be tested"
    assert bench.count("tube.bound") == 0
    assert view(bench).source == ""


def test_a_tube_is_bound_and_filled_by_its_scanned_code_never_by_a_typed_one(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    rack_open(bench)
    scans(bench, number)
    assert typed(bench, FIRST).title == "Scan the tube"
    assert bench.count("tube.bound") == 0
    assert scans(bench, FIRST).title == "Bound"
    reads(bench, {})
    bench.asks_for(Command.NAME_WELL, "A01")
    assert typed(bench, FIRST).title == "Scan the tube"
    assert scans(bench, FIRST).title == "A01 agrees"


def test_a_rack_scanned_where_a_tube_is_awaited_is_named_as_one(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    rack_open(bench)
    bound(bench, number, FIRST)
    reads(bench, {})
    bench.asks_for(Command.NAME_WELL, "A01")
    assert scans(bench, RACK).title == "That is a rack"
    assert scans(bench, FIRST).title == "A01 agrees"


def test_hand_scans_are_not_kept_over_a_reading_that_they_do_not_belong_to(bench: BenchTop) -> None:
    one, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    rack_open(bench)
    bound(bench, one, FIRST)
    bound(bench, other, SECOND)
    reads(bench, {"A01": FIRST})
    bench.asks_for(Command.NAME_WELL, "B01")
    assert scans(bench, SECOND).title == "B01 agrees"
    mine = bench.bench.desk.rack
    reads(bench, {"A01": FIRST})
    # Another bench read the rack since: what was scanned here belongs to an older reading than the newest.
    bench.bench.desk.rack = mine
    reads(bench, {"A01": FIRST})
    assert any(line.title == "B01 not read" for line in view(bench).findings)


def test_a_reading_without_a_code_is_not_taken_for_a_rack_that_was_opened_since_it_began(bench: BenchTop) -> None:
    rack_open(bench)
    open_then = bench.bench.desk.rack.rack
    scans(bench, "SA00000018")
    bench.asks_for(Command.REGISTER_RACK, "SA00000018")
    wells = tuple(Well(one, WellState.NO_READ) for one in RACK_96.positions)
    unnamed = RackId(RackIdState.NO_READ, "", "header", "NO READ")
    at = bench.clock.now()
    reading = RackScan("Reader", "D1", at, RACK_96, wells, unnamed, False, b"raw")

    def taken(began: str) -> str:
        return bench.write(lambda ledger: rack_taking.take(ledger, bench.bench.desk, reading, began)).verdict.title

    assert taken(open_then) == "Which rack?"
    assert taken(bench.bench.desk.rack.rack) == "Reading taken"


def test_a_tube_bound_while_the_open_rack_is_full_is_told_that_it_stands_nowhere(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    rack_open(bench)
    rack = bench.bench.desk.rack.rack

    def small(ledger: Ledger) -> object:
        body = {"rack": ledger.identity(), "code": "SA00000055", "rows": 1, "columns": 1, "bench": "Bench"}
        ledger.append([Draft("rack.registered", body)], None)
        return body["rack"]

    bench.write(small)
    assert scans(bench, "SA00000055").title == "Rack"
    bound(bench, number, FIRST)
    said = bound(bench, number, SECOND)
    assert said.kind is VerdictKind.ATTENTION
    assert "SA00000055 is full" in said.sentence
    assert rack


def test_a_source_in_hand_is_put_aside_and_is_nobodys_after_another_person_signs_in(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    scans(bench, number)
    assert Command.RACK_ASIDE in [one.command for one in view(bench).offers]
    bench.asks_for(Command.RACK_ASIDE)
    assert view(bench).source == ""
    rack_open(bench)
    scans(bench, number)
    added(bench, NOVAK)
    assert bench.signs_in(NOVAK)
    assert view(bench).source == ""
    assert view(bench).rack == RACK
    assert scans(bench, THIRD).title == "Not known here"
    assert bench.count("tube.bound") == 0


def test_a_scan_that_the_reader_told_before_is_refused_at_the_bench_as_an_old_one(bench: BenchTop) -> None:
    with SimulatedZiath(SimulatedRack({"A01": FIRST})) as reader:
        at = RackReaderSettings("dp5", f"127.0.0.1:{reader.port}", profile=CONTAINER)
        bench.bench.settings = replace(bench.bench.settings, rack_reader=at)
        desk = RackDesk(bench.bench)
        assert desk.read().state is RackReaderState.READ
        reader.suffer(answers_old=True)
        assert desk.read().state is RackReaderState.OLD_SCAN
        reader.suffer(answers_old=False)
        assert desk.read().state is RackReaderState.READ
