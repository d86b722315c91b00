"""The print queue: nothing lost, nothing twice, in order; what is not known is asked, and why it waits is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from bench_top import WAIT_S, BenchTop, opened, with_rule

from devices.printers.folder_printer import FolderPrinter
from devices.simulators.scanner import SimulatedScanner
from devices.values import PrinterStatus, Sent
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import made_up
from gms_desktop.services import arrive, site_rules
from gms_desktop.services.label_press import LabelPress, PressTimes
from gms_desktop.services.label_queue_view import MOST, QueueView, view
from gms_desktop.services.views import Answer

SINGLE, ANOTHER = "Q26-118901-1", "Q26-118902-1"
AN_HOUR = 200
QUICK = PressTimes(verdict_first_s=0.0, printing_s=0.02, looks=10**6, waiting_s=0.02)


def queue(bench: BenchTop, chosen: str = "") -> QueueView:
    lanes = bench.bench.desk.lanes()
    return bench.read(lambda ledger: view(ledger, lanes, "Europe/London", chosen))


def states(bench: BenchTop) -> dict[str, str]:
    """State by number and copy."""
    return {row["id"]: row["state"] for row in bench.rows("SELECT id, state FROM label ORDER BY intended_at, id")}


def is_at(bench: BenchTop, label: str, state: str) -> None:
    bench.wait_until(lambda: states(bench)[label] == state, f"{label} {state}")


def is_out(bench: BenchTop, label: str) -> None:
    """Wait until a copy was sent; on a slow machine the printer may have said by then that it is out."""
    bench.wait_until(lambda: states(bench)[label] in {"sent", "printed"}, f"{label} sent")


def intends(bench: BenchTop, number: str, copy: int) -> str:
    """A copy of a label that waits to be sent."""
    specimen = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)[0]["id"]
    bench.clock.forward(1)
    draft = arrive.label_draft(bench.bench.desk.place, specimen, number, copy, "lost")
    bench.write(lambda ledger: ledger.append([draft], None))
    return str(draft.body["label"])


def approves(bench: BenchTop, name: str, text: str) -> None:
    who = bench.bench.operator_id()
    bench.write(lambda ledger: ledger.append([site_rules.approval(text, name, who or "")], who))


def label_rules(bench: BenchTop, **changed: str) -> None:
    text = files("resources").joinpath("rules", "labels.toml").read_text("utf-8")
    approves(bench, "labels", with_rule(text, **changed))


def about(bench: BenchTop, given: Command, label: str = "", *choices: str) -> str:
    """Give a command about a label of the queue, as the Devices screen does; what it came to."""
    bench.clock.forward(1)
    named = f"label:{label}"
    answer = Answer(choices, subject=named) if choices else None
    return bench.bench.command(given, answer, named).result(WAIT_S).verdict.title


@contextmanager
def quick(bench: BenchTop) -> Iterator[None]:
    """A press that looks after its labels in no time."""
    bench.bench.press.close()
    within = bench.bench
    press = LabelPress(within.recorder, bench._printer(), within.layouts, within._repaint, QUICK)
    bench.bench.press = press
    press.start()
    yield


def copies_printed(bench: BenchTop) -> list[int]:
    """The copy number on each label that came out, in order; 1 where none stands."""
    found = [re.search(rb"(?i)copy (\d+)", label) for label in bench.printer.labels]
    return [int(one[1]) if one else 1 for one in found]


def test_what_waited_while_the_printer_was_off_for_an_hour_comes_out_once_and_in_order(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bench.printer.suffer(refuses=True)
    labels = [intends(bench, number, copy) for copy in range(2, AN_HOUR + 2)]
    bench.bench.press.look()
    bench.wait_until(lambda: not bench.bench.devices()[1].ready, "the printer away")
    bench.clock.forward(3600)
    assert queue(bench).heading == f"{AN_HOUR} labels wait: the printer is away"
    shown = queue(bench)
    assert (len(shown.lines), shown.more) == (MOST, f"{AN_HOUR - MOST} more come after these.")
    bench.printer.recover()
    assert about(bench, Command.RUN_QUEUE) == "Trying now"
    is_out(bench, labels[-1])
    assert copies_printed(bench) == list(range(1, AN_HOUR + 2))
    assert set(states(bench).values()) <= {"verified", "sent", "printed"}
    assert bench.count("label.sending") == AN_HOUR + 1


def test_what_is_no_longer_wanted_when_the_printer_is_back_does_not_come_out(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bench.printer.suffer(paper_out=True)
    labels = [intends(bench, number, copy) for copy in range(2, 7)]
    assert about(bench, Command.PUT_LABEL_OFF, labels[0], "stock-out") == "Label put off"
    assert about(bench, Command.LABEL_SPOILED, labels[1], "damaged") == "Label spoiled"
    assert about(bench, Command.DROP_LABEL, labels[2]) == "Out of the queue"
    assert about(bench, Command.PRINT_AGAIN, labels[3], "lost") == "In the queue"
    bench.printer.recover()
    about(bench, Command.RUN_QUEUE)
    is_out(bench, labels[4])
    assert copies_printed(bench) == [1, 5, 6]
    assert [states(bench)[label] for label in labels[:3]] == ["put off", "spoiled", "not sent"]


def test_the_whole_queue_can_be_dropped_and_each_tube_still_needs_its_label(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bench.printer.suffer(head_open=True)
    labels = [intends(bench, number, copy) for copy in (2, 3)]
    assert about(bench, Command.DROP_QUEUE) == "Queue emptied"
    assert about(bench, Command.DROP_QUEUE) == "Nothing waits"
    assert about(bench, Command.RUN_QUEUE) == "Nothing waits"
    bench.printer.recover()
    bench.bench.press.look()
    shown = queue(bench, labels[0])
    assert [line.detail.partition(",")[0] for line in shown.lines] == ["not printed"] * 2
    assert Command.PRINT_AGAIN in {offer.command for offer in shown.offers}
    assert len(bench.printer.labels) == 1


def test_the_queue_is_as_it_was_after_the_application_ended(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bench.printer.suffer(ribbon_out=True)
    labels = [intends(bench, number, copy) for copy in (2, 3, 4)]
    bench.restart()
    assert bench.signs_in()
    assert [line.key for line in queue(bench).lines] == labels
    bench.printer.recover()
    bench.bench.press.look()
    is_out(bench, labels[-1])
    assert copies_printed(bench) == [1, 2, 3, 4]


@pytest.mark.parametrize(("fault", "came_out"), [({"drops_after": 200}, 0), ({"resets_after_label": True}, 1)])
def test_a_connection_lost_after_the_first_byte_asks_whether_the_label_came_out(
    bench: BenchTop, fault: dict[str, int], came_out: int
) -> None:
    bench.printer.suffer(**fault)
    bench.scans(SINGLE)
    number = bench.label("printed or not: unknown")
    bench.printer.recover()
    bench.bench.press.look()
    assert {Command.LABEL_CAME_OUT, Command.LABEL_NOT_OUT} <= set(bench.offered())
    assert queue(bench).heading == "1 label: did it come out?"
    assert len(bench.printer.labels) == came_out
    if came_out:
        assert bench.asks_for(Command.LABEL_CAME_OUT).title == "Came out"
        assert states(bench) == {f"{number}.1": "printed"}
    else:
        assert bench.asks_for(Command.LABEL_NOT_OUT).title == "Printing again"
        bench.label()
        assert states(bench)[f"{number}.1"] == "spoiled"
        assert copies_printed(bench) == [2]
    assert bench.scans(number).title == "Accepted"
    assert len(bench.printer.labels) == 1


def test_a_printer_that_was_slow_has_its_label_and_is_not_sent_it_again(bench: BenchTop) -> None:
    bench.printer.suffer(slow_s=0.1)
    bench.scans(SINGLE)
    assert bench.scans(bench.label()).title == "Accepted"
    assert len(bench.printer.labels) == 1


class TakesNoConnectionOnce:
    """A printer that is ready, and gone when the label is to be sent, once."""

    name = "Label printer"

    def __init__(self, bench: BenchTop) -> None:
        self._printer = bench._printer()
        self.status = self._printer.status
        self._gone = True

    def send(self, label: bytes) -> Sent:
        if self._gone:
            self._gone = False
            return Sent.NOT_SENT
        return self._printer.send(label)


class FailingDisk:
    """The bench's connection, whose next commit fails once it is told so."""

    def __init__(self, raw: Any) -> None:
        self._raw, self.fails = raw, False

    def execute(self, sql: str, *params: Any) -> Any:
        if self.fails and sql == "COMMIT":
            self.fails = False
            raise OSError("no room on the disk")
        return self._raw.execute(sql, *params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


class FillsTheDisk:
    """A printer that takes each label; what comes after the first cannot be recorded at once."""

    name = "Label printer"

    def __init__(self, bench: BenchTop) -> None:
        self._printer = bench._printer()
        self.status = self._printer.status
        self.disk: FailingDisk | None = None

    def send(self, label: bytes) -> Sent:
        sent = self._printer.send(label)
        if self.disk is not None:
            self.disk.fails, self.disk = True, None
        return sent


def test_a_label_whose_sending_could_not_be_recorded_is_recorded_later_and_not_sent_again(bench: BenchTop) -> None:
    bench.close()
    printer = FillsTheDisk(bench)
    bench.make_printer = lambda: printer
    bench.open()
    assert bench.signs_in()

    def fill(ledger: Ledger) -> FailingDisk:
        raw: Any = FailingDisk(ledger.db.raw)
        ledger.db.raw = raw
        return raw

    printer.disk = disk = bench.read(fill)
    bench.scans(SINGLE)
    assert bench.printer.wait_for_labels(1, WAIT_S)
    bench.bench.press.look()
    number = bench.label()
    assert (printer.disk, disk.fails) == (None, False)
    assert bench.count("label.sent") == 1
    assert bench.scans(number).title == "Accepted"
    assert len(bench.printer.labels) == 1


class DriverWithAFault:
    """A printer whose driver fails in a way that nobody foresaw when it is asked how it is, until it is mended."""

    name = "Label printer"
    mended = False

    def __init__(self, bench: BenchTop) -> None:
        self._printer = bench._printer()
        self.send = self._printer.send

    def status(self) -> PrinterStatus:
        if not DriverWithAFault.mended:
            raise ArithmeticError
        return self._printer.status()


def test_a_driver_that_fails_when_it_is_asked_is_said_and_the_labels_wait_until_it_is_mended(bench: BenchTop) -> None:
    bench.close()
    bench.make_printer = lambda: DriverWithAFault(bench)
    bench.open()
    assert bench.signs_in()
    bench.scans(SINGLE)
    bench.label("label waits for the printer")
    assert bench.heading == "Label 1 waits: the printer has a fault"
    DriverWithAFault.mended = True
    bench.bench.press.look()
    assert bench.scans(bench.label()).title == "Accepted"


def test_a_label_of_which_no_byte_left_waits_again_and_comes_out_without_a_question(bench: BenchTop) -> None:
    bench.close()
    bench.make_printer = lambda: TakesNoConnectionOnce(bench)
    bench.open()
    assert bench.signs_in()
    bench.scans(SINGLE)
    bench.wait_until(lambda: bench.count("label.sent") == 1, "the first try")
    assert set(states(bench).values()) == {"intended"}
    bench.bench.press.look()
    assert bench.scans(bench.label()).title == "Accepted"
    assert len(bench.printer.labels) == 1


def test_a_label_is_printed_once_the_printer_holds_none_any_more(bench: BenchTop) -> None:
    with quick(bench):
        bench.scans(SINGLE)
        number = bench.label()
        is_at(bench, f"{number}.1", "printed")
        assert bench.scans(number).title == "Accepted"
    assert bench.count("label.printed") == 1


def test_a_printer_that_went_away_may_have_lost_what_it_held(bench: BenchTop) -> None:
    with quick(bench):
        bench.printer.mind.waiting = 1
        bench.scans(SINGLE)
        number = bench.label()
        bench.printer.suffer(refuses=True)
        bench.wait_until(lambda: not bench.bench.devices()[1].ready, "the printer away")
        bench.printer.mind.waiting = 0
        bench.printer.recover()
        bench.bench.press.look()
        bench.wait_until(lambda: bench.bench.devices()[1].ready, "the printer back")
        assert states(bench) == {f"{number}.1": "sent"}
        assert about(bench, Command.LABEL_NOT_OUT, f"{number}.1") == "Printing again"
        is_at(bench, f"{number}.2", "printed")


def test_of_two_benches_at_one_printer_neither_takes_the_others_labels_for_its_own(
    bench: BenchTop, tmp_path: Path, made_benches: dict[str, Path]
) -> None:
    (tmp_path / "port").mkdir()
    with SimulatedScanner(tmp_path / "port") as scanner:
        other = opened(replace(bench, folder=tmp_path / "other", scanner=scanner), made_benches["rehearsal"])
        try:
            with quick(bench), quick(other):
                bench.printer.mind.waiting = 2
                bench.scans(SINGLE)
                other.scans(ANOTHER)
                own, others = bench.label(), other.label()
                bench.printer.mind.waiting = 1
                assert bench.printer.mind.wait_for_questions(8, WAIT_S)
                assert (states(bench), states(other)) == ({f"{own}.1": "sent"}, {f"{others}.1": "sent"})
                bench.printer.mind.waiting = 0
                is_at(bench, f"{own}.1", "printed")
                is_at(other, f"{others}.1", "printed")
                assert len(bench.printer.labels) == 2
        finally:
            other.close()


def test_a_printer_of_another_resolution_prints_nothing_and_says_what_to_do(bench: BenchTop) -> None:
    bench.printer.suffer(refuses=True)
    bench.bench.press.look()
    bench.scans(SINGLE)
    bench.label("label waits for the printer")
    bench.printer.mind.dots_per_mm = 8
    bench.printer.recover()
    bench.asks_for(Command.RUN_QUEUE)
    bench.wait_until(lambda: bench.heading == "Label 1 waits: the printer prints another resolution", "the words")
    printer = bench.bench.devices()[1]
    assert not printer.ready
    assert "of 203 dpi, and the settings say 300 dpi. Set 203 dpi in Settings, or put the former" in printer.detail
    assert bench.printer.labels == []
    bench.printer.mind.dots_per_mm = 12
    bench.asks_for(Command.RUN_QUEUE)
    assert bench.scans(bench.label()).title == "Accepted"


def test_while_a_label_of_one_patient_lies_on_the_bench_the_next_ones_waits_and_the_screen_says_for_which(
    bench: BenchTop,
) -> None:
    first, second = bench.receives(SINGLE), bench.receives(ANOTHER)
    mine = intends(bench, first, 2)
    bench.bench.press.look()
    is_out(bench, mine)
    theirs = intends(bench, second, 2)
    bench.bench.press.look()
    bench.wait_until(lambda: bench.bench.press.behind, "the queue to stand")
    assert queue(bench).heading == f"1 label waits: label {first} of another patient is not on its tube"
    assert bench.scans(first).title == "Label verified"
    is_out(bench, theirs)


@pytest.mark.parametrize("ends", [(Command.LABEL_SPOILED, "damaged"), (Command.PUT_LABEL_OFF, "tube-frozen")])
def test_a_label_spoiled_or_put_off_lets_the_next_patients_come_out(bench: BenchTop, ends: tuple[Command, str]) -> None:
    first, second = bench.receives(SINGLE), bench.receives(ANOTHER)
    mine = intends(bench, first, 2)
    bench.bench.press.look()
    is_out(bench, mine)
    theirs = intends(bench, second, 2)
    bench.bench.press.look()
    bench.wait_until(lambda: bench.bench.press.behind, "the queue to stand")
    about(bench, ends[0], mine, ends[1])
    is_out(bench, theirs)


def test_a_laboratory_may_let_labels_of_several_patients_lie_on_a_bench(bench: BenchTop) -> None:
    label_rules(bench, one_patient_at_a_time="false")
    first, second = bench.receives(SINGLE), bench.receives(ANOTHER)
    mine, theirs = intends(bench, first, 2), intends(bench, second, 2)
    bench.bench.press.look()
    is_out(bench, theirs)
    assert states(bench)[mine] in {"sent", "printed"}


def test_where_a_laboratory_allows_it_a_label_put_off_does_not_keep_the_next_patient_waiting(bench: BenchTop) -> None:
    label_rules(bench, one_patient_at_a_time="false")
    bench.scans(SINGLE)
    bench.label()
    bench.says(Command.PUT_LABEL_OFF, "tube-frozen")
    assert bench.scans(ANOTHER).title == "Matches"


def test_after_the_laboratorys_number_of_copies_a_second_person_confirms_each_further_one(bench: BenchTop) -> None:
    label_rules(bench, approved_after_copies="2")
    number = bench.receives(SINGLE)
    key = bench.view.tubes[0].key
    assert bench.says(Command.PRINT_AGAIN, "damaged", argument=key).title == "Printing again"
    bench.label()
    assert bench.scans(number).title == "Label verified"
    assert bench.says(Command.PRINT_AGAIN, "damaged", argument=key).title == "A second person confirms"
    assert len(bench.printer.labels) == 2
    assert bench.says(Command.SECOND_PERSON, "countersign").title == "Printing again"
    bench.label()
    assert copies_printed(bench) == [1, 2, 3]
    assert bench.count("second.asked") == 1
    # From the list on Devices it is no other.
    assert about(bench, Command.PRINT_AGAIN, f"{number}.3", "damaged") == "A second person confirms"
    assert bench.says(Command.SECOND_PERSON, "countersign").title == "Printing again"
    bench.wait_until(lambda: len(bench.printer.labels) == 4, "the fourth copy")
    assert copies_printed(bench)[-1] == 4


def test_a_former_copy_is_not_taken_for_the_one_that_still_waits(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bench.printer.suffer(paper_out=True)
    bench.says(Command.PRINT_AGAIN, "damaged", argument=bench.view.tubes[0].key)
    bench.label("label waits for the printer")
    said = bench.scans(number)
    assert said.title == "A former copy"
    assert "wait for copy 2" in said.sentence


def test_find_says_which_copy_of_a_label_is_on_its_tube(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bench.says(Command.PRINT_AGAIN, "damaged", argument=bench.view.tubes[0].key)
    bench.label()
    bench.scans(number)
    found = bench.looks_up(number).find
    assert found is not None
    assert dict(found.facts)["Label"] == "copy 2, on its tube"


def test_a_laboratory_without_a_reason_for_it_is_asked_why_the_label_is_printed_again(bench: BenchTop) -> None:
    text = files("resources").joinpath("rules", "reasons.toml").read_text("utf-8")
    approves(bench, "reasons", text.replace(', "not out"', ""))
    bench.printer.suffer(drops_after=200)
    bench.scans(SINGLE)
    number = bench.label("printed or not: unknown")
    bench.printer.recover()
    assert bench.asks_for(Command.LABEL_NOT_OUT).title == "Print again"
    assert bench.says(Command.PRINT_AGAIN, "lost").title == "Printing again"
    bench.label()
    assert bench.scans(number).title == "Accepted"
    assert states(bench) == {f"{number}.1": "spoiled", f"{number}.2": "verified"}


def test_a_laboratory_has_at_most_six_reasons_for_a_reprint(bench: BenchTop) -> None:
    text = files("resources").joinpath("rules", "reasons.toml").read_text("utf-8")
    seventh = text + '\n[[reason]]\ncode = "more"\nwords = "More"\nfor = ["reprint"]\n'
    with pytest.raises(Refused, match="7 reasons are for a reprint"):
        approves(bench, "reasons", seventh)


def test_of_a_printer_that_never_says_that_a_label_is_out_nobody_waits_for_that(
    closed_bench: BenchTop, tmp_path: Path
) -> None:
    closed_bench.make_printer = lambda: FolderPrinter("Label folder", tmp_path)
    closed_bench.open()
    assert closed_bench.signs_in()
    closed_bench.takes_in(*made_up.expected_file())
    closed_bench.scans(SINGLE)
    closed_bench.wait_until(lambda: "sent" in states(closed_bench).values(), "the label in its folder")
    said = queue(closed_bench).lines[0].detail
    assert said.startswith("sent; this printer does not say when a label is out: scan it on its tube, since ")
