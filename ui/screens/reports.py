"""Reports: unacceptable specimens of a period on screen, as PDF and as XLSX, and beside them NIPT of a month."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from gms_desktop.documents.rejection_report import QC_HOW, QC_TITLE
from gms_desktop.services.audit_view import AuditView
from gms_desktop.services.nipt_views import NiptReportView
from gms_desktop.services.views import QcRateRow, ReportRow, ReportView
from ui import preview_words, words
from ui.actions import ACTS, ScreenAct
from ui.payloads import NiptReportWanted, ReportWanted
from ui.screens.audit_page import AuditPage
from ui.screens.nipt_report import NiptReport
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.field import Field
from ui.widgets.flow import in_lines
from ui.widgets.press import BenchButton
from ui.widgets.problems import Problems
from ui.widgets.table import Table
from ui.widgets.table_model import Column
from ui.widgets.text import Words

_DAY_WIDTH = 150
# The filter, the headings and three rows: less is no table.
_LEAST_TABLE = 250


def _reasons(row: ReportRow) -> str:
    return "; ".join(f"{reason} {count}" for reason, count in row.reasons)


def _rate(row: ReportRow) -> float:
    return row.unacceptable / row.received if row.received else 0.0


COLUMNS: tuple[Column[ReportRow], ...] = (
    Column("Requestor", lambda row: row.requestor),
    Column("Location", lambda row: row.location, wide=True),
    Column("Received", lambda row: str(row.received), number=lambda row: row.received),
    Column("Unacceptable", lambda row: str(row.unacceptable), number=lambda row: row.unacceptable),
    Column("Rate", lambda row: row.rate, number=_rate),
    Column("Level", lambda row: f"!  {words.HIGH}" if row.high else ""),
    Column("Reasons", _reasons, wide=True),
)

QC_COLUMNS: tuple[Column[QcRateRow], ...] = (
    Column("Specimen type", lambda row: row.kind),
    Column("Requestor", lambda row: row.requestor, wide=True),
    Column("Rejected", lambda row: row.rejected),
    Column("Measured", lambda row: row.measured),
    Column("Failed QC", lambda row: row.failed),
    Column("Conceded", lambda row: row.conceded),
)


class ReportsScreen(Screen):
    """Paints a ``ReportView`` or, on its other pages, a ``NiptReportView`` and an ``AuditView``.

    Signals:
        report_wanted(ReportWanted | AuditWanted): a period or a part of the audit trail, to show or to make a file of.
        nipt_wanted(NiptReportWanted): a month of NIPT, to show or to write the files of.
        stop_wanted(): the report that is being counted is not wanted any more.
    """

    report_wanted = Signal(object)
    nipt_wanted = Signal(object)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Reports", parent)
        self.of_specimens = BenchButton()
        self.of_nipt = BenchButton()
        self.nipt = NiptReport()
        self.trail = AuditPage()
        self._pages = QStackedWidget()
        self._specimens_heading = ""
        self.problems = Problems()
        self.start = Field("start", words.REPORT_START)
        self.end = Field("end", words.REPORT_END)
        self.show_period = BenchButton()
        self.pdf = BenchButton()
        self.xlsx = BenchButton()
        self.look = BenchButton()
        self.turnaround = BenchButton()
        self.workload = BenchButton()
        self.qc_trend = BenchButton()
        self.audit = BenchButton()
        self.proof = BenchButton()
        self._totals = Words("strong")
        self._outside = Words("muted")
        self.table: Table[ReportRow] = Table("Unacceptable specimens", COLUMNS, words.REPORT_EMPTY)
        self.qc: Table[QcRateRow] = Table(QC_TITLE, QC_COLUMNS, words.REPORT_EMPTY)
        self._qc_card = Card(QC_TITLE)
        self._period = ("", "")
        self._counted: int | None = None
        self._build()
        self._connect()

    def paint(self, view: ReportView) -> None:
        """Show the view; a period being typed is left alone."""
        self._specimens_heading = view.heading
        self._head()
        if (view.start, view.end) != self._period:
            self._period = (view.start, view.end)
            self.start.put(view.start)
            self.end.put(view.end)
        self._dress()
        self.problems.paint(view.problems)
        totals = (
            f"{words.REPORT_RECEIVED}: {view.total_received}",
            f"{words.REPORT_UNACCEPTABLE}: {view.total_unacceptable}",
            view.threshold,
        )
        self._totals.say("     ".join(totals))
        outside = "; ".join(f"{what} {count}" for what, count in view.outside)
        self._outside.say(f"{words.REPORT_OUTSIDE}: {outside}")
        self._outside.setVisible(bool(outside))
        self.table.paint(view.rows)
        self.qc.paint(view.qc)
        self._qc_card.setVisible(bool(view.qc))
        self.look.setEnabled(not view.problems)
        for button in (self.pdf, self.xlsx):
            button.setEnabled(bool(view.rows) and not view.problems)

    def paint_nipt(self, view: NiptReportView) -> None:
        """Show NIPT of a month; a month being typed is left alone."""
        self.nipt.paint(view)
        self._head()

    def paint_audit(self, view: AuditView) -> None:
        """Show the audit trail; what is being typed is left alone."""
        self.trail.paint(view)
        self._head()

    @property
    def shows_audit(self) -> bool:
        """Whether the page of the audit trail is the one in view."""
        return self._pages.currentWidget() is self.trail

    @property
    def shows_nipt(self) -> bool:
        """Whether the page of NIPT is the one in view."""
        return self._pages.currentWidget() is self.nipt

    def turn_to(self, *, nipt: bool) -> None:
        """Show NIPT of a month, or what was received."""
        self._pages.setCurrentIndex(int(nipt))
        self._head()

    def turn_to_audit(self) -> None:
        """Show the page of the audit trail."""
        self.trail.begin(*self._period)
        self._pages.setCurrentWidget(self.trail)
        self._head()

    def _head(self) -> None:
        self.proof.label(words.LOOK_PROOF, icon=icon("confirm", worn().action))
        if self.shows_audit:
            self.order(self.trail.view.heading)
        else:
            self.order(self.nipt.heading if self.shows_nipt else self._specimens_heading)
        of_period = not self.shows_nipt and not self.shows_audit
        for button, here, said in (
            (self.of_specimens, of_period, words.REPORT_OF_SPECIMENS),
            (self.of_nipt, self.shows_nipt, words.REPORT_OF_NIPT),
            (self.audit, self.shows_audit, words.REPORT_AUDIT),
        ):
            button.label(f"✓ {said}" if here else said, icon=icon("reports", worn().action))
        for button, said in (
            (self.turnaround, self._of_turnaround()),
            (self.workload, words.REPORT_WORKLOAD),
            (self.qc_trend, words.REPORT_QC_TREND),
        ):
            button.label(said, icon=icon("export", worn().action))
            # They are of the period that is entered on the other page.
            button.setVisible(of_period)

    @Slot(object)
    def count(self, done: int | None) -> None:
        """So many specimens of the report of turnaround are counted; None: none is being made."""
        self._counted = done
        self.turnaround.label(self._of_turnaround(), icon=icon("export", worn().action))

    def _of_turnaround(self) -> str:
        # While one is being made the same button stops it: there is never a second of the kind.
        return words.REPORT_TURNAROUND if self._counted is None else words.REPORT_STOP.format(done=self._counted)

    def _dress(self) -> None:
        palette = worn()
        self.show_period.label(words.REPORT_SHOW, usual=True, icon=icon("reports", palette.on_action))
        self.pdf.label(words.REPORT_PDF, icon=icon("print", palette.action))
        self.xlsx.label(words.REPORT_XLSX, icon=icon("export", palette.action))
        self.look.label(preview_words.LOOK_REPORTS, icon=icon("file", palette.action))

    def _build(self) -> None:
        self.show_period.bind(ACTS[ScreenAct.SHOW_REPORT])
        self.pdf.bind(ACTS[ScreenAct.REPORT_PDF])
        self.xlsx.bind(ACTS[ScreenAct.REPORT_XLSX])
        self.look.bind(ACTS[ScreenAct.LOOK_REPORTS])
        self.turnaround.bind(ACTS[ScreenAct.REPORT_TURNAROUND])
        self.workload.bind(ACTS[ScreenAct.REPORT_WORKLOAD])
        self.qc_trend.bind(ACTS[ScreenAct.REPORT_QC_TREND])
        self.audit.bind(ACTS[ScreenAct.REPORT_AUDIT])
        self.proof.bind(ACTS[ScreenAct.LOOK_PROOF])
        self.of_specimens.bind(ACTS[ScreenAct.REPORT_OF_SPECIMENS])
        self.of_nipt.bind(ACTS[ScreenAct.REPORT_OF_NIPT])
        files = (self.turnaround, self.workload, self.qc_trend)
        self.body.addWidget(in_lines(self.of_specimens, self.of_nipt, self.audit, *files, self.proof))
        self._pages.addWidget(self._page())
        self._pages.addWidget(self.nipt)
        self._pages.addWidget(self.trail)
        self.body.addWidget(self._pages, 1)

    def _page(self) -> QWidget:
        page = Scroll(words.REPORT_OF_SPECIMENS)
        column = page.body
        column.addWidget(self.problems)
        for day in (self.start, self.end):
            day.setMinimumWidth(_DAY_WIDTH)
        column.addWidget(in_lines(self.start, self.end, self.show_period, self.look, self.pdf, self.xlsx))
        card = Card()
        card.body.addWidget(self._totals)
        card.body.addWidget(self._outside)
        self.table.setMinimumHeight(_LEAST_TABLE)
        card.body.addWidget(self.table, 1)
        column.addWidget(card, 3)
        self._qc_card.body.addWidget(Words("small", QC_HOW))
        self.qc.setMinimumHeight(_LEAST_TABLE)
        self._qc_card.body.addWidget(self.qc, 1)
        column.addWidget(self._qc_card, 2)
        return page

    def _connect(self) -> None:
        self.show_period.clicked.connect(self._show)
        self.start.edit.done.connect(self._show)
        self.end.edit.done.connect(self._show)
        self.pdf.clicked.connect(self._make_pdf)
        self.xlsx.clicked.connect(self._make_xlsx)
        self.look.clicked.connect(self._look)
        self.turnaround.clicked.connect(self._write_turnaround)
        self.workload.clicked.connect(self._write_workload)
        self.qc_trend.clicked.connect(self._write_qc_trend)
        self.audit.clicked.connect(self._turn_to_audit)
        self.trail.wanted.connect(self.report_wanted)
        self.proof.clicked.connect(self._look_at_proof)
        self.of_specimens.clicked.connect(self._turn_to_specimens)
        self.of_nipt.clicked.connect(self._turn_to_nipt)
        self.nipt.wanted.connect(self.nipt_wanted)

    @Slot()
    def _turn_to_specimens(self) -> None:
        self.turn_to(nipt=False)
        self._show()

    @Slot()
    def _turn_to_nipt(self) -> None:
        self.turn_to(nipt=True)
        self.nipt_wanted.emit(NiptReportWanted(self.nipt.month.text.strip()))

    @Slot()
    def _show(self) -> None:
        self._want("screen")

    @Slot()
    def _look(self) -> None:
        start, end = self._period
        self.report_wanted.emit(ReportWanted(start, end, "look"))

    @Slot()
    def _make_pdf(self) -> None:
        self._want("pdf")

    @Slot()
    def _make_xlsx(self) -> None:
        self._want("xlsx")

    @Slot()
    def _write_turnaround(self) -> None:
        if self._counted is None:
            self._want("file", "turnaround")
        else:
            self.stop_wanted.emit()

    @Slot()
    def _write_workload(self) -> None:
        self._want("file", "workload")

    @Slot()
    def _write_qc_trend(self) -> None:
        self._want("file", "qc-trend")

    @Slot()
    def _turn_to_audit(self) -> None:
        self.turn_to_audit()
        self.trail.show_asked()

    @Slot()
    def _look_at_proof(self) -> None:
        self._want("proof")

    def _want(self, form: str, sort: str = "") -> None:
        self.report_wanted.emit(ReportWanted(self.start.text.strip(), self.end.text.strip(), form, sort))
