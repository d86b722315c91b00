"""Send away: the consignment in view, what went in last, what its receiver takes, and all that have not ended."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from gms_desktop.services.send_lines import SendLine, SendView
from ui import preview_words
from ui import send_words as said
from ui.actions import ACTS, ScreenAct
from ui.exports_folder import proposed
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.link_row import LinkRow
from ui.widgets.offer_bar import OfferBar
from ui.widgets.press import BenchButton
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.rows import Rows
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel


class SendAwayScreen(Screen):
    """Paints a ``SendView``.

    Signals:
        given(Given): a command, or the answer to a question.
        label_wanted(): the label of the box or bag that is open.
        papers_wanted(str): the papers of the consignment, into a folder; where empty, to be looked at.
        answer_given(str): a file with the receiver's signed answer, or of a temperature logger.
    """

    given = Signal(object)
    label_wanted = Signal()
    papers_wanted = Signal(str)
    answer_given = Signal(str)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Send away", parent)
        self.view = SendView("")
        self.verdict = VerdictPanel(motion=motion)
        self._state = Words("strong")
        self.items: Rows[SendLine, LinkRow] = Rows(LinkRow, _paint_line)
        self.facts: Rows[tuple[str, str], LinkRow] = Rows(LinkRow, _paint_fact)
        self.listed: Rows[SendLine, LinkRow] = Rows(LinkRow, _paint_line)
        self._no_items, self._no_facts = Words("muted", said.NOTHING_IN_IT), Words("muted", said.NO_RECEIVER)
        self._none_listed = Words("muted", said.NONE_STANDING)
        self.offers, self.question = OfferBar(), QuestionPanel()
        self._items_card, self._facts_card, self._list_card = Card(said.IN_IT), Card(said.ABOUT), Card(said.STANDING)
        self.label, self.papers, self._files = BenchButton(), BenchButton(), QWidget()
        self.label.bind(ACTS[ScreenAct.THING_LABEL])
        self.papers.bind(ACTS[ScreenAct.SEND_PAPERS])
        self.answer, self.look = BenchButton(), BenchButton()
        self.look.bind(ACTS[ScreenAct.LOOK_PAPERS])
        self.look.clicked.connect(lambda: self.papers_wanted.emit(""))
        self.answer.bind(ACTS[ScreenAct.CHOOSE_FILE])
        self.answer.clicked.connect(self._choose_answer)
        self._dressed = ("", False)
        self.setAcceptDrops(True)
        self._build()
        self.label.clicked.connect(self.label_wanted)
        self.papers.clicked.connect(self._choose_folder)
        for source in (self.offers, self.question):
            source.given.connect(self.given)

    def paint(self, view: SendView) -> None:
        """Show the view."""
        self.view = view
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        self._state.say(view.state)
        self._state.setVisible(bool(view.state))
        is_open = bool(view.state)
        self._items_card.setVisible(is_open and not view.form_alone)
        self._items_card.entitle(view.items_title)
        self.items.paint(view.items)
        self._no_items.setVisible(not view.items)
        about = said.ABOUT_SENDER if view.to_us else said.ABOUT
        self._facts_card.entitle("" if view.question else about)
        self.facts.paint(() if view.question else view.facts)
        self._no_facts.setVisible(not view.facts and not view.question)
        self._list_card.setVisible(not is_open)
        self.listed.paint(view.listed)
        self._none_listed.setVisible(not view.listed)
        self.question.paint(view.question)
        self.offers.paint(() if view.question else view.offers)
        self._dress(to_us=view.to_us)
        self.label.setVisible(view.has_label)
        self.papers.setVisible(view.has_papers)
        self.look.setVisible(view.has_papers)
        self._files.setVisible(view.question is None)

    def _dress(self, *, to_us: bool) -> None:
        """The buttons of files, once for each theme: drawn anew at each scan they would have the screen laid out."""
        colour = worn().action
        if (colour, to_us) == self._dressed:
            return
        self._dressed = (colour, to_us)
        self.label.label(said.LABEL, icon=icon("print", colour))
        self.papers.label(said.PAPERS_TO_US if to_us else said.PAPERS, icon=icon("export", colour))
        self.look.label(preview_words.LOOK_PAPERS, icon=icon("file", colour))
        self.answer.label(said.LOGGER if to_us else said.ANSWER, icon=icon("file", colour))

    def _build(self) -> None:
        self.body.addWidget(self.verdict)
        self.body.addWidget(self._state)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self._items_card, 5)
        cards.addWidget(self._list_card, 5)
        cards.addWidget(self._facts_card, 4)
        self.body.addLayout(cards, 1)
        _scrolled(self._items_card, "Things in the consignment", self._no_items, self.items)
        _scrolled(self._list_card, "Consignments", self._none_listed, self.listed)
        _scrolled(self._facts_card, "Receiver", self.question, self._no_facts, self.facts)
        self._facts_card.body.addWidget(self.question.buttons)
        row = QHBoxLayout(self._files)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.answer, self.look, self.papers, self.label):
            row.addWidget(button)
        self.offers.end_with(self._files)
        self.body.addWidget(self.offers)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file on this machine is welcome: one at a time, each with its own verdict."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand it over."""
        event.acceptProposedAction()
        self.answer_given.emit(event.mimeData().urls()[0].toLocalFile())

    @Slot()
    def _choose_answer(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, said.ANSWER, "", said.ANSWER_FILES)
        if path:
            self.answer_given.emit(path)

    @Slot()
    def _choose_folder(self) -> None:
        where = said.PAPERS_WHERE_TO_US if self.view.to_us else said.PAPERS_WHERE
        folder = QFileDialog.getExistingDirectory(self, where, proposed())
        if folder:
            self.papers_wanted.emit(folder)


def _scrolled(card: Card, name: str, *parts: QWidget) -> None:
    scroll = Scroll(name)
    for part in parts:
        scroll.body.addWidget(part)
    scroll.body.addStretch(1)
    card.body.addWidget(scroll, 1)


def _paint_line(row: LinkRow, line: SendLine) -> None:
    row.show_line("", line.title, line.detail, kind=line.kind)


def _paint_fact(row: LinkRow, fact: tuple[str, str]) -> None:
    row.show_line("", *fact)
