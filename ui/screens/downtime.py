"""Downtime: numbers and packs for an outage, the forms entered after it, and the account of every number."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.services.unannounced import FIELDS, PERSONS
from gms_desktop.services.views import Answer, BackEntry, DowntimeNumberLine, DowntimePackLine, DowntimeView
from ui import words
from ui.actions import ACTS, COMMANDS, ScreenAct
from ui.payloads import AccountWanted, FormView, Given, PackWanted, Problem
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.banner import PatientBanner
from ui.widgets.card import Card, Scroll
from ui.widgets.field import Field
from ui.widgets.flow import Flow, in_lines
from ui.widgets.form import Asked, Form, Section
from ui.widgets.offer_bar import OfferBar
from ui.widgets.press import BenchButton
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.table import Table
from ui.widgets.table_model import Column
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel

_LEAST_HIGH = 96
_COUNT_WIDTH = 200
_HOURS = (("", "Not said yet"), ("before", "Before the clocks went back"), ("after", "After the clocks went back"))
_OUTCOMES = (("", "Not stated"), ("accepted", "Accepted"), ("on hold", "On hold"), ("rejected", "Rejected"))
PAPER = (
    Section(
        "What the form says",
        (
            Asked("when", "When the tube really arrived", words.DOWNTIME_WHEN_HINT),
            Asked("who", "Received by", "The name on the form"),
            Asked("outcome", "Outcome on the form", options=_OUTCOMES),
            Asked("which", "Which of the two hours", "The clocks went back on that day.", options=_HOURS),
        ),
    ),
)
TUBE = (
    Section(
        "What the tube says",
        (
            *(Asked(name, label) for name, label in FIELDS),
            Asked("person", "Whose tube", options=tuple((choice.code, choice.label) for choice in PERSONS)),
        ),
    ),
)

PACK_COLUMNS: tuple[Column[DowntimePackLine], ...] = (
    Column("Numbers", lambda line: line.numbers, code=True),
    Column("Issued", lambda line: str(line.issued), number=lambda line: line.issued),
    Column("Used", lambda line: str(line.used), number=lambda line: line.used),
    Column("Spoiled", lambda line: str(line.spoiled), number=lambda line: line.spoiled),
    Column("Not used", lambda line: str(line.not_used), number=lambda line: line.not_used),
    Column("Missing", lambda line: str(line.missing), number=lambda line: line.missing),
    Column("Open", lambda line: str(line.open), number=lambda line: line.open),
    Column("Printed", lambda line: line.printed),
    Column("Set", lambda line: line.name),
    Column("Bench", lambda line: line.bench),
)
NUMBER_COLUMNS: tuple[Column[DowntimeNumberLine], ...] = (
    Column("Number", lambda line: line.number, code=True),
    Column("What became of it", lambda line: line.state),
    Column("Specimen", lambda line: line.specimen, code=True),
    Column("Really received", lambda line: line.happened),
    Column("By", lambda line: line.who),
    Column("Why not used", lambda line: line.reason, wide=True),
    Column("Entered", lambda line: line.entered),
    Column("Entered by", lambda line: line.entered_by),
)


class _Entry(Card):
    """The form being entered: what paper and tube say.

    Signals:
        given(Given): the form, to be entered.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._number = ""
        self._tube = Words("strong")
        self.banner = PatientBanner()
        self.paper, self.tube = Form(PAPER), Form(TUBE)
        self.enter = BenchButton()
        self.enter.bind(COMMANDS[Command.DOWNTIME_ENTER])
        page = Scroll("The form")
        for each in (self._tube, self.banner, self.paper, self.tube):
            page.body.addWidget(each)
        page.body.addStretch(1)
        self.body.addWidget(page, 1)
        self.enter.clicked.connect(self._enter)
        for form in (self.paper, self.tube):
            for field in form.fields.values():
                field.edit.done.connect(self._enter)

    def paint(self, entry: BackEntry) -> None:
        """Show the form; what is being entered under the same number stays."""
        palette = worn()
        self.enter.label(f"Enter form {entry.number}", usual=True, icon=icon("confirm", palette.on_action))
        self.entitle(f"{entry.number}   printed {entry.printed}")
        self._tube.say(entry.tube or words.DOWNTIME_NO_REQUEST)
        self.banner.paint(entry.banner)
        self.banner.setVisible(entry.banner is not None)
        self.tube.setVisible(not entry.tube)
        fresh = entry.number != self._number
        if fresh:
            self._number = entry.number
            self._empty(entry)
        problems = tuple(Problem(name, text) for name, text in entry.problems)
        self.paper.paint(FormView(problems=problems))
        hours = self.paper.choices["which"].parentWidget()
        if hours is not None:
            hours.setVisible(entry.ask_hour)
        if fresh and not problems:
            self.paper.fields["when"].edit.setFocus()

    def forget(self) -> None:
        """No form is being entered: the next begins empty, with the same number too."""
        self._number = ""

    def _empty(self, entry: BackEntry) -> None:
        known = dict(entry.values)
        for form in (self.paper, self.tube):
            for name, field in form.fields.items():
                field.put(known.get(name, ""))
            for name, choices in form.choices.items():
                choices.choose(known.get(name, "person" if name == "person" else ""))

    @Slot()
    def _enter(self) -> None:
        fields = self.paper.entered().fields
        if not self.tube.isHidden():
            fields += self.tube.entered().fields
        self.given.emit(Given(Command.DOWNTIME_ENTER, Answer(fields=fields, subject=self._number)))


