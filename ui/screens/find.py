"""Find: any code, name or number, and the whole history of what was chosen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QWidget

from gms_desktop.services.views import FindView, Hit, ImportLine, Offer, TimelineLine
from ui import preview_words, words
from ui.actions import ACTS, ScreenAct
from ui.payloads import FindWanted, LookWanted, SubjectWanted
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.banner import PatientBanner
from ui.widgets.card import Card, Scroll
from ui.widgets.field import Field
from ui.widgets.link_row import LinkRow
from ui.widgets.moment_words import moment_face, moment_words
from ui.widgets.offer_bar import OfferBar
from ui.widgets.press import BenchButton, Press
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.rows import Rows
from ui.widgets.shapes import Shape
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel


class _Fact(QWidget):
    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        self._label = Words("muted")
        self._value = Words("strong")
        row.addWidget(self._label, 2)
        row.addWidget(self._value, 5)

    def paint(self, fact: tuple[str, str]) -> None:
        """Show one fact."""
        self._label.say(fact[0])
        self._value.say(fact[1] or words.NOT_STATED)
        self.setAccessibleName(f"{fact[0]}: {self._value.text()}")


class _Moment(QFrame):
    """One entry of the history."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, Space.STEP)
        grid.setHorizontalSpacing(Space.GAP)
        grid.setVerticalSpacing(0)
        self._at = Words("clock", wrap=False)
        self._shape = Shape(14)
        self._words = Words("strong")
        self._who = Words("small")
        grid.addWidget(self._at, 0, 0)
        grid.addWidget(self._shape, 0, 1)
        grid.addWidget(self._words, 0, 2)
        grid.addWidget(self._who, 1, 2)
        grid.setColumnStretch(2, 1)

    def paint(self, line: TimelineLine) -> None:
        """Show who did what, when, where and by what input."""
        self._at.say(line.at)
        self._shape.show_kind(line.kind)
        said = moment_words(line)
        self._words.say(said, moment_face(line))
        self._who.say(", ".join(part for part in (line.who, line.where, line.detail) if part))
        self.setAccessibleName(f"{line.at} {said}. {self._who.text()}")


