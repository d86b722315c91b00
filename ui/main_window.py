"""The frame: rail, ribbon, the screen in view, foot strip, lock. It holds no rule and asks nothing of the stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui import words

# What a furnished window holds is loaded by `furnish`, after the first paint.
if TYPE_CHECKING:
    from gms_desktop.services.views import StripView
    from ui.actions import Place
    from ui.payloads import SignInView
    from ui.screens.screen import Screen


class MainWindow(QMainWindow):
    """Calls go down to the screens' ``paint``; these signals go up.

    Signals:
        command_given(Given): a command, from a button, its key, or a question's answer.
        screen_wanted(ScreenWanted): a job, perhaps with a code to open there. The window does not go there by itself.
        typed(Scan): a code typed by a person, ``entered`` typed.
        find_wanted(FindWanted), subject_wanted(SubjectWanted): from Find.
        file_given(FileGiven): a file of expected requests.
        report_wanted(ReportWanted): a period as ``screen``, ``pdf`` or ``xlsx``.
        test_wanted(DeviceTest): a device to try.
        settings_saved(FormGiven), set_up_given(FormGiven): a form as entered.
        rehearsal_wanted(): from the first set-up.
        pin_given(PinGiven): from the lock.
        notice_put_away(str): a notice has been read and may go.
        closing(): the window is about to close.
    """

    command_given = Signal(object)
    screen_wanted = Signal(object)
    typed = Signal(object)
    find_wanted = Signal(object)
    subject_wanted = Signal(object)
    file_given = Signal(object)
    report_wanted = Signal(object)
    test_wanted = Signal(object)
    settings_saved = Signal(object)
    set_up_given = Signal(object)
    rehearsal_wanted = Signal()
    pin_given = Signal(object)
    notice_put_away = Signal(str)
    closing = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.HOUSE)
        self.setMinimumSize(1024, 640)
        self.locked = False
        self.setCentralWidget(_opening())

    def furnish(self, *, motion: bool = False) -> None:
        """Put rail and screens in. Their code is loaded here, so that the window itself can be painted before."""
        from ui import rooms
        from ui.actions import Place

        self.place = Place.TODAY
        self.today = rooms.TodayScreen()
        self.receive = rooms.ReceiveScreen(motion=motion)
        self.find_screen = rooms.FindScreen(motion=motion)
        self.expected = rooms.ExpectedScreen(motion=motion)
        self.reports = rooms.ReportsScreen()
        self.devices = rooms.DevicesScreen()
        self.settings = rooms.SettingsScreen()
        self.sign_in = rooms.SignInScreen()
        self.set_up = rooms.SetUpScreen()
        self.keys = rooms.KeysScreen()
        self.rail = rooms.Rail()
        self.ribbon = rooms.Ribbon()
        self.notices = rooms.Notices()
        self.typed_code = rooms.TypedCode()
        self.foot = rooms.FootStrip()
        self._stack = QStackedWidget()
        self._places: dict[Place, Screen] = {
            Place.TODAY: self.today,
            Place.RECEIVE: self.receive,
            Place.FIND: self.find_screen,
            Place.EXPECTED: self.expected,
            Place.REPORTS: self.reports,
            Place.DEVICES: self.devices,
            Place.SETTINGS: self.settings,
        }
        self._build()
        self._connect()
        self.go(Place.TODAY)
        self.setFocus()

    def go(self, place: Place) -> None:
        """Show a job. While locked it is only remembered, and shown once unlocked."""
        self.place = place
        if not self.locked:
            self._show(self._places[place])
            self.rail.here(place)
            if self._stack.currentWidget() is self.find_screen:
                self.find_screen.take_focus()

    def paint_strip(self, strip: StripView) -> None:
        """Show ribbon, notices, badges and foot strip, and lock or unlock."""
        self.ribbon.paint(strip.ribbon)
        self.notices.show_notices(() if strip.locked else strip.notices)
        self.rail.badges({} if strip.locked else dict(strip.badges))
        self.foot.paint(strip)
        if strip.locked != self.locked:
            self._lock(locked=strip.locked)

    def paint_sign_in(self, view: SignInView) -> None:
        """Show what the lock asks for."""
        self.sign_in.paint(view)
        if self.locked:
            self.sign_in.take_focus()

    def show_not_open(self, view: SignInView) -> None:
        """The bench is being opened, or cannot be: nothing but these words is in view until a strip unlocks."""
        self.sign_in.paint(view)
        self._lock(locked=True)

    def show_set_up(self) -> None:
        """The first run: the rail rests until the bench is set up."""
        self.rail.setEnabled(False)
        self.rail.here(None)
        self._show(self.set_up)

    def end_set_up(self) -> None:
        """The bench is set up."""
        self.rail.setEnabled(not self.locked)
        if not self.locked:
            self.go(self.place)

    @property
    def screen_in_view(self) -> QWidget | None:
        """The screen that can be seen."""
        return self._stack.currentWidget()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window closes; nothing is lost by it."""
        self.closing.emit()
        super().closeEvent(event)

    def _lock(self, *, locked: bool) -> None:
        self.locked = locked
        self.rail.setEnabled(not locked)
        self.typed_code.hide()
        if locked:
            self.rail.here(None)
            self._show(self.sign_in)
        else:
            self.go(self.place)

    def _show(self, screen: Screen) -> None:
        if self._stack.currentWidget() is not screen:
            self._stack.setCurrentWidget(screen)
            self.setFocus()

    def _build(self) -> None:
        for screen in (*self._places.values(), self.sign_in, self.set_up, self.keys):
            self._stack.addWidget(screen)
        work = QWidget()
        work.setObjectName("work")
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.ribbon)
        column.addWidget(self._stack, 1)
        column.addWidget(self.notices)
        column.addWidget(self.typed_code)
        frame = QWidget()
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(work, 1)
        down = QVBoxLayout(frame)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(row, 1)
        down.addWidget(self.foot)
        self.setCentralWidget(frame)

    def _connect(self) -> None:
        self.rail.wanted.connect(self.screen_wanted)
        self.today.wanted.connect(self.screen_wanted)
        for source in (self.rail, self.receive, self.find_screen, self.expected, self.sign_in):
            source.given.connect(self.command_given)
        self.rail.typing_wanted.connect(self.typed_code.open)
        self.rail.keys_wanted.connect(self._toggle_keys)
        self.typed_code.typed.connect(self.typed)
        self.find_screen.find_wanted.connect(self.find_wanted)
        self.find_screen.subject_wanted.connect(self.subject_wanted)
        self.expected.file_given.connect(self.file_given)
        self.reports.report_wanted.connect(self.report_wanted)
        self.devices.test_wanted.connect(self.test_wanted)
        self.settings.saved.connect(self.settings_saved)
        self.set_up.set_up_given.connect(self.set_up_given)
        self.set_up.rehearsal_wanted.connect(self.rehearsal_wanted)
        self.sign_in.pin_given.connect(self.pin_given)
        self.notices.put_away.connect(self.notice_put_away)

    @Slot()
    def _toggle_keys(self) -> None:
        if self._stack.currentWidget() is self.keys:
            self.go(self.place)
        else:
            self.rail.here(None)
            self._show(self.keys)


def _opening() -> QWidget:
    """What stands there until the window is furnished. The namespace ``Qt`` is not used: it is 104 enums to make."""
    page = QWidget()
    column, row = QVBoxLayout(page), QHBoxLayout()
    row.addStretch(1)
    row.addWidget(QLabel(words.OPENING))
    row.addStretch(1)
    column.addStretch(1)
    column.addLayout(row)
    column.addStretch(1)
    return page
