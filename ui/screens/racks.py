"""Racks: DNA into FluidX tubes, tubes into a rack, and what a reader saw beside what is recorded."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from gms_desktop.services.rack_views import RackView
from ui import rack_words as said
from ui.actions import ACTS, ScreenAct
from ui.payloads import FileGiven
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card
from ui.widgets.findings_card import FindingsCard
from ui.widgets.map_in_view import MapInView
from ui.widgets.offer_bar import OfferBar
from ui.widgets.press import BenchButton
from ui.widgets.rack_legend import rack_legend
from ui.widgets.rack_map import RackMap
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel


class RacksScreen(Screen):
    """Paints a ``RackView``.

    Signals:
        given(Given): a command, or the answer to a question.
        file_given(FileGiven): a file that a rack reader wrote.
        read_wanted(): the rack that stands in the reader is to be read.
    """

    given = Signal(object)
    file_given = Signal(object)
    read_wanted = Signal()

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Racks", parent)
        self._view = RackView("")
        self.verdict = VerdictPanel(motion=motion)
        self.map, self._well = RackMap(), Words("strong")
        self._counts, self._source = Words("muted"), Words("strong")
        self._legend = rack_legend(said.LEGEND)
        self.choose = BenchButton()
        self.choose.bind(ACTS[ScreenAct.CHOOSE_FILE])
        self.read = BenchButton()
        self.read.bind(ACTS[ScreenAct.READ_RACK])
        self._readings = QWidget()
        self.offers, self.findings = OfferBar(), FindingsCard(said.FINDINGS)
        self.question, self._map_card = self.findings.question, Card(said.SEEN_FROM_ABOVE)
        self._build()
        for source in (self.offers, self.findings):
            source.given.connect(self.given)
        self.findings.chose.connect(self._mark)
        self.map.looked_at.connect(self._look)
        self.map.chosen.connect(self.findings.choose_well)
        self.choose.clicked.connect(self._choose_file)
        self.read.clicked.connect(self.read_wanted)

    def paint(self, view: RackView) -> None:
        """Show the view."""
        self._view = view
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        next_well = said.NEXT_WELL.format(well=view.next_well) if view.next_well and view.source else ""
        self._source.say("    ".join(part for part in (view.source, next_well) if part))
        self._source.setVisible(bool(view.source))
        self._map_card.setVisible(bool(view.rack))
        words = ", ".join(f"{many} {look}" for look, many in view.counts)
        self._counts.say(f"{words}: {len(view.wells)} wells. {view.purpose.capitalize()}")
        self.choose.label(said.READ_FILE, icon=icon("file", worn().action))
        self.read.label(said.READ_RACK, icon=icon("racks", worn().action))
        self.read.setVisible(view.has_reader)
        none = said.NO_FINDINGS if view.rack else said.HOW_TO_READ
        self.findings.paint(view.findings, view.question, "" if view.findings else none)
        self.offers.paint(() if view.question else view.offers)
        self._readings.setVisible(view.question is None)
        self._mark()

    @Slot()
    def _mark(self) -> None:
        """The wells that the work is about are boxed."""
        view = self._view
        named = (view.named_well,) if view.named_well else self.findings.wells
        self.map.paint(view.rows, view.columns, view.wells, named or ((view.next_well,) if view.source else ()))
        self._look(self.map.well)

    def _build(self) -> None:
        self.body.addWidget(self.verdict)
        self.body.addWidget(self._source)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self._map_card, 5)
        cards.addWidget(self.findings, 3)
        self.body.addLayout(cards, 1)
        self._map_card.body.addWidget(MapInView(self.map), 1)
        for each in (self._well, self._counts, self._legend):
            self._map_card.body.addWidget(each)
        row = QHBoxLayout(self._readings)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.read, self.choose):
            row.addWidget(button)
        self.offers.end_with(self._readings)
        self.body.addWidget(self.offers)

    def shrink(self, *, small: bool) -> None:
        """The looks are explained where there is room: each well says in words what it is."""
        self._legend.setVisible(not small)

    @Slot(str)
    def _look(self, well: str) -> None:
        self._well.say(self.map.words_of(well))

    @Slot()
    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, said.READ_FILE, "", said.FILES)
        if path:
            self.file_given.emit(FileGiven(path))
