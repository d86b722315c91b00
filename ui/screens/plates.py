"""Plates: which tube goes into which well, what that breaks and what waits; and index plates, libraries and pools."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.services.plate_views import PlateView
from gms_desktop.services.rack_views import FindingLine
from ui import plate_words as said
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
from ui.widgets.rack_legend import rack_legend
from ui.widgets.rack_map import RackMap
from ui.widgets.rows import Rows
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel


class PlatesScreen(Screen):
    """Paints a ``PlateView``.

    Signals:
        given(Given): a command, or the answer to a question.
        file_given(FileGiven): a laboratory's own file of a set of indexes.
        sheet_wanted(FileGiven): where the sample sheet that was written goes.
    """

    given = Signal(object)
    file_given = Signal(object)
    sheet_wanted = Signal(object)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Plates", parent)
        self._view = PlateView("")
        self._chosen = ""
        self.verdict = VerdictPanel(motion=motion)
        self.map, self._well = RackMap(what="Plate"), Words("strong")
        self._counts, self._legend = Words("muted"), rack_legend(said.LEGEND)
        self.lines: Rows[tuple[FindingLine, bool], LinkRow] = Rows(self._row, _paint_line)
        self._none = Words("muted")
        self.offers, self.of_line, self.question = OfferBar(), OfferBar(), QuestionPanel()
        self._index_legend = rack_legend(said.INDEX_LEGEND)
        self._small = False
        self.file, self.sheet = BenchButton(), BenchButton()
        self.file.bind(ACTS[ScreenAct.CHOOSE_FILE])
        self.sheet.bind(ACTS[ScreenAct.SAMPLE_SHEET])
        self._map_card, self._side = Card(said.SEEN_FROM_ABOVE), Card(said.TO_SEE_TO)
        self._build()
        for source in (self.offers, self.of_line, self.question):
            source.given.connect(self.given)
        self.map.looked_at.connect(self._look)
        self.map.chosen.connect(self._choose_well)
        self.file.clicked.connect(self._choose_file)
        self.sheet.clicked.connect(self._save_sheet)

    def paint(self, view: PlateView) -> None:
        """Show the view."""
        self._view = view
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        self._map_card.setVisible(bool(view.plate))
        self._legends()
        self.file.label(said.INDEX_FILE, icon=icon("file", worn().action))
        self.sheet.label(said.SAVE_SHEET, icon=icon("export", worn().action))
        self.file.setVisible(view.takes_file and not view.question)
        self.sheet.setVisible(bool(view.sheet) and not view.question)
        words = ", ".join(f"{many} {look}" for look, many in view.counts)
        self._counts.say(f"{words}: {len(view.wells)} wells. {view.rules}")
        keys = [_key(one) for one in view.lines]
        if self._chosen not in keys:
            self._chosen = keys[0] if keys else ""
        self._lines()

    def _lines(self) -> None:
        view = self._view
        chosen = next((one for one in view.lines if _key(one) == self._chosen), None)
        self.lines.paint(tuple((one, one is chosen) for one in view.lines))
        if view.indexes:
            self._none.say(said.INDEXES_MOVE if view.may_move else said.INDEXES)
        else:
            self._none.say(said.NOTHING if view.plate else said.HOW_TO_BEGIN)
        shown = view.indexes or view.may_move or not view.plate
        self._none.setVisible(not (view.lines or view.question) and shown)
        self.of_line.paint(chosen.offers if chosen and not view.question else ())
        self.offers.paint(() if view.question else view.offers)
        self.question.paint(view.question)
        marked = view.marked or (chosen.wells if chosen else ())
        self.map.paint(view.rows, view.columns, view.wells, marked)
        self._look(self.map.well)

    def _build(self) -> None:
        self.body.addWidget(self.verdict)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self._map_card, 5)
        cards.addWidget(self._side, 3)
        self.body.addLayout(cards, 1)
        self._map_card.body.addWidget(self.map, 1)
        for each in (self._well, self._counts, self._legend, self._index_legend):
            self._map_card.body.addWidget(each)
        listed = Scroll(said.TO_SEE_TO)
        for part in (self.question, self._none, self.lines, self.of_line):
            listed.body.addWidget(part)
        listed.body.addStretch(1)
        self._side.body.addWidget(listed, 1)
        self._side.body.addWidget(self.question.buttons)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sheet)
        row.addWidget(self.file)
        self.offers.end_with(beside)
        self.body.addWidget(self.offers)

    def shrink(self, *, small: bool) -> None:
        """The looks are explained where there is room: each well says in words what it is."""
        self._small = small
        self._legends()

    def _legends(self) -> None:
        self._legend.setVisible(not self._small and not self._view.indexes)
        self._index_legend.setVisible(not self._small and self._view.indexes)

    def _row(self) -> LinkRow:
        row = LinkRow()
        row.opened.connect(self._choose_line)
        return row

    @Slot(str)
    def _choose_line(self, key: str) -> None:
        self._chosen = key
        self._lines()

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
        path, _ = QFileDialog.getSaveFileName(self, said.SAVE_SHEET, self._view.sheet, said.SHEETS)
        if path:
            self.sheet_wanted.emit(FileGiven(path))

    @Slot(str)
    def _look(self, well: str) -> None:
        self._well.say(self.map.words_of(well))


def _key(line: FindingLine) -> str:
    return f"{line.title}|{line.words}|{','.join(line.wells)}"


def _paint_line(row: LinkRow, shown: tuple[FindingLine, bool]) -> None:
    line, chosen = shown
    row.show_line(_key(line), line.title, line.words, kind=line.kind, chosen=chosen)
