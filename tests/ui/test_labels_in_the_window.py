"""The Labels screen at a window that is joined to a real bench."""

from __future__ import annotations

from at_the_bench import AtTheBench
from fixtures_labels import BOX, NOT_RELEASED, look
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.rehearsal.labels_read import number_on
from gms_desktop.services.views import Answer
from ui.actions import Place
from ui.main_window import MainWindow
from ui.payloads import Given
from ui.screens.labels import LabelsScreen
from ui.widgets.label_pixels import LabelPixels

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def labels(person: AtTheBench) -> LabelsScreen:
    """Signed in, and on the screen."""
    person.signs_in()
    person.goes_to(Place.LABELS)
    person.until(lambda: "Read from these pixels" in said(person.window.labels))
    return person.window.labels


def value(screen: LabelsScreen, measure: str) -> str:
    return screen.measures.fields[measure].text


def chooses(person: AtTheBench, name: str) -> None:
    person.window.labels.field_chosen.emit(name)


def test_a_field_goes_where_the_arrow_keys_send_it_and_changes_its_size(rehearsal: AtTheBench) -> None:
    screen = labels(rehearsal)
    chooses(rehearsal, "surname")
    screen.pixels.setFocus()
    QTest.keyClick(screen.pixels, Qt.Key.Key_Right)
    QTest.keyClick(screen.pixels, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(screen.pixels, Qt.Key.Key_Up)
    QTest.keyClick(screen.pixels, Qt.Key.Key_Left, CONTROL)
    assert (value(screen, "x"), value(screen, "y"), value(screen, "width")) == ("11.1", "5.4", "39.9")
    assert screen.heading.text() == "Labels: changes not proposed yet"
    assert screen.propose.isEnabled()
    assert not screen.test.isEnabled()
    screen.again.click()
    assert (value(screen, "x"), screen.heading.text()) == ("10", "Labels")


def test_page_keys_choose_the_next_field_and_letters_do_nothing(rehearsal: AtTheBench) -> None:
    screen = labels(rehearsal)
    chooses(rehearsal, "matrix")
    screen.pixels.setFocus()
    QTest.keyClick(screen.pixels, Qt.Key.Key_PageDown)
    assert screen.fields.chosen() == ("linear",)
    QTest.keyClick(screen.pixels, Qt.Key.Key_PageUp)
    QTest.keyClicks(screen.pixels, "K7Q20001G\r")
    assert screen.fields.chosen() == ("matrix",)
    assert screen.heading.text() == "Labels"


def test_a_field_is_dragged_and_its_corner_changes_its_size(rehearsal: AtTheBench) -> None:
    screen = labels(rehearsal)
    dragged(screen.pixels, (300, 100), (324, 100))
    assert screen.fields.chosen() == ("surname",)
    assert value(screen, "x") == "12"
    assert screen.heading.text() == "Labels: changes not proposed yet"
    screen.again.click()
    chooses(rehearsal, "hazard_sign")
    corner = screen.pixels._grip(screen.pixels._field()).center().toPoint()  # type: ignore[arg-type]
    dragged(screen.pixels, (corner.x(), corner.y()), (corner.x() - 12, corner.y() - 12))
    assert float(value(screen, "width")) < 2.2


def dragged(pixels: LabelPixels, start: tuple[int, int], end: tuple[int, int]) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(pixels, left, pos=QPoint(*start))
    QTest.mouseMove(pixels, QPoint(*end))
    QTest.mouseRelease(pixels, left, pos=QPoint(*end))


def test_what_does_not_fit_is_said_beside_the_picture_and_cannot_be_proposed(rehearsal: AtTheBench) -> None:
    screen = labels(rehearsal)
    chooses(rehearsal, "linear")
    field = screen.measures.fields["x"].edit
    field.setFocus()
    field.setText("")
    QTest.keyClicks(field, "20")
    assert "Field linear of layout tube-25x51 leaves the label. Move it in" in said(screen)
    assert "Read from these pixels: Data Matrix K7Q20001G" in said(screen)
    assert rehearsal.window.focusWidget() is field
    assert not screen.propose.isEnabled()
    QTest.keyClicks(field, ",nan")
    assert "leaves the label" in said(screen)


def test_a_layout_is_proposed_under_a_version_and_approved(rehearsal: AtTheBench) -> None:
    screen = labels(rehearsal)
    chooses(rehearsal, "laboratory")
    screen.moved.emit(0.2, 0.0)
    screen.propose.click()
    rehearsal.until(lambda: "Not saved" in said(screen))
    assert "Enter a version" in said(screen)
    assert value(screen, "x") == "2.2"
    screen.version.put("2")
    screen.propose.click()
    rehearsal.until(lambda: "Layout proposed" in said(screen))
    assert "Version 2 is proposed by R. Okafor" in said(screen)
    screen.other.click()
    rehearsal.until(screen.approve.isVisible)
    screen.approve.click()
    rehearsal.until(lambda: "second person" in said(screen))
    assert screen.question.isVisible()
    screen.given.emit(Given(Command.SECOND_PERSON, Answer(("countersign",))))
    rehearsal.until(lambda: "Layout approved" in said(screen))
    rehearsal.until(lambda: "Tube, on its side: site layout, version 2" in said(screen))
    assert rehearsal.bench.layouts.laid().layout.field("laboratory").x == 2.2


def test_a_test_label_is_printed_scanned_and_releases_the_layout(rehearsal: AtTheBench) -> None:
    screen = labels(rehearsal)
    assert "In a rehearsal it prints all the same" in said(screen)
    screen.test.click()
    rehearsal.until(lambda: "Scan the test label" in said(screen))
    code = number_on(rehearsal.desk.printer.labels[-1])[0]
    rehearsal.scans(code)
    rehearsal.until(lambda: "Layout released" in said(screen))
    rehearsal.until(lambda: f"{code} was scanned back" in said(screen))
    assert rehearsal.window.place is Place.LABELS


def test_another_layout_and_resolution_are_shown_dot_by_dot(rehearsal: AtTheBench) -> None:
    screen = labels(rehearsal)
    screen.dpi_wanted.emit(203)
    assert "203 dpi: 408 by 200 dots" in said(screen)
    screen.layout_wanted.emit("slide-22x22")
    rehearsal.until(lambda: "203 dpi: 176 by 176 dots" in said(screen))
    assert not screen.tube.isVisible()
    screen.number_wanted.emit("Z0000000X")
    rehearsal.until(lambda: "No label of this bench has the number Z0000000X" in said(screen))


def test_every_dot_is_a_whole_number_of_the_screens_pixels(window: MainWindow) -> None:
    pixels, shown = LabelPixels(window), look(NOT_RELEASED, dpi=203)
    for zoom in (1, 2, 3):
        pixels.enlarge(zoom)
        pixels.paint(shown.trial.picture, shown.layout, 8, "", frozenset())
        drawn: QImage = pixels._picture.toImage()
        assert (drawn.width(), drawn.height()) == (408 * zoom, 200 * zoom)
        for x, y in ((30, 30), (16, 16), (200, 180)):
            dot = shown.trial.picture.getpixel((x, y))
            square = {drawn.pixelColor(x * zoom + i, y * zoom + j).red() for i in range(zoom) for j in range(zoom)}
            assert square == {dot}
    assert pixels.middle() is None
    assert pixels.zoom == 3
    pixels.enlarge(99)
    assert pixels.zoom == 8


def test_where_the_label_goes_is_said_to_a_screen_reader_too(window: MainWindow) -> None:
    window.go(Place.LABELS)
    window.labels.paint(NOT_RELEASED)
    window.labels.look(look(NOT_RELEASED))
    name = window.labels.tube.accessibleName()
    assert "begins 12 mm below the cap" in name
    assert "15.8 mm round the tube stay free: sender's name, number and fill line" in name
    window.labels.paint(BOX)
    window.labels.look(look(BOX, chosen="matrix"))
    assert not window.labels.tube.isVisible()


def test_the_codes_of_a_large_label_are_read_once_the_keys_rest(rehearsal: AtTheBench) -> None:
    screen = labels(rehearsal)
    screen.layout_wanted.emit("box-100x150")
    screen.dpi_wanted.emit(600)
    rehearsal.until(lambda: "Code 128" in said(screen))
    rehearsal.until(lambda: "2400 by 3600 dots" in said(screen))
    chooses(rehearsal, "matrix")
    screen.moved.emit(0.1, 0.0)
    assert "Its codes are being read" in said(screen)
    assert not screen.propose.isEnabled()
    rehearsal.until(screen.propose.isEnabled)
    assert "Read from these pixels: Data Matrix" in said(screen)


def test_what_is_not_released_is_not_shown_as_done_in_a_rehearsal_either(rehearsal: AtTheBench) -> None:
    screen = labels(rehearsal)
    assert "Not released for this printer" in said(screen)
    assert screen._released.property("tone") == "attention"
