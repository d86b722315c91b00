"""At the Measure screen of a joined window: a file is dropped, looked at, saved by its key; what waits is claimed."""

from dataclasses import replace
from pathlib import Path

import fixtures_measure
import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from test_racks_in_the_window import TUBE, at_the_racks

from devices.simulators.balance import SimulatedBalance
from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer
from gms_desktop.settings import BalanceSettings, InstrumentSettings, NamedFolder
from ui import measure_desk
from ui.actions import Place
from ui.dropped import DroppedFiles
from ui.payloads import FileGiven, Given
from ui.screens.measure import MeasureScreen

pytestmark = pytest.mark.timeout(120)
HEADINGS = (
    "Run ID,Assay Name,Test Name,Test Date,Qubit® tube conc.,Units,Original sample conc.,Units,Sample Volume (µL),"
    "Dilution Factor"
)


def qubit_file(folder: Path, *samples: str) -> Path:
    path = folder / "run.csv"
    rows = [f"2026-11-23,HS,{name},11/23/2026 9:40:54 AM,30.4,ng/mL,50.2,ng/µL,1,200" for name in samples]
    path.write_text("\n".join((HEADINGS, *rows)) + "\n", encoding="utf-8")
    return path


def shown(person: AtTheBench):
    return person.window.measure.view


def comes_to(person: AtTheBench, title: str) -> None:
    person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == title)
    assert person.window.place is Place.MEASURE


def let_go(*paths: Path) -> tuple[QMimeData, QDropEvent]:
    """Files let go over a window; the event knows its data for as long as somebody holds them."""
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    return dropped, QDropEvent(QPointF(9, 9), copy, dropped, Qt.MouseButton.LeftButton, none)


def drops(person: AtTheBench, path: Path) -> None:
    _held, event = let_go(path)
    person.window.measure.dropEvent(event)


def drops_anywhere(person: AtTheBench, *paths: Path) -> None:
    """On the window itself, beside what screens take where it is dropped."""
    assert person.window.acceptDrops()
    _held, event = let_go(*paths)
    # Qt hands a window no drop but one that it carried there itself: it is put to whoever hears the window's events.
    [hears] = person.window.findChildren(DroppedFiles)
    assert hears.eventFilter(person.window, event) is event.isAccepted()


