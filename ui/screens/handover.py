"""Handover: the sheet as it is signed, the notes for the next shift, and the two signatures."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gms_desktop import handover_words as said
from gms_desktop.documents.handover import HANDED_OVER, NO_NOTES, NOTES, TAKEN_OVER, Line, Note, Section, Signature
from gms_desktop.domain.commands import Command
from gms_desktop.services.handover_view import HandoverView
from gms_desktop.services.views import Answer
from ui.actions import ACTS, COMMANDS, Binding, ScreenAct
from ui.payloads import Given
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.press import BenchButton, Press
from ui.widgets.rows import Rows
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel


class _Line(QWidget):
    """One thing that is open: what, how it stands, and what to do next."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.STEP, 0, Space.TIGHT)
        column.setSpacing(0)
        self._what, self._stands, self._next = Words("strong"), Words("muted"), Words("sentence")
        for each in (self._what, self._stands, self._next):
            column.addWidget(each)

    def paint(self, line: Line) -> None:
        """Show it."""
        mark = f"{said.URGENT_MARK}  " if line.urgent else ""
        self._what.say(f"{mark}{line.what}", "attention" if line.urgent else "")
        self._stands.say(line.stands)
        self._next.say(f"{said.NEXT}: {line.action}" if line.action else "")
        for each in (self._stands, self._next):
            each.setVisible(bool(each.text()))
        self.setAccessibleName(". ".join(part.rstrip(".") for part in self._parts()))

    def _parts(self) -> list[str]:
        return [each.text() for each in (self._what, self._stands, self._next) if each.text()]


