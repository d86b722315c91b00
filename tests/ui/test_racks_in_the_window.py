"""At the Racks screen of a joined window: scans bind and fill, the rack is read on a reader, findings are seen to."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from devices.simulators.fluidx_reader import SimulatedFluidxReader
from devices.simulators.rack import SimulatedRack
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import text_statement
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import rack_scans
from gms_desktop.services.rack_views import Sign
from gms_desktop.services.views import Answer
from gms_desktop.settings import RackReaderSettings
from ui.actions import Place
from ui.payloads import FileGiven, Given

pytestmark = pytest.mark.timeout(120)
RACK, TUBE = "SA00000017", "FD20024619"


@pytest.fixture
def reader() -> Iterator[SimulatedFluidxReader]:
    with SimulatedFluidxReader(SimulatedRack({"A01": TUBE}, RACK)) as made:
        yield made


def at_the_racks(person: AtTheBench) -> str:
    """A specimen accepted, its DNA bound to a tube in a new rack; the specimen's number."""
    person.signs_in()
    person.scans("Q26-118901-1")
    number = person.printed(1)
    assert person.scans(number) == "Accepted"
    person.goes_to(Place.RACKS)
    title(person, RACK, "Not known here")
    person.window.command_given.emit(Given(Command.REGISTER_RACK, None, RACK))
    person.until(lambda: shown(person).rack == RACK)
    title(person, number, "Now the tube")
    title(person, TUBE, "Bound")
    return number


def shown(person: AtTheBench):
    return person.window.racks._view


def title(person: AtTheBench, code: str, expected: str) -> None:
    person.desk.scanner.scan(code)
    person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == expected)
    assert person.window.place is Place.RACKS


def has_reader(person: AtTheBench, reader: SimulatedFluidxReader) -> None:
    said = RackReaderSettings("fluidx", f"127.0.0.1:{reader.port}")
    person.bench.settings = replace(person.bench.settings, rack_reader=said)


def test_a_rack_filled_by_scans_is_read_compared_and_saved_without_leaving_the_screen(
    app: QApplication, tmp_path: Path, reader: SimulatedFluidxReader
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        has_reader(person, reader)
        number = at_the_racks(person)
        person.until(lambda: shown(person).wells[0].holds == number)
        person.window.racks.read.click()
        person.until(lambda: any(one.command is Command.SAVE_RACK for one in shown(person).offers))
        assert shown(person).wells[0].sign is Sign.DISC
        person.gives(Command.SAVE_RACK)
        person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == "Saved")
        # Another bench takes the tube out: what it changed is shown, and what was said here stays in view.
        person.bench.recorder.write(lambda ledger: taken_out_elsewhere(ledger, person)).result(30)
        person.bench.changed()
        person.until(lambda: not shown(person).wells[0].code)
        assert shown(person).verdict.title == "Saved"


def taken_out_elsewhere(ledger: Ledger, person: AtTheBench) -> None:
    tube = rack_look_up.tube_by_code(ledger.db, TUBE)
    assert tube is not None
    ledger.append([rack_scans.taken_out(ledger, person.bench.desk, tube)], None)


