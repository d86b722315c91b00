"""Storage: the open place and what is in it, what is in hand, and what is out or may be discarded."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gms_desktop.services.storage_view import StorageView, StoredLine
from ui import storage_words as said
from ui import words
from ui.actions import ACTS, ScreenAct
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.link_row import LinkRow
from ui.widgets.map_in_view import MapInView
from ui.widgets.offer_bar import OfferBar
from ui.widgets.press import BenchButton
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.rack_map import RackMap
from ui.widgets.rows import Rows
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel


class StorageScreen(Screen):
    """Paints a ``StorageView``.

    Signals:
        given(Given): a command, or the answer to a question.
        label_wanted(): the label of what is open.
    """

    given = Signal(object)
    label_wanted = Signal()

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Storage", parent)
        self.view = StorageView("")
        self.verdict = VerdictPanel(motion=motion)
        self.map, self._position, self._counts = RackMap(), Words("strong"), Words("muted")
        self._path, self._in_hand = Words("strong"), Words("strong")
        self.here: Rows[StoredLine, LinkRow] = Rows(LinkRow, _paint_line)
        self.listed: Rows[StoredLine, LinkRow] = Rows(LinkRow, _paint_line)
        self._nothing_here, self._nothing_listed = Words("muted", said.NOTHING_HERE), Words("muted")
        self.offers, self.question = OfferBar(), QuestionPanel()
        self._box_card, self._here_card, self._list_card = Card(said.SEEN_FROM_ABOVE), Card(""), Card("")
        self.label = BenchButton()
        self.label.bind(ACTS[ScreenAct.THING_LABEL])
        self.label.clicked.connect(self.label_wanted)
        self._build()
        self.offers.given.connect(self.given)
        self.question.given.connect(self.given)
        self.map.looked_at.connect(self._look)

    def paint(self, view: StorageView) -> None:
        """Show the view."""
        self.view = view
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self.label.label(words.LABEL_WRITE, icon=icon("print", worn().action))
        self.label.setVisible(view.has_label and not view.question)
        self.verdict.setVisible(view.verdict is not None)
        self._path.say(view.path)
        self._path.setVisible(bool(view.path))
        self._in_hand.say(view.in_hand)
        self._in_hand.setVisible(bool(view.in_hand))
        self._box_card.setVisible(bool(view.positions))
        self._here_card.setVisible(not view.positions)
        if view.positions:
            self._paint_box(view)
        self._here_card.entitle(view.here_title)
        self.here.paint(view.here)
        self._nothing_here.setVisible(not view.here)
        self._list_card.entitle("" if view.question else view.list_title)
        self.listed.paint(() if view.question else view.listed)
        self._nothing_listed.say(view.list_empty)
        self._nothing_listed.setVisible(not view.listed and not view.question)
        self.question.paint(view.question)
        self.offers.paint(() if view.question else view.offers)

    def _paint_box(self, view: StorageView) -> None:
        taken = sum(1 for one in view.positions if one.code)
        counts = said.TAKEN.format(taken=taken, free=len(view.positions) - taken)
        following = said.NEXT.format(position=view.next_position) if view.next_position else ""
        self._counts.say("    ".join(part for part in (counts, following) if part))
        marked = (view.next_position,) if view.next_position else ()
        self.map.paint(view.rows, view.columns, view.positions, marked)
        self._look(self.map.well)

    def _build(self) -> None:
        for part in (self.verdict, self._path, self._in_hand):
            self.body.addWidget(part)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self._box_card, 5)
        cards.addWidget(self._here_card, 4)
        cards.addWidget(self._list_card, 3)
        self.body.addLayout(cards, 1)
        self._box_card.body.addWidget(MapInView(self.map), 1)
        self._box_card.body.addWidget(self._position)
        self._box_card.body.addWidget(self._counts)
        _scrolled(self._here_card, "Places", self._nothing_here, self.here)
        _scrolled(self._list_card, "List", self.question, self._nothing_listed, self.listed)
        self._list_card.body.addWidget(self.question.buttons)
        self.offers.end_with(self.label)
        self.body.addWidget(self.offers)

    @Slot(str)
    def _look(self, position: str) -> None:
        self._position.say(self.map.words_of(position))


def _scrolled(card: Card, name: str, *parts: QWidget) -> None:
    scroll = Scroll(name)
    for part in parts:
        scroll.body.addWidget(part)
    scroll.body.addStretch(1)
    card.body.addWidget(scroll, 1)


def _paint_line(row: LinkRow, line: StoredLine) -> None:
    row.show_line("", line.title, line.detail, kind=line.kind)
