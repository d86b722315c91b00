"""A person teaches the bench its scanner: the keys of the sheet come in, the settings come out."""

from __future__ import annotations

from pathlib import Path

import pytest
from at_the_bench import AtTheBench
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from devices.scanners.layout import KeyboardState, seen
from devices.scanners.self_test import CODES, GS
from gms_desktop import self_test_words
from gms_desktop import settings as settings_file
from gms_desktop.documents.self_test_sheet import codes_on
from ui.actions import ACTS, Place, ScreenAct
from ui.key_listening import KeyListening

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_NAMED = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _keys(person: AtTheBench) -> KeyListening:
    assert person.application.joined is not None
    desk = person.application.joined._settings.self_test
    assert desk is not None
    return desk._keys


class Scanner:
    """A scanner that types, as the window system hands its keys over."""

    def __init__(self, person: AtTheBench) -> None:
        self.person, self.now = person, 10_000

    def press(self, text: str, key: Qt.Key | None = None, held: Qt.KeyboardModifier = NONE) -> None:
        self.now += 8
        named = key or _NAMED.get(text) or Qt.Key(ord(text.upper()))
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            event = QKeyEvent(kind, named, held, text)
            event.setTimestamp(self.now)
            self.person.app.sendEvent(self.person.window.windowHandle(), event)

    def types(self, text: str) -> None:
        for sign in text:
            if sign == GS:
                self.press(GS, Qt.Key.Key_BracketRight, CTRL)
            else:
                self.press(sign)
        self.ends()

    def ends(self) -> None:
        """The pause after a code, without waiting for it."""
        _keys(self.person).flush()
        self.person.settle()


@pytest.fixture
def scanner(rehearsal: AtTheBench) -> Scanner:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.DEVICES)
    rehearsal.window.devices.sheets.buttons[ScreenAct.TEACH_SCANNER].click()
    return Scanner(rehearsal)


def test_three_codes_and_a_key_teach_the_bench_its_scanner(rehearsal: AtTheBench, scanner: Scanner) -> None:
    screen = rehearsal.window.self_test
    assert screen.heading.text() == "Scan code 1 of the self-test sheet"
    assert not screen.save.isEnabled()
    scanner.types(f"~~]C0{CODES[1]}\r")
    assert screen.heading.text() == "Scan code 2 of the self-test sheet"
    scanner.types(f"~~]d1{CODES[2]}\r")
    scanner.types(f"~~]C1{CODES[3].replace(GS, '|')}\r")
    assert screen.heading.text() == self_test_words.HEARD_ALL
    assert "Scanner understood" in said(screen.verdict)
    assert "replaced by “|” and put back" in said(screen)
    # The key of the button is pressed by hand: it comes alone.
    scanner.press("", Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    scanner.ends()
    kept = settings_file.read(rehearsal.bench.file.folder)
    assert kept is not None
    found = kept.scanner
    assert (found.mode, found.prefix, found.suffix, found.terminator) == ("keyboard", "~~", "", "CR")
    assert (found.aim, found.separator, found.layout, kept.format) == ("sent", "|", "same", settings_file.FORMAT)
    assert rehearsal.window.place is Place.DEVICES
    assert rehearsal.bench.settings.scanner == found
    # From now on a kit is read whole through that scanner.
    before = rehearsal.entries()
    for sign in "~~]C1" + "01095060001343521012AB|17271231\r":
        scanner.press(sign)
    rehearsal.until(lambda: rehearsal.entries() > before)
    rehearsal.settle()
    verdict = rehearsal.bench.receive_view().result().verdict
    assert verdict is None or verdict.title == "Lot entered"


def test_a_scanner_that_presses_a_key_of_the_bench_is_refused_and_presses_nothing(
    rehearsal: AtTheBench, scanner: Scanner
) -> None:
    screen = rehearsal.window.self_test
    scanner.press("", Qt.Key.Key_F9)
    scanner.types(f"{CODES[1]}\r")
    assert "The scanner sends F9, the key for “Find” here." in said(screen.verdict)
    assert rehearsal.window.screen_in_view is screen
    scanner.types(f"{CODES[1]}\t")
    assert "ends each code with Tab" in said(screen.verdict)
    scanner.types(CODES[1])
    assert "sends nothing after the code" in said(screen.verdict)
    for sign in CODES[1]:
        scanner.press(sign)
    scanner.press("\r", Qt.Key.Key_M, CTRL)
    scanner.ends()
    assert "Ctrl+M" in said(screen.verdict)
    assert not screen.save.isEnabled()


def test_a_wrong_layout_and_caps_lock_are_named_with_what_to_do(rehearsal: AtTheBench, scanner: Scanner) -> None:
    screen = rehearsal.window.self_test
    for code in CODES.values():
        shown = seen(f"~~{code}\r", KeyboardState.US_SCANNER_CAPS)
        assert shown is not None
        scanner.types(shown)
    assert "Turn Caps Lock off. The keyboard layouts differ (US scanner on a UK computer)" in said(screen.verdict)
    assert "~~" in said(screen)
    screen.again.click()
    assert screen.heading.text() == "Scan code 1 of the self-test sheet"


def test_a_key_pressed_by_hand_does_what_it_always_does_and_leaving_ends_the_test(
    rehearsal: AtTheBench, scanner: Scanner
) -> None:
    scanner.press("", Qt.Key.Key_F9)
    scanner.ends()
    rehearsal.until(lambda: rehearsal.window.place is Place.FIND)
    assert not _keys(rehearsal)._listens


def test_keys_that_come_close_together_press_nothing_on_their_way_from_the_window_system(
    rehearsal: AtTheBench, scanner: Scanner
) -> None:
    handle, screen = rehearsal.window.windowHandle(), rehearsal.window.self_test
    QTest.keyClick(handle, Qt.Key.Key_F9)
    QTest.keyClick(handle, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(handle, Qt.Key.Key_Return)
    scanner.ends()
    assert rehearsal.window.screen_in_view is screen
    assert "Not of the sheet" in said(screen.verdict)


def test_a_scanner_on_a_port_is_learnt_from_its_bytes(rehearsal: AtTheBench, scanner: Scanner) -> None:
    before = rehearsal.entries()
    for kind, code in zip(("]C0", "]d1", "]C1"), CODES.values(), strict=True):
        rehearsal.desk.scanner.scan(code, kind)
    rehearsal.until(rehearsal.window.self_test.save.isEnabled)
    shown = said(rehearsal.window.self_test)
    assert "sends over its port" in shown
    assert "Caps Lock:" not in shown
    assert rehearsal.entries() == before


def test_both_sheets_are_saved_from_the_devices_screen(
    rehearsal: AtTheBench, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.DEVICES)
    folder = tmp_path_factory.mktemp("sheets")
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda _parent, _title, name: (str(folder / Path(name).name), ""), raising=True
    )
    for act in (ScreenAct.SELF_TEST_SHEET, ScreenAct.COMMAND_CARDS):
        button = rehearsal.window.devices.sheets.buttons[act]
        assert button.key == ACTS[act].key
        button.click()
    rehearsal.until(lambda: len(rehearsal.bench.strip().notices) >= 2)
    assert len(codes_on((folder / "self-test-sheet.pdf").read_bytes())) == len(CODES)
    assert (folder / "command-cards.pdf").stat().st_size > 1000
