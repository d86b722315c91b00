"""A form of named fields and choices: entries are kept, problems stand in a summary and beside their fields.

What is asked only of one who chose something shows only then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from gms_desktop.services.views import Choice
from ui.payloads import FormGiven, FormView
from ui.theme.tokens import Space
from ui.widgets.choices import Choices
from ui.widgets.field import Field
from ui.widgets.problems import Problems
from ui.widgets.text import Words

_COLUMNS = 2


@dataclass(frozen=True)
class Asked:
    """One thing a form asks for: a text, a secret, or one of some options.

    Attributes:
        wide: whether it has a row to itself.
        only_if: the name of a choice, and what has to be chosen there so that this is asked; None for always.
    """

    name: str
    label: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    secret: bool = False
    wide: bool = False
    only_if: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Section:
    """A titled part of a form."""

    title: str
    asked: tuple[Asked, ...]


class Form(QWidget):
    """Sections of fields in two columns.

    Args:
        sections: what is asked.
        feet: what stands below a section, by its title.
        parent: the widget around it.

    Signals:
        changed(str): a person entered or chose something else in the field of this name.
    """

    changed = Signal(str)

    def __init__(
        self, sections: Sequence[Section], feet: Mapping[str, QWidget] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.problems = Problems()
        self.fields: dict[str, Field] = {}
        self.choices: dict[str, Choices] = {}
        self._order: list[str] = []
        self._widgets: dict[str, QWidget] = {}
        self._laid: list[tuple[Section, QGridLayout]] = []
        self._shown: list[Asked] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.GAP)
        column.addWidget(self.problems)
        for section in sections:
            column.addWidget(Words("title", section.title))
            column.addLayout(self._lay(section))
            if feet and section.title in feet:
                column.addWidget(feet[section.title])
        self._arrange()

    def paint(self, view: FormView) -> None:
        """Put the values named by the view and show its problems."""
        for name, options in view.options:
            chosen = self.choices[name].chosen()
            self.choices[name].offer([Choice(code, label) for code, label in options], many=False, kept=True)
            self.choices[name].choose(*chosen)
            # How many lines they need is known once they are in view.
            QTimer.singleShot(0, self, self._lay_anew)
        for name, value in view.values:
            if name in self.choices:
                self.choices[name].choose(value)
            elif name in self.fields:
                self.fields[name].put(value)
        self._arrange()
        told = {problem.field: problem.words for problem in view.problems}
        for name, field in self.fields.items():
            field.problem(told.get(name, ""))
        self.problems.paint(tuple(self._told(problem.field, problem.words) for problem in view.problems))

    @Slot()
    def _lay_anew(self) -> None:
        """Lay everything out again: other options may need more lines, and grids within layouts do not notice."""
        self._shown = []
        self._arrange()

    def _told(self, name: str, said: str) -> str:
        """A problem in the summary begins with the field that it is about."""
        field = self.fields.get(name)
        return f"{field.label.text()}: {said}" if field is not None else said

    def entered(self) -> FormGiven:
        """All that stands in the form."""
        return FormGiven(tuple((name, self._value(name)) for name in self._order))

    def _value(self, name: str) -> str:
        if name in self.choices:
            return next(iter(self.choices[name].chosen()), "")
        return self.fields[name].text.strip()

    def _lay(self, section: Section) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.EDGE)
        grid.setVerticalSpacing(Space.GAP)
        for asked in section.asked:
            self._widgets[asked.name] = self._widget(asked)
            self._widgets[asked.name].setParent(self)
        for place in range(_COLUMNS):
            grid.setColumnStretch(place, 1)
        self._laid.append((section, grid))
        return grid

    @Slot()
    def _arrange(self) -> None:
        """Show what is asked now, without gaps where the rest would stand."""
        shown = [asked for section, _ in self._laid for asked in section.asked if self._is_asked(asked)]
        if shown == self._shown:
            return
        self._shown = shown
        for section, grid in self._laid:
            while grid.count():
                grid.takeAt(0)
            for asked in section.asked:
                self._widgets[asked.name].setVisible(False)
            place = 0
            for asked in (asked for asked in section.asked if asked in shown):
                span = _COLUMNS if asked.wide else 1
                place += -place % span
                side = Qt.AlignmentFlag.AlignTop if asked.options else Qt.AlignmentFlag.AlignBottom
                grid.addWidget(self._widgets[asked.name], place // _COLUMNS, place % _COLUMNS, 1, span, side)
                self._widgets[asked.name].setVisible(True)
                place += span

    def _is_asked(self, asked: Asked) -> bool:
        if asked.only_if is None:
            return True
        name, wanted = asked.only_if
        # What hangs on a choice that is not asked itself is not asked either.
        above = next(one for section, _ in self._laid for one in section.asked if one.name == name)
        return self._is_asked(above) and bool(set(wanted) & set(self.choices[name].chosen()))

    def _widget(self, asked: Asked) -> QWidget:
        self._order.append(asked.name)
        if asked.options:
            return self._options(asked)
        field = Field(asked.name, asked.label, hint=asked.hint)
        if asked.secret:
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        field.edit.textEdited.connect(partial(self._say_changed, asked.name))
        self.fields[asked.name] = field
        return field

    def _say_changed(self, name: str, _text: str = "") -> None:
        self.changed.emit(name)

    def _options(self, asked: Asked) -> QWidget:
        choices = Choices(asked.label)
        self.choices[asked.name] = choices
        choices.changed.connect(self._arrange)
        choices.changed.connect(partial(self._say_changed, asked.name))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.STEP)
        column.addWidget(Words("strong", asked.label))
        if asked.hint:
            column.addWidget(Words("small", asked.hint))
        column.addWidget(choices)
        # Only now: what has no parent yet would be shown as a window of its own.
        choices.offer([Choice(code, label) for code, label in asked.options], many=False, kept=True)
        choices.choose(asked.options[0][0])
        column.addStretch(1)
        return box
