"""Confirm: what waits for a second person, and sessions without PIN that somebody else reviews."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.services.people_view import ConfirmLine, ConfirmView
from gms_desktop.services.views import Offer, Question
from ui import people_words as said
from ui.payloads import Given
from ui.screens.screen import Screen
from ui.theme.tokens import Space
from ui.widgets.card import Card, Scroll
from ui.widgets.link_row import LinkRow
from ui.widgets.offer_bar import OfferBar
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.rows import Rows
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel


class ConfirmScreen(Screen):
    """Paints a ``ConfirmView``.

    Signals:
        given(Given): confirmed, declined, reviewed, or the answer to a question.
        line_wanted(str): a line of the list was opened.
    """

    given = Signal(object)
    line_wanted = Signal(str)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Confirm", parent)
        self._view: ConfirmView | None = None
        self.verdict = VerdictPanel(motion=motion)
        self.lines: Rows[tuple[ConfirmLine, bool], LinkRow] = Rows(self._row, _paint_line)
        self._none = Words("muted", said.CONFIRM_NONE)
        self._text: Rows[str, Words] = Rows(lambda: Words("strong"), _paint_text)
        self._who, self._note = Words("muted"), Words("muted")
        self._answered_title = Words("title", said.ANSWERED)
        self._answered: Rows[str, Words] = Rows(lambda: Words("muted"), _paint_text)
        self.offers, self.question = OfferBar(), QuestionPanel()
        self._list_card, self._card = Card(said.CONFIRM_WAITS), Card()
        self._build()
        self.offers.given.connect(self.given)
        self.question.given.connect(self._answer)

    def paint(self, view: ConfirmView) -> None:
        """Show the view."""
        if self._view is not None and self._view.chosen != view.chosen:
            self.question.paint(None)
        self._view = view
        line = next((one for one in view.lines if one.argument == view.chosen), None)
        self.order(said.CONFIRM_HEADING)
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        self.lines.paint(tuple((one, one is line) for one in view.lines))
        self._none.setVisible(not view.lines)
        self._card.setVisible(line is not None)
        self._answered.paint(view.answered)
        self._answered_title.setVisible(bool(view.answered))
        if line is not None:
            self._card.entitle(line.title)
            self._text.paint(tuple(line.words.split("\n")))
            begun = said.OPENED if line.sort == "session" else said.ASKED
            self._who.say(f"{begun.format(who=line.who)}. {line.due[:1].upper()}{line.due[1:]}.")
            self._note.say("" if line.may else line.note if line.mine else said.MAY.format(who=line.note))
            self._note.setVisible(not line.may)
        self._offer()

    def ask(self, question: Question | None) -> None:
        """Show a question, or none."""
        self.question.paint(question)
        self._offer()

    def _offer(self) -> None:
        line = (
            next((one for one in self._view.lines if one.argument == self._view.chosen), None) if self._view else None
        )
        asked = not self.question.isHidden()
        self.offers.paint(_offers(line) if line is not None and line.may and not asked else ())

    def _build(self) -> None:
        self.body.addWidget(self.verdict)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self._list_card, 2)
        cards.addWidget(self._card, 4)
        self.body.addLayout(cards, 1)
        listed = Scroll(said.CONFIRM_WAITS)
        for each in (self._none, self.lines, self._answered_title, self._answered):
            listed.body.addWidget(each)
        listed.body.addStretch(1)
        self._list_card.body.addWidget(listed, 1)
        page = Scroll(said.CONFIRM_HEADING)
        page.body.setContentsMargins(Space.TIGHT, Space.TIGHT, Space.TIGHT, Space.TIGHT)
        for part in (self._who, self._text, self._note, self.question):
            page.body.addWidget(part)
        page.body.addStretch(1)
        self._card.body.addWidget(page, 1)
        self._card.body.addWidget(self.offers)
        self._card.body.addWidget(self.question.buttons)

    def _answer(self, given: Given) -> None:
        if given.command is Command.CANCEL:
            self.ask(None)
        else:
            self.given.emit(given)

    def _row(self) -> LinkRow:
        row = LinkRow()
        row.opened.connect(self.line_wanted)
        return row


def _offers(line: ConfirmLine) -> tuple[Offer, ...]:
    if line.sort == "session":
        return (Offer(Command.REVIEW_SESSION, said.REVIEW, usual=True, argument=line.argument),)
    return (
        Offer(Command.CONFIRM_SECOND, said.CONFIRM, usual=True, argument=line.argument),
        Offer(Command.DECLINE_SECOND, said.DECLINE, argument=line.argument),
    )


def _paint_line(row: LinkRow, shown: tuple[ConfirmLine, bool]) -> None:
    line, chosen = shown
    row.show_line(line.argument, line.title, f"{line.who}; {line.due}", kind=line.kind, chosen=chosen)


def _paint_text(label: Words, text: str) -> None:
    label.say(text)
