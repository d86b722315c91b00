"""NIPT of a month on the Reports screen: S02, S03 and S06, and every row and sample that somebody must look at."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gms_desktop.services.nipt_views import MeasureLine, NiptLine, NiptReportView
from ui import words
from ui.actions import ACTS, ScreenAct
from ui.payloads import NiptReportWanted
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.field import Field
from ui.widgets.flow import in_lines
from ui.widgets.press import BenchButton
from ui.widgets.problems import Problems
from ui.widgets.rows import Rows
from ui.widgets.table import Table
from ui.widgets.table_model import Column
from ui.widgets.text import Words

_ROWS_IN_VIEW, _MONTH_WIDTH = 240, 170
LINES: tuple[Column[NiptLine], ...] = (
    Column("Where", lambda line: line.where),
    Column("Sample", lambda line: line.sample, code=True),
    Column("Item", lambda line: line.item),
    Column("Standing", lambda line: f"!  {line.severity}" if line.first else line.severity),
    Column("In words", lambda line: line.words, wide=True),
)


class _Measure(QWidget):
    """One measure on one clock: what it is, the figure, and the level in words."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._clock = Words("strong"), Words("small")
        self._figure, self._level = Words("strong"), Words("strong")
        self._thresholds, self._remark = Words("small"), Words("strong")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, Space.STEP)
        grid.setHorizontalSpacing(Space.GAP)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._clock, 1, 0)
        grid.addWidget(self._figure, 0, 1)
        grid.addWidget(self._level, 0, 2)
        grid.addWidget(self._thresholds, 1, 2)
        grid.addWidget(self._remark, 2, 0, 1, 3)
        for column, share in enumerate((3, 2, 3)):
            grid.setColumnStretch(column, share)

    def paint(self, line: MeasureLine) -> None:
        """Show the measure; where it was not computed, why."""
        self._name.say(line.name)
        self._clock.say(", ".join(filter(None, (line.period, line.clock))))
        self._figure.say(" = ".join(filter(None, (line.figure, line.percent))))
        self._level.say(f"!  {line.level}" if line.below else line.level, "attention" if line.below else "")
        self._thresholds.say(line.thresholds)
        self._remark.say(line.remark)
        self._remark.setVisible(bool(line.remark))
        said = (line.name, self._clock.text(), self._figure.text(), line.level, line.remark)
        self.setAccessibleName(". ".join(filter(None, said)))


class NiptReport(QWidget):
    """Paints a ``NiptReportView``.

    Signals:
        wanted(NiptReportWanted): a month, to show or to write the files of.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problems = Problems()
        self.month = Field("month", words.NIPT_MONTH)
        self.show_month = BenchButton()
        self.before = BenchButton()
        self.after = BenchButton()
        self.files = BenchButton()
        self._totals = Words("strong")
        self._notes = Words("muted")
        self.measures: Rows[MeasureLine, _Measure] = Rows(_Measure, _Measure.paint, gap=Space.STEP)
        self.lines: Table[NiptLine] = Table(words.NIPT_LINES, LINES, words.NIPT_NO_LINES, titled=True)
        self._view = NiptReportView(words.NIPT_READING, "")
        self._build()
        self._connect()
        self.paint(self._view)

    @property
    def heading(self) -> str:
        """What the month asks for first."""
        return self._view.heading

    def paint(self, view: NiptReportView) -> None:
        """Show the view; a month being typed is left alone."""
        if view.month != self._view.month:
            self.month.put(view.month)
        self._view = view
        self._dress()
        self.problems.paint(view.problems)
        self._totals.say(view.totals)
        self._totals.setVisible(bool(view.totals))
        self.measures.paint(view.measures)
        self.lines.paint(view.lines)
        self._notes.say("\n".join(view.notes))
        self._notes.setVisible(bool(view.notes))
        self.files.setEnabled(bool(view.measures))
        self.before.setEnabled(bool(view.before))
        self.after.setEnabled(bool(view.after))

    def _dress(self) -> None:
        palette = worn()
        self.show_month.label(words.NIPT_SHOW, usual=True, icon=icon("reports", palette.on_action))
        self.before.label(words.NIPT_BEFORE, icon=icon("keep-left", palette.action))
        self.after.label(words.NIPT_AFTER, icon=icon("keep-right", palette.action))
        self.files.label(words.NIPT_FILES, icon=icon("export", palette.action))

    def _build(self) -> None:
        acts = (ScreenAct.SHOW_REPORT, ScreenAct.MONTH_BEFORE, ScreenAct.MONTH_AFTER, ScreenAct.NIPT_FILES)
        buttons = (self.show_month, self.before, self.after, self.files)
        for button, act in zip(buttons, acts, strict=True):
            button.bind(ACTS[act])
        self.month.setMinimumWidth(_MONTH_WIDTH)
        page = Scroll(words.REPORT_OF_NIPT)
        # Some rows of the list can be read however low the window is: the page scrolls instead.
        self.lines.view.setMinimumHeight(_ROWS_IN_VIEW)
        for each in (self._totals, self.measures, self.lines, self._notes):
            page.body.addWidget(each)
        page.body.setStretchFactor(self.lines, 1)
        card = Card()
        card.body.addWidget(page, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.GAP)
        column.addWidget(self.problems)
        column.addWidget(in_lines(self.month, *buttons))
        column.addWidget(card, 1)

    def _connect(self) -> None:
        self.show_month.clicked.connect(self._show)
        self.month.edit.done.connect(self._show)
        self.before.clicked.connect(self._go_before)
        self.after.clicked.connect(self._go_after)
        self.files.clicked.connect(self._write)

    @Slot()
    def _show(self) -> None:
        self.wanted.emit(NiptReportWanted(self.month.text.strip()))

    @Slot()
    def _go_before(self) -> None:
        self.wanted.emit(NiptReportWanted(self._view.before))

    @Slot()
    def _go_after(self) -> None:
        self.wanted.emit(NiptReportWanted(self._view.after))

    @Slot()
    def _write(self) -> None:
        # The month that is on screen, whatever is being typed.
        self.wanted.emit(NiptReportWanted(self._view.month, "files"))
