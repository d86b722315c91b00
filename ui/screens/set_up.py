"""The first run: one form, or straight into the rehearsal."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import words
from ui.actions import ACTS, ScreenAct
from ui.payloads import FormGiven, FormView, is_enrolment_code
from ui.screens.bench_fields import BENCH_NAME, HUB, PRINTER, SCANNER
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.form import Asked, Form, Section
from ui.widgets.press import BenchButton
from ui.widgets.text import Words

SECTIONS = (
    HUB,
    Section(
        "Laboratory",
        (
            Asked("laboratory", "Name of the laboratory"),
            Asked("ods_code", "ODS code", "Of your organisation, as NHS England lists it"),
            Asked("letter", "Laboratory's letter", "One letter; it begins every number of ours and stays for ever"),
            BENCH_NAME,
        ),
    ),
    Section(
        "First administrator",
        (
            Asked("administrator", "Surname and forename"),
            Asked("pin", "PIN", secret=True),
            Asked("pin_again", "The same PIN again", secret=True),
        ),
    ),
    SCANNER,
    PRINTER,
)


class SetUpScreen(Screen):
    """Paints a ``FormView``.

    Fields: hub_code, hub_certificate, laboratory, ods_code, letter, bench_name, administrator, badge, pin, pin_again,
    scanner_*, printer_*.

    Signals:
        set_up_given(FormGiven): the form as entered.
        rehearsal_wanted(): made-up patients instead.
    """

    set_up_given = Signal(object)
    rehearsal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Set up", parent)
        self.order(words.SET_UP_HEADING)
        self.form = Form(SECTIONS)
        self._badge = ""
        self._badge_words = Words("strong", words.BADGE_AWAITED)
        self.confirm = BenchButton()
        self.confirm.bind(ACTS[ScreenAct.CONFIRM])
        self.rehearse = BenchButton()
        self._build()
        self.confirm.clicked.connect(self._confirm)
        self.rehearse.clicked.connect(self.rehearsal_wanted)

    def paint(self, view: FormView) -> None:
        """Show values and problems; what was entered stays."""
        palette = worn()
        self.confirm.label(words.SET_UP_CONFIRM, usual=True, icon=icon("confirm", palette.on_action))
        self.rehearse.label(words.SET_UP_REHEARSE, icon=icon("today", palette.action))
        self.form.paint(view)
        told = next((problem.words for problem in view.problems if problem.field == "badge"), "")
        if told:
            self._badge_words.say(told, "refused")

    def badge_read(self, code: str) -> None:
        """Take a badge's code, or the enrolment code of a hub. A badge is not shown: it is a key."""
        if is_enrolment_code(code):
            self.form.paint(FormView((("hub_code", code.strip()),)))
            return
        self._badge = code
        self._badge_words.say(f"✓  {words.BADGE_READ}", "finished")

    def entered(self) -> FormGiven:
        """All that was entered, with the badge."""
        given = self.form.entered()
        return replace(given, fields=(*given.fields, ("badge", self._badge)))

    def _build(self) -> None:
        scroll = Scroll(words.SET_UP_HEADING)
        scroll.body.addWidget(Words("muted", words.SET_UP_NOTE))
        scroll.body.addWidget(Words("muted", words.SET_UP_HUB_NOTE))
        badge = QHBoxLayout()
        badge.addWidget(Words("strong", "Administrator's badge", wrap=False))
        badge.addWidget(self._badge_words, 1)
        scroll.body.addLayout(badge)
        scroll.body.addWidget(self.form)
        scroll.body.addStretch(1)
        card = Card()
        card.body.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setSpacing(Space.GAP)
        foot.addWidget(self.confirm)
        foot.addStretch(1)
        rehearsal = QVBoxLayout()
        rehearsal.addWidget(self.rehearse)
        foot.addWidget(Words("small", words.SET_UP_REHEARSE_NOTE), 1)
        foot.addLayout(rehearsal)
        card.body.addLayout(foot)
        self.body.addWidget(card, 1)

    @Slot()
    def _confirm(self) -> None:
        self.set_up_given.emit(self.entered())
