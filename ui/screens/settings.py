"""Settings of one bench: look, sound, scanner, printer, idle time. Never a rule."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import words
from ui.actions import ACTS, ScreenAct
from ui.payloads import FormView, TrialView, TrialWanted
from ui.screens.bench_fields import (
    BALANCE,
    BENCH_NAME,
    HUB,
    INSTRUMENTS,
    INTEGRATION,
    LABELS,
    PRINTER,
    PRINTERS,
    RACK_READER,
    SAVING,
    SCANNER,
)
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.wear import worn
from ui.widgets.card import Card, Scroll
from ui.widgets.form import Asked, Form, Section
from ui.widgets.press import BenchButton
from ui.widgets.text import Words
from ui.widgets.trial import Trial

SECTIONS = (
    Section(
        "This bench",
        (
            BENCH_NAME,
            Asked("idle_minutes", "Lock after this many minutes without work", "A number of minutes"),
            Asked("theme", "Look", options=(("light", "Light"), ("dark", "Dark"))),
            Asked(
                "volume",
                "Sound",
                options=(("0", "Off"), ("30", "Quiet"), ("70", "Normal"), ("100", "Loud")),
            ),
        ),
    ),
    SCANNER,
    PRINTER,
    PRINTERS,
    LABELS,
    RACK_READER,
    INSTRUMENTS,
    BALANCE,
    HUB,
    INTEGRATION,
    SAVING,
)


class SettingsScreen(Screen):
    """Paints a ``FormView``; fields: bench_name, idle_minutes, theme, volume, scanner_*, printer_*, hub_*.

    Signals:
        saved(FormGiven): the settings as entered.
        trial_wanted(TrialWanted): scanner, printer or balance are to be tried as entered.
        key_wanted(): the recovery key is to be printed.
    """

    saved = Signal(object)
    trial_wanted = Signal(object)
    key_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Settings", parent)
        self.order(words.SETTINGS_HEADING)
        self.trials = {
            "scanner": Trial(words.SETTINGS_TRY_SCANNER, ACTS[ScreenAct.TRY_SCANNER]),
            "printer": Trial(words.SETTINGS_TRY_PRINTER, ACTS[ScreenAct.TRY_PRINTER]),
            "balance": Trial(words.SETTINGS_TRY_BALANCE, ACTS[ScreenAct.TRY_BALANCE]),
        }
        tried = {SCANNER: "scanner", PRINTER: "printer", BALANCE: "balance"}
        self.form = Form(SECTIONS, {section.title: self.trials[device] for section, device in tried.items()})
        self.save = BenchButton()
        self.save.bind(ACTS[ScreenAct.CONFIRM])
        self.recovery_key = BenchButton()
        self.recovery_key.bind(ACTS[ScreenAct.PRINT_RECOVERY_KEY])
        self._told = Words("strong")
        card = Card()
        scroll = self._scroll = Scroll(words.SETTINGS_HEADING)
        scroll.body.addWidget(Words("muted", words.SETTINGS_NOTE))
        scroll.body.addWidget(self.form)
        scroll.body.addStretch(1)
        card.body.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addWidget(self._told, 1)
        foot.addWidget(self.recovery_key)
        card.body.addLayout(foot)
        self.body.addWidget(card, 1)
        self.save.clicked.connect(self._save)
        self.recovery_key.clicked.connect(self.key_wanted)
        self.form.changed.connect(self._forget_trial)
        for device, trial in self.trials.items():
            trial.press.clicked.connect(partial(self._try, device))

    def paint(self, view: FormView) -> None:
        """Show values, problems, and what has become of the last save."""
        self.save.label(words.SETTINGS_SAVE, usual=True, icon=icon("confirm", worn().on_action))
        self.recovery_key.label(words.SETTINGS_RECOVERY_KEY, icon=icon("print", worn().action))
        self._told.say(view.saved, "finished" if view.saved else "")
        self.form.paint(view)

    def tell(self, view: TrialView) -> None:
        """Say how a trial goes, or what it came to, below the device that is tried, and bring it into view."""
        trial = self.trials[view.device]
        trial.paint(view)
        # Its height is that of its new words only once the page has been laid out anew.
        QTimer.singleShot(0, trial, lambda: self._scroll.ensureWidgetVisible(trial))

    def _try(self, device: str, _checked: bool = False) -> None:
        self.trial_wanted.emit(TrialWanted(device, self.form.entered()))

    @Slot(str)
    def _forget_trial(self, name: str) -> None:
        """What a device answered before does not stand beside other entries: nobody saves one that was not tried."""
        for device, trial in self.trials.items():
            if device in name:
                trial.paint(TrialView(device, ""))

    @Slot()
    def _save(self) -> None:
        self.saved.emit(self.form.entered())
