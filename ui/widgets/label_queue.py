"""The labels of a bench that are on no tube: each with its state, and what may be done about the one chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gms_desktop import queue_words
from gms_desktop.services.label_queue_view import QueueLine, QueueView
from ui.theme.tokens import Space
from ui.widgets.card import Card, Scroll
from ui.widgets.link_row import LinkRow
from ui.widgets.offer_bar import OfferBar
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.rows import Rows
from ui.widgets.text import Words


class LabelQueue(Card):
    """Paints a ``QueueView``.

    Signals:
        given(Given): what is to be done about a label, or the answer to a question.
        line_wanted(str): a label of the list was chosen.
    """

    given = Signal(object)
    line_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(queue_words.TITLE, parent)
        self.lines: Rows[tuple[QueueLine, bool], LinkRow] = Rows(self._row, _paint_line)
        self._empty, self._more = Words("muted", queue_words.EMPTY), Words("small")
        self.offers, self.question = OfferBar(), QuestionPanel()
        listed = Scroll(queue_words.TITLE)
        # Room for the frame that shows the focus.
        listed.body.setContentsMargins(Space.TIGHT, Space.TIGHT, Space.TIGHT, Space.TIGHT)
        for each in (self.question, self._empty, self.lines, self._more):
            listed.body.addWidget(each)
        listed.body.addStretch(1)
        self.body.addWidget(listed, 1)
        self.body.addWidget(self.offers)
        self.body.addWidget(self.question.buttons)
        for source in (self.offers, self.question):
            source.given.connect(self.given)

    def paint(self, view: QueueView) -> None:
        """Show the queue; a question that stands open keeps what has been entered."""
        self.lines.paint(tuple((line, line.key == view.chosen) for line in view.lines))
        self._empty.setVisible(not view.lines)
        self._more.say(view.more)
        self._more.setVisible(bool(view.more))
        self.offers.paint(() if view.question else view.offers)
        # The largest words of the screen ask it already.
        self.question.paint(view.question, view.question.title if view.question else "")

    def _row(self) -> LinkRow:
        row = LinkRow()
        row.opened.connect(self.line_wanted)
        return row


def _paint_line(row: LinkRow, shown: tuple[QueueLine, bool]) -> None:
    line, chosen = shown
    row.show_line(line.key, line.title, line.detail, kind=line.kind, chosen=chosen)
