"""What one touch says of the tube in hand."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Touch
from ui.widgets.touch_bar import TouchBar

CLOTTED = Touch(Command.CONDITION, "Clotted", "q1/1#clotted", seen=True)
SHORT = Touch(Command.CONDITION, "Short", "q1/1#short")


def test_one_touch_says_it_and_a_tick_shows_what_is_said(qtbot):
    bar, given = TouchBar(), []
    qtbot.addWidget(bar)
    bar.given.connect(given.append)
    bar.paint((CLOTTED, SHORT))
    bar.show()
    assert [button.accessibleName() for button in bar.buttons] == ["Clotted, seen", "Short, not seen"]
    QTest.mouseClick(bar.buttons[1], Qt.MouseButton.LeftButton)
    assert [(one.command, one.argument, one.answer) for one in given] == [(Command.CONDITION, "q1/1#short", None)]


def test_what_a_scanner_types_touches_nothing(qtbot):
    bar, given = TouchBar(), []
    qtbot.addWidget(bar)
    bar.given.connect(given.append)
    bar.paint((CLOTTED,))
    bar.show()
    bar.buttons[0].setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_A):
        QTest.keyClick(bar.buttons[0], key)
    assert given == []


def test_without_a_tube_in_hand_nothing_can_be_touched(qtbot):
    bar = TouchBar()
    qtbot.addWidget(bar)
    bar.paint((CLOTTED,))
    bar.paint(())
    assert bar.buttons == []
    assert not bar.isVisible()
