"""Labels: put off, spoiled, printed again; and a printer that is out of paper, silent, or lost half way."""

from __future__ import annotations

import re

import pytest
from bench_top import BenchTop

from devices.values import PrinterStatus, Sent
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services import label_queue

PROBAND, MOTHER, SINGLE, ANOTHER = "Q26-118834-1", "Q26-118835-1", "Q26-118901-1", "Q26-118902-1"
REPRINT_REASONS = 6


def label_states(bench: BenchTop) -> dict[str, str]:
    return {row["id"].split(".")[1]: row["state"] for row in bench.rows("SELECT id, state FROM label ORDER BY id")}


def test_a_label_put_off_with_a_reason_lets_the_same_patients_next_tube_in(bench: BenchTop) -> None:
    bench.scans(PROBAND)
    first = bench.label()
    bench.asks_for(Command.PUT_LABEL_OFF)
    assert bench.view.question is not None
    assert bench.view.question.title == "Why is the label of tube 1 put off?"
    assert bench.says(Command.PUT_LABEL_OFF, "tube-frozen").title == "Label put off"
    bench.receives(MOTHER)
    assert bench.states() == {1: "label put off", 2: "accepted", 3: "awaited"}
    assert bench.view.tubes[0].accession == first


def test_a_label_put_off_blocks_a_change_of_patient(bench: BenchTop) -> None:
    bench.scans(PROBAND)
    number = bench.label()
    bench.says(Command.PUT_LABEL_OFF, "tube-frozen")
    for given in (lambda: bench.scans(SINGLE), lambda: bench.asks_for(Command.FINISH)):
        said = given()
        assert (said.kind, said.title) == (VerdictKind.REFUSED, "Labels put off")
        assert number in said.sentence
    assert bench.asks_for(Command.UNANNOUNCED).title == "Labels put off"
    assert bench.view.tubes_title.startswith("Referral r30000000001")


def test_a_label_taken_up_again_is_a_further_copy_and_lets_the_next_patient_in(bench: BenchTop) -> None:
    bench.scans(PROBAND)
    number = bench.label()
    bench.says(Command.PUT_LABEL_OFF, "tube-frozen")
    assert Command.TAKE_UP_LABEL in bench.offered()
    bench.says(Command.TAKE_UP_LABEL, "taken-up")
    assert bench.label() == number
    assert bench.scans(number).title == "Accepted"
    assert label_states(bench) == {"1": "spoiled", "2": "verified"}
    assert bench.scans(SINGLE).title == "Matches"


def test_a_label_that_was_put_off_may_still_be_scanned_on_its_tube(bench: BenchTop) -> None:
    bench.scans(PROBAND)
    number = bench.label()
    bench.says(Command.PUT_LABEL_OFF, "tube-frozen")
    assert bench.scans(number).title == "Accepted"
    assert label_states(bench) == {"1": "verified"}
    assert bench.scans(SINGLE).title == "Matches"


