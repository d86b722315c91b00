"""What a person must say before a command is carried out: in the work area, never in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer, Question
from ui.actions import ACTS, COMMANDS, ScreenAct
from ui.payloads import Given
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.choices import Choices
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.press import BenchButton
from ui.widgets.problems import Problems
from ui.widgets.text import Words

_COLUMNS = 2


class QuestionPanel(QWidget):
    """Reasons, a comment, fields, and the button that carries it out.

    ``buttons`` stands where the screen puts it, outside what scrolls. What has been entered is kept while the same
    question is painted again with its problems.

    Signals:
        given(Given): the command with its answer, or ``Command.CANCEL``.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._title = Words("name")
        self.problems = Problems()
        self.choices = Choices("Reasons")
        self.comment = Field("comment", "Comment")
        self.fields: dict[str, Field] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.TIGHT)
        self.confirm = BenchButton()
        self.confirm.bind(ACTS[ScreenAct.CONFIRM])
        self.cancel = BenchButton()
        self.cancel.bind(COMMANDS[Command.CANCEL])
        self.cancel.label("Go back, change nothing")
        self.buttons = QWidget()
        self._build()
        self._connect()
        self.hide()
        self.buttons.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.GAP)
        for each in (self._title, self.problems, self.choices):
            column.addWidget(each)
        column.addLayout(self._grid)
        column.addWidget(self.comment)
        flow = Flow(self.buttons)
        flow.addWidget(self.confirm)
        flow.addWidget(self.cancel)

    def _connect(self) -> None:
        self.confirm.clicked.connect(self._confirmed)
        self.cancel.clicked.connect(self._cancelled)
        self.comment.edit.done.connect(self._confirmed)

    def paint(self, question: Question | None, heading: str = "") -> None:
        """Show a question, or none; what the screen's heading asks already is not asked twice."""
        before, self._question = self._question, question
        self.setVisible(question is not None)
        self.buttons.setVisible(question is not None)
        if question is None:
            return
        self._title.setVisible(question.title != heading)
        if before is None or _what(before) != _what(question):
            self._ask(question)
        # Each time: the theme may be another while the question still stands.
        self.confirm.label(question.confirm, usual=True, icon=icon("confirm", worn().on_action))
        if before is None or before.problems != question.problems or question.problems:
            self.problems.paint(question.problems)

    def answer(self) -> Answer:
        """What has been entered, about what the question is about."""
        fields = tuple((name, field.text) for name, field in self.fields.items())
        subject = self._question.subject if self._question else ""
        return Answer(self.choices.chosen(), self.comment.text, fields, subject)

    def _ask(self, question: Question) -> None:
        self._title.say(question.title)
        self.choices.offer(question.choices, many=question.many)
        self.choices.choose(*question.chosen)
        self.comment.put("")
        self.comment.label.setText(question.comment_label)
        self.comment.edit.setAccessibleName(question.comment_label)
        self.comment.setVisible(bool(question.comment_label))
        self._lay_fields(question.fields)
        for name, value in question.values:
            if name in self.fields:
                self.fields[name].put(value)
        # Where nothing can be chosen there is nothing to confirm: somebody else's badge is awaited.
        self.confirm.setVisible(bool(question.confirm))
        self._focus_first()

    def _lay_fields(self, fields: tuple[tuple[str, str], ...]) -> None:
        for old in self.fields.values():
            old.hide()
            self._grid.removeWidget(old)
            old.deleteLater()
        self.fields = {name: Field(name, label) for name, label in fields}
        # Two fields beside each other are as wide as each other, however long the words above them; one has all of it.
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, int(column < len(fields)))
        for place, field in enumerate(self.fields.values()):
            field.edit.done.connect(self._confirmed)
            self._grid.addWidget(field, place // _COLUMNS, place % _COLUMNS)

    def _focus_first(self) -> None:
        if self._question is not None and self._question.choices:
            self.choices.take_focus()
        elif self.fields:
            next(iter(self.fields.values())).edit.setFocus()
        elif not self.comment.isHidden():
            self.comment.edit.setFocus()

    @Slot()
    def _confirmed(self) -> None:
        if self._question is not None and self._question.confirm:
            self.given.emit(Given(self._question.command, self.answer()))

    @Slot()
    def _cancelled(self) -> None:
        self.given.emit(Given(Command.CANCEL))


def _what(question: Question) -> tuple[object, ...]:
    return question.command, question.title, question.choices, question.fields, question.subject
