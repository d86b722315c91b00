import pytest
from painted import paint
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from devices.scanners.keyboard_burst import BurstSettings
from devices.values import Entered, Keyed, Scan
from ui.main_window import MainWindow
from ui.scan_filter import ScanFilter

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Types into a window with times of its own, as the window system stamps them."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self.app, self.window, self.now = app, window, 10_000

    def press(self, text: str, key: int = 0, modifiers=NONE, gap: int = 10) -> None:
        self.now += gap
        event = QKeyEvent(QEvent.Type.KeyPress, key or _key(text), modifiers, text)
        event.setTimestamp(self.now)
        self.app.sendEvent(self.window.windowHandle(), event)

    def types(self, text: str, gap: int = 10) -> None:
        for char in text:
            self.press(char, gap=gap)


def _key(text: str) -> int:
    special = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, " ": Qt.Key.Key_Space}
    return int(special.get(text, Qt.Key(ord(text.upper()))))


@pytest.fixture
def filtered(app: QApplication, window: MainWindow):
    watched = ScanFilter(app)
    scans: list[Scan] = []
    watched.scanned.connect(scans.append)
    yield watched, scans, Keyboard(app, window)
    watched.stop()
    watched.deleteLater()


def test_a_scan_is_taken_wherever_the_focus_is_and_never_lands_in_a_text_field(window, filtered):
    _, scans, keyboard = filtered
    paint(window, "find")
    window.find_screen.field.edit.setText("oye")
    window.find_screen.field.edit.setFocus()
    keyboard.types("26K7Q0042X\r")
    assert [scan.text for scan in scans] == ["26K7Q0042X"]
    assert window.find_screen.field.text == "oye"
    assert scans[0].entered is Entered.SCANNED
    assert scans[0].keyed == Keyed(11, 10, 10, prefixed=False)
    assert scans[0].at.tzinfo is not None


def test_typing_reaches_the_field_with_the_focus_in_its_order(window, filtered, qtbot):
    _watched, scans, keyboard = filtered
    paint(window, "find_empty")
    edit = window.find_screen.field.edit
    edit.setFocus()
    keyboard.types("Oyelaran", gap=150)
    qtbot.waitUntil(lambda: edit.text() == "Oyelaran")
    assert scans == []


def test_two_scans_run_together_are_two_scans(window, filtered):
    _, scans, keyboard = filtered
    keyboard.types("26K7Q0042X\r26K7Q0041Z\r")
    assert [scan.text for scan in scans] == ["26K7Q0042X", "26K7Q0041Z"]


def test_with_a_prefix_a_scan_whose_prefix_is_lost_is_no_scan_and_presses_nothing(window, filtered):
    watched, scans, keyboard = filtered
    watched.set_up(BurstSettings(prefix="~"))
    paint(window, "receive")
    window.receive.offers.button("reject").setFocus()
    given: list[object] = []
    window.command_given.connect(given.append)
    keyboard.types("26K7Q0042X\r")
    assert scans == []
    assert given == []
    keyboard.types("~26K7Q0042X\r", gap=600)
    keyboard.types("~26K7Q0041Z\r")
    assert [scan.text for scan in scans][-1] == "26K7Q0041Z"


def test_control_characters_within_a_scan_press_no_key(window, filtered):
    watched, scans, keyboard = filtered
    paint(window, "receive")
    given: list[object] = []
    window.command_given.connect(given.append)
    keyboard.types("01095060")
    override = QKeyEvent(QEvent.Type.ShortcutOverride, int(Qt.Key.Key_Z), CTRL, "\x1a")
    override.ignore()
    assert watched.eventFilter(window.windowHandle(), override)
    assert override.isAccepted()
    keyboard.press("\x1d", int(Qt.Key.Key_BracketRight), CTRL)
    keyboard.types("1326\r")
    assert [scan.text for scan in scans] == ["01095060\x1d1326"]
    assert given == []


def test_undo_outside_a_scan_is_still_undo(window, filtered):
    paint(window, "receive")
    given: list[object] = []
    window.command_given.connect(given.append)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, CTRL)
    assert [each.command.value for each in given] == ["undo"]


def test_a_code_typed_on_purpose_is_marked_as_typed(window, filtered):
    _, scans, _keyboard = filtered
    paint(window, "receive_typed")
    typed: list[Scan] = []
    window.typed.connect(typed.append)
    window.typed_code.edit.setText(" 26K7Q0042X ")
    QTest.keyClick(window.typed_code.edit, Qt.Key.Key_Return)
    assert typed == []
    QTest.keyClick(window.typed_code.edit, Qt.Key.Key_Return, CTRL)
    assert [(scan.text, scan.entered) for scan in typed] == [("26K7Q0042X", Entered.TYPED)]
    assert not window.typed_code.isVisible()
    assert scans == []


def test_a_typed_code_keeps_the_rhythm_of_its_keys_so_that_a_scan_in_its_field_shows(window, filtered):
    paint(window, "receive_typed")
    typed: list[Scan] = []
    window.typed.connect(typed.append)
    window.typed_code.open()
    QTest.keyClicks(window.typed_code.edit, "26K7Q0042X")
    QTest.keyClick(window.typed_code.edit, Qt.Key.Key_Return, CTRL)
    [scan] = typed
    assert scan.entered is Entered.TYPED
    assert scan.keyed is not None
    assert (scan.keyed.keys, scan.keyed.prefixed) == (10, False)
    assert scan.keyed.median_ms <= scan.keyed.longest_ms
