"""People: everybody with roles and competences, one person to change, and the table of rights for anyone to read."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gms_desktop import label_file_words
from gms_desktop.domain.commands import Command
from gms_desktop.services.people_view import CompetenceLine, PeopleView, PersonLine, RightLine
from gms_desktop.services.views import Offer, Question
from ui import people_words as said
from ui.payloads import FormGiven, FormView, Given, Problem
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.flow import Flow
from ui.widgets.form import Asked, Form, Section
from ui.widgets.link_row import LinkRow
from ui.widgets.offer_bar import OfferBar
from ui.widgets.press import BenchButton
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.rows import Rows
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel

_ROLES = (("", said.NO_ROLE_YET), *((role, role) for role in said.ROLES))
ADDED = (
    Section(
        said.ADD_TITLE,
        (
            Asked("name", said.NAME, said.NAME_HINT),
            Asked("pin", said.PIN_NEW, said.PIN_HINT, secret=True),
            Asked("again", said.PIN_AGAIN, secret=True),
        ),
    ),
    Section(said.ROLE, (Asked("role", said.ROLE_HINT, options=_ROLES),)),
)
OWN_PIN = (
    Section(
        said.OWN_PIN_TITLE,
        (
            Asked("present", said.PIN_PRESENT, secret=True),
            Asked("pin", said.PIN_NEW, said.PIN_HINT, secret=True),
            Asked("again", said.PIN_AGAIN, secret=True),
        ),
    ),
)
SET_PIN = (
    Section(
        said.SET_PIN_TITLE,
        (Asked("pin", said.PIN_NEW, said.PIN_HINT, secret=True), Asked("again", said.PIN_AGAIN, secret=True)),
    ),
)


@dataclass(frozen=True)
class PersonAdded:
    """A person to be added: all but the badge, which is scanned. PINs are left out of ``repr``."""

    name: str
    role: str
    pin: str = field(repr=False)


@dataclass(frozen=True)
class PinChanged:
    """A new PIN for a person; ``present`` when it is one's own. Left out of ``repr``."""

    operator: str
    pin: str = field(repr=False)
    present: str | None = field(default=None, repr=False)


