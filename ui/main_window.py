"""The frame: rail, ribbon, the screen in view, foot strip, lock. It holds no rule and asks nothing of the stores."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from ui import words
from ui.opening_page import opening_page

# What a furnished window holds is loaded by `furnish`, after the first paint; a screen when it is first asked for.
if TYPE_CHECKING:
    from gms_desktop.services.views import StripView
    from ui.actions import Place
    from ui.payloads import SignInView
    from ui.screens.confirm import ConfirmScreen
    from ui.screens.devices import DevicesScreen
    from ui.screens.downtime import DowntimeScreen
    from ui.screens.expected import ExpectedScreen
    from ui.screens.extract import ExtractScreen
    from ui.screens.find import FindScreen
    from ui.screens.handover import HandoverScreen
    from ui.screens.keys import KeysScreen
    from ui.screens.labels import LabelsScreen
    from ui.screens.measure import MeasureScreen
    from ui.screens.people import PeopleScreen
    from ui.screens.plates import PlatesScreen
    from ui.screens.racks import RacksScreen
    from ui.screens.receive import ReceiveScreen
    from ui.screens.reports import ReportsScreen
    from ui.screens.review import ReviewScreen
    from ui.screens.screen import Screen
    from ui.screens.self_test import SelfTestScreen
    from ui.screens.send_away import SendAwayScreen
    from ui.screens.set_up import SetUpScreen
    from ui.screens.settings import SettingsScreen
    from ui.screens.sign_in import SignInScreen
    from ui.screens.storage import StorageScreen
    from ui.screens.tissue import TissueScreen
    from ui.screens.today import TodayScreen

ScreenT = TypeVar("ScreenT", bound="QWidget")
# Screens from which nothing but commands comes.
GivingT = TypeVar(
    "GivingT",
    bound="ReceiveScreen|ExtractScreen|PlatesScreen|MeasureScreen|StorageScreen|TissueScreen|SendAwayScreen"
    "|HandoverScreen|PeopleScreen",
)

# In the order in which a person is likely to want them.
_SCREENS = (
    *("today", "receive", "extract", "racks", "plates", "measure", "storage"),
    *("tissue", "send_away", "find_screen", "review", "confirm"),
    *("expected", "settings", "devices", "reports", "downtime", "handover", "people", "labels", "keys"),
)


class MainWindow(QMainWindow):
    """Calls go down to the screens' ``paint``; these signals go up.

    Signals:
        command_given(Given): a command, from a button, its key, or a question's answer.
        screen_wanted(ScreenWanted): a job, perhaps with a code to open there. The window does not go there by itself.
        typed(Scan): a code typed by a person, ``entered`` typed.
        find_wanted(FindWanted), subject_wanted(SubjectWanted): from Find.
        file_given(FileGiven), rack_file_given(FileGiven): expected requests; what a rack reader wrote.
        rack_wanted(): the rack in the reader is to be read. label_wanted(): the label of the open plate or place.
        positions_wanted(), batch_sheet_wanted(): files of the open batch; positions_given(FileGiven): a robot's.
        index_file_given(FileGiven), sample_sheet_wanted(FileGiven): a set of indexes; where a pool's sheet goes.
        picture_given(FileGiven): a picture of the piece of tissue in hand.
        copy_wanted(ImportLine): a copy of a file that was taken in. papers_wanted(str): a consignment's, into a folder.
        answer_given(str): a file with a receiver's answer.
        pack_wanted(PackWanted), account_wanted(AccountWanted): files of downtime numbers.
        case_wanted(str): a case of the Review screen.
        report_wanted(ReportWanted): a period as ``screen``, ``pdf`` or ``xlsx``.
        nipt_wanted(NiptReportWanted): a month of NIPT as ``screen`` or ``files``.
        test_wanted(DeviceTest): a device to try.
        teach_wanted(), sheet_wanted(SheetWanted): the scanner's self-test, and its sheets.
        settings_saved(FormGiven), set_up_given(FormGiven): a form as entered; rehearsal_wanted(): from set-up.
        trial_wanted(TrialWanted): scanner or printer are to be tried as entered; key_wanted(): the recovery key.
        pin_given(PinGiven): from the lock, or of a second person.
        without_pin_wanted(): somebody has no badge or PIN now; without_pin_given(FormGiven): who, why and more.
        notice_put_away(str): a notice has been read and may go; closing(): the window is about to close.
    """

    command_given = Signal(object)
    screen_wanted = Signal(object)
    typed = Signal(object)
    find_wanted, subject_wanted = Signal(object), Signal(object)
    file_given = Signal(object)
    rack_file_given, rack_wanted, label_wanted = Signal(object), Signal(), Signal()
    positions_wanted, positions_given, batch_sheet_wanted = Signal(), Signal(object), Signal()
    index_file_given, sample_sheet_wanted, picture_given = Signal(object), Signal(object), Signal(object)
    copy_wanted, papers_wanted, answer_given = Signal(object), Signal(str), Signal(str)
    report_wanted, nipt_wanted = Signal(object), Signal(object)
    case_wanted = Signal(str)
    pack_wanted, account_wanted = Signal(object), Signal(object)
    test_wanted = Signal(object)
    teach_wanted, sheet_wanted = Signal(), Signal(object)
    settings_saved, trial_wanted, key_wanted = Signal(object), Signal(object), Signal()
    set_up_given, rehearsal_wanted = Signal(object), Signal()
    pin_given = Signal(object)
    without_pin_wanted, without_pin_given = Signal(), Signal(object)
    notice_put_away = Signal(str)
    closing = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.HOUSE)
        self.setMinimumSize(1024, 640)
        self.locked = False
        self.setCentralWidget(opening_page())

    def furnish(self, *, motion: bool = False) -> None:
        """Put rail and screens in. Their code is loaded here, so that the window itself can be painted before."""
        from ui import rooms
        from ui.actions import Place

        self.place = Place.TODAY
        self._motion = motion
        self.rail = rooms.Rail()
        self.ribbon = rooms.Ribbon()
        self.notices = rooms.Notices()
        self.typed_code = rooms.TypedCode()
        self.foot = rooms.FootStrip()
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.go(Place.TODAY)
        self.setFocus()

    def furnish_more(self) -> bool:
        """Make one of the screens that nobody has asked for yet, while there is time; False when all are there."""
        missing = next((name for name in _SCREENS if name not in vars(self)), None)
        if missing is not None:
            getattr(self, missing)
        return missing is not None

    # The screens, each made when it is first asked for

    @cached_property
    def today(self) -> TodayScreen:
        """What waits today."""
        from ui.screens.today import TodayScreen

        screen = self._housed(TodayScreen())
        screen.wanted.connect(self.screen_wanted)
        return screen

    @cached_property
    def receive(self) -> ReceiveScreen:
        """The tube in hand."""
        from ui.screens.receive import ReceiveScreen

        return self._giving(ReceiveScreen(motion=self._motion))

    @cached_property
    def extract(self) -> ExtractScreen:
        """Extraction batches."""
        from ui.screens.extract import ExtractScreen

        screen = self._housed(ExtractScreen(motion=self._motion))
        screen.given.connect(self.command_given)
        screen.wanted.connect(self.screen_wanted)
        screen.file_wanted.connect(self.positions_wanted)
        screen.sheet_wanted.connect(self.batch_sheet_wanted)
        screen.file_given.connect(self.positions_given)
        return screen

    @cached_property
    def racks(self) -> RacksScreen:
        """FluidX tubes and their racks."""
        from ui.screens.racks import RacksScreen

        screen = self._housed(RacksScreen(motion=self._motion))
        screen.given.connect(self.command_given)
        screen.file_given.connect(self.rack_file_given)
        screen.read_wanted.connect(self.rack_wanted)
        return screen

    @cached_property
    def plates(self) -> PlatesScreen:
        """Plates planned from racks, and made."""
        from ui.screens.plates import PlatesScreen

        screen = self._giving(PlatesScreen(motion=self._motion))
        screen.file_given.connect(self.index_file_given)
        screen.sheet_wanted.connect(self.sample_sheet_wanted)
        screen.label_wanted.connect(self.label_wanted)
        return screen

    @cached_property
    def measure(self) -> MeasureScreen:
        """Files of measuring instruments beside the tubes."""
        from ui.screens.measure import MeasureScreen

        return self._giving(MeasureScreen(motion=self._motion))

    @cached_property
    def storage(self) -> StorageScreen:
        """Where things are kept."""
        from ui.screens.storage import StorageScreen

        screen = self._giving(StorageScreen(motion=self._motion))
        screen.label_wanted.connect(self.label_wanted)
        return screen

    @cached_property
    def send_away(self) -> SendAwayScreen:
        """Consignments."""
        from ui.screens.send_away import SendAwayScreen

        screen = self._giving(SendAwayScreen(motion=self._motion))
        screen.label_wanted.connect(self.label_wanted)
        screen.papers_wanted.connect(self.papers_wanted)
        screen.answer_given.connect(self.answer_given)
        return screen

    @cached_property
    def tissue(self) -> TissueScreen:
        """Tissue cases."""
        from ui.screens.tissue import TissueScreen

        screen = self._giving(TissueScreen(motion=self._motion))
        screen.picture_given.connect(self.picture_given)
        return screen

    @cached_property
    def find_screen(self) -> FindScreen:
        """Everything known of a code, a number or a name."""
        from ui.screens.find import FindScreen

        screen = self._housed(FindScreen(motion=self._motion))
        screen.given.connect(self.command_given)
        screen.find_wanted.connect(self.find_wanted)
        screen.subject_wanted.connect(self.subject_wanted)
        screen.copy_wanted.connect(self.copy_wanted)
        return screen

    @cached_property
    def expected(self) -> ExpectedScreen:
        """Files of expected requests."""
        from ui.screens.expected import ExpectedScreen

        screen = self._housed(ExpectedScreen(motion=self._motion))
        screen.given.connect(self.command_given)
        screen.file_given.connect(self.file_given)
        screen.copy_wanted.connect(self.copy_wanted)
        return screen

    @cached_property
    def reports(self) -> ReportsScreen:
        """Specimens that could not be accepted."""
        from ui.screens.reports import ReportsScreen

        screen = self._housed(ReportsScreen())
        screen.report_wanted.connect(self.report_wanted)
        screen.nipt_wanted.connect(self.nipt_wanted)
        return screen

    @cached_property
    def downtime(self) -> DowntimeScreen:
        """Numbers and forms of an outage."""
        from ui.screens.downtime import DowntimeScreen

        screen = self._housed(DowntimeScreen(motion=self._motion))
        screen.given.connect(self.command_given)
        screen.pack_wanted.connect(self.pack_wanted)
        screen.account_wanted.connect(self.account_wanted)
        return screen

    @cached_property
    def review(self) -> ReviewScreen:
        """What does not go together."""
        from ui.screens.review import ReviewScreen

        screen = self._housed(ReviewScreen(motion=self._motion))
        screen.given.connect(self.command_given)
        screen.case_wanted.connect(self.case_wanted)
        return screen

    @cached_property
    def confirm(self) -> ConfirmScreen:
        """What waits for a second person or a review."""
        from ui.screens.confirm import ConfirmScreen

        screen = self._housed(ConfirmScreen(motion=self._motion))
        screen.given.connect(self.command_given)
        return screen

    @cached_property
    def handover(self) -> HandoverScreen:
        """The sheet of the shift."""
        from ui.screens.handover import HandoverScreen

        return self._giving(HandoverScreen(motion=self._motion))

    @cached_property
    def people(self) -> PeopleScreen:
        """Who works here and what they may do."""
        from ui.screens.people import PeopleScreen

        return self._giving(PeopleScreen(motion=self._motion))

    @cached_property
    def labels(self) -> LabelsScreen:
        """Label layouts, their pixels and their release."""
        from ui.screens.labels import LabelsScreen

        screen = self._housed(LabelsScreen(motion=self._motion))
        screen.given.connect(self.command_given)
        return screen

    @cached_property
    def devices(self) -> DevicesScreen:
        """Scanner and printer."""
        from ui.screens.devices import DevicesScreen

        screen = self._housed(DevicesScreen(motion=self._motion))
        screen.given.connect(self.command_given)
        screen.test_wanted.connect(self.test_wanted)
        screen.teach_wanted.connect(self.teach_wanted)
        screen.sheet_wanted.connect(self.sheet_wanted)
        return screen

    @cached_property
    def self_test(self) -> SelfTestScreen:
        """What the scanner does to the codes of its sheet."""
        from ui.screens.self_test import SelfTestScreen

        screen = self._housed(SelfTestScreen())
        screen.sheet_wanted.connect(self.sheet_wanted)
        return screen

    @cached_property
    def settings(self) -> SettingsScreen:
        """The bench's own settings."""
        from ui.screens.settings import SettingsScreen

        screen = self._housed(SettingsScreen())
        screen.saved.connect(self.settings_saved)
        screen.trial_wanted.connect(self.trial_wanted)
        screen.key_wanted.connect(self.key_wanted)
        return screen

    @cached_property
    def sign_in(self) -> SignInScreen:
        """What the lock asks for."""
        from ui.screens.sign_in import SignInScreen

        screen = self._housed(SignInScreen())
        screen.given.connect(self.command_given)
        screen.pin_given.connect(self.pin_given)
        screen.without_pin_wanted.connect(self.without_pin_wanted)
        screen.without_pin_given.connect(self.without_pin_given)
        return screen

    @cached_property
    def set_up(self) -> SetUpScreen:
        """The first start's form."""
        from ui.screens.set_up import SetUpScreen

        screen = self._housed(SetUpScreen())
        screen.set_up_given.connect(self.set_up_given)
        screen.rehearsal_wanted.connect(self.rehearsal_wanted)
        return screen

    @cached_property
    def keys(self) -> KeysScreen:
        """Every key of the bench."""
        from ui.screens.keys import KeysScreen

        return self._housed(KeysScreen())

    def _giving(self, screen: GivingT) -> GivingT:
        screen.given.connect(self.command_given)
        return self._housed(screen)

    def _housed(self, screen: ScreenT) -> ScreenT:
        self._stack.addWidget(screen)
        return screen

    def go(self, place: Place) -> None:
        """Show a job. While locked it is only remembered, and shown once unlocked."""
        self.place = place
        if not self.locked:
            self._show(self._screen(place))
            self.rail.here(place)
            if place.value == "find":
                self.find_screen.take_focus()

    def _screen(self, place: Place) -> Screen:
        return cast("Screen", getattr(self, "find_screen" if place.value == "find" else place.value))

    def paint_strip(self, strip: StripView) -> None:
        """Show ribbon, notices, badges and foot strip, and lock or unlock."""
        self.ribbon.paint(strip.ribbon)
        self.notices.show_notices(() if strip.locked else strip.notices)
        self.rail.badges({} if strip.locked else dict(strip.badges))
        self.foot.paint(strip)
        self.setWindowTitle(strip.bench or words.HOUSE)
        if strip.locked != self.locked:
            self._lock(locked=strip.locked)

    def paint_sign_in(self, view: SignInView) -> None:
        """Show what the lock asks for."""
        self.sign_in.paint(view)
        if self.locked:
            self.sign_in.take_focus()

    def ask_second(self, view: SignInView) -> None:
        """Ask for the PIN of a second person, over the screen in view: the rail and the foot strip stay as they are."""
        self.sign_in.paint(view)
        self._show(self.sign_in)
        self.sign_in.take_focus()

    @property
    def asking_second(self) -> bool:
        """Whether the PIN of a second person is asked for."""
        return not self.locked and "sign_in" in vars(self) and self._stack.currentWidget() is self.sign_in

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
    def being_set_up(self) -> bool:
        """Whether the first start's form is in view."""
        return "set_up" in vars(self) and self._stack.currentWidget() is self.set_up

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
        from ui.frame import framed

        work = (self.ribbon, self._stack, self.notices, self.typed_code)
        self.setCentralWidget(framed(self.rail, work, self.foot))

    def _connect(self) -> None:
        self.rail.wanted.connect(self.screen_wanted)
        self.rail.given.connect(self.command_given)
        self.rail.typing_wanted.connect(self.typed_code.open)
        self.rail.keys_wanted.connect(self._toggle_keys)
        self.typed_code.typed.connect(self.typed)
        self.notices.put_away.connect(self.notice_put_away)

    def show_over(self, screen: Screen) -> None:
        """Show a screen over that of the job: the scanner's self-test, the keys, a paper. ``go`` ends it."""
        if self._stack.indexOf(screen) < 0:
            self._stack.addWidget(screen)
        self.rail.here(None)
        self._show(screen)

    @Slot()
    def _toggle_keys(self) -> None:
        if self._stack.currentWidget() is self.keys:
            self.go(self.place)
        else:
            self.show_over(self.keys)