def test_a_file_dropped_anywhere_on_the_window_goes_where_its_content_belongs(
    app: QApplication, tmp_path: Path
) -> None:
    rack, letter = tmp_path / "scan.csv", tmp_path / "letter.csv"
    lines = [f"{row}{column:02d},NO READ" for row in "ABCDEFGH" for column in range(1, 13)]
    rack.write_text("\n".join(["Position,Barcode", *lines, ""]))
    letter.write_text("Dear colleague\n")
    with application(app, tmp_path / "bench", rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        run = qubit_file(tmp_path, TUBE)
        drops_anywhere(person, run)
        person.settle()
        assert person.bench.desk.measure.file == "", "the screen is locked"
        person.signs_in()
        assert person.window.place is not Place.MEASURE
        drops_anywhere(person, run, letter)
        drops_anywhere(person, letter)
        comes_to(person, "File not read")
        assert "letter.csv is not a file that can be understood here" in shown(person).verdict.sentence
        drops_anywhere(person, rack)
        person.until(lambda: person.window.place is Place.RACKS)
        person.until(lambda: person.window.racks._view.verdict is not None)
        drops_anywhere(person, run)
        person.until(lambda: shown(person).file == "run.csv")
        comes_to(person, "Look at both sides")


def test_a_file_is_dropped_saved_by_its_key_and_a_reading_is_claimed_by_a_scan(
    app: QApplication, tmp_path: Path
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        number = at_the_racks(person)
        person.goes_to(Place.MEASURE)
        person.until(lambda: shown(person).heading == "Choose an instrument's file")
        letter = tmp_path / "letter.csv"
        letter.write_text("Dear colleague\n")
        drops(person, letter)
        comes_to(person, "File not read")
        drops(person, qubit_file(tmp_path, TUBE, "second elution"))
        comes_to(person, "Look at both sides")
        assert shown(person).lines[0].tube.startswith(TUBE)
        person.gives(Command.SAVE_RUN)
        comes_to(person, "Saved")
        [waits] = shown(person).lines
        person.window.measure.lines.rows[0].opened.emit(waits.key)
        comes_to(person, "Scan its tube")
        person.desk.scanner.scan(TUBE)
        comes_to(person, "Claimed")
        assert shown(person).lines == ()
        person.window.measure.file_given.emit(FileGiven(str(tmp_path / "run.csv")))
        comes_to(person, "Taken in before")
        assert number
        person.window.command_given.emit(Given(Command.SAVE_RUN, None, ""))
        comes_to(person, "No file is open")


def test_what_an_instrument_exports_into_its_folder_is_offered_once_it_lies_still(
    app: QApplication, tmp_path: Path
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        person.bench.settings = replace(
            person.bench.settings, instruments=InstrumentSettings((NamedFolder("Qubit 2", str(folder)),))
        )
        qubit_file(folder, "x")
        person.goes_to(Place.MEASURE)
        person.until(person.window.measure.next.isVisible)
        assert "run.csv" in person.window.measure.next.text()
        person.window.measure.next.click()
        comes_to(person, "Look at both sides")
        person.gives(Command.SAVE_RUN)
        comes_to(person, "Saved")
        person.until(lambda: not person.window.measure.next.isVisible())


def test_what_comes_in_a_folder_is_told_on_today_while_another_screen_is_open(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure_desk, "_LOOK_BESIDE_MS", 20)
    folder = tmp_path / "exports"
    folder.mkdir()
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        person.bench.settings = replace(
            person.bench.settings, instruments=InstrumentSettings((NamedFolder("Qubit 2", str(folder)),))
        )
        person.goes_to(Place.TODAY)
        qubit_file(folder, "x")
        told = person.window.today
        person.until(lambda: any("run.csv" in one.text() for one in told.findChildren(QLabel)))
        assert person.window.place is Place.TODAY


def test_a_tube_is_scanned_and_weighed_by_its_key(app: QApplication, tmp_path: Path) -> None:
    with application(app, tmp_path, rehearsal=True) as person, SimulatedBalance(tmp_path) as balance:
        person.until(lambda: person.application.joined is not None)
        at_the_racks(person)
        at = BalanceSettings("mt-sics", balance.url, parity="N")
        person.bench.settings = replace(person.bench.settings, balance=at)
        balance.lay("0.0213")
        person.goes_to(Place.MEASURE)
        person.until(person.window.measure.weigh.isVisible)
        person.window.measure.weigh.click()
        comes_to(person, "Scan it first")
        person.desk.scanner.scan(TUBE)
        comes_to(person, "Tube")
        assert shown(person).on_pan == TUBE
        person.window.measure.tare.click()
        comes_to(person, "Tared")
        balance.fill("0.0500")
        person.window.measure.weigh.click()
        comes_to(person, "Weighed")
        assert shown(person).verdict.sentence.startswith(f"{TUBE}: 0.0500 g beside its container of 0.0213 g.")
        assert not person.window.measure.tare.isVisible()


def test_the_qc_report_of_the_run_is_made_by_its_key(app: QApplication, tmp_path: Path) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        at_the_racks(person)
        person.goes_to(Place.MEASURE)
        person.until(lambda: shown(person).heading == "Choose an instrument's file")
        drops(person, qubit_file(tmp_path, TUBE))
        comes_to(person, "Read")
        person.gives(Command.SAVE_RUN)
        comes_to(person, "Saved")
        [of_run] = [one for one in person.window.measure.findChildren(QPushButton) if "Ctrl Shift W" in one.text()]
        person.until(of_run.isVisible)
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_W, keys)
        comes_to(person, "Report made")


def test_which_reading_stands_is_asked_and_answered_on_find(app: QApplication, tmp_path: Path) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        at_the_racks(person)
        person.goes_to(Place.MEASURE)
        for place in ("first", "second"):
            (tmp_path / place).mkdir()
            path = qubit_file(tmp_path / place, TUBE, place)
            person.window.measure.file_given.emit(FileGiven(str(path)))
            comes_to(person, "Look at both sides")
            person.gives(Command.SAVE_RUN)
            comes_to(person, "Saved")
        person.goes_to(Place.FIND)
        person.desk.scanner.scan(TUBE)
        desk = person.application.joined
        person.until(lambda: any(one.command is Command.READING_STANDS for one in desk._find.offers))
        offer = next(one for one in desk._find.offers if one.command is Command.READING_STANDS)
        person.window.command_given.emit(Given(Command.READING_STANDS, None, offer.argument))
        person.until(lambda: desk._find.question is not None)
        asked = desk._find.question
        answer = Answer((asked.choices[0].code,), "A bubble in the second", subject=asked.subject)
        person.window.command_given.emit(Given(Command.READING_STANDS, answer, offer.argument))
        person.until(lambda: desk._find.verdict is not None and desk._find.verdict.title == "It stands")
        assert person.window.place is Place.FIND


def test_hundreds_of_lines_are_all_shown_and_nobody_waits_for_them(app: QApplication) -> None:
    screen = MeasureScreen()
    lines = tuple(replace(fixtures_measure.FILE.lines[1], key=f"0/{place}") for place in range(200))
    screen.paint(replace(fixtures_measure.FILE, lines=lines))
    assert len(screen.lines.rows) < 50
    for _ in range(200):
        app.processEvents()
    assert len(screen.lines.rows) == 200
    screen.paint(fixtures_measure.WAITING)
    assert sum(not row.isHidden() for row in screen.lines.rows) == len(fixtures_measure.WAITING.lines)
