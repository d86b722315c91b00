"""The laboratory's limits in a joined window: opened by their key, one entered in its form, proposed, put in view."""

from pathlib import Path

import pytest
from at_the_bench import application
from PySide6.QtWidgets import QApplication
from test_measure_in_the_window import comes_to, shown

from gms_desktop.domain.commands import Command
from ui.actions import Place

pytestmark = pytest.mark.timeout(120)


def test_a_limit_is_entered_in_its_form_and_proposed_by_key(app: QApplication, tmp_path: Path) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        person.goes_to(Place.MEASURE)
        person.until(lambda: shown(person).heading == "Choose an instrument's file")
        person.gives(Command.SHOW_LIMITS)
        comes_to(person, "Limits")
        screen = person.window.measure
        assert not screen.choose.isVisible()
        person.gives(Command.CHANGE_LIMIT)
        comes_to(person, "Say the limit")
        screen.question.choices.choose("concentration")
        for name, text in (("rule", "EXAMPLE eluate"), ("min", "10"), ("source", "EXAMPLE")):
            screen.question.fields[name].put(text)
        screen.question.confirm.click()
        comes_to(person, "Not proposed yet")
        [limit] = shown(person).lines
        assert limit.sample == "concentration at least 10 ng/µL"
        screen.lines.rows[0].opened.emit(limit.key)
        comes_to(person, "Say the limit")
        assert screen.question.fields["min"].text == "10"
        screen.question.cancel.click()
        person.until(lambda: shown(person).question is None)
        person.gives(Command.PROPOSE_LIMITS)
        comes_to(person, "Proposed")
        assert shown(person).heading == "Approve the limits?"
