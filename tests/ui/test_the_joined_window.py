"""The window joined to a real bench: real file, simulated scanner on its line, simulated printer on TCP."""

from __future__ import annotations

from at_the_bench import AtTheBench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import text_statement
from ui.actions import Place
from ui.payloads import FindWanted, FormGiven


def test_a_specimen_goes_from_badge_to_accepted_and_stands_in_find_with_its_history(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    assert rehearsal.scans("r30000000001") == "Found"
    assert rehearsal.window.place is Place.RECEIVE
    assert rehearsal.scans("Q26-118834-1") == "Matches"
    number = rehearsal.printed(1)
    rehearsal.until(lambda: "scan the label" in rehearsal.window.receive.heading.text())
    assert rehearsal.scans(number) == "Accepted"
    # What other programs and a shared screen see of the window names the bench and nobody.
    assert rehearsal.window.windowTitle() == rehearsal.bench.settings.bench
    rehearsal.goes_to(Place.FIND)
    rehearsal.desk.scanner.scan(number)
    rehearsal.until(lambda: rehearsal.window.find_screen.heading.text() == number)


def test_a_name_is_found_by_its_beginning(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.FIND)
    rehearsal.window.find_wanted.emit(FindWanted("oyel"))
    rehearsal.until(lambda: "3 things found" in rehearsal.window.find_screen.heading.text())


def test_a_scan_at_a_locked_screen_is_recorded_and_does_nothing(rehearsal: AtTheBench) -> None:
    assert rehearsal.scans("Q26-118834-1") == "Locked"
    assert rehearsal.window.locked
    assert rehearsal.bench.receive_view().result().tubes == ()


def labels(rehearsal: AtTheBench) -> set[str]:
    """How far each label is."""
    rows = rehearsal.bench.recorder.read(lambda ledger: ledger.db.tuples(text_statement("SELECT state FROM label")))
    return {state for (state,) in rows.result()}


def test_hold_asks_in_the_work_area_and_cancel_changes_nothing(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.scans("Q26-118901-1")
    rehearsal.printed(1)
    # What the printer says of the label is recorded a moment after it came out.
    rehearsal.until(lambda: labels(rehearsal) == {"printed"})
    rehearsal.gives(Command.HOLD)
    assert "held" in rehearsal.window.receive.heading.text()
    before = rehearsal.entries()
    rehearsal.gives(Command.CANCEL)
    assert rehearsal.entries() == before


BURSTS = ("Q26-118834-1\r", "26-118834-1\t", " \r\r", "r30000000001\r")


def test_a_leaked_scan_typed_as_plain_keys_saves_nothing_on_any_screen(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.scans("Q26-118901-1")
    rehearsal.printed(1)
    rehearsal.until(lambda: _label_settled(rehearsal))
    rehearsal.application._scan_filter.stop()
    for place in Place:
        rehearsal.goes_to(place)
        before = rehearsal.entries()
        for burst in BURSTS:
            for char in burst:
                key = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, " ": Qt.Key.Key_Space}.get(char, char)
                QTest.keyClick(rehearsal.window.windowHandle(), key)
        rehearsal.settle()
        assert rehearsal.entries() == before, place


def _label_settled(person: AtTheBench) -> bool:
    view = person.bench.receive_view().result()
    return any(tube.state == "label awaited" for tube in view.tubes)


def test_the_first_start_says_what_is_missing_and_then_opens_a_bench(first_start: AtTheBench) -> None:
    window = first_start.window
    assert window.screen_in_view is window.set_up
    said = {name: "" for name, _ in window.set_up.entered().fields}
    said |= {"scanner_mode": "keyboard", "printer_port": "9100"}
    window.set_up_given.emit(FormGiven(tuple(said.items())))
    assert first_start.application.bench is None
    said |= {
        "laboratory": "Genomic Laboratory", "ods_code": "R0A", "letter": "K", "bench_name": "Bench 7",
        "administrator": "A. Admin", "badge": "B-1", "pin": "135790", "pin_again": "135790",
    }  # fmt: skip
    window.set_up_given.emit(FormGiven(tuple(said.items())))
    first_start.until(lambda: first_start.application.joined is not None)
    assert first_start.bench.strip().ribbon == ""
    assert first_start.bench.settings.bench == "Bench 7"