class _Account(QWidget):
    """Packs and numbers with what became of each, and the next pack.

    Signals:
        pack_wanted(PackWanted): a pack of so many numbers.
        account_wanted(AccountWanted): the account as a file.
    """

    pack_wanted = Signal(object)
    account_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = Field("count", words.DOWNTIME_COUNT)
        self.count.setMinimumWidth(_COUNT_WIDTH)
        self.print_pack, self.pdf, self.xlsx = BenchButton(), BenchButton(), BenchButton()
        self._free, self._totals = Words("muted"), Words("strong")
        self._numbers_card = Card()
        self.packs: Table[DowntimePackLine] = Table(
            words.DOWNTIME_PACKS, PACK_COLUMNS, words.DOWNTIME_NO_PACKS, titled=True
        )
        self.numbers: Table[DowntimeNumberLine] = Table(
            words.DOWNTIME_NUMBERS, NUMBER_COLUMNS, words.DOWNTIME_NO_PACKS, titled=True
        )
        self._build()
        self.print_pack.clicked.connect(self._print)
        self.count.edit.done.connect(self._print)
        self.pdf.clicked.connect(self._make_pdf)
        self.xlsx.clicked.connect(self._make_xlsx)

    def paint(self, view: DowntimeView) -> None:
        """Show the account; a count being typed is left alone."""
        palette, report = worn(), view.report
        ready = view.free > 0
        colour = palette.on_action if ready else palette.action
        self.print_pack.label(words.DOWNTIME_PRINT, usual=ready, icon=icon("print", colour))
        self.pdf.label(words.REPORT_PDF, icon=icon("print", palette.action))
        self.xlsx.label(words.REPORT_XLSX, icon=icon("export", palette.action))
        self.print_pack.setEnabled(ready)
        self._free.say(words.DOWNTIME_FREE.format(count=view.free) if ready else words.DOWNTIME_NONE_FREE)
        self._totals.say("     ".join(f"{name.capitalize()}: {count}" for name, count in report.totals))
        self.packs.paint(report.packs)
        self.numbers.paint(report.numbers)
        self._numbers_card.setVisible(bool(report.numbers))
        for button in (self.pdf, self.xlsx):
            button.setEnabled(bool(report.numbers))

    def _build(self) -> None:
        self.print_pack.bind(ACTS[ScreenAct.DOWNTIME_PACK])
        self.pdf.bind(ACTS[ScreenAct.REPORT_PDF])
        self.xlsx.bind(ACTS[ScreenAct.REPORT_XLSX])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.GAP)
        column.addWidget(in_lines(self.count, self.print_pack, self.pdf, self.xlsx))
        column.addWidget(self._free)
        column.addWidget(self._totals)
        page = Scroll(words.DOWNTIME_ACCOUNT)
        page.body.setSpacing(Space.GAP)
        packs = Card()
        for card, table, share in ((packs, self.packs, 2), (self._numbers_card, self.numbers, 3)):
            card.body.addWidget(table, 1)
            card.setMinimumHeight(share * _LEAST_HIGH)
            page.body.addWidget(card, share)
        column.addWidget(page, 1)

    @Slot()
    def _print(self) -> None:
        self.pack_wanted.emit(PackWanted(self.count.text.strip()))

    @Slot()
    def _make_pdf(self) -> None:
        self.account_wanted.emit(AccountWanted("pdf"))

    @Slot()
    def _make_xlsx(self) -> None:
        self.account_wanted.emit(AccountWanted("xlsx"))


class DowntimeScreen(Screen):
    """Paints a ``DowntimeView``: a form, a question, or the account.

    Signals:
        given(Given): a command, a form, or the answer to a question.
        pack_wanted(PackWanted), account_wanted(AccountWanted): a file to be made.
    """

    given = Signal(object)
    pack_wanted = Signal(object)
    account_wanted = Signal(object)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Downtime", parent)
        self.verdict = VerdictPanel(motion=motion)
        self.entry, self.account = _Entry(), _Account()
        self.question, self.offers = QuestionPanel(), OfferBar()
        self._asked = Card()
        self._buttons = QWidget()
        self._build()
        self._connect()

    def paint(self, view: DowntimeView) -> None:
        """Show the view."""
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        self._asked.setVisible(view.question is not None)
        self.question.paint(view.question)
        entered = view.entry is not None
        self.entry.setVisible(entered)
        self.entry.enter.setVisible(entered)
        if view.entry is not None:
            self.entry.paint(view.entry)
        elif view.question is None:
            self.entry.forget()
        self.account.setVisible(not entered and view.question is None)
        self.account.paint(view)
        self.offers.paint(view.offers)
        self._buttons.setVisible(view.question is None)

    def _build(self) -> None:
        self._asked.body.addWidget(self.question)
        self._asked.body.addWidget(self.question.buttons)
        self._asked.body.addStretch(1)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self._asked, 1)
        self.body.addWidget(self.entry, 1)
        self.body.addWidget(self.account, 1)
        flow = Flow(self._buttons, gap=Space.GAP)
        flow.addWidget(self.entry.enter)
        flow.addWidget(self.offers)
        self.body.addWidget(self._buttons)

    def _connect(self) -> None:
        for source in (self.entry, self.question, self.offers):
            source.given.connect(self.given)
        self.account.pack_wanted.connect(self.pack_wanted)
        self.account.account_wanted.connect(self.account_wanted)
