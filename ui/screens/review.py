"""Review: what two benches recorded that does not go together, both stories side by side, and what is left to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.review_views import CaseLine, ReviewView, StoryView, TaskLine
from gms_desktop.services.views import TimelineLine
from ui import words
from ui.screens.screen import Screen
from ui.theme.tokens import Space
from ui.widgets.banner import PatientBanner
from ui.widgets.card import Card, Scroll
from ui.widgets.link_row import LinkRow
from ui.widgets.moment_words import moment_face, moment_words
from ui.widgets.offer_bar import OfferBar
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.rows import Rows
from ui.widgets.shapes import Shape
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel


class _Line(QWidget):
    """One thing that was recorded or scanned, with its time below: two stories stand side by side on a small screen."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, Space.STEP)
        grid.setHorizontalSpacing(Space.TIGHT)
        grid.setVerticalSpacing(0)
        self._shape, self._words, self._when = Shape(14), Words("strong"), Words("small")
        grid.addWidget(self._shape, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._words, 0, 1)
        grid.addWidget(self._when, 1, 1)
        grid.setColumnStretch(1, 1)

    def paint(self, line: TimelineLine) -> None:
        """Show what, when, who and by what input."""
        said = moment_words(line)
        self._words.say(said, moment_face(line))
        self._shape.show_kind(line.kind if line.standing else None)
        self._shape.setVisible(bool(line.standing))
        self._when.say(", ".join(part for part in (line.at, line.who, line.where, line.detail) if part))
        self.setAccessibleName(f"{said}. {self._when.text()}")


class _Story(Card):
    """One side: who, where and when, in a sentence, and what was recorded and scanned there."""

    def __init__(self, side: str) -> None:
        super().__init__()
        self._side = side
        self._sentence = Words("muted")
        self._lines: Rows[TimelineLine, _Line] = Rows(_Line, _Line.paint)
        self.body.addWidget(self._sentence)
        self.body.addWidget(self._lines)
        self.body.addStretch(1)

    def paint(self, story: StoryView | None) -> None:
        """Show a story."""
        self.setVisible(story is not None)
        if story is None:
            return
        self.entitle(f"{self._side}: {story.title}")
        self._sentence.say(story.sentence)
        self._lines.paint(story.lines)
        self.setAccessibleName(f"{self._side}. {story.title}. {story.sentence}")


class ReviewScreen(Screen):
    """Paints a ``ReviewView``.

    Signals:
        given(Given): a story to keep, a task that was done, or the answer to a question.
        case_wanted(str): a line of the list was opened.
    """

    given = Signal(object)
    case_wanted = Signal(str)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Review", parent)
        self.verdict = VerdictPanel(motion=motion)
        self.cases: Rows[tuple[CaseLine, bool], LinkRow] = Rows(self._case, _paint_case)
        self._list_card, self._chosen_card = Card(words.REVIEW_CASES), Card()
        self._none = Words("muted", words.REVIEW_NONE)
        self.left, self.right = _Story(words.REVIEW_LEFT), _Story(words.REVIEW_RIGHT)
        self.banner = PatientBanner()
        self._resting, self._note = Words("muted"), Words("muted")
        self._tasks_title = Words("title")
        self._tasks: Rows[TaskLine, Words] = Rows(lambda: Words("strong"), _paint_task)
        self.offers, self.question = OfferBar(), QuestionPanel()
        self._build()
        for source in (self.offers, self.question):
            source.given.connect(self.given)

    def paint(self, view: ReviewView) -> None:
        """Show the view."""
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        self.cases.paint(tuple((line, line.key == view.chosen) for line in view.cases))
        self._none.setVisible(not view.cases)
        self._chosen_card.setVisible(bool(view.chosen))
        self._chosen_card.entitle(view.title)
        self.banner.paint(view.banner)
        self.banner.setVisible(view.banner is not None)
        self.left.paint(view.left)
        self.right.paint(view.right)
        for label, text in ((self._resting, view.resting), (self._note, view.note)):
            label.say(text)
            label.setVisible(bool(text))
        self._tasks_title.say(view.tasks_title)
        self._tasks_title.setVisible(bool(view.tasks))
        self._tasks.paint(view.tasks)
        self.offers.paint(() if view.question else view.offers)
        self.question.paint(view.question)

    def _build(self) -> None:
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.banner)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self._list_card, 2)
        cards.addWidget(self._chosen_card, 6)
        self.body.addLayout(cards, 1)
        listed = Scroll(words.REVIEW_CASES)
        listed.body.addWidget(self._none)
        listed.body.addWidget(self.cases)
        listed.body.addStretch(1)
        self._list_card.body.addWidget(listed, 1)
        chosen = Scroll(words.REVIEW_STORIES)
        chosen.body.addWidget(self.question)
        chosen.body.addLayout(self._side_by_side())
        for each in (self._resting, self._tasks_title, self._tasks, self._note):
            chosen.body.addWidget(each)
        chosen.body.addStretch(1)
        self._chosen_card.body.addWidget(chosen, 1)
        self._chosen_card.body.addWidget(self.offers)
        self._chosen_card.body.addWidget(self.question.buttons)

    def _side_by_side(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.GAP)
        for story in (self.left, self.right):
            column = QVBoxLayout()
            column.addWidget(story)
            column.addStretch(1)
            row.addLayout(column, 1)
        return row

    def _case(self) -> LinkRow:
        row = LinkRow()
        row.opened.connect(self._opened)
        return row

    @Slot(str)
    def _opened(self, key: str) -> None:
        self.case_wanted.emit(key)


def _paint_case(row: LinkRow, shown: tuple[CaseLine, bool]) -> None:
    line, chosen = shown
    row.show_line(line.key, line.title, line.detail, kind=VerdictKind.ATTENTION, chosen=chosen)


def _paint_task(label: Words, task: TaskLine) -> None:
    label.say(f"☐  {task.words}")
