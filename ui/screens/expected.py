"""Expected: files of requests that are taken in, and the rows of them that need a person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gms_desktop.services.views import ExpectedView, FixItLine, ImportLine
from ui import words
from ui.actions import ACTS, ScreenAct
from ui.payloads import FileGiven
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.press import BenchButton, Press
from ui.widgets.table import Table
from ui.widgets.table_model import Column
from ui.widgets.text import Words, repolish
from ui.widgets.undo_button import UndoButton
from ui.widgets.verdict_panel import VerdictPanel

_MOST_ODD = 3
_FILES = "Requests (*.csv *.txt *.tsv *.xlsx *.xls *.ods *.json);;All files (*)"

IMPORT_COLUMNS: tuple[Column[ImportLine], ...] = (
    Column("Taken in", lambda line: line.at),
    Column("File", lambda line: line.file),
    Column("Rows landed", lambda line: str(line.landed), number=lambda line: line.landed),
    Column("Rows for you", lambda line: str(line.waiting), number=lambda line: line.waiting),
    Column("Rows known", lambda line: str(line.already), number=lambda line: line.already),
    Column("Who", lambda line: line.who),
    Column("State", lambda line: words.UNDONE if line.undone else "stands"),
    Column("As it came", lambda line: line.kept),
)

FIX_COLUMNS: tuple[Column[FixItLine], ...] = (
    Column("Row", lambda line: str(line.row), number=lambda line: line.row),
    Column("Column", lambda line: line.column),
    Column("What stood there", lambda line: line.value or "(empty)", code=True),
    Column("What to do", lambda line: line.reason, wide=True),
    Column("File", lambda line: line.file),
)


class DropZone(QFrame):
    """Takes one or more dropped files.

    Signals:
        given(FileGiven): one file.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self.choose = BenchButton()
        self.choose.bind(ACTS[ScreenAct.CHOOSE_FILE])
        self.choose.clicked.connect(self._choose)
        self.undo = UndoButton()
        self.waiting = Words("strong")
        self.directory = Words("muted")
        self.odd = Words("strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.CARD, Space.GAP, Space.CARD, Space.GAP)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(Words("name", words.EXPECTED_DROP))
        text.addWidget(Words("muted", words.EXPECTED_DROP_MORE))
        text.addWidget(self.waiting)
        text.addWidget(self.directory)
        text.addWidget(self.odd)
        row.addLayout(text, 1)
        row.addWidget(self.undo)
        row.addWidget(self.choose)

    def paint(self) -> None:
        """Show the button in the palette worn."""
        self.choose.label(words.EXPECTED_CHOOSE, usual=True, icon=icon("file", worn().on_action))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files on this machine are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._mark(over=True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._mark(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand each over."""
        self._mark(over=False)
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.given.emit(FileGiven(url.toLocalFile()))

    def _mark(self, *, over: bool) -> None:
        self.setProperty("over", over)
        repolish(self)

    @Slot()
    def _choose(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, words.EXPECTED_CHOOSE, "", _FILES)
        for path in paths:
            self.given.emit(FileGiven(path))


class ExpectedScreen(Screen):
    """Paints an ``ExpectedView``.

    Signals:
        file_given(FileGiven): a file to take in.
        given(Given): undo.
        copy_wanted(ImportLine): a copy of the file of an import.
    """

    file_given = Signal(object)
    given = Signal(object)
    copy_wanted = Signal(object)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Expected", parent)
        self.verdict = VerdictPanel(motion=motion)
        self.drop = DropZone()
        self.imports: Table[ImportLine] = Table(
            words.EXPECTED_IMPORTS, IMPORT_COLUMNS, words.EXPECTED_NO_IMPORTS, titled=True
        )
        self.save_copy = Press(words.EXPECTED_SAVE_COPY)
        self.fix_it: Table[FixItLine] = Table(words.EXPECTED_FIX, FIX_COLUMNS, words.EXPECTED_NO_FIX, titled=True)
        self._build()
        self._connect()

    def paint(self, view: ExpectedView) -> None:
        """Show the view."""
        self.order(view.heading)
        self.drop.paint()
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        self.drop.waiting.say(f"{words.EXPECTED_WAITING}: {view.expected}")
        in_force = "; ".join(view.directories)
        said = f"{words.EXPECTED_DIRECTORY}: {in_force}" if in_force else words.EXPECTED_NO_DIRECTORY
        self.drop.directory.say(said)
        self.drop.odd.say("\n".join(view.tests_odd[:_MOST_ODD]), "attention")
        self.drop.odd.setVisible(bool(view.tests_odd))
        self.fix_it.title.say(f"{words.EXPECTED_FIX}  {len(view.fix_it)}" if view.fix_it else words.EXPECTED_FIX)
        self.fix_it.paint(view.fix_it)
        self.imports.paint(view.imports)
        self.save_copy.setVisible(bool(view.imports))
        self.drop.undo.paint(view.undo)

    def _build(self) -> None:
        page = Scroll("Files and rows")
        page.body.setSpacing(Space.GAP)
        page.body.addWidget(self.verdict)
        page.body.addWidget(self.drop)
        for table, share in ((self.fix_it, 3), (self.imports, 2)):
            card = Card()
            card.body.addWidget(table, 1)
            if table is self.imports:
                card.body.addWidget(self.save_copy, 0, Qt.AlignmentFlag.AlignLeft)
            page.body.addWidget(card, share)
        self.body.addWidget(page, 1)

    def _connect(self) -> None:
        self.drop.given.connect(self.file_given)
        self.drop.undo.given.connect(self.given)
        self.save_copy.clicked.connect(self._want_copy)

    @Slot()
    def _want_copy(self) -> None:
        line = self.imports.chosen()
        if line is None:
            self.imports.view.setFocus()
            self.drop.waiting.say(words.EXPECTED_CHOOSE_LINE)
        else:
            self.copy_wanted.emit(line)
