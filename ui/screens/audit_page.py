"""The audit trail on the Reports screen: what is asked for, its first entries, and a file with all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gms_desktop import protection_words
from gms_desktop.documents.audit_trail import Trace
from gms_desktop.services.audit_view import AuditView
from ui import words
from ui.actions import ACTS, ScreenAct
from ui.payloads import AuditWanted
from ui.theme.icons import icon
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.field import Field
from ui.widgets.flow import in_lines
from ui.widgets.press import BenchButton
from ui.widgets.problems import Problems
from ui.widgets.table import Table
from ui.widgets.table_model import Column

_WIDTH, _LEAST_TABLE = 150, 250
COLUMNS: tuple[Column[Trace], ...] = (
    Column("When", lambda row: row.at),
    Column("Act", lambda row: row.words, wide=True),
    Column("Recorded", lambda row: row.recorded, wide=True),
    Column("Person", lambda row: row.who),
    Column("Bench", lambda row: row.bench),
    Column("Kind", lambda row: row.kind),
    Column("Judged", lambda row: row.verdict),
)
_ASKED = (
    ("from", words.REPORT_START),
    ("to", words.REPORT_END),
    ("person", words.AUDIT_PERSON),
    ("kind", words.AUDIT_KIND),
    ("about", words.AUDIT_ABOUT),
)


class AuditPage(QWidget):
    """Paints an ``AuditView``.

    Signals:
        wanted(AuditWanted): what is asked for, to show or to make a file of.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problems = Problems()
        self.fields = {name: Field(name, label) for name, label in _ASKED}
        self.show_part = BenchButton()
        self.save = BenchButton()
        self.table: Table[Trace] = Table(words.REPORT_AUDIT, COLUMNS, words.AUDIT_EMPTY)
        self._view = AuditView(protection_words.AUDIT_CHOOSE)
        self._build()
        self.paint(self._view)

    @property
    def view(self) -> AuditView:
        """What is in view."""
        return self._view

    def begin(self, start: str, end: str) -> None:
        """Ask for a period at first; what was typed here is left alone."""
        if not any(self._typed().values()):
            self.fields["from"].put(start)
            self.fields["to"].put(end)

    def paint(self, view: AuditView) -> None:
        """Show the view; what is being typed is left alone."""
        self._view = view
        palette = worn()
        self.show_part.label(words.AUDIT_SHOW, usual=True, icon=icon("reports", palette.on_action))
        self.save.label(words.AUDIT_SAVE, icon=icon("export", palette.action))
        self.save.setEnabled(view.read)
        self.problems.paint(view.problems)
        self.table.when_empty(protection_words.AUDIT_NOTHING if view.read else words.AUDIT_EMPTY)
        self.table.paint(view.rows)

    def _typed(self) -> dict[str, str]:
        return {name: field.text.strip() for name, field in self.fields.items()}

    def _build(self) -> None:
        self.show_part.bind(ACTS[ScreenAct.SHOW_REPORT])
        self.save.bind(ACTS[ScreenAct.NIPT_FILES])
        for field in self.fields.values():
            field.setMinimumWidth(_WIDTH)
            field.edit.done.connect(self.show_asked)
        self.table.setMinimumHeight(_LEAST_TABLE)
        card = Card()
        card.body.addWidget(self.table, 1)
        # However low the window is, no button is cut: the page scrolls.
        page = Scroll(words.REPORT_AUDIT)
        page.body.addWidget(self.problems)
        page.body.addWidget(in_lines(*self.fields.values(), self.show_part, self.save))
        page.body.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        self.show_part.clicked.connect(self.show_asked)
        self.save.clicked.connect(self._save)

    @Slot()
    def show_asked(self) -> None:
        """Ask for what is typed."""
        self.wanted.emit(AuditWanted(self._typed()))

    @Slot()
    def _save(self) -> None:
        # What is on screen, whatever is being typed.
        self.wanted.emit(AuditWanted(dict(self._view.asked), "file"))