class PeopleScreen(Screen):
    """Paints a ``PeopleView``.

    Signals:
        given(Given): a role or a competence given or withdrawn, or the answer to a question.
        person_wanted(str): a person of the list; empty for nobody.
        added(PersonAdded): a person; the badge is scanned before.
        pin_changed(PinChanged): a new PIN.
        badge_wanted(str): the next scan is this person's badge; empty for the person being added, "-" to leave it.
    """

    given = Signal(object)
    person_wanted = Signal(str)
    added = Signal(object)
    pin_changed = Signal(object)
    badge_wanted = Signal(str)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("People", parent)
        self._view: PeopleView | None = None
        self.verdict = VerdictPanel(motion=motion)
        self.people: Rows[tuple[PersonLine, bool], LinkRow] = Rows(self._row, _paint_person)
        self._rights: Rows[RightLine, Words] = Rows(lambda: Words("sentence"), _paint_right)
        self._competences: Rows[CompetenceLine, LinkRow] = Rows(LinkRow, _paint_competence)
        self._note, self._rights_note, self._badge = Words("muted"), Words("muted"), Words("strong")
        self._none = Words("muted", said.NO_COMPETENCES)
        self._rights_title, self._competences_title = Words("title", said.RIGHTS), Words("title", said.COMPETENCES)
        self.offers, self.question = OfferBar(), QuestionPanel()
        self.add_form, self.own_pin, self.set_pin = Form(ADDED), Form(OWN_PIN), Form(SET_PIN)
        self.add, self.badge, self.pin, self.back = BenchButton(), BenchButton(), BenchButton(), BenchButton()
        self._list_card, self._card = Card(said.EVERYBODY), Card()
        self._build()
        self._connect()

    def paint(self, view: PeopleView) -> None:
        """Show the view; what is being entered about the same person stays."""
        if self._view is None or self._view.chosen != view.chosen:
            self._empty_forms()
        self._view = view
        self.order(f"{said.PERSON} {view.name}" if view.chosen else said.HEADING)
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        self.people.paint(tuple((line, line.id == view.chosen) for line in view.people))
        self._card.entitle(view.name or said.RIGHTS_AND_COMPETENCES)
        self._note.say(view.note)
        self._note.setVisible(bool(view.note))
        self._competences.paint(view.competences)
        self._none.setVisible(not view.competences)
        self._rights.paint(view.rights)
        self._rights_note.say(view.rights_note)
        self.offers.paint(() if not self.question.isHidden() else _offers(view))
        self._dress(view)

    @property
    def prints_badges(self) -> bool:
        """Whether somebody without a badge is given a printed one."""
        return self._view is not None and self._view.prints_badges

    def ask(self, question: Question | None) -> None:
        """Show a question, or none."""
        self.question.paint(question)
        self._buttons.setVisible(question is None)
        if self._view is not None:
            self.offers.paint(() if question is not None else _offers(self._view))

    def say_badge(self, words: str) -> None:
        """What is awaited of a badge, or that it was read."""
        self._badge.say(words)
        self._badge.setVisible(bool(words))

    def done(self) -> None:
        """What was entered is saved: no PIN stays in a field."""
        self._empty_forms()
        self.say_badge("")

    def _dress(self, view: PeopleView) -> None:
        palette, nobody = worn(), not view.chosen
        self.add.label(said.ADD, usual=True, icon=icon("confirm", palette.on_action))
        self.badge.label(said.READ_BADGE if nobody else said.GIVE_BADGE, icon=icon("receive", palette.action))
        self.pin.label(said.CHANGE_PIN if view.own else said.SET_PIN, icon=icon("lock", palette.action))
        self.back.label(said.BACK, icon=icon("cancel", palette.action))
        shown = {
            self.add_form: nobody and view.may_change,
            self.add: nobody and view.may_change,
            self.badge: view.may_change,
            self.own_pin: view.own,
            self.set_pin: bool(view.chosen) and not view.own and view.may_change,
            self.pin: view.own or (bool(view.chosen) and view.may_change),
            self.back: bool(view.chosen),
            self._rights_title: nobody,
            self._rights: nobody,
            self._rights_note: nobody,
        }
        for widget, seen in shown.items():
            widget.setVisible(seen)

    def _build(self) -> None:
        self.body.addWidget(self.verdict)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self._list_card, 2)
        cards.addWidget(self._card, 5)
        self.body.addLayout(cards, 1)
        listed = Scroll(said.EVERYBODY)
        listed.body.addWidget(self.people)
        listed.body.addStretch(1)
        self._list_card.body.addWidget(listed, 1)
        page = Scroll(said.PERSON)
        page.body.setContentsMargins(Space.TIGHT, Space.TIGHT, Space.TIGHT, Space.TIGHT)
        for each in (self._note, self.question, self.offers, self._competences_title, self._none, self._competences):
            page.body.addWidget(each)
        for form in (self.add_form, self.own_pin, self.set_pin):
            page.body.addWidget(form)
        for said_there in (self._rights_title, self._rights_note, self._rights):
            page.body.addWidget(said_there)
        page.body.addStretch(1)
        self._card.body.addWidget(page, 1)
        buttons = QWidget()
        flow, self._buttons = Flow(buttons), buttons
        for button in (self.add, self.badge, self.pin, self.back):
            flow.addWidget(button)
        for below in (self._badge, buttons, self.question.buttons):
            self._card.body.addWidget(below)
        self._badge.hide()

    def _connect(self) -> None:
        for source in (self.offers, self.question):
            source.given.connect(self._given)
        self.add.clicked.connect(self._add)
        self.badge.clicked.connect(self._read_badge)
        self.pin.clicked.connect(self._pin)
        self.back.clicked.connect(self._back)

    @Slot(object)
    def _given(self, given: Given) -> None:
        if given.command is Command.CANCEL:
            self.ask(None)
        else:
            self.given.emit(given)

    @Slot()
    def _add(self) -> None:
        entered = self.add_form.entered()
        problems = _pin_problems(entered)
        self.add_form.paint(FormView(problems=problems))
        if not problems:
            self.added.emit(PersonAdded(entered["name"], entered["role"], entered["pin"]))

    @Slot()
    def _read_badge(self) -> None:
        self.badge_wanted.emit(self._view.chosen if self._view else "")

    @Slot()
    def _pin(self) -> None:
        if self._view is None:
            return
        form = self.own_pin if self._view.own else self.set_pin
        entered = form.entered()
        problems = _pin_problems(entered)
        form.paint(FormView(problems=problems))
        if not problems:
            present = entered["present"] if self._view.own else None
            self.pin_changed.emit(PinChanged(self._view.chosen, entered["pin"], present))

    @Slot()
    def _back(self) -> None:
        self.person_wanted.emit("")

    def _empty_forms(self) -> None:
        for form in (self.add_form, self.own_pin, self.set_pin):
            form.paint(FormView(tuple((name, "") for name in form.fields)))

    def _row(self) -> LinkRow:
        row = LinkRow()
        row.opened.connect(self.person_wanted)
        return row


def _pin_problems(entered: FormGiven) -> tuple[Problem, ...]:
    if not entered["pin"]:
        return (Problem("pin", said.PIN_MISSING),)
    return (Problem("again", said.PINS_DIFFER),) if entered["pin"] != entered["again"] else ()


def _offers(view: PeopleView) -> tuple[Offer, ...]:
    """What may be done about the person chosen, as buttons that say it whole."""
    if not view.chosen:
        return ()
    made = []
    if view.may_change:
        for box in view.roles:
            what = said.WITHDRAW_ROLE if box.held else said.GIVE_ROLE
            made.append(Offer(Command.CHANGE_ROLE, what.format(role=box.role), argument=f"{view.chosen}/{box.role}"))
    if view.prints_badges:
        made.append(Offer(Command.THING_LABEL, label_file_words.PRINT_BADGE, argument=f"operator:{view.chosen}"))
    if view.may_assess and not view.own:
        made.append(Offer(Command.GRANT_COMPETENCE, said.RECORD_COMPETENCE, argument=view.chosen))
        made += [
            Offer(Command.WITHDRAW_COMPETENCE, said.WITHDRAW_COMPETENCE.format(job=one.words), argument=one.argument)
            for one in view.competences
        ]
    return tuple(made)


def _paint_person(row: LinkRow, shown: tuple[PersonLine, bool]) -> None:
    line, chosen = shown
    detail = "; ".join(part for part in (line.roles, line.note) if part)
    row.show_line(line.id, line.name, detail, kind=line.kind, chosen=chosen)


def _paint_right(label: Words, line: RightLine) -> None:
    also = f"  Also: {line.also}." if line.also else ""
    label.say(f"{line.words}: {line.roles}.{also}")


def _paint_competence(row: LinkRow, line: CompetenceLine) -> None:
    row.show_line("", f"{line.person}: {line.words}", line.dates, kind=line.kind)
