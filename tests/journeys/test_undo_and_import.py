"""Undo, newest first, and what rests on an act; files taken in as one act and undone as one."""

from __future__ import annotations

import time
from collections.abc import Generator
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from bench_top import BenchTop, Person, file_of

from devices.values import Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.findings import WARN_ONLY
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.expected_in import land
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import made_up
from gms_desktop.services import expect, undo
from gms_desktop.services.answers import Answered

SINGLE, ANOTHER = "Q26-118901-1", "Q26-118902-1"
MANY = 960


def many(count: int = MANY) -> bytes:
    heading, *_ = made_up.expected_file()[1].decode().splitlines()
    rows = [Person(f"SURNAME{n}", f"M-{n:04}", f"M-{n:04}-1", hospital=f"{7000000 + n}").line() for n in range(count)]
    return "\n".join([heading, *rows, ""]).encode()


def test_acts_are_undone_newest_first_each_named_on_its_button(bench: BenchTop) -> None:
    bench.scans("Q26-118901")
    bench.scans(SINGLE)
    number = bench.label()
    bench.says(Command.HOLD, "missing-paperwork")
    assert bench.view.undo.startswith(f"Undo: hold {number}")
    assert bench.undoes().title == "Undone"
    assert bench.in_hand.state == "label awaited"
    assert bench.view.undo.startswith("Undo: receive tube 1")
    assert bench.undoes().title == "Undone"
    assert bench.states() == {1: "awaited"}
    assert bench.view.undo == "Undo: open Q26-118901"
    bench.undoes()
    assert bench.heading == "Scan a tube or its request"
    assert bench.undoes().title == "Nothing to undo"


