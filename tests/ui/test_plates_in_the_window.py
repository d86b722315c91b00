"""At the Plates screen of a joined window: a plan by one scan, a tube moved with the keys, the plan kept."""

from pathlib import Path

import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_racks_in_the_window import RACK, TUBE, at_the_racks, has_reader, reader

from devices.simulators.fluidx_reader import SimulatedFluidxReader
from gms_desktop import plating_words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import text_statement
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.rehearsal import made_up
from ui.actions import Place
from ui.payloads import PinGiven

__all__ = ["reader"]
PLATE = "PL-000123"
pytestmark = pytest.mark.timeout(120)


def shown(person: AtTheBench):
    return person.window.plates._view


def title(person: AtTheBench, expected: str) -> None:
    person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == expected)
    assert person.window.place is Place.PLATES


def chooses(person: AtTheBench, *steps: Qt.Key) -> None:
    """Go over the map and choose the well there."""
    plate_map = person.window.plates.map
    for step in steps:
        QTest.keyClick(plate_map, step)
    QTest.keyClick(plate_map, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def drags(person: AtTheBench, start: str, end: str) -> None:
    """Take a tube with the mouse from one well to another."""
    plate_map = person.window.plates.map
    side, left, top = plate_map._grid()

    def middle(well: str) -> QPoint:
        return QPoint(int(left + (int(well[1:]) - 0.5) * side), int(top + (ord(well[0]) - ord("A") + 0.5) * side))

    QTest.mousePress(plate_map, Qt.MouseButton.LeftButton, pos=middle(start))
    QTest.mouseRelease(plate_map, Qt.MouseButton.LeftButton, pos=middle(end))


def made(person: AtTheBench) -> None:
    """On Racks the rack is read for plating and agrees; the plate then gets its code."""
    racks = person.window.racks
    person.until(lambda: racks._view.rack == RACK and racks.read.isVisible())
    racks.read.click()
    person.until(lambda: any(one.offers for one in racks._view.findings))
    for act in (Command.WELLS_EMPTY, Command.SAVE_RACK):
        person.gives(act)
    person.until(lambda: person.window.place is Place.PLATES)
    person.desk.scanner.scan(PLATE)
    title(person, "Plate made")


def answers(person: AtTheBench, key: Qt.Key, *choices: str, **fields: str) -> None:
    """Ask by its key, choose, enter and confirm."""
    asked = person.window.plates.question
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(person.window.windowHandle(), key, both)
    person.until(asked.isVisible)
    asked.choices.choose(*choices)
    for name, text in fields.items():
        asked.fields[name].edit.setText(text)
    asked.confirm.click()


def second_may_confirm(ledger: Ledger) -> None:
    """Everybody at this bench may confirm what is discarded."""
    rows = ledger.db.all(text_statement("SELECT id FROM operator"))
    held = ledger.db.all(text_statement("SELECT id FROM operator_role WHERE role = 'administrator'"))
    by = str(held[0]["id"]).partition("/")[0]
    body = {"role": "senior", "granter": by, "laboratory": ledger.head.scope}
    ledger.append([Draft("role.granted", body | {"operator": row["id"]}) for row in rows], by)


def left_out_and_discarded(person: AtTheBench) -> None:
    """The only tube was taken out of its rack: its well is left out, and the plate goes before a second person."""
    tube = person.bench.recorder.read(lambda ledger: rack_look_up.tube_by_code(ledger.db, TUBE)).result()
    person.bench.command(Command.TAKE_OUT_TUBE, None, tube["id"]).result()
    person.desk.scanner.scan(PLATE)
    person.until(lambda: any(one.title == plating_words.MAY_NOT_BE_USED for one in shown(person).lines))
    answers(person, Qt.Key.Key_L, "H01", why="It was taken out")
    title(person, "Left out")
    assert {one.look for one in shown(person).wells if one.code} == {plating_words.WELL_LEFT_OUT}
    person.bench.recorder.write(second_may_confirm).result()
    answers(person, Qt.Key.Key_R, "laboratory", "clinical waste")
    asked = person.window.plates.question
    person.until(lambda: asked._question is not None and asked._question.command is Command.SECOND_PERSON)
    assert person.window.place is Place.PLATES
    person.desk.scanner.scan(made_up.PEOPLE[1].badge)
    person.until(lambda: person.window.asking_second)
    person.window.pin_given.emit(PinGiven(made_up.SHORT_PIN))
    title(person, "Plate discarded")
    person.desk.scanner.scan(PLATE)
    title(person, "Was discarded")


def test_a_rack_is_planned_a_tube_moved_the_plate_made_its_well_left_out_and_the_plate_discarded(
    app: QApplication, tmp_path: Path, reader: SimulatedFluidxReader
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        has_reader(person, reader)
        at_the_racks(person)
        person.goes_to(Place.PLATES)
        person.desk.scanner.scan(RACK)
        title(person, "Planned")
        chooses(person)
        title(person, "Now its well")
        chooses(person, Qt.Key.Key_Down, Qt.Key.Key_Right)
        title(person, "Moved")
        assert {one.code: one.well for one in shown(person).wells if one.code} == {TUBE: "B02"}
        drags(person, "B02", "H01")
        person.until(lambda: {one.code: one.well for one in shown(person).wells if one.code} == {TUBE: "H01"})
        person.gives(Command.PLATE_KEEP)
        title(person, "Plan kept")
        person.gives(Command.PLATE_RESCAN)
        person.until(lambda: person.window.place is Place.RACKS)
        made(person)
        left_out_and_discarded(person)
