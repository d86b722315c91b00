"""Labels: a layout's true pixels, what decodes from them, its fields to move and size, and its release here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gms_desktop import layout_words as said
from gms_desktop.documents import label_editing
from gms_desktop.documents.label_form import DOTS_PER_MM, LabelLayout
from gms_desktop.documents.label_trial import Trial
from gms_desktop.domain.commands import Command
from gms_desktop.services.layout_views import LabelsView
from gms_desktop.services.views import Choice, Question
from ui.actions import ACTS, COMMANDS, ScreenAct
from ui.payloads import LayoutWanted
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.choices import Choices
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.label_on_tube import LabelOnTube
from ui.widgets.label_pixels import LabelPixels
from ui.widgets.measures import Measures
from ui.widgets.press import BenchButton, Press
from ui.widgets.problems import Problems
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel

_SIDE, _SIDE_SMALL = 400, 336
_LEAST_HIGH = 150
_MOST_FAULTS = 2


@dataclass(frozen=True)
class Look:
    """A layout as it is being changed.

    Attributes:
        layout: with all changes so far.
        chosen: the field that is moved and sized.
        dpi: the resolution that it is looked at in.
        trial: what it comes to.
        changed: whether it differs from the one that was opened.
    """

    layout: LabelLayout
    chosen: str
    dpi: int
    trial: Trial
    changed: bool


class LabelsScreen(Screen):
    """Paints a ``LabelsView`` and a ``Look`` at its layout.

    Signals:
        layout_wanted(str): another layout, by name.
        number_wanted(str): the label of a number; empty for sample data.
        dpi_wanted(int): another resolution.
        field_chosen(str), turned(int): a field, by name, or the next or former one.
        moved(float, float), sized(float, float): the chosen field, in millimetres.
        put(LayoutPut): a measure as it was entered.
        proposed_wanted(bool): what is proposed, or what is in force.
        start_again(): the changes are taken back.
        propose_wanted(LayoutWanted): the layout is proposed under a name and a version.
        approve_wanted(), test_wanted(): of the layout in view.
        given(Given): the answer to a question.
    """

    layout_wanted = Signal(str)
    number_wanted = Signal(str)
    dpi_wanted = Signal(int)
    field_chosen = Signal(str)
    turned = Signal(int)
    moved = Signal(float, float)
    sized = Signal(float, float)
    put = Signal(object)
    proposed_wanted = Signal(bool)
    start_again = Signal()
    propose_wanted = Signal(object)
    approve_wanted = Signal()
    test_wanted = Signal()
    given = Signal(object)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Labels", parent)
        self.verdict = VerdictPanel(motion=motion)
        self.question = QuestionPanel()
        self.pixels, self.tube = LabelPixels(), LabelOnTube()
        self.larger, self.smaller, self.again, self.other = Press(), Press(), Press(), Press()
        self._dots, self._read, self._keys = Words("muted"), Words("strong"), Words("small", said.KEYS)
        self.problems = Problems(live=True)
        self.layouts, self.dpis, self.fields = (
            Choices(name) for name in (said.CHOOSE_LAYOUT, said.CHOOSE_DPI, said.CHOOSE_FIELD)
        )
        self.measures = Measures()
        self.number = Field("number", said.NUMBER, hint=said.NUMBER_HINT)
        self.show_number = Press(said.SHOW_NUMBER)
        self.name = Field("name", said.NAME, hint=said.NAME_HINT)
        self.version = Field("version", said.VERSION, hint=said.VERSION_HINT)
        self._from, self._goes, self._released = Words("strong"), Words("sentence"), Words("strong")
        self._proposal, self._note = Words("strong"), Words("muted")
        self._on_tube = Words("title", said.ON_THE_TUBE)
        self.propose, self.approve, self.test = BenchButton(), BenchButton(), BenchButton()
        self._view: LabelsView | None = None
        self._shown_fields: tuple[str, ...] = ()
        self._zoomed, self._seen = False, ""
        self._build()
        self._connect()

    def paint(self, view: LabelsView, question: Question | None = None) -> None:
        """Show which layouts there are and how the one in view stands."""
        before, self._view = self._view, view
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        self.question.paint(question)
        if before is None or before.layouts != view.layouts:
            self.layouts.offer([Choice(line.name, line.name) for line in view.layouts], many=False)
        layout = view.laid.layout
        self.layouts.choose(layout.name)
        if before is None or before.laid.sha256 != view.laid.sha256:
            self.name.put(layout.name)
            self.version.put("")
            self._zoomed = False
        self.number.put(view.of)
        self.number.problem(view.no_label)
        self._from.say(f"{layout.title}: {said.ONLY_PROPOSED if view.proposed else view.laid.words}")
        self._goes.say(layout.goes)
        self._goes.setVisible(bool(layout.goes))
        self._released.say(view.released, "finished" if view.is_released else "attention")
        self._proposal.say(view.proposal, "attention")
        self._proposal.setVisible(bool(view.proposal))
        self._note.say(view.note)
        self._note.setVisible(bool(view.note))
        self.other.say(said.LOOK_AT_STANDING if view.proposed else said.LOOK_AT_PROPOSAL)
        self.other.setVisible(bool(view.proposal))
        for each in (self.name, self.version, self.propose):
            each.setVisible(view.may_propose)
        self.approve.setVisible(view.may_approve and view.proposed)
        self._dress()

    def look(self, look: Look) -> None:
        """Show the layout as it is being changed."""
        trial, dots = look.trial, DOTS_PER_MM[look.dpi]
        wrong = frozenset(name for fault in trial.faults for name in fault.fields)
        self.order(said.HEADING_CHANGED if look.changed else said.HEADING)
        if not self._zoomed:
            self._zoomed = True
            self.pixels.enlarge(self._fitting(trial.picture.width))
        self.pixels.paint(trial.picture, look.layout, dots, look.chosen, wrong)
        self._keep_in_view(look)
        self._say_dots(look)
        codes = "; ".join(f"{name} {text}" for name, text in trial.decoded)
        self._read.say(said.read_from(codes) if trial.read else said.READING)
        more = len(trial.faults) - _MOST_FAULTS
        faults = tuple(fault.words for fault in trial.faults[:_MOST_FAULTS])
        self.problems.paint((*faults, said.more(more)) if more > 0 else faults)
        names = tuple(field.name for field in look.layout.fields)
        if names != self._shown_fields:
            self._shown_fields = names
            self.fields.offer([Choice(name, name.replace("_", " ")) for name in names], many=False)
        self.fields.choose(look.chosen)
        self.dpis.choose(str(look.dpi))
        self.measures.paint(label_editing.measures(look.layout.field(look.chosen)) if look.chosen else ())
        self.tube.paint(look.layout)
        self._on_tube.setVisible(look.layout.placing is not None)
        self.again.setVisible(look.changed)
        good = trial.read and not trial.faults
        self.propose.setEnabled(look.changed and good)
        self.test.setEnabled(not look.changed and good)
        self.test.setToolTip(said.UNSAVED if look.changed else "")

    def shrink(self, *, small: bool) -> None:
        """On a small screen the picture keeps its room."""
        self._aside.setFixedWidth(_SIDE_SMALL if small else _SIDE)
        self.verdict.shrink(small=small)

    def _keep_in_view(self, look: Look) -> None:
        """The label whole where there is room, and the field that is worked at wherever it stands."""
        self._scroll.setMinimumHeight(min(self.pixels.height() + 2, max(_LEAST_HIGH, self.height() * 2 // 5)))
        where = self.pixels.middle()
        if where is not None and look.chosen != self._seen:
            self._scroll.ensureVisible(round(where.x()), round(where.y()), Space.EDGE * 2, Space.EDGE * 2)
        self._seen = look.chosen

    def _fitting(self, dots: int) -> int:
        """The largest whole number of pixels a dot at which the label is seen whole."""
        room = (self._scroll.width() or self.width() - _SIDE) - 2 * Space.EDGE
        return max(1, int(room * self.devicePixelRatioF() / max(dots, 1)))

    def _say_dots(self, look: Look) -> None:
        picture = look.trial.picture
        self._dots.say(said.dots(look.dpi, picture.width, picture.height, self.pixels.zoom))
        self._last = look

    def _dress(self) -> None:
        palette = worn()
        self.test.label(said.TEST, icon=icon("print", palette.action))
        self.propose.label(said.PROPOSE, icon=icon("export", palette.action))
        self.approve.label(said.APPROVE, icon=icon("accept", palette.action))

    def _build(self) -> None:
        self.test.bind(ACTS[ScreenAct.TEST_LABEL])
        self.propose.bind(COMMANDS[Command.PROPOSE_LAYOUT])
        self.approve.bind(COMMANDS[Command.APPROVE_LAYOUT])
        for press, words in ((self.larger, said.LARGER), (self.smaller, said.SMALLER), (self.again, said.START_AGAIN)):
            press.say(words)
        self.dpis.offer([Choice(str(dpi), f"{dpi} dpi") for dpi in DOTS_PER_MM], many=False)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.question)
        columns = QHBoxLayout()
        columns.setSpacing(Space.GAP)
        columns.addWidget(self._picture_card(), 1)
        columns.addWidget(self._side())
        self.body.addLayout(columns, 1)
        self.body.addWidget(self.question.buttons)
        buttons = QWidget()
        flow = Flow(buttons)
        for button in (self.test, self.propose, self.approve):
            flow.addWidget(button)
        self.body.addWidget(buttons)

    def _picture_card(self) -> Card:
        card = Card()
        top = QHBoxLayout()
        top.setSpacing(Space.TIGHT)
        top.addWidget(self._dots, 1)
        top.addWidget(self.smaller)
        top.addWidget(self.larger)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._scroll.setWidget(self.pixels)
        self._scroll.setCornerWidget(QWidget())
        card.body.addLayout(top)
        card.body.addWidget(self._scroll, 4)
        page = Scroll(said.CHOOSE_FIELD)
        for each in (self._read, self.problems, self.again, self.measures, self.fields, self._keys):
            page.body.addWidget(each)
        page.body.addStretch(1)
        card.body.addWidget(page, 3)
        return card

    def _side(self) -> Card:
        card = Card()
        self._aside = card
        card.setFixedWidth(_SIDE)
        page = Scroll(said.CHOOSE_LAYOUT)
        parts = (
            (Words("title", said.AT_PRINTER), self._released),
            (self._from, self._proposal, self.other),
            (Words("title", said.CHOOSE_LAYOUT), self.layouts),
            (Words("title", said.CHOOSE_DPI), self.dpis),
            (self.number, self.show_number),
            (self._note, self.name, self.version),
            (self._on_tube, self.tube, self._goes),
        )
        for part in parts:
            box = QVBoxLayout()
            box.setSpacing(Space.STEP)
            for each in part:
                box.addWidget(each)
            page.body.addLayout(box)
            page.body.addSpacing(Space.GAP)
        page.body.addStretch(1)
        card.body.addWidget(page, 1)
        return card

    def _connect(self) -> None:
        self.layouts.changed.connect(self._layout_chosen)
        self.dpis.changed.connect(self._dpi_chosen)
        self.fields.changed.connect(self._field_chosen)
        for here, there in (
            (self.pixels.chosen, self.field_chosen),
            (self.pixels.turned, self.turned),
            (self.pixels.moved, self.moved),
            (self.pixels.sized, self.sized),
            (self.measures.put, self.put),
            (self.again.clicked, self.start_again),
            (self.approve.clicked, self.approve_wanted),
            (self.test.clicked, self.test_wanted),
            (self.question.given, self.given),
        ):
            here.connect(there)
        self.larger.clicked.connect(self._enlarge)
        self.smaller.clicked.connect(self._lessen)
        self.show_number.clicked.connect(self._number_wanted)
        self.number.edit.done.connect(self._number_wanted)
        self.other.clicked.connect(self._turn)
        self.propose.clicked.connect(self._propose)

    @Slot()
    def _layout_chosen(self) -> None:
        chosen = self.layouts.chosen()
        if chosen:
            self.layout_wanted.emit(chosen[0])
        elif self._view is not None:
            self.layouts.choose(self._view.laid.layout.name)

    @Slot()
    def _dpi_chosen(self) -> None:
        for chosen in self.dpis.chosen():
            self._zoomed = False
            self.dpi_wanted.emit(int(chosen))

    @Slot()
    def _field_chosen(self) -> None:
        for chosen in self.fields.chosen():
            self.field_chosen.emit(chosen)

    @Slot()
    def _number_wanted(self) -> None:
        self.number_wanted.emit(self.number.text.strip().upper())

    @Slot()
    def _turn(self) -> None:
        self.proposed_wanted.emit(self._view is not None and not self._view.proposed)

    @Slot()
    def _enlarge(self) -> None:
        self.pixels.enlarge(self.pixels.zoom + 1)
        self._say_dots(self._last)

    @Slot()
    def _lessen(self) -> None:
        self.pixels.enlarge(self.pixels.zoom - 1)
        self._say_dots(self._last)

    @Slot()
    def _propose(self) -> None:
        self.propose_wanted.emit(LayoutWanted(self.name.text.strip(), self.version.text.strip()))