class _File(QWidget):
    """A file as it came, and a way to its copy.

    Signals:
        wanted(ImportLine): a copy is to be saved; wanted(LookWanted): it is to be looked at.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        self._line: ImportLine | None = None
        self._said = Words("strong")
        self._save = Press(words.FIND_SAVE_COPY)
        self._save.clicked.connect(self._wanted)
        self.look = Press(preview_words.LOOK)
        self.look.clicked.connect(self._looked)
        row.addWidget(self._said, 1)
        row.addWidget(self.look)
        row.addWidget(self._save)

    def paint(self, line: ImportLine) -> None:
        """Show which file, who took it in, and where it is."""
        self._line = line
        said = words.FIND_CAME_IN.format(file=line.file, at=line.at, who=line.who, where=line.kept or "not kept")
        self._said.say(said)
        self.setAccessibleName(said)
        self._save.setAccessibleName(f"{words.FIND_SAVE_COPY}: {line.file}")
        self.look.setAccessibleName(f"{preview_words.LOOK}: {line.file}")
        self.look.setVisible(line.kept == "here" and line.file.lower().endswith(".pdf"))

    @Slot()
    def _wanted(self) -> None:
        self.wanted.emit(self._line)

    @Slot()
    def _looked(self) -> None:
        if self._line is not None:
            self.wanted.emit(LookWanted(self._line))


class _Beside(Scroll):
    """What was found, with its buttons: never narrower than the widest of them."""

    def minimumSizeHint(self) -> QSize:
        """Its page and the scroll bar beside it."""
        page, bar = self.widget(), self.verticalScrollBar().sizeHint().width()
        wide = page.minimumSizeHint().width() if page is not None else 0
        return QSize(wide + bar, super().minimumSizeHint().height())


class FindScreen(Screen):
    """Paints a ``FindView``.

    Signals:
        find_wanted(FindWanted): words to look for.
        subject_wanted(SubjectWanted): one of the things found was opened.
        given(Given): a command, or the answer to a question.
        copy_wanted(ImportLine): a copy of a file as it came; copy_wanted(LookWanted): a look at it.
    """

    find_wanted = Signal(object)
    subject_wanted = Signal(object)
    given = Signal(object)
    copy_wanted = Signal(object)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Find", parent)
        self.field = Field("query", words.FIND_LABEL, hint=words.FIND_HINT)
        self.search = BenchButton()
        self.search.bind(ACTS[ScreenAct.FIND])
        self.lots = BenchButton()
        self.lots.bind(ACTS[ScreenAct.SHOW_LOTS])
        self.verdict = VerdictPanel(motion=motion)
        self.banner = PatientBanner()
        self._cards = QHBoxLayout()
        self._hits_page, self._chosen_page = _Beside(words.FIND_HITS), Scroll(words.FIND_HISTORY)
        self._hits_card = Card(words.FIND_HITS)
        self._no_hits = Words("muted", words.FIND_NO_HITS)
        self.hits: Rows[tuple[Hit, bool], LinkRow] = Rows(self._hit, _paint_hit)
        self._chosen_card = Card()
        self._no_choice = Words("muted", words.FIND_NO_CHOICE)
        self._facts: Rows[tuple[str, str], _Fact] = Rows(_Fact, _Fact.paint)
        self._files: Rows[ImportLine, _File] = Rows(self._file, _File.paint)
        self._history = Words("title", words.FIND_HISTORY)
        self._timeline: Rows[TimelineLine, _Moment] = Rows(_Moment, _Moment.paint)
        self._search = QWidget()
        self._offers_title = Words("title", words.FIND_OFFERS)
        self.offers = OfferBar()
        self._offered: tuple[Offer, ...] = ()
        self._about = ("", False)
        # On a small screen commands stand under what is known, out of view: the next step and where they are do not.
        self.next_step = OfferBar()
        self._below = Words("muted", words.FIND_OFFERS_BELOW)
        self.question = QuestionPanel()
        self._build()
        self._connect()

    def paint(self, view: FindView) -> None:
        """Show the view."""
        focused = QApplication.focusWidget()
        self._show(view)
        self.leave_focus(focused, asked=view.question is not None)

    def _show(self, view: FindView) -> None:
        self.order(view.heading)
        self.search.label(words.FIND, usual=not view.chosen, icon=icon("find", self._find_colour(view)))
        self.lots.label(words.FIND_LOTS, icon=icon("expected", worn().action))
        self.field.put(view.query)
        self.verdict.paint(view.verdict)
        # What is wrong with a form stands in it, where it is put right.
        asked_again = view.question is not None and bool(view.question.problems)
        self.verdict.setVisible(view.verdict is not None and not asked_again)
        self.banner.setVisible(view.banner is not None)
        self.banner.paint(view.banner)
        self.hits.paint(tuple((hit, hit.subject == view.chosen) for hit in view.hits))
        self._no_hits.setVisible(not view.hits)
        self._no_choice.setVisible(not view.chosen)
        self._facts.paint(view.facts)
        self._files.paint(view.files)
        self._history.setVisible(bool(view.timeline))
        self._timeline.paint(view.timeline)
        # A question has the room of what else could be found.
        self._search.setVisible(view.question is None)
        self._hits_card.setVisible(view.question is None)
        self._offered = () if view.question else view.offers
        self._show_offers()
        self.question.paint(view.question)
        self._to_the_top(view)
        self._chosen_card.entitle("" if view.question else words.FIND_FACTS)

    def _to_the_top(self, view: FindView) -> None:
        """Of another thing, and once a question is answered, what is known is read from its beginning."""
        before, self._about = self._about, (view.chosen, view.question is not None)
        if before != self._about:
            for page in (self._hits_page, self._chosen_page):
                page.verticalScrollBar().setValue(0)

    def _show_offers(self) -> None:
        first = tuple(offer for offer in self._offered if offer.usual and self._small)
        self.next_step.paint(first)
        self.offers.paint(tuple(offer for offer in self._offered if offer not in first))
        self._offers_title.setVisible(bool(self._offered))
        self._below.setVisible(self._small and bool(self._offered))

    def shrink(self, *, small: bool) -> None:
        """On a small screen the verdict is lower, and the commands stand under what is known."""
        self.verdict.shrink(small=small)
        here, there = (self._chosen_page, self._hits_page) if small else (self._hits_page, self._chosen_page)
        behind = self._files if small else self.hits
        for place, widget in enumerate((self._offers_title, self.offers), start=1):
            there.body.removeWidget(widget)
            here.body.insertWidget(here.body.indexOf(behind) + place, widget)
        for card, share in enumerate((2, 3) if small else (4, 5)):
            self._cards.setStretch(card, share)
        self._show_offers()

    def take_focus(self) -> None:
        """Ready to type a name."""
        self.field.edit.setFocus()
        self.field.edit.selectAll()

    def _find_colour(self, view: FindView) -> str:
        return worn().action if view.chosen else worn().on_action

    def _build(self) -> None:
        top = QHBoxLayout(self._search)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(Space.GAP)
        top.addWidget(self.field, 1)
        top.addWidget(self.search)
        top.addWidget(self.lots)
        self.body.addWidget(self._search)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.banner)
        self._cards.setSpacing(Space.GAP)
        self._cards.addWidget(self._hits_card, 4)
        self._cards.addWidget(self._chosen_card, 5)
        self.body.addLayout(self._cards, 1)
        hits = self._hits_page
        hits.body.addWidget(self._no_hits)
        hits.body.addWidget(self.hits)
        hits.body.addWidget(self._below)
        # Beside what is known, never over it: there are many, and a person reads before they press.
        hits.body.addWidget(self._offers_title)
        hits.body.addWidget(self.offers)
        hits.body.addStretch(1)
        self._hits_card.body.addWidget(hits, 1)
        chosen = self._chosen_page
        before = (self._no_choice, self.question, self.next_step)
        for each in (*before, self._facts, self._files, self._history, self._timeline):
            chosen.body.addWidget(each)
        chosen.body.addStretch(1)
        self._chosen_card.body.addWidget(chosen, 1)
        self._chosen_card.body.addWidget(self.question.buttons)

    def _connect(self) -> None:
        self.search.clicked.connect(self._find)
        self.lots.clicked.connect(lambda: self.find_wanted.emit(FindWanted(words.FIND_LOTS)))
        self.field.edit.done.connect(self._find)
        self.offers.given.connect(self.given)
        self.next_step.given.connect(self.given)
        self.question.given.connect(self.given)

    def _hit(self) -> LinkRow:
        row = LinkRow()
        row.opened.connect(self._opened)
        return row

    def _file(self) -> _File:
        row = _File()
        row.wanted.connect(self.copy_wanted)
        return row

    @Slot()
    def _find(self) -> None:
        query = self.field.text.strip()
        if query:
            self.find_wanted.emit(FindWanted(query))
        else:
            self.take_focus()

    @Slot(str)
    def _opened(self, subject: str) -> None:
        self.subject_wanted.emit(SubjectWanted(subject))


def _paint_hit(row: LinkRow, shown: tuple[Hit, bool]) -> None:
    hit, chosen = shown
    detail = ", ".join(part for part in (hit.kind, hit.detail) if part)
    row.show_line(hit.subject, hit.title, detail, chosen=chosen)
