"""A session without PIN: who, why, and more about it. For somebody who works here and has no badge or PIN now."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gms_desktop.people_words import BREAK_GLASS_REASONS
from gms_desktop.services.views import Choice
from ui import people_words as said
from ui.payloads import FormGiven
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.choices import Choices
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.press import BenchButton
from ui.widgets.problems import Problems
from ui.widgets.text import Words


class WithoutPin(Card):
    """Choices of people and reasons, a comment, and the button that opens the session.

    Signals:
        given(FormGiven): ``operator``, ``reason`` and ``comment``.
        left(): a person thought better of it.
    """

    given = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(said.NO_PIN_TITLE, parent)
        self.problems = Problems()
        self.people, self.reasons = Choices(said.NO_PIN_WHO), Choices(said.NO_PIN_WHY)
        self.comment = Field("comment", said.NO_PIN_COMMENT)
        self.open, self.back = BenchButton(), BenchButton()
        page = Scroll(said.NO_PIN_TITLE)
        page.body.setContentsMargins(Space.TIGHT, Space.TIGHT, Space.TIGHT, Space.TIGHT)
        asked = (Words("strong", said.NO_PIN_WHO), self.people, Words("strong", said.NO_PIN_WHY), self.reasons)
        for each in (Words("muted", said.NO_PIN_NOTE), self.problems, *asked, self.comment):
            page.body.addWidget(each)
        page.body.addStretch(1)
        self.body.addWidget(page, 1)
        buttons = QWidget()
        flow = Flow(buttons)
        for button in (self.open, self.back):
            flow.addWidget(button)
        self.body.addWidget(buttons)
        self.open.clicked.connect(self._open)
        self.back.clicked.connect(self.left)

    def ask(self, people: tuple[tuple[str, str], ...]) -> None:
        """Begin anew, with those who may."""
        self.people.offer([Choice(operator, name) for operator, name in people], many=False)
        self.reasons.offer([Choice(code, words) for code, words in BREAK_GLASS_REASONS.items()], many=False)
        self.comment.put("")
        self.problems.paint(())
        self.open.label(said.NO_PIN_OPEN, usual=True, icon=icon("confirm", worn().on_action))
        self.back.label(said.NO_PIN_BACK, icon=icon("cancel", worn().action))
        self.show()
        self.people.take_focus()

    def refuse(self, sentence: str) -> None:
        """Say what is missing; what was entered stays."""
        self.problems.paint((sentence,))

    @Slot()
    def _open(self) -> None:
        operator = next(iter(self.people.chosen()), "")
        reason = next(iter(self.reasons.chosen()), "")
        missing = [words for value, words in ((operator, said.WHO_MISSING), (reason, said.WHY_MISSING)) if not value]
        if missing:
            self.problems.paint(tuple(missing))
            return
        entered = (("operator", operator), ("reason", reason), ("comment", self.comment.text.strip()))
        self.given.emit(FormGiven(entered))
