"""At the Plates screen of a joined window: a plan by one scan, a tube moved with the keys, the plan kept."""

from pathlib import Path

import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_racks_in_the_window import RACK, TUBE, at_the_racks

from gms_desktop.domain.commands import Command
from ui.actions import Place

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


def test_a_rack_is_planned_a_tube_moved_by_keys_and_the_plan_kept_and_its_rack_read_next(
    app: QApplication, tmp_path: Path
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
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
