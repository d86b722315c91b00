"""The list of keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import words
from ui.actions import every_key
from ui.screens.screen import Screen
from ui.theme.tokens import Space
from ui.widgets.card import Card, Scroll
from ui.widgets.text import Words

_COLUMNS = 2


class KeysScreen(Screen):
    """Made from the one table of keys, so that it is never out of date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Keys", parent)
        self.order(words.KEYS_HEADING)
        scroll = Scroll(words.KEYS_HEADING)
        scroll.body.addWidget(Words("sentence", words.KEYS_NOTE))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.EDGE)
        grid.setVerticalSpacing(Space.TIGHT)
        keys = every_key()
        deep = -(-len(keys) // _COLUMNS)
        for place, (key, meaning) in enumerate(keys):
            row, column = place % deep, place // deep * 2
            grid.addWidget(Words("code", key, wrap=False), row, column, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Words("sentence", meaning), row, column + 1)
            grid.setColumnStretch(column + 1, 1)
        scroll.body.addLayout(grid)
        scroll.body.addStretch(1)
        card = Card()
        card.body.addWidget(scroll, 1)
        self.body.addWidget(card, 1)
