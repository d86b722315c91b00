"""NIPT at a window joined to a real bench: from Find to the outcome by keyboard, and the month on Reports."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from at_the_bench import AtTheBench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QWidget

from gms_desktop.domain import dates
from gms_desktop.domain.nipt.codes import Acceptance
from gms_desktop.rehearsal import made_up
from ui.actions import Place

TUBE = "Q26-119004-1"
CTRL = Qt.KeyboardModifier.ControlModifier
BOTH = CTRL | Qt.KeyboardModifier.ShiftModifier


def said(widget: QWidget) -> str:
    """All the words in view, those of buttons too."""
    words = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    words += [button.accessibleName() for button in widget.findChildren(QAbstractButton) if button.isVisible()]
    return "\n".join(words).replace("\u200b", "")


class AtFind:
    """A person at Find with nothing but the keyboard."""

    def __init__(self, person: AtTheBench) -> None:
        self.person, self.screen = person, person.window.find_screen

    def types(self, text: str) -> None:
        QTest.keyClicks(self.person.window.focusWidget(), text)

    def presses(self, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
        QTest.keyClick(self.person.window.windowHandle(), key, modifier)
        self.person.settle()
        self.person.settle()

    def fills(self, fields: dict[str, str]) -> None:
        for name, text in fields.items():
            field = self.screen.question.fields[name].edit
            field.setFocus()
            field.selectAll()
            self.types(text)

    def chooses(self, code: str) -> None:
        self.screen.question.choices.toggle(code).setFocus()
        self.presses(Qt.Key.Key_Return)

    def sees(self, words: str) -> None:
        self.person.until(lambda: words in said(self.screen))


@pytest.fixture
def at_find(rehearsal: AtTheBench) -> AtFind:
    """R. Okafor has received a NIPT tube and found it."""
    rehearsal.signs_in()
    mapping = made_up.expected_file()[2]
    content = files("resources").joinpath("rehearsal", "morning.csv").read_bytes()
    rehearsal.bench.take_in("morning.csv", content, mapping).result()
    rehearsal.scans(TUBE)
    number = rehearsal.printed(1)
    rehearsal.scans(number)
    rehearsal.goes_to(Place.FIND)
    rehearsal.window.activateWindow()
    assert QTest.qWaitForWindowActive(rehearsal.window)
    person = AtFind(rehearsal)
    person.types(number)
    person.presses(Qt.Key.Key_Return)
    person.sees("NIPT form states")
    return person


FORM = {"weight": "68.5 kg", "fetuses": "1", "conditions": "3", "chance": "90", "offered": "yes", "sequence": "1"}


def today() -> str:
    return dates.display(datetime.now(ZoneInfo("Europe/London")).date())


def states_the_form(at_find: AtFind) -> None:
    at_find.presses(Qt.Key.Key_F1)
    at_find.sees("What does the NIPT form")
    at_find.fills({"sampled": today(), "due": today()} | FORM)
    at_find.presses(Qt.Key.Key_C, BOTH)
    at_find.sees("not judged")


def judges(at_find: AtFind, code: Acceptance) -> None:
    at_find.presses(Qt.Key.Key_F2)
    at_find.sees("How is NIPT sample")
    at_find.chooses(code.value)
    at_find.presses(Qt.Key.Key_C, BOTH)


def test_a_sample_goes_from_its_form_to_its_outcome_by_keyboard_and_what_was_typed_stays(at_find: AtFind) -> None:
    states_the_form(at_find)
    judges(at_find, Acceptance.REJECTED)
    at_find.sees("Sample haemolysis observed")
    at_find.fills({"repeat_asked": "yes"})
    at_find.presses(Qt.Key.Key_C, BOTH)
    at_find.sees("Choose why the sample is rejected")
    question = at_find.screen.question
    # The second of two questions is asked again, as it was answered.
    assert question.isVisible()
    assert question.fields["repeat_asked"].text == "yes"
    at_find.chooses("5")
    at_find.presses(Qt.Key.Key_C, BOTH)
    at_find.sees("Sample rejected prior to testing. Repeat bloods are requested.")
    at_find.presses(Qt.Key.Key_F3)
    at_find.sees("Reported to the maternity service on")
    at_find.fills({"reported": today()})
    at_find.presses(Qt.Key.Key_C, BOTH)
    at_find.sees(f"Not tested, reported {today()}")
    at_find.presses(Qt.Key.Key_Z)
    at_find.sees("Undone")
    at_find.sees("awaited")


@pytest.fixture
def at_reports(rehearsal: AtTheBench) -> AtTheBench:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.REPORTS)
    rehearsal.window.activateWindow()
    assert QTest.qWaitForWindowActive(rehearsal.window)
    return rehearsal


def presses(person: AtTheBench, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(person.window.windowHandle(), key, modifier)


def test_a_month_is_chosen_its_files_are_written_by_keyboard_and_the_page_is_kept(
    at_reports: AtTheBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = at_reports.window.reports
    presses(at_reports, Qt.Key.Key_F2)
    at_reports.until(lambda: "S02" in said(screen))
    assert "S06" in said(screen)
    first = screen.nipt.month.text
    presses(at_reports, Qt.Key.Key_F3)
    at_reports.until(lambda: screen.nipt.month.text < first)
    screen.nipt.month.edit.setFocus()
    screen.nipt.month.edit.selectAll()
    QTest.keyClicks(screen.nipt.month.edit, "October")
    QTest.keyClick(screen.nipt.month.edit, Qt.Key.Key_Return, CTRL)
    at_reports.until(lambda: "a month is written as 2026-10" in said(screen))
    assert not screen.nipt.files.isEnabled()
    screen.nipt.month.edit.selectAll()
    QTest.keyClicks(screen.nipt.month.edit, "2025-10")
    presses(at_reports, Qt.Key.Key_W, BOTH)
    at_reports.until(lambda: "Oct 2025" in screen.heading.text())
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(tmp_path))
    presses(at_reports, Qt.Key.Key_S, BOTH)
    at_reports.until(lambda: "are written to" in said(at_reports.window.notices))
    assert (tmp_path / "nipt-findings-2025-10.csv").exists()
    presses(at_reports, Qt.Key.Key_S, BOTH)
    at_reports.until(lambda: "nothing is overwritten" in said(at_reports.window.notices))
    at_reports.goes_to(Place.TODAY)
    at_reports.goes_to(Place.REPORTS)
    assert screen.shows_nipt
    presses(at_reports, Qt.Key.Key_F1)
    at_reports.until(lambda: "specimens were not acceptable" in screen.heading.text())
    assert not screen.shows_nipt
