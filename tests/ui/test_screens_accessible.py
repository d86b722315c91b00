import pytest
from painted import SCREENS, paint
from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from ui.main_window import MainWindow
from ui.theme.tokens import SECONDARY_TARGET, SMALLEST_TARGET
from ui.widgets.press import BenchButton
from ui.widgets.text import Words

# Of the session's scope: the tests of one screen run after another, and its windows are made once.
EVERY = pytest.mark.parametrize("name", list(SCREENS), scope="session")
SIZES = pytest.mark.parametrize("size", [(1440, 900), (1280, 720)], ids=["1440x900", "1280x720"])


def focusable(window: MainWindow) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


@EVERY
def test_every_control_that_tab_reaches_has_a_name(shown, app: QApplication, name):
    window = shown(name)
    nameless = [widget for widget in focusable(window) if not widget.accessibleName().strip()]
    assert nameless == []


def give_focus(app: QApplication, window: QWidget, widget: QWidget) -> None:
    """Another test's window may be active still: the window system changes over when it gets to it."""
    deadline = QDeadlineTimer(5000)
    while not widget.hasFocus() and not deadline.hasExpired():
        if not window.isActiveWindow() and QGuiApplication.focusWindow() == window.windowHandle():
            leave(app)
        if not window.isActiveWindow():
            window.activateWindow()
        widget.setFocus()
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def leave(app: QApplication) -> None:
    """Where a former test's window died, Qt may hold one that has the focus for not active until it comes anew."""
    elsewhere = QWidget()
    elsewhere.show()
    elsewhere.activateWindow()
    app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    elsewhere.close()


@EVERY
def test_every_control_shows_that_it_has_the_focus(shown, app: QApplication, name):
    window = shown(name)
    for widget in focusable(window):
        window.setFocus()
        app.processEvents()
        without = picture(widget)
        give_focus(app, window, widget)
        assert widget.hasFocus(), f"{widget.accessibleName()}: active {QApplication.activeWindow()}, window {window}"
        assert picture(widget) != without, f"{widget.accessibleName()} looks the same with the focus"


@EVERY
def test_tab_goes_through_every_control_once_and_comes_back(shown, app: QApplication, name):
    window = shown(name)
    wanted = set(focusable(window))
    if not wanted:
        return
    window.setFocus()
    start = window.focusWidget()
    seen: list[QWidget] = []
    for _ in range(len(wanted) + 1):
        window.focusNextChild()
        seen.append(window.focusWidget())
    assert wanted <= {*seen, start}


@EVERY
def test_a_click_finds_every_control(shown, app: QApplication, name):
    window = shown(name)
    for widget in window.findChildren(QAbstractButton) + window.findChildren(QLineEdit):
        if widget.isVisible():
            least = SECONDARY_TARGET if isinstance(widget, BenchButton | QLineEdit) else SMALLEST_TARGET
            assert widget.height() >= least, widget.accessibleName()
            assert widget.width() >= SMALLEST_TARGET, widget.accessibleName()


@EVERY
@SIZES
def test_no_button_is_cut_by_the_window_or_by_what_is_around_it(shown, app: QApplication, name, size):
    no_button_is_cut(shown(name, size))


@pytest.mark.parametrize("name", ["reports", "reports_nipt", "downtime", "find_nipt"])
def test_nor_on_a_small_screen_where_dates_are_read_whole_too(shown, app: QApplication, name):
    window = shown(name, (1024, 768))
    no_button_is_cut(window)
    for edit in window.findChildren(QLineEdit):
        if edit.isVisible():
            assert edit.width() >= edit.fontMetrics().horizontalAdvance(edit.text() or "40") + 20, edit.accessibleName()


def no_button_is_cut(window: MainWindow) -> None:
    for button in window.findChildren(BenchButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.accessibleName()
            assert button.height() >= button.sizeHint().height(), button.accessibleName()
            parent = button.parentWidget()
            assert parent.rect().contains(button.geometry()), button.accessibleName()


@EVERY
@SIZES
def test_no_word_is_cut_short(shown, app: QApplication, name, size):
    window = shown(name, size)
    for label in window.findChildren(Words):
        if label.isVisible() and label.text():
            needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            assert label.height() >= needed - 1, label.text()
            if not label.wordWrap():
                assert label.width() >= label.sizeHint().width(), label.text()


def test_the_longest_name_is_shown_whole(window: MainWindow, app: QApplication):
    window.resize(1280, 720)
    paint(window, "receive_refused")
    app.processEvents()
    names = [label for label in window.receive.banner.findChildren(QLabel) if "Maximiliana" in label.text()]
    assert len(names) == 1
    assert names[0].height() >= names[0].heightForWidth(names[0].width())
    widest = max(names[0].fontMetrics().horizontalAdvance(word) for word in names[0].text().split())
    assert names[0].width() >= widest


def test_nothing_of_a_patient_is_in_view_while_locked(window: MainWindow, app: QApplication):
    paint(window, "receive")
    paint(window, "locked")
    app.processEvents()
    shown = " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    assert "OYELARAN" not in shown
    assert "999 000" not in shown
    assert "Locked. Tap your badge" in shown
    assert not any(item.isEnabled() for item in window.rail.items.values())
