"""The plugs window: whatever it says, its rows stand below one another."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QApplication

from ui import words
from ui.plugs import Plugs
from ui.theme.tokens import ThemeName
from ui.theme.wear import wear


def test_no_button_of_the_plugs_stands_over_another(app: QApplication):
    wear(app, ThemeName.LIGHT)
    plugs = Plugs()
    plugs.show()
    for name in ("Cable of bench 1", "Cable of bench 2", "Hub"):
        plugs._row(name, lambda: None)
    for state, button in zip(plugs.states, plugs.buttons, strict=True):
        state.setText("✓  plugged in")
        button.setText("Pull it out")
    for sentence in (words.PLUGS_PREPARING, words.PLUGS_NOTE, words.PLUGS_NOTE * 2):
        plugs._say(sentence)
        for _ in range(3):
            app.processEvents()
        inside = plugs.rect()
        placed = [button.geometry() for button in plugs.buttons]
        assert all(inside.contains(one) for one in placed)
        assert all(upper.bottom() < lower.top() for upper, lower in pairwise(placed))
        assert plugs._note.geometry().bottom() < placed[0].top()
    plugs.close()
    plugs.end()
    plugs.deleteLater()
