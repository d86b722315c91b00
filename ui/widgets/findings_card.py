"""Findings at a rack or a plate: the gravest first, the chosen one with its wells and what may be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gms_desktop.services.rack_views import FindingLine
from gms_desktop.services.views import Question
from ui.widgets.card import Card, Scroll
from ui.widgets.link_row import LinkRow
from ui.widgets.offer_bar import OfferBar
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.rows import Rows
from ui.widgets.text import Words


class FindingsCard(Card):
    """A list of findings, and the question that stands before them.

    Signals:
        given(Given): a command, or the answer to a question.
        chose(): another finding was chosen, and other wells belong to it.
    """

    given = Signal(object)
    chose = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._lines: tuple[FindingLine, ...] = ()
        self._key, self._title = "", ""
        self._asked = False
        self.rows: Rows[tuple[FindingLine, bool], LinkRow] = Rows(self._row, _paint_line)
        self._none = Words("muted")
        self.offers, self.question = OfferBar(), QuestionPanel()
        self._page = listed = Scroll(title)
        for part in (self.question, self._none, self.rows, self.offers):
            listed.body.addWidget(part)
        listed.body.addStretch(1)
        self.body.addWidget(listed, 1)
        self.body.addWidget(self.question.buttons)
        for source in (self.offers, self.question):
            source.given.connect(self.given)

    def paint(self, lines: tuple[FindingLine, ...], question: Question | None, none: str) -> None:
        """Show findings; the one that was chosen stays chosen while it is there.

        Args:
            lines: the findings, the gravest first.
            question: what is asked; nothing else is offered meanwhile.
            none: what is said in the place of findings; empty for nothing.
        """
        self._lines, self._asked = lines, question is not None
        keys = [_key(one) for one in lines]
        if self._key not in keys:
            self._key = keys[0] if keys else ""
        self._none.say(none)
        self._none.setVisible(bool(none))
        self.question.paint(question)
        if question is not None and question.title != self._title:
            self._page.verticalScrollBar().setValue(0)
        self._title = question.title if question else ""
        self._paint_rows()

    @property
    def wells(self) -> tuple[str, ...]:
        """The wells of the chosen finding."""
        chosen = self._chosen()
        return chosen.wells if chosen else ()

    def choose_well(self, well: str) -> None:
        """The finding that names a well comes into view with it."""
        named = next((one for one in self._lines if well in one.wells), None)
        if named is not None:
            self._choose(_key(named))

    def _chosen(self) -> FindingLine | None:
        return next((one for one in self._lines if _key(one) == self._key), None)

    def _paint_rows(self) -> None:
        chosen = self._chosen()
        self.rows.paint(tuple((one, one is chosen) for one in self._lines))
        self.offers.paint(chosen.offers if chosen and not self._asked else ())

    def _row(self) -> LinkRow:
        row = LinkRow()
        row.opened.connect(self._choose)
        return row

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._key = key
        self._paint_rows()
        self.chose.emit()


def _key(line: FindingLine) -> str:
    return f"{line.title}|{line.words}|{','.join(line.wells)}"


def _paint_line(row: LinkRow, shown: tuple[FindingLine, bool]) -> None:
    line, chosen = shown
    row.show_line(_key(line), line.title, line.words, kind=line.kind, chosen=chosen)