class _Section(QWidget):
    """One section of the sheet."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.GAP)
        column.setSpacing(Space.STEP)
        self._title, self._note, self._empty = Words("title"), Words("muted"), Words("muted")
        self._lines: Rows[Line, _Line] = Rows(_Line, _Line.paint, gap=0)
        for each in (self._title, self._note, self._empty, self._lines):
            column.addWidget(each)

    def paint(self, section: Section) -> None:
        """Show it; one with nothing in it says so."""
        count = len(section.lines)
        self._title.say(f"{section.title}  {count}" if count else section.title)
        self._note.say(section.note)
        self._note.setVisible(bool(section.note))
        self._empty.say(section.empty)
        self._empty.setVisible(not count)
        self._lines.paint(section.lines)


class _NoteRow(QWidget):
    """A note with the button that says who has read it.

    Signals:
        read(str): the note that was acknowledged.
    """

    read = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._note = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.STEP, 0, Space.GAP)
        column.setSpacing(Space.STEP)
        self._text, self._from = Words("strong"), Words("small")
        self.acknowledge = Press()
        for each in (self._text, self._from, self.acknowledge):
            column.addWidget(each)
        self.acknowledge.clicked.connect(self._clicked)

    def paint(self, shown: tuple[Note, bool]) -> None:
        """Show a note; the button only to whoever may acknowledge it."""
        note, may = shown
        self._note = note.id
        self._text.say(note.text)
        self._from.say(", ".join((note.by, note.bench, note.at)))
        self.acknowledge.say(said.ACKNOWLEDGE)
        self.acknowledge.setAccessibleName(f"{said.ACKNOWLEDGE}: {note.text}")
        self.acknowledge.setVisible(may)
        self.setAccessibleName(f"{note.text}. {self._from.text()}")

    @Slot()
    def _clicked(self) -> None:
        self.read.emit(self._note)


class HandoverScreen(Screen):
    """Paints a ``HandoverView``.

    Signals:
        given(Given): a note written or acknowledged, or a signature. What is signed goes up as the answer's comment.
        print_wanted(): the sheet in view, as a PDF.
        fresh_wanted(): a new sheet, though one waits to be taken over.
    """

    given = Signal(object)
    print_wanted = Signal()
    fresh_wanted = Signal()

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Handover", parent)
        self.verdict = VerdictPanel(motion=motion)
        self.hand_over, self.take_over = BenchButton(), BenchButton()
        self.print_sheet, self.fresh = BenchButton(), BenchButton()
        self.add_note = BenchButton()
        self.note = Field("note", said.NOTE_LABEL, hint=said.NOTE_HINT)
        self.notes: Rows[tuple[Note, bool], _NoteRow] = Rows(self._note_row, _NoteRow.paint)
        self._no_notes, self._remark = Words("muted", NO_NOTES), Words("strong")
        self._made, self._lead, self._as_of = Words("muted"), Words("strong"), Words("muted")
        self._handed, self._taken = Words("strong"), Words("strong")
        self._sections: Rows[Section, _Section] = Rows(_Section, _Section.paint)
        self._notes_card = Card(NOTES)
        self._view: HandoverView | None = None
        self._build()
        self._connect()

    def paint(self, view: HandoverView) -> None:
        """Show the view; a note being written is left alone."""
        self._view = view
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        sheet = view.sheet
        self._made.say(f"{sheet.laboratory}, {sheet.bench}. Made {sheet.made_at} by {sheet.made_by}.")
        self._lead.say(sheet.lead)
        self._as_of.say(f"As of {sheet.as_of}")
        self._handed.say(_signed(HANDED_OVER, view.signatures.handed_over))
        self._taken.say(_signed(TAKEN_OVER, view.signatures.taken_over))
        for name in (self._handed, self._taken):
            name.setVisible(bool(view.signed))
        self._sections.paint(sheet.sections)
        self.notes.paint(tuple((note, view.may_note) for note in view.notes))
        self._no_notes.setVisible(not view.notes)
        self._remark.say(view.remark)
        self._remark.setVisible(bool(view.remark))
        self._dress(view)

    def note_taken(self) -> None:
        """The note is saved: the field is free for the next."""
        self.note.put("")

    def _dress(self, view: HandoverView) -> None:
        palette = worn()
        self.hand_over.label(said.HAND_OVER, usual=True, icon=icon("finish", palette.on_action))
        self.take_over.label(said.TAKE_OVER, usual=True, icon=icon("confirm", palette.on_action))
        self.print_sheet.label(said.PRINT, icon=icon("print", palette.action))
        self.fresh.label(said.MAKE_NEW, icon=icon("reports", palette.action))
        self.add_note.label(said.NOTE_CONFIRM, icon=icon("comment", palette.action))
        self.hand_over.setVisible(view.may_hand_over)
        self.take_over.setVisible(view.may_take_over)
        self.fresh.setVisible(bool(view.signed))
        for each in (self.note, self.add_note):
            each.setVisible(view.may_note)

    def _build(self) -> None:
        _bind(self.hand_over, Command.HAND_OVER, "F8")
        _bind(self.take_over, Command.TAKE_OVER, "F8")
        _bind(self.add_note, Command.WRITE_NOTE, "F6")
        self.print_sheet.bind(ACTS[ScreenAct.REPORT_PDF])
        self.fresh.bind(ACTS[ScreenAct.SHOW_REPORT])
        self.body.addWidget(self.verdict)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self._sheet_card(), 5)
        cards.addWidget(self._notes_card, 3)
        self.body.addLayout(cards, 1)
        self._build_notes()

    def _sheet_card(self) -> Card:
        card = Card()
        for each in (self._lead, self._made, self._handed, self._taken):
            card.body.addWidget(each)
        scroll = Scroll("Handover sheet")
        # Room for the frame that shows the focus.
        scroll.body.setContentsMargins(Space.TIGHT, Space.TIGHT, Space.TIGHT, Space.TIGHT)
        scroll.body.addWidget(self._as_of)
        scroll.body.addWidget(self._sections)
        scroll.body.addStretch(1)
        card.body.addWidget(scroll, 1)
        card.body.addWidget(self._remark)
        buttons = QWidget()
        flow = Flow(buttons)
        for button in (self.hand_over, self.take_over, self.print_sheet, self.fresh):
            flow.addWidget(button)
        card.body.addWidget(buttons)
        return card

    def _build_notes(self) -> None:
        listed = Scroll(NOTES)
        listed.body.setContentsMargins(Space.TIGHT, Space.TIGHT, Space.TIGHT, Space.TIGHT)
        listed.body.addWidget(self._no_notes)
        listed.body.addWidget(self.notes)
        listed.body.addStretch(1)
        self._notes_card.body.addWidget(listed, 1)
        self._notes_card.body.addWidget(self.note)
        self._notes_card.body.addWidget(self.add_note)

    def _connect(self) -> None:
        self.hand_over.clicked.connect(self._hand_over)
        self.take_over.clicked.connect(self._take_over)
        self.print_sheet.clicked.connect(self.print_wanted)
        self.fresh.clicked.connect(self.fresh_wanted)
        self.add_note.clicked.connect(self._add_note)
        self.note.edit.done.connect(self._add_note)

    def _note_row(self) -> _NoteRow:
        row = _NoteRow()
        row.read.connect(self._acknowledge)
        return row

    @Slot(str)
    def _acknowledge(self, note: str) -> None:
        self.given.emit(Given(Command.ACKNOWLEDGE_NOTE, None, note))

    @Slot()
    def _add_note(self) -> None:
        self.note.problem("" if self.note.text.strip() else said.NOTE_MISSING)
        if self.note.text.strip():
            self.given.emit(Given(Command.WRITE_NOTE, Answer(comment=self.note.text)))
        else:
            self.note.edit.setFocus()

    @Slot()
    def _hand_over(self) -> None:
        if self._view is not None:
            # Signed is what was on screen, whatever has changed meanwhile.
            self.given.emit(Given(Command.HAND_OVER, Answer(comment=self._view.sheet.as_text())))

    @Slot()
    def _take_over(self) -> None:
        if self._view is not None:
            self.given.emit(Given(Command.TAKE_OVER, None, self._view.signed))


def _bind(button: BenchButton, command: Command, key: str) -> None:
    """The command's own key; where the table of keys has none, one that no other control of this screen has."""
    button.bind(COMMANDS.get(command) or Binding(key, "finish"))


def _signed(title: str, signature: Signature | None) -> str:
    if signature is None:
        return f"{title}: {said.NOT_SIGNED}"
    return f"{title}: {signature.by}, {signature.role}, {signature.at}"
