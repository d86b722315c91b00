"""Choices of which only one can be so: pressing another takes the first back; what stands beside them is left."""

from __future__ import annotations

import fixtures_tissue
import pytest
from PySide6.QtWidgets import QApplication

from ui.widgets.question_panel import QuestionPanel

pytestmark = pytest.mark.usefixtures("app")


def test_scrolls_are_chosen_instead_of_slides_and_what_else_was_chosen_stays(app: QApplication) -> None:
    panel = QuestionPanel()
    panel.paint(fixtures_tissue.ASKED.question)
    assert panel.choices.chosen() == ("slide",)
    panel.choices.toggle("nothing is left").click()
    panel.choices.toggle("scroll tube").click()
    assert panel.choices.chosen() == ("scroll tube", "nothing is left")
    assert panel.choices.toggle("slide").accessibleName() == "Into: Slide, not chosen"
    panel.choices.toggle("scroll tube").click()
    assert panel.choices.chosen() == ("nothing is left",)
    app.processEvents()
