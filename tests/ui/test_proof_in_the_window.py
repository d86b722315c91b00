"""At the Reports screen of a joined window: records are proved beside the work, come back to, and stopped, by keys."""

from pathlib import Path

import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gms_desktop.protection_words import AUDIT_NOTHING
from ui import preview_words
from ui.actions import Place, ScreenAct
from ui.screens.preview import PreviewScreen

pytestmark = pytest.mark.timeout(120)


def asks_for_the_proof(person: AtTheBench) -> PreviewScreen:
    person.goes_to(Place.REPORTS)
    QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_F10, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: any(one.isVisible() for one in person.window.findChildren(PreviewScreen)))
    return next(one for one in person.window.findChildren(PreviewScreen) if one.isVisible())


def test_a_proof_is_made_while_somebody_works_elsewhere_and_shown_when_they_come_back_or_is_stopped(
    app: QApplication, tmp_path: Path
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        looks_at_the_audit_trail(person)
        screen = asks_for_the_proof(person)
        close = screen.buttons[ScreenAct.PREVIEW_CLOSE]
        assert preview_words.STOP in close.text()
        person.goes_to(Place.TODAY)
        assert not screen.isVisible()
        person.until(lambda: preview_words.STOP not in close.text())
        person.until(lambda: any("proof-of-this-bench.pdf is ready" in one for one in person.bench.strip().notices))
        assert asks_for_the_proof(person) is screen
        person.until(lambda: "Everything holds" in screen.page.accessibleDescription())
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)
        asks_for_the_proof(person)
        assert preview_words.STOP in close.text()
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)
        person.until(lambda: not screen.isVisible())
        assert person.window.place is Place.REPORTS


def looks_at_the_audit_trail(person: AtTheBench) -> None:
    """Its page comes by its key and shows what is asked for; a day that is none is told."""
    person.goes_to(Place.REPORTS)
    QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    trail = person.window.reports.trail
    person.until(lambda: trail.isVisible() and trail.view.read)
    trail.fields["from"].put("")
    trail.fields["to"].put("")
    trail.show_part.click()
    person.until(lambda: bool(trail.view.rows))
    for name in ("from", "to"):
        trail.fields[name].put("01-Jan-2020")
    trail.show_part.click()
    person.until(lambda: not trail.view.rows)
    assert AUDIT_NOTHING in {label.text() for label in trail.findChildren(QLabel) if label.isVisible()}
    trail.fields["from"].put("soon")
    trail.show_part.click()
    person.until(lambda: bool(trail.view.problems))