def test_undo_of_a_receipt_spoils_its_label_and_says_to_destroy_it(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bench.undoes()
    assert bench.in_hand.state == "accepted" or bench.in_hand.accession == number
    said = bench.undoes()
    assert f"Take off and destroy label {number}" in said.sentence
    assert bench.rows("SELECT state FROM label") == [{"state": "spoiled"}]
    assert bench.scans(number).title == "Spoiled label"


def test_the_tube_can_be_received_again_after_its_receipt_was_undone_under_a_new_number(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    first = bench.label()
    bench.undoes()
    second = bench.receives(SINGLE)
    assert first != second


def test_undo_of_an_acceptance_awaits_the_label_again(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    assert bench.undoes().title == "Undone"
    assert bench.heading == "Compare tube 1, scan its label"
    assert bench.scans(number).title == "Accepted"


def test_what_differed_still_blocks_acceptance_after_its_rejection_was_undone(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    bench.says(Command.SOMETHING_DIFFERS, "surname")
    bench.says(Command.REJECT, "identifiers-differ")
    bench.undoes()
    assert bench.scans(number).title == "Decide first"


def test_there_is_no_undo_of_undo(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    bench.undoes()
    assert bench.view.undo == ""
    assert bench.undoes().title == "Nothing to undo"


def test_an_unannounced_arrival_is_undone_whole(bench: BenchTop) -> None:
    bench.says(Command.UNANNOUNCED, "person", surname="Dubois", type="EDTA blood", code="X-1", sender="RR8")
    number = bench.label()
    assert number in bench.undoes().sentence
    assert bench.scans("X-1").title == "Not expected"
    assert bench.rows("SELECT id FROM specimen") == []


def test_undo_after_a_restart_goes_on_where_it_was(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    bench.label()
    bench.restart()
    assert bench.signs_in()
    assert bench.undoes().title == "Undone"


def test_an_import_of_960_rows_is_one_act_and_one_undo(empty_bench: BenchTop) -> None:
    made = empty_bench.takes_in("many.csv", many(), made_up.expected_file()[2])
    assert len(made.landed) == MANY
    assert expect.in_words(made).sentence == "960 rows landed."
    view = empty_bench.bench.expected().result()
    assert view.undo == "Undo: import of 960 rows from many.csv"
    assert empty_bench.scans("M-0959-1").title == "Matches"
    empty_bench.undoes()
    begun = time.monotonic()
    assert empty_bench.undoes("import").title == "Undone"
    assert time.monotonic() - begun < 20
    assert empty_bench.bench.expected().result().expected == 0
    assert empty_bench.scans("M-0001-1").title == "Not expected"
    again = empty_bench.takes_in("many.csv", many(), made_up.expected_file()[2])
    assert len(again.landed) == MANY


def test_a_scan_during_an_import_of_960_rows_goes_first_and_the_import_still_lands_whole(bench: BenchTop) -> None:
    reading = expect.read_file("many.csv", many(), made_up.expected_file()[2], WARN_ONLY)
    scans: list[Future[Answered]] = []
    begun: list[int] = []

    def land(ledger: Ledger, made: expect.Plan) -> Generator[None, None, expect.Plan]:
        begun.append(ledger.head.last_seq)
        for step, _ in enumerate(ledger.append_in_steps(made.drafts, None)):
            if step == 7 and not scans:
                scans.append(bench.bench.scan(Scan(b"M-0001-1", "M-0001-1", None, bench.clock.now(), "Scanner")))
            yield
        return made

    made = bench.bench.recorder.write_in_slices(lambda ledger: expect.plan(ledger, reading), land).result(30)
    assert scans[0].result().verdict.title == "Not expected"
    assert len(begun) == 2
    assert begun[0] < begun[1], "the scan came before the import"
    assert len(made.landed) == MANY
    assert bench.bench.expected().result().expected == MANY + 8
    assert bench.proved().findings == []


def test_a_patient_who_was_undone_while_an_import_was_written_is_judged_as_it_stands(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("OKORO", "A-1", "A-1-1", nhs="9990000018"), name="first.csv")
    file = file_of(Person("OKORO", "A-2", "A-2-1", nhs="9990000018"))
    reading = expect.read_file("second.csv", file, made_up.expected_file()[2], WARN_ONLY)
    undone: list[Future[Answered]] = []

    def land(ledger: Ledger, made: expect.Plan) -> Generator[None, None, expect.Plan]:
        for _ in ledger.append_in_steps(made.drafts, None):
            if not undone:
                undone.append(empty_bench.bench.command(Command.UNDO, None, "import"))
            yield
        return made

    recorder = empty_bench.bench.recorder
    recorder.write_in_slices(lambda ledger: expect.plan(ledger, reading), land).result(30)
    assert undone[0].result().verdict.title == "Undone"
    (second,) = empty_bench.rows("SELECT verdict FROM entry WHERE CAST(bytes AS TEXT) LIKE '%\"A-2-1\"%'")
    assert second["verdict"] == "contested"


def test_an_import_is_still_undone_after_a_morning_of_scans(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("OKORO", "A-1", "A-1-1"))
    for n in range(210):
        empty_bench.scans(f"JUNK-{n}")
    assert empty_bench.bench.expected().result().undo == "Undo: import of 1 row from expected.csv"
    assert empty_bench.undoes("import").title == "Undone"
    assert empty_bench.bench.expected().result().undo == ""


def test_an_import_of_which_a_tube_was_received_cannot_be_undone_and_says_why(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    said = bench.undoes("import")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Cannot be undone")
    assert number in said.sentence
    assert "import of 8 rows from expected-requests.csv" in said.sentence
    assert bench.bench.expected().result().expected == 7


def test_the_same_file_again_lands_nothing_and_says_so(bench: BenchTop) -> None:
    made = bench.takes_in(*made_up.expected_file())
    assert (len(made.landed), len(made.already)) == (0, 8)
    assert "8 were here already" in expect.in_words(made).sentence
    assert bench.bench.expected().result().expected == 8


def test_the_same_file_handed_over_twice_at_once_lands_once(empty_bench: BenchTop) -> None:
    reading = expect.read_file("many.csv", many(300), made_up.expected_file()[2], WARN_ONLY)
    bench = empty_bench.bench
    landed = partial(land, bench=bench, actor=None)
    both = [bench.recorder.write_in_slices(lambda ledger: expect.plan(ledger, reading), landed) for _ in range(2)]
    assert sorted(len(one.result(30).landed) for one in both) == [0, 300]
    assert empty_bench.bench.expected().result().expected == 300


def test_a_row_that_cannot_land_waits_with_its_reason_and_the_others_land(empty_bench: BenchTop) -> None:
    made = empty_bench.takes_in(*made_up.expected_file())
    assert len(made.landed) == 8
    view = empty_bench.bench.expected().result()
    (line,) = view.fix_it
    assert (line.row, line.column, line.value) == (10, "NHS number", "1.7E+09")
    assert "what a spreadsheet made of a longer number" in line.reason
    assert empty_bench.bench.today().result().lists[-1].total == 1


def test_the_second_of_two_imports_is_undone_first(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("OKORO", "A-1", "A-1-1"), name="first.csv")
    empty_bench.expects(Person("BELL", "A-2", "A-2-1"), name="second.csv")
    assert "second.csv" in empty_bench.undoes("import").sentence
    assert "first.csv" in empty_bench.undoes("import").sentence
    assert empty_bench.undoes("import").title == "Nothing to undo"


def test_a_person_in_two_files_is_one_patient_where_every_identifier_agrees(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("OKORO", "A-1", "A-1-1", nhs="9990000018"))
    empty_bench.expects(Person("OKORO", "A-2", "A-2-1", nhs="9990000018"))
    empty_bench.expects(Person("OKORO", "A-3", "A-3-1", nhs="9990000018", born="08/06/1978"))
    assert len(empty_bench.rows("SELECT id FROM patient")) == 2


def test_hours_of_scans_that_changed_nothing_are_looked_through_once(bench: BenchTop) -> None:
    remembered = undo.NothingToUndo()

    def both(ledger: Ledger) -> tuple[undo.Act | None, undo.Act | None, undo.NothingToUndo, int]:
        return undo.newest(ledger), undo.newest(ledger, remembered), replace(remembered), ledger.head.last_seq

    def same() -> tuple[undo.NothingToUndo, int]:
        plain, quick, stretch, last = bench.read(both)
        assert plain == quick
        return stretch, last

    same()
    bench.receives(SINGLE)
    same()
    for code in ("NOT-OURS-1", "NOT-OURS-2", "NOT-OURS-3"):
        bench.scans(code)
        stretch, last = same()
        assert stretch.to == last
    assert stretch.to - stretch.after >= 3
    bench.undoes()
    same()
    bench.undoes()
    bench.scans("NOT-OURS-4")
    bench.receives(ANOTHER)
    same()
    bench.undoes()
    bench.undoes()
    same()
