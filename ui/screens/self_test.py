"""The self-test of a scanner: which code to scan next, what was found of each, and what is saved of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gms_desktop import self_test_words as said
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from ui.actions import ACTS, COMMANDS, ScreenAct
from ui.payloads import SheetWanted
from ui.scanner_sheets import SELF_TEST
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.flow import Flow
from ui.widgets.press import BenchButton
from ui.widgets.rows import Rows
from ui.widgets.shapes import Shape
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel


@dataclass(frozen=True)
class CodeLine:
    """One code of the sheet: its name, what was found, and whether that is as it should be."""

    title: str
    found: str
    kind: VerdictKind | None = None


@dataclass(frozen=True)
class SelfTestView:
    """What the screen shows.

    Attributes:
        heading: the order.
        codes: the codes of the sheet.
        verdict: what came of the last scan.
        found: how the scanner is set, once all codes are read.
        may_save: whether that can be saved.
    """

    heading: str
    codes: tuple[CodeLine, ...]
    verdict: Verdict | None = None
    found: tuple[tuple[str, str], ...] = ()
    may_save: bool = False


class _Line(QWidget):
    """A shape and two texts."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, Space.STEP)
        grid.setHorizontalSpacing(Space.GAP)
        grid.setVerticalSpacing(0)
        self._shape, self._title, self._found = Shape(22), Words("strong"), Words("sentence")
        grid.addWidget(self._shape, 0, 0, 2, 1)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._found, 1, 1)
        grid.setColumnStretch(1, 1)

    def paint(self, line: CodeLine) -> None:
        """Show one code."""
        self._shape.show_kind(line.kind)
        self._title.say(line.title)
        self._found.say(line.found)
        self.setAccessibleName(f"{line.title}: {line.found}")


class _Fact(QWidget):
    """One thing found."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        self._name, self._value = Words("muted"), Words("strong")
        row.addWidget(self._name, 2)
        row.addWidget(self._value, 5)

    def paint(self, fact: tuple[str, str]) -> None:
        """Show it."""
        self._name.say(fact[0])
        self._value.say(fact[1])
        self.setAccessibleName(f"{fact[0]}: {fact[1]}")


class SelfTestScreen(Screen):
    """Paints a ``SelfTestView``.

    Signals:
        save_wanted(), again_wanted(), back_wanted(): what a person wants done with it.
        sheet_wanted(SheetWanted): the sheet.
        left(): another screen is in view.
    """

    save_wanted = Signal()
    again_wanted = Signal()
    back_wanted = Signal()
    sheet_wanted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Self-test of the scanner", parent)
        self.verdict = VerdictPanel()
        self._codes: Rows[CodeLine, _Line] = Rows(_Line, _Line.paint)
        self._found: Rows[tuple[str, str], _Fact] = Rows(_Fact, _Fact.paint)
        self._none = Words("muted", said.NOT_YET)
        self.save, self.again, self.back, self.sheet = (BenchButton() for _ in range(4))
        self._build()
        self.save.clicked.connect(self.save_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.sheet.clicked.connect(self._wants_sheet)

    def paint(self, view: SelfTestView) -> None:
        """Show the view."""
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self._codes.paint(view.codes)
        self._found.paint(view.found)
        self._none.setVisible(not view.found)
        self.save.setEnabled(view.may_save)
        colour = worn().on_action if view.may_save else worn().muted
        self.save.label(said.SAVE, usual=view.may_save, icon=icon("confirm", colour))
        for button, words in ((self.again, said.AGAIN), (self.back, said.BACK), (self.sheet, said.MAKE_SHEET)):
            binding = button.binding
            button.label(words, icon=icon(binding.icon, worn().action) if binding else None)

    def hideEvent(self, event: QHideEvent) -> None:
        """The test ends with the screen."""
        super().hideEvent(event)
        self.left.emit()

    def _build(self) -> None:
        self.save.bind(ACTS[ScreenAct.CONFIRM])
        self.again.bind(ACTS[ScreenAct.TEACH_AGAIN])
        self.back.bind(COMMANDS[Command.CANCEL])
        self.sheet.bind(ACTS[ScreenAct.SELF_TEST_SHEET])
        self.body.addWidget(self.verdict)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        for title, rows in ((said.SHEET_TITLE, (self._codes,)), (said.WHAT_IS_FOUND, (self._none, self._found))):
            card, scroll = Card(title), Scroll(title)
            for each in rows:
                scroll.body.addWidget(each)
            scroll.body.addStretch(1)
            card.body.addWidget(scroll, 1)
            cards.addWidget(card, 1)
        self.body.addLayout(cards, 1)
        bar = QWidget()
        flow = Flow(bar)
        for button in (self.save, self.again, self.sheet, self.back):
            flow.addWidget(button)
        self.body.addWidget(bar)

    @Slot()
    def _wants_sheet(self) -> None:
        self.sheet_wanted.emit(SheetWanted(SELF_TEST))
