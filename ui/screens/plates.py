"""Plates: which tube goes into which well, what that breaks and what waits; and index plates, libraries and pools."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.services.plate_views import PlateView
from ui import plate_words as said
from ui import words
from ui.actions import ACTS, ScreenAct
from ui.exports_folder import proposed
from ui.payloads import FileGiven, Given
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


class PlatesScreen(Screen):
    """Paints a ``PlateView``.

    Signals:
        given(Given): a command, or the answer to a question.
        file_given(FileGiven): a laboratory's own file of a set of indexes.
        sheet_wanted(FileGiven): where the sample sheet that was written goes.
        label_wanted(): the label of what is open.
    """

    given = Signal(object)
    file_given = Signal(object)
    sheet_wanted = Signal(object)
    label_wanted = Signal()

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Plates", parent)
        self._view = PlateView("")
        self.verdict = VerdictPanel(motion=motion)
        self.map, self._well = RackMap(what="Plate"), Words("strong")
        self._counts, self._legend = Words("muted"), rack_legend(said.LEGEND)
        self.offers, self.lines = OfferBar(), FindingsCard(said.TO_SEE_TO)
        self.question, self._map_card = self.lines.question, Card(said.SEEN_FROM_ABOVE)
        self._index_legend = rack_legend(said.INDEX_LEGEND)
        self._small = False
        self.file, self.sheet, self.label = BenchButton(), BenchButton(), BenchButton()
        self.file.bind(ACTS[ScreenAct.CHOOSE_FILE])
        self.sheet.bind(ACTS[ScreenAct.SAMPLE_SHEET])
        self.label.bind(ACTS[ScreenAct.THING_LABEL])
        self.label.clicked.connect(self.label_wanted)
        self._build()
        for source in (self.offers, self.lines):
            source.given.connect(self.given)
        self.lines.chose.connect(self._mark)
        self.map.looked_at.connect(self._look)
        self.map.chosen.connect(self._choose_well)
        self.file.clicked.connect(self._choose_file)
        self.sheet.clicked.connect(self._save_sheet)

    def paint(self, view: PlateView) -> None:
        """Show the view."""
        self._view = view
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self.label.label(words.LABEL_WRITE, icon=icon("print", worn().action))
        self.label.setVisible(view.has_label and not view.question)
        self.verdict.setVisible(view.verdict is not None)
        self._map_card.setVisible(bool(view.plate))
        self._legends()
        self.file.label(said.INDEX_FILE, icon=icon("file", worn().action))
        self.sheet.label(said.SAVE_SHEET, icon=icon("export", worn().action))
        self.file.setVisible(view.takes_file and not view.question)
        self.sheet.setVisible(bool(view.sheet) and not view.question)
        counted = "; ".join(f"{many} {look}" for look, many in view.counts)
        self._counts.say(f"{counted}: {len(view.wells)} wells. {view.rules}")
        self.lines.paint(view.lines, view.question, self._in_place_of_findings())
        self.offers.paint(() if view.question else view.offers)
        self._mark()

    def _in_place_of_findings(self) -> str:
        """What is said where no finding stands; empty where one does, or where nothing is to be said."""
        view = self._view
        if view.lines or view.question:
            return ""
        if view.indexes:
            return said.INDEXES_MOVE if view.may_move else said.INDEXES
        if not view.plate:
            return said.HOW_TO_BEGIN
        return said.NOTHING if view.may_move else ""

    @Slot()
    def _mark(self) -> None:
        """The wells that the work is about are boxed."""
        view = self._view
        self.map.paint(view.rows, view.columns, view.wells, view.marked or self.lines.wells)
        self._look(self.map.well)

    def _build(self) -> None:
        self.body.addWidget(self.verdict)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self._map_card, 5)
        cards.addWidget(self.lines, 3)
        self.body.addLayout(cards, 1)
        self._map_card.body.addWidget(MapInView(self.map), 1)
        for each in (self._well, self._counts, self._legend, self._index_legend):
            self._map_card.body.addWidget(each)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.sheet, self.file, self.label):
            row.addWidget(button)
        self.offers.end_with(beside)
        self.body.addWidget(self.offers)

    def shrink(self, *, small: bool) -> None:
        """The looks are explained where there is room: each well says in words what it is."""
        self._small = small
        self._legends()

    def _legends(self) -> None:
        self._legend.setVisible(not self._small and not self._view.indexes)
        self._index_legend.setVisible(not self._small and self._view.indexes)

    @Slot(str)
    def _choose_well(self, well: str) -> None:
        """The tube of the well is taken up, or the tube that was taken up goes there."""
        if self._view.question is None and self._view.may_move:
            self.given.emit(Given(Command.PLATE_MOVE, None, well))

    @Slot()
    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, said.INDEX_FILE, "", said.INDEX_FILES)
        if path:
            self.file_given.emit(FileGiven(path))

    @Slot()
    def _save_sheet(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, said.SAVE_SHEET, proposed(self._view.sheet), said.SHEETS)
        if path:
            self.sheet_wanted.emit(FileGiven(path))

    @Slot(str)
    def _look(self, well: str) -> None:
        self._well.say(self.map.words_of(well))
