"""Saves what the Settings screen was given, wears it, and joins the hub when an enrolment code was entered."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from devices.values import Scan
from gms_desktop.errors import Refused, Unavailable
from ui import words
from ui.actions import Place
from ui.app import plain_application
from ui.payloads import FormGiven, FormView, Problem, is_enrolment_code

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.settings import Settings
    from ui.aside import Aside
    from ui.main_window import MainWindow
    from ui.payloads import TrialWanted
    from ui.self_test_desk import SelfTestDesk
    from ui.trials import Trials

Run = Callable[[Future[Any], Callable[[Any], None], Callable[[BaseException], None] | None], None]


class SettingsDesk(QObject):
    """The settings of one bench, from the form to the file.

    Signals:
        worn(Settings): other settings are saved and stand.
        told(str): something a person should know.
        refused(): what was entered came to nothing; why stands in the form.
        judged(VerdictKind): what came of a code of the self-test.
    """

    worn = Signal(object)
    told = Signal(str)
    refused = Signal()
    judged = Signal(object)

    def __init__(self, window: MainWindow, bench: Bench, aside: Aside, run: Run) -> None:
        super().__init__(window)
        self._trials: Trials | None = None
        self._window, self._bench, self._aside, self._run = window, bench, aside, run
        window.trial_wanted.connect(self._try_out)
        self.self_test: SelfTestDesk | None = None

    def show(self) -> None:
        """Put the settings that stand into the form, and the layouts that there are here."""
        from gms_desktop.services import site_layouts
        from ui.settings_form import layouts_offered, settings_view

        self._window.settings.paint(settings_view(self._bench.settings))
        named = self._bench.settings.printer.layout
        layouts = self._bench.recorder.read(lambda ledger: site_layouts.for_tubes(ledger.db))
        self._run(layouts, lambda found: self._window.settings.paint(layouts_offered(found, named)), None)

    @Slot(object)
    def save(self, given: FormGiven) -> None:
        """Save what was entered; then join the hub when there is a code."""
        from ui.joining import join_open
        from ui.settings_form import changed_settings, settings_view

        settings, problems = changed_settings(self._bench.settings, given)
        problems = problems or self._written(settings)
        if problems:
            self._window.settings.paint(FormView(problems=problems))
            return
        self._wear(settings)
        joining = join_open(self._aside, self._bench, given)
        if joining is None:
            self._window.settings.paint(settings_view(settings, saved=words.SETTINGS_SAVED))
        else:
            self._window.settings.paint(FormView(saved=words.SETTINGS_JOINING))
            self._run(joining, self._joined, self._not_joined)

    def keep(self, settings: Settings) -> str:
        """Save and wear settings that another screen found; the sentence says why not, and is empty when it did."""
        problems = self._written(settings)
        if problems:
            return problems[0].words
        self._wear(settings)
        return ""

    @Slot()
    def teach(self) -> None:
        """Begin the self-test of the scanner; its code is loaded with the first."""
        from ui.self_test_desk import SelfTestDesk

        if self.self_test is None:
            self.self_test = SelfTestDesk(self._window, self._bench, self.keep, self.told.emit, self.judged.emit)
        self.self_test.begin()

    def takes(self, said: Scan, ask_sign_in: Callable[[], None], enter: Callable[[], None]) -> bool:
        """Take what belongs to the settings alone and never into the journal: a code of the self-test, or of a hub.

        The code of a hub opens its door once: it goes into the form.
        """
        if self.self_test is not None and self.self_test.takes(said):
            return True
        code = said.text
        known = is_enrolment_code(code)
        if known and self._window.locked:
            ask_sign_in()
        elif known:
            self._window.go(Place.SETTINGS)
            enter()
            self._window.settings.paint(FormView((("hub_code", code.strip()),)))
        return known

    def _written(self, settings: Settings) -> tuple[Problem, ...]:
        from gms_desktop import settings as settings_file
        from ui.report_file import cannot_save

        try:
            settings_file.write(self._bench.file.folder, settings)
        except OSError as fault:
            return (Problem("", str(cannot_save(self._bench.file.folder / "settings.toml", fault))),)
        return ()

    def _wear(self, settings: Settings) -> None:
        from ui.theme.tokens import ThemeName
        from ui.theme.wear import wear

        self._bench.wear(settings)
        wear(plain_application(), ThemeName(settings.theme))
        self.worn.emit(settings)

    def _joined(self, said: str) -> None:
        from ui.settings_form import settings_view

        self._window.settings.paint(settings_view(self._bench.settings, saved=words.SETTINGS_SAVED))
        self.told.emit(said)

    def _not_joined(self, fault: BaseException) -> None:
        known = isinstance(fault, (Refused, Unavailable))
        self.refused.emit()
        self._window.settings.paint(FormView(problems=(Problem("hub_code", str(fault) if known else words.FAULT),)))
        if not known:
            raise fault

    @Slot(object)
    def _try_out(self, wanted: TrialWanted) -> None:
        from ui.trials import Trials

        self._trials = self._trials or Trials(self._window, self._bench, self._run)
        self._trials.begin(wanted)
