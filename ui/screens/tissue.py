"""Tissue: the open case with how long it has, its pieces, and what is known of the one in hand."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.tissue_view import TissueLine, TissueView
from ui import tissue_words as said
from ui.actions import ACTS, ScreenAct
from ui.payloads import FileGiven, Given
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
from ui.widgets.thumbnails import Thumbnails
from ui.widgets.verdict_panel import VerdictPanel

_BESIDE = 3
_A_LINE = 48


class TissueScreen(Screen):
    """Paints a ``TissueView``.

    Signals:
        given(Given): a command, or the answer to a question.
        picture_given(FileGiven): a picture of the piece in hand; without a file, those that it has are looked at.
    """

    given = Signal(object)
    picture_given = Signal(object)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Tissue", parent)
        self.view, self._is_small = TissueView(""), False
        self.verdict, self._due = VerdictPanel(motion=motion), LinkRow()
        self.pieces: Rows[TissueLine, LinkRow] = Rows(self._row, _paint_line)
        self.facts: Rows[tuple[str, str], LinkRow] = Rows(LinkRow, _paint_fact)
        self.assessed: Rows[TissueLine, LinkRow] = Rows(LinkRow, _paint_line)
        self.adequacy: Rows[TissueLine, LinkRow] = Rows(LinkRow, _paint_line)
        self.kept: Rows[TissueLine, LinkRow] = Rows(LinkRow, _paint_line)
        self._no_pieces = Words("muted")
        self._not_assessed, self._nothing_kept = (
            Words("muted", said.NOTHING_ASSESSED),
            Words("muted", said.NOTHING_KEPT),
        )
        self._pieces_card, self._facts_card, self._asked_card = Card(""), Card(said.FACTS), Card("")
        self._assessed_card, self._kept_card = Card(said.ASSESSED), Card(said.KEPT)
        self._kept_title = Words("title", said.KEPT)
        self.offers, self.question, self.picture = OfferBar(), QuestionPanel(), BenchButton()
        self.look, self.thumbnails, self._files = BenchButton(), Thumbnails(), QWidget()
        self.picture.bind(ACTS[ScreenAct.CHOOSE_FILE])
        self.look.bind(ACTS[ScreenAct.LOOK_PICTURES])
        self.look.clicked.connect(lambda: self.picture_given.emit(FileGiven("")))
        self._cards = QHBoxLayout()
        self._build()
        self.picture.clicked.connect(self._choose)
        self.offers.given.connect(self.given)
        self.question.given.connect(self.given)

    def paint(self, view: TissueView) -> None:
        """Show the view; a question that follows another is shown from its top."""
        before, self.view = self.view.question, view
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        self._due.show_line("", view.due, "", kind=VerdictKind.ATTENTION if view.overdue else VerdictKind.FOUND)
        self._due.setVisible(bool(view.due))
        self._pieces_card.entitle(view.pieces_title)
        self.pieces.paint(view.pieces)
        self._no_pieces.say(view.pieces_empty)
        self._no_pieces.setVisible(not view.pieces)
        self._paint_piece(view)
        self._asked_card.setVisible(view.question is not None)
        self._cards.setStretch(_BESIDE, 3 if view.piece and not view.question else 0)
        self.question.paint(view.question, _asked_above(view))
        if view.question is not None and (before is None or before.title != view.question.title):
            self._asked_scroll.verticalScrollBar().setValue(0)
        self.offers.paint(() if view.question else view.offers)
        self.picture.label(said.ATTACH, icon=icon("file", worn().action))
        self.look.label(said.LOOK, icon=icon("find", worn().action))
        self.look.setVisible(bool(view.pictures))
        self._files.setVisible(bool(view.piece) and not view.question)
        self.thumbnails.order([name for name, _ in view.pictures])
        self.thumbnails.setVisible(bool(view.pictures) and not self._is_small)

    def _paint_piece(self, view: TissueView) -> None:
        self.facts.paint(view.facts)
        self._facts_card.setVisible(bool(view.facts) and not view.question)
        self.assessed.paint(view.assessed)
        self.adequacy.paint(view.adequacy)
        self.kept.paint(view.kept)
        self._not_assessed.setVisible(not view.assessed)
        self._nothing_kept.setVisible(not view.kept and not self._is_small)
        # On a small screen the list says which pictures there are, and they are looked at with their key.
        self.thumbnails.setVisible(bool(view.pictures) and not self._is_small)
        shown = bool(view.piece) and not view.question
        self._assessed_card.setVisible(shown)
        self._kept_card.setVisible(shown and not self._is_small)
        self._kept_title.setVisible(self._is_small and bool(view.kept))
        self._pieces_card.setVisible(not (view.question and self._is_small))

    def shrink(self, *, small: bool) -> None:
        """On a small screen the verdict is lower, two cards are one, and beside a question the pieces go."""
        self._is_small = small
        self.verdict.shrink(small=small)
        self._due.setMinimumHeight(_A_LINE // 2 if small else _A_LINE)
        self._put_kept(self._assessed_scroll if small else self._kept_scroll)
        self._paint_piece(self.view)

    def _put_kept(self, scroll: Scroll) -> None:
        """Two cards above each other have no room on a small screen: one holds what both do."""
        for part in (self._kept_title, self._nothing_kept, self.thumbnails, self.kept):
            scroll.body.insertWidget(scroll.body.count() - 1, part)

    def _build(self) -> None:
        for part in (self.verdict, self._due):
            self.body.addWidget(part)
        cards, beside = self._cards, QVBoxLayout()
        cards.setSpacing(Space.GAP)
        beside.setSpacing(Space.GAP)
        cards.addWidget(self._pieces_card, 3)
        cards.addWidget(self._facts_card, 3)
        cards.addWidget(self._asked_card, 6)
        cards.addLayout(beside, 3)
        beside.addWidget(self._assessed_card, 3)
        beside.addWidget(self._kept_card, 1)
        self.body.addLayout(cards, 1)
        _scrolled(self._pieces_card, "Pieces", self._no_pieces, self.pieces)
        _scrolled(self._facts_card, "What is known", self.facts)
        self._asked_scroll = _scrolled(self._asked_card, "Question", self.question)
        self._asked_card.body.addWidget(self.question.buttons)
        fit = (self.adequacy, self._not_assessed, self.assessed)
        self._assessed_scroll = _scrolled(self._assessed_card, "Fit for its receiver", *fit)
        self._kept_scroll = _scrolled(self._kept_card, "Pictures and agreements")
        self._put_kept(self._kept_scroll)
        row = QHBoxLayout(self._files)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.look, self.picture):
            row.addWidget(button)
        self.offers.end_with(self._files)
        self.body.addWidget(self.offers)

    def _row(self) -> LinkRow:
        row = LinkRow()
        row.opened.connect(self._open)
        return row

    @Slot(str)
    def _open(self, key: str) -> None:
        self.given.emit(Given(Command.TISSUE_CASE, None, key))

    @Slot()
    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, said.CHOOSE, "", said.PICTURES)
        if path:
            self.picture_given.emit(FileGiven(path))


def _asked_above(view: TissueView) -> str:
    """The question, where the verdict says it already: it is not said twice, and its form has the room."""
    question, verdict = view.question, view.verdict
    return question.title if question and verdict and verdict.title == question.title.rstrip("?") else ""


def _scrolled(card: Card, name: str, *parts: QWidget) -> Scroll:
    scroll = Scroll(name)
    # One line is in sight at least; the buttons below are never pushed out for more of them.
    scroll.setMinimumHeight(_A_LINE)
    for part in parts:
        scroll.body.addWidget(part)
    scroll.body.addStretch(1)
    card.body.addWidget(scroll, 1)
    return scroll


def _paint_line(row: LinkRow, line: TissueLine) -> None:
    row.show_line(line.key, line.title, line.detail, kind=line.kind, chosen=line.current)


def _paint_fact(row: LinkRow, fact: tuple[str, str]) -> None:
    row.show_line("", fact[1], fact[0])
