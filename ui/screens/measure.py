"""Measurements: an instrument's file beside the tubes, what the rules say, and the readings that wait for a tube."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from gms_desktop.documents.qc_report import PLOT_HOW, ControlPicture
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.instrument_folder import Looked
from gms_desktop.services.measure_views import MeasureView, ReadingLine
from ui import measure_words as said
from ui.actions import ACTS, ScreenAct
from ui.payloads import FileGiven, Given
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.control_chart import ControlChart
from ui.widgets.first_rows import FirstRowsTable
from ui.widgets.link_row import LinkRow
from ui.widgets.offer_bar import OfferBar
from ui.widgets.plate_plot import PlatePlotMap
from ui.widgets.press import BenchButton
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.reading_row import ReadingHeadings, ReadingRow
from ui.widgets.rows import Rows
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel

_SHOWN = 8
_AT_ONCE = 24


class MeasureScreen(Screen):
    """Paints a ``MeasureView``.

    Signals:
        given(Given): a command, or the answer to a question.
        file_given(FileGiven): a file that an instrument wrote, chosen or dropped.
        weigh_wanted(): what was scanned lies on the balance.
        tare_wanted(): the empty container lies on it.
    """

    given = Signal(object)
    file_given = Signal(object)
    weigh_wanted = Signal()
    tare_wanted = Signal()

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Measure", parent)
        self.setAcceptDrops(True)
        self.view = MeasureView("")
        self.verdict = VerdictPanel(motion=motion)
        self.lines: Rows[ReadingLine, ReadingRow] = Rows(self._row, ReadingRow.paint)
        self.runs: Rows[ReadingLine, LinkRow] = Rows(LinkRow, _paint_run)
        self._headings = ReadingHeadings(said.SAMPLE, said.TUBE, said.SAID)
        self.notes: Rows[str, Words] = Rows(_note, Words.say)
        self.waiting: Rows[str, Words] = Rows(_note, Words.say)
        self.left: Rows[str, LinkRow] = Rows(LinkRow, _paint_left)
        self.controls: Rows[ControlPicture, ControlChart] = Rows(ControlChart, ControlChart.paint)
        self.first_rows = FirstRowsTable(said.ROWS)
        self.plot, self._plot_title = PlatePlotMap(), Words("title")
        self._plot_how = Words("small", PLOT_HOW)
        self._picture = (self._plot_title, self.plot, self._plot_how)
        self._nothing, self._no_runs = Words("muted"), Words("muted", said.NO_RUNS)
        self._begin = Words("muted", said.HOW_TO_BEGIN)
        self.choose = BenchButton()
        self.choose.bind(ACTS[ScreenAct.CHOOSE_FILE])
        self.next = BenchButton()
        self.next.bind(ACTS[ScreenAct.NEXT_FILE])
        self._looked = Looked()
        self.weigh = BenchButton()
        self.weigh.bind(ACTS[ScreenAct.WEIGH])
        self.tare = BenchButton()
        self.tare.bind(ACTS[ScreenAct.TARE])
        self._files = QWidget()
        self.offers, self.question = OfferBar(), QuestionPanel()
        self._lines_card, self._side = Card(""), Card("")
        self._cards, self._shown = QHBoxLayout(), 0
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._show_more)
        self._build()
        self.offers.given.connect(self._offered)
        self.question.given.connect(self.given)
        self.choose.clicked.connect(self._choose_file)
        self.next.clicked.connect(self._open_next)
        self.weigh.clicked.connect(self.weigh_wanted)
        self.tare.clicked.connect(self.tare_wanted)

    def paint(self, view: MeasureView) -> None:
        """Show the view."""
        self.view = view
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        self._begin.setVisible(not view.file and not view.columns and view.verdict is None)
        self._lines_card.entitle("" if view.file else view.lines_title)
        # A long form needs the width; what it changes stands in its own fields.
        self._lines_card.setVisible(not (view.columns and view.question) and view.first_rows is None)
        self._paint_table(view)
        self._headings.say(*(view.columns or (said.SAMPLE, said.TUBE, said.SAID)))
        self._headings.setVisible(bool(view.file or (view.columns and view.lines)))
        self._side.setVisible(bool(view.notes or view.question or view.plot or view.controls or not view.file))
        self._more.stop()
        self._show(max(_AT_ONCE, len(self.lines.rows)))
        self._nothing.say(view.lines_empty)
        self._nothing.setVisible(not view.lines)
        self._side.entitle("" if view.question else said.NOTES if view.file else view.side_title or said.RUNS)
        self.notes.paint(() if view.question else view.notes)
        self._paint_plot(view)
        self.runs.paint(() if view.question else view.runs)
        self._no_runs.setVisible(not (view.file or view.columns or view.runs or view.question))
        self.question.paint(view.question)
        wide = bool(view.question or view.plot or view.controls)
        self._cards.setStretch(1, 5 if wide else 4 if view.columns else 3)
        self.offers.paint(() if view.question else view.offers)
        self.choose.label(said.TABLE if view.takes_table else said.CHOOSE, icon=icon("file", worn().action))
        self.weigh.label(said.WEIGH, usual=bool(view.on_pan), icon=icon("confirm", _ink(view)))
        self.weigh.setVisible(view.has_balance and not view.file and not view.columns)
        self.tare.label(said.TARE, icon=icon("undo", worn().action))
        self.tare.setVisible(bool(view.has_balance and view.on_pan and not view.file and not view.columns))
        self._files.setVisible(view.question is None and (view.takes_table or not view.columns))
        self.paint_came(self._looked)

    def _paint_table(self, view: MeasureView) -> None:
        """What is pointed at: keys walk through its columns, and the question is about the one that is marked."""
        self.first_rows.setVisible(view.first_rows is not None)
        if view.first_rows is not None:
            self.first_rows.paint(view.first_rows)
            if view.question is None:
                self.first_rows.setFocus()

    def _paint_plot(self, view: MeasureView) -> None:
        shown = view.plot if view.question is None else None
        self.controls.paint(view.controls if view.question is None else ())
        for part in self._picture:
            part.setVisible(shown is not None)
        if shown is not None:
            self._plot_title.say(shown.title)
            self.plot.paint(shown)

    def _show(self, many: int) -> None:
        """Paint so many lines; the others follow by and by, so that a scan need not wait for hundreds of them."""
        self._shown = many
        self.lines.paint(self.view.lines[:many])
        if many < len(self.view.lines):
            self._more.start()

    @Slot()
    def _show_more(self) -> None:
        self._show(self._shown + _AT_ONCE)

    def paint_came(self, looked: Looked) -> None:
        """Show what lies in the instruments' folders: the oldest may be opened while none is; what is left is said."""
        self._looked = looked
        came = looked.came
        self.next.setVisible(bool(came) and not (self.view.file or self.view.columns))
        if came:
            self.next.label(said.NEXT_FILE.format(name=came[0].path.name), icon=icon("file", worn().action))
            self.next.setToolTip(said.CAME.format(many=len(came)))
        self._paint_side()

    def _paint_side(self) -> None:
        """What is to be seen to; without a file that is what lies in the folders, above the last runs."""
        idle = not (self.view.file or self.view.question or self.view.columns)
        came = tuple(said.OFFERED.format(folder=one.folder, name=one.path.name) for one in self._looked.came[:_SHOWN])
        more = len(self._looked.came) - _SHOWN
        waiting = (*came, said.MORE.format(many=more)) if more > 0 else came
        if idle:
            seen = self._looked.came or self._looked.left or self._looked.away
            self._side.entitle(said.FOLDERS_AND_RUNS if seen else self.view.side_title or said.RUNS)
        self.waiting.paint(waiting if idle else ())
        self.left.paint((*self._looked.away, *self._looked.left)[:_SHOWN] if idle else ())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file that was dropped; of several none, so that nobody wonders which one it was."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if len(paths) == 1:
            event.acceptProposedAction()
            self.file_given.emit(FileGiven(paths[0]))
        else:
            self._begin.say(said.DROP_ONE)
            self._begin.show()

    def _build(self) -> None:
        for part in (self.verdict, self._begin, self.first_rows):
            self.body.addWidget(part)
        self._cards.setSpacing(Space.GAP)
        self._cards.addWidget(self._lines_card, 7)
        self._cards.addWidget(self._side, 3)
        self.body.addLayout(self._cards, 1)
        self._lines_card.body.addWidget(self._headings)
        _scrolled(self._lines_card, "Readings", self._nothing, self.lines)
        pictures = (self.controls, *self._picture)
        parts = (self.question, self.waiting, self.left, self._no_runs, self.notes, *pictures, self.runs)
        _scrolled(self._side, said.NOTES, *parts)
        self._side.body.addWidget(self.question.buttons)
        row = QHBoxLayout(self._files)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.tare, self.weigh, self.next, self.choose):
            row.addWidget(button)
        self.offers.end_with(self._files)
        self.body.addWidget(self.offers)

    def _row(self) -> ReadingRow:
        row = ReadingRow()
        row.opened.connect(self._named)
        return row

    @Slot(object)
    def _offered(self, given: Given) -> None:
        if given.command is Command.TABLE_COLUMN and given.answer is None:
            given = Given(given.command, None, str(max(0, self.first_rows.currentColumn())))
        self.given.emit(given)

    @Slot(str)
    def _named(self, key: str) -> None:
        """The line's tube is scanned next, or the limit is changed."""
        if self.view.question is None:
            self.given.emit(Given(self.view.opens, None, key))

    @Slot()
    def _open_next(self) -> None:
        if self._looked.came:
            self.file_given.emit(FileGiven(str(self._looked.came[0].path)))

    @Slot()
    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, said.CHOOSE, "", said.FILES)
        if path:
            self.file_given.emit(FileGiven(path))


def _ink(view: MeasureView) -> str:
    return worn().on_action if view.on_pan else worn().action


def _paint_run(row: LinkRow, line: ReadingLine) -> None:
    detail = "\n".join(part for part in (line.tube, line.how, line.said) if part)
    row.show_line("", line.sample, detail, kind=line.kind)


def _paint_left(row: LinkRow, words: str) -> None:
    folder, _, why = words.partition(": ")
    row.show_line("", folder, why, kind=VerdictKind.ATTENTION)


def _note() -> Words:
    return Words("strong")


def _scrolled(card: Card, name: str, *parts: QWidget) -> None:
    scroll = Scroll(name)
    for part in parts:
        scroll.body.addWidget(part)
    scroll.body.addStretch(1)
    card.body.addWidget(scroll, 1)