def test_the_reader_and_its_file_are_offered_before_anything_is_scanned(
    app: QApplication, tmp_path: Path, reader: SimulatedFluidxReader
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        has_reader(person, reader)
        person.signs_in()
        person.goes_to(Place.RACKS)
        assert not shown(person).offers
        assert person.window.racks.choose.isVisible()
        assert person.window.racks.read.isVisible()


def test_a_reader_that_is_away_or_hangs_up_is_said_on_the_screen_and_nothing_is_recorded(
    app: QApplication, tmp_path: Path, reader: SimulatedFluidxReader
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        has_reader(person, reader)
        at_the_racks(person)
        person.window.racks.read.click()
        person.until(lambda: Command.SAVE_RACK in {one.command for one in shown(person).offers})
        reader.suffer(hangs_up_after=40)
        person.window.racks.read.click()
        person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == "Rack not read")
        assert "ended the connection" in shown(person).verdict.sentence
        # What was read before may be so no more: nothing of it is offered to be saved.
        assert Command.SAVE_RACK not in {one.command for one in shown(person).offers}
        person.gives(Command.SAVE_RACK)
        person.until(lambda: shown(person).verdict.title == "No reading")
        before = person.entries()
        reader.close()
        person.window.racks.read.click()
        person.until(lambda: "cannot be reached" in shown(person).verdict.sentence)
        assert person.entries() == before


def test_a_rack_that_was_read_while_the_screen_was_locked_is_recorded_under_nobody_and_that_is_said(
    app: QApplication, tmp_path: Path, reader: SimulatedFluidxReader
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        has_reader(person, reader)
        at_the_racks(person)
        with reader.still_reading():
            person.window.racks.read.click()
            assert reader.wait_for("get", 30)
            person.gives(Command.LOCK)
            person.until(lambda: person.window.locked)
        person.until(lambda: not person.application.joined._desks[Place.RACKS]._under_way)
        person.signs_in()
        person.goes_to(Place.RACKS)
        person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == "Read it again")
        assert shown(person).findings == ()
        rows = person.bench.recorder.read(lambda ledger: ledger.db.all(text_statement("SELECT read FROM rack")))
        assert [row["read"] for row in rows.result(30)] == [None]


def test_a_file_of_the_reader_is_taken_and_one_of_another_sort_is_refused_in_words(
    app: QApplication, tmp_path: Path
) -> None:
    rack = tmp_path / "scan.csv"
    lines = [
        f"{row}{column:02d},{TUBE if (row, column) == ('B', 1) else 'NO READ'}"
        for row in "ABCDEFGH"
        for column in range(1, 13)
    ]
    rack.write_text("\n".join(["Position,Barcode", *lines, ""]))
    other = tmp_path / "other.csv"
    other.write_text("name,value\nsomething,1\n")
    with application(app, tmp_path / "bench", rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        at_the_racks(person)
        person.window.rack_file_given.emit(FileGiven(str(other)))
        person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == "Rack not read")
        person.window.rack_file_given.emit(FileGiven(str(rack)))
        person.until(lambda: any(line.title == "A01 and B01 moved" for line in shown(person).findings))
        moved = {one.well: one.sign for one in shown(person).wells if one.sign is Sign.ARROWS}
        assert moved == {"A01": Sign.ARROWS, "B01": Sign.ARROWS}


def on_the_strip(person: AtTheBench) -> list[str]:
    words = [label.text() for label in person.window.findChildren(QLabel) if label.isVisible()]
    return [one for one in words if "Rack reader" in one]


def test_the_foot_strip_says_how_the_rack_reader_was_when_it_was_asked_last(
    app: QApplication, tmp_path: Path, reader: SimulatedFluidxReader
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.until(lambda: on_the_strip(person) == ["Rack reader, not asked yet"])
        has_reader(person, reader)
        at_the_racks(person)
        person.window.racks.read.click()
        person.until(lambda: on_the_strip(person) == ["Rack reader ✓"])
        reader.close()
        person.window.racks.read.click()
        person.until(lambda: on_the_strip(person) == ["!  Rack reader away"])


def test_the_size_of_a_new_rack_is_chosen_by_keys(app: QApplication, tmp_path: Path) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        person.goes_to(Place.RACKS)
        title(person, RACK, "Not known here")
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_F3, Qt.KeyboardModifier.ControlModifier)
        person.until(lambda: shown(person).question is not None)
        person.window.command_given.emit(Given(Command.RACK_SIZE, Answer(("9x9",), subject=RACK)))
        person.until(lambda: shown(person).rack == RACK)
        assert (shown(person).rows, shown(person).columns) == (9, 9)
