"""Extract: a batch position by position, what comes next, and what waits."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.services.extract_view import ExtractView
from gms_desktop.services.rack_views import Sign
from gms_desktop.services.views import WorkList
from ui import extract_words as said
from ui.actions import ACTS, ScreenAct
from ui.payloads import FileGiven, Given
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.flow import Flow
from ui.widgets.map_in_view import MapInView
from ui.widgets.offer_bar import OfferBar
from ui.widgets.press import BenchButton
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.rack_map import RackMap, Sample
from ui.widgets.rows import Rows
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel
from ui.widgets.work_card import WorkCard


class ExtractScreen(Screen):
    """Paints an ``ExtractView``.

    Signals:
        given(Given): a command, or the answer to a question.
        wanted(ScreenWanted): a line of a list was opened.
        file_wanted(): the position file of the batch.
        sheet_wanted(): the sheet of the batch.
        file_given(FileGiven): what the robot wrote.
    """

    given = Signal(object)
    wanted = Signal(object)
    file_wanted, sheet_wanted = Signal(), Signal()
    file_given = Signal(object)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Extract", parent)
        self._view = ExtractView("")
        self.verdict = VerdictPanel(motion=motion)
        self.map, self._position = RackMap(), Words("strong")
        self._next = Words("strong")
        self._legend = _legend()
        self._facts: Rows[tuple[str, str], Words] = Rows(lambda: Words("body"), _paint_fact)
        self._lists: Rows[WorkList, WorkCard] = Rows(self._list, lambda card, work: card.paint(work), gap=Space.GAP)
        self.offers, self.question = OfferBar(), QuestionPanel()
        self.write, self.read, self.sheet = BenchButton(), BenchButton(), BenchButton()
        self.sheet.bind(ACTS[ScreenAct.BATCH_SHEET])
        self.write.bind(ACTS[ScreenAct.POSITION_FILE])
        self.read.bind(ACTS[ScreenAct.CHOOSE_FILE])
        self._plan, self._side, self._about = Card(said.PLAN), Scroll(said.WAITS), Card(said.ABOUT)
        self._asked = Card("")
        self._build()
        self.offers.given.connect(self.given)
        self.question.given.connect(self.given)
        self.map.looked_at.connect(self._look)
        self.map.chosen.connect(self._choose)
        self.write.clicked.connect(self.file_wanted)
        self.sheet.clicked.connect(self.sheet_wanted)
        self.read.clicked.connect(self._choose_file)

    def paint(self, view: ExtractView) -> None:
        """Show the view."""
        self._view = view
        before, asked = self.focusWidget(), self.question.isVisible()
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self._next.say(view.next_words)
        self._next.setVisible(bool(view.next_words))
        self._plan.setVisible(bool(view.number))
        marked = (view.in_hand,) if view.in_hand else ()
        self.map.paint(view.rows, view.columns, view.positions, marked)
        self._facts.paint(view.facts)
        self._about.setVisible(bool(view.number) and not view.question)
        self._asked.setVisible(bool(view.question))
        self.question.paint(view.question)
        self._lists.paint(() if view.question else view.worklists)
        self.offers.paint(() if view.question else view.offers)
        self.write.label(said.WRITE_FILE, icon=icon("export", worn().action))
        self.read.label(said.READ_FILE, icon=icon("file", worn().action))
        self.sheet.label(said.WRITE_SHEET, icon=icon("print", worn().action))
        for button in (self.write, self.read, self.sheet):
            button.setVisible(bool(view.number) and not view.question)
        self._look(view.in_hand or self.map.well)
        self.leave_focus(before, asked=asked)

    def _build(self) -> None:
        self.body.addWidget(self.verdict)
        self.body.addWidget(self._next)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self._plan, 5)
        cards.addWidget(self._side, 3)
        self.body.addLayout(cards, 1)
        self._plan.body.addWidget(MapInView(self.map), 1)
        self._plan.body.addWidget(self._position)
        self._plan.body.addWidget(self._legend)
        self._asked.body.addWidget(self.question)
        self._asked.body.addWidget(self.question.buttons)
        self._about.body.addWidget(self._facts)
        for part in (self._asked, self._about, self._lists):
            self._side.body.addWidget(part)
        self._side.body.addStretch(1)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.write)
        row.addWidget(self.read)
        row.addWidget(self.sheet)
        self.offers.end_with(beside)
        self.body.addWidget(self.offers)

    def shrink(self, *, small: bool) -> None:
        """The signs are explained where there is room: each position says in words what it is."""
        self._legend.setVisible(not small)

    def _list(self) -> WorkCard:
        card = WorkCard()
        card.wanted.connect(self.wanted)
        return card

    @Slot(str)
    def _look(self, position: str) -> None:
        self._position.say(self.map.words_of(position))

    @Slot(str)
    def _choose(self, position: str) -> None:
        self.given.emit(Given(Command.NAME_POSITION, None, position))

    @Slot()
    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, said.READ_FILE, "", said.FILES)
        if path:
            self.file_given.emit(FileGiven(path))


def _paint_fact(words: Words, fact: tuple[str, str]) -> None:
    words.say(f"{fact[0]}: {fact[1]}")


def _legend() -> QWidget:
    legend = QWidget()
    flow = Flow(legend)
    for sign, meaning in said.LEGEND.items():
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, Space.GAP, 0)
        row.setSpacing(Space.STEP)
        row.addWidget(Sample(Sign(sign)))
        row.addWidget(Words("small", meaning))
        flow.addWidget(pair)
    return legend
