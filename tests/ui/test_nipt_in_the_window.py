"""NIPT at a window joined to a real bench: from Find to the outcome by keyboard, and the month on Reports."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from at_the_bench import AtTheBench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

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


def test_a_sample_goes_from_its_form_to_its_outcome_by_keyboard(at_find: AtFind) -> None:
    states_the_form(at_find)
    judges(at_find, Acceptance.INELIGIBLE)
    # By her due date she is at 40 weeks: that the sample is ineligible follows, and is recorded at once.
    at_find.sees("Ineligible for FASP pathway")
    at_find.presses(Qt.Key.Key_F3)
    at_find.sees("Reported to the maternity service on")
    at_find.fills({"reported": today()})
    at_find.presses(Qt.Key.Key_C, BOTH)
    at_find.sees(f"Not tested, reported {today()}")
    at_find.presses(Qt.Key.Key_Z)
    at_find.sees("Undone")
    at_find.sees("awaited")


def test_a_question_that_comes_second_stays_with_its_problem_and_what_was_typed(at_find: AtFind) -> None:
    states_the_form(at_find)
    judges(at_find, Acceptance.REJECTED)
    at_find.sees("Sample haemolysis observed")
    at_find.fills({"repeat_asked": "yes"})
    at_find.presses(Qt.Key.Key_C, BOTH)
    at_find.sees("Choose why the sample is rejected")
    question = at_find.screen.question
    assert question.isVisible()
    assert question.fields["repeat_asked"].text == "yes"
    at_find.chooses("5")
    at_find.presses(Qt.Key.Key_C, BOTH)
    at_find.sees("Sample rejected prior to testing. Repeat bloods are requested.")