def test_a_spoiled_label_is_refused_when_it_is_scanned_and_a_new_copy_takes_its_place(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    said = bench.says(Command.LABEL_SPOILED, "damaged")
    assert said.title == "Label spoiled"
    assert f"Destroy label {number}" in said.sentence
    assert bench.scans(number).title == "Spoiled label"
    assert bench.scans(ANOTHER).title == "Labels put off"
    bench.says(Command.PRINT_AGAIN, "damaged")
    assert bench.label() == number
    assert bench.scans(number).title == "Accepted"


def test_print_again_wants_one_of_at_most_six_reasons_and_the_copy_number_stands_on_the_label(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    bench.asks_for(Command.PRINT_AGAIN)
    question = bench.view.question
    assert question is not None
    assert 1 <= len(question.choices) <= REPRINT_REASONS
    assert len(bench.printer.labels) == 1
    bench.says(Command.PRINT_AGAIN, "unreadable")
    bench.wait_until(lambda: len(bench.printer.labels) > 1, "the second copy")
    first, second = bench.printer.labels
    assert re.search(rb"copy 2|COPY 2|Copy 2", second)
    assert not re.search(rb"(?i)copy", first)
    assert bench.scans(number).title == "Accepted"
    assert label_states(bench) == {"1": "spoiled", "2": "verified"}


def test_a_label_printed_again_after_all_is_done_is_awaited_on_its_tube_before_the_next_patient(
    bench: BenchTop,
) -> None:
    number = bench.receives(SINGLE)
    key = bench.view.tubes[0].key
    said = bench.says(Command.PRINT_AGAIN, "lost", argument=key)
    assert "Destroy the former copy" in said.sentence
    bench.label()
    assert bench.scans(ANOTHER).title == "Label first"
    assert bench.scans(number).title == "Label verified"
    assert bench.scans(ANOTHER).title == "Matches"


def test_a_label_for_a_second_container_leaves_the_first_on_its_tube(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    said = bench.says(Command.PRINT_AGAIN, "more-tubes", argument=bench.view.tubes[0].key)
    assert "Destroy" not in said.sentence
    bench.label()
    assert bench.scans(number).title == "Label verified"
    assert label_states(bench) == {"1": "verified", "2": "verified"}


def test_a_spoiled_label_of_a_patient_long_gone_is_refused(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bench.receives(ANOTHER)
    bench.undoes()
    bench.undoes()
    bench.scans("Q26-118950")
    spoiled = bench.rows("SELECT accession FROM label WHERE state = 'spoiled'")[0]["accession"]
    assert spoiled != number
    assert bench.scans(spoiled).title == "Spoiled label"


def test_a_label_printed_from_find_keeps_its_number_and_gets_a_copy_number(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    found = bench.looks_up(number).find
    assert found is not None
    specimen = found.chosen.partition(":")[2]
    bench.asks_for(Command.PRINT_AGAIN, specimen)
    bench.says(Command.PRINT_AGAIN, "lost", argument=specimen)
    bench.wait_until(lambda: len(bench.printer.labels) > 1, "the second copy")
    assert label_states(bench)["1"] == "spoiled"
    assert bench.scans(number).title == "Label verified"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"paper_out": True}, "the printer has no labels in"),
        ({"answers_half": True}, "the printer's answer broke off"),
        ({"refuses": True}, "the printer is away"),
    ],
)
def test_a_printer_that_cannot_print_is_named_and_the_tube_is_received_all_the_same(
    bench: BenchTop, fault: dict[str, bool], words: str
) -> None:
    bench.printer.suffer(**fault)
    assert bench.scans(SINGLE).title == "Matches"
    number = bench.label("label waits for the printer")
    assert bench.heading == f"Label 1 waits: {words}"
    assert bench.view.verdict is not None
    assert f"Label {number} is not printed yet: {words}." in bench.view.verdict.sentence
    assert bench.rows("SELECT state FROM label") == [{"state": "intended"}]
    assert bench.count("label.sending") == 0
    printer = bench.bench.devices()[1]
    assert not printer.ready
    assert printer.detail
    assert "labels wait and come out once it is ready" in printer.without
    bench.printer.recover()
    assert bench.asks_for(Command.RUN_QUEUE).title == "Trying now"
    assert bench.label() == number
    assert bench.scans(number).title == "Accepted"
    assert len(bench.printer.labels) == 1
    assert label_states(bench) == {"1": "verified"}


def test_a_connection_lost_half_way_through_a_label_is_unknown_and_is_never_printed_again_by_itself(
    bench: BenchTop,
) -> None:
    bench.printer.suffer(drops_after=200)
    bench.scans(SINGLE)
    number = bench.label("printed or not: unknown")
    assert bench.heading == "Look at the printer: did label 1 come out?"
    bench.printer.recover()
    bench.restart()
    assert bench.signs_in()
    assert bench.in_hand.state == "printed or not: unknown"
    assert bench.scans(ANOTHER).title == "Label first"
    assert bench.printer.labels == []
    assert bench.count("label.intended") == 1
    # It lay in the tray after all.
    assert bench.scans(number).title == "Accepted"


def test_a_label_that_was_never_sent_when_the_application_ended_comes_out_at_the_next_start(bench: BenchTop) -> None:
    bench.bench.press.close()
    bench.scans(SINGLE)
    assert bench.in_hand.state == "label prints"
    bench.restart()
    assert bench.signs_in()
    assert bench.scans(bench.label()).title == "Accepted"
    assert len(bench.printer.labels) == 1
    assert label_states(bench) == {"1": "verified"}


def test_a_label_whose_sending_had_begun_when_the_application_ended_is_asked_about_and_not_sent_again(
    bench: BenchTop,
) -> None:
    bench.bench.press.close()
    bench.scans(SINGLE)
    label = bench.rows("SELECT id FROM label")[0]["id"]
    assert bench.write(lambda ledger: label_queue.begun(ledger, label))
    bench.restart()
    assert bench.signs_in()
    assert bench.in_hand.state == "printed or not: unknown"
    assert bench.heading == "Look at the printer: did label 1 come out?"
    assert bench.printer.labels == []
    assert bench.scans(bench.in_hand.accession).title == "Accepted"


class PrinterWithAFault:
    """A printer whose driver fails in a way that nobody foresaw, once."""

    name = "Label printer"

    def __init__(self, bench: BenchTop) -> None:
        self._printer = bench._printer()
        self._failed = False

    def status(self) -> PrinterStatus:
        return self._printer.status()

    def send(self, zpl: bytes) -> Sent:
        if not self._failed:
            self._failed = True
            raise ArithmeticError
        return self._printer.send(zpl)


def test_a_label_that_fails_in_a_way_nobody_foresaw_is_unknown_and_the_next_one_prints(bench: BenchTop) -> None:
    bench.close()
    bench.make_printer = lambda: PrinterWithAFault(bench)
    bench.open()
    assert bench.signs_in()
    bench.scans(SINGLE)
    bench.label("printed or not: unknown")
    bench.says(Command.PRINT_AGAIN, "not-printed")
    assert bench.scans(bench.label()).title == "Accepted"
