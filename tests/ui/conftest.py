"""Screens are shown off screen, in one type family, and leave nothing behind."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

import pytest
from at_the_bench import AtTheBench, application
from painted import paint
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from gms_desktop.rehearsal import made_up
from ui.app import make_application, make_window
from ui.lasting_none import make_none_last
from ui.main_window import MainWindow
from ui.theme.tokens import ThemeName

HERE = Path(__file__).parent
make_none_last()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)"))


@pytest.fixture(scope="session")
def app(qapp: QApplication) -> QApplication:
    return make_application([], ThemeName.LIGHT, "DejaVu Sans")


def settle(app: QApplication) -> None:
    """Let everything that is due happen, deletions too."""
    for _ in range(3):
        app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def to_the_front(app: QApplication, window: MainWindow) -> None:
    """Make a window the one that keys go to, once the one before has gone."""
    settle(app)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    settle(app)


@pytest.fixture
def window(app: QApplication) -> Iterator[MainWindow]:
    shown = make_window(motion=False)
    shown.resize(1440, 900)
    shown.show()
    to_the_front(app, shown)
    yield shown
    shown.close()
    shown.deleteLater()
    settle(app)


class Kept:
    """The windows that show one screen, until another screen is asked for: whatever lives is dressed and measured."""

    def __init__(self) -> None:
        self._name = ""
        self._windows: dict[tuple[int, int], MainWindow] = {}

    def window(self, name: str, size: tuple[int, int]) -> MainWindow:
        """The window of this size that shows the screen."""
        if name != self._name:
            self.let_go()
            self._name = name
        if size not in self._windows:
            fresh = self._windows[size] = make_window(motion=False)
            fresh.resize(*size)
            fresh.show()
            paint(fresh, name)
        return self._windows[size]

    def let_go(self) -> None:
        """Delete them."""
        for each in self._windows.values():
            each.deleteLater()
        self._windows.clear()


@pytest.fixture(scope="session")
def kept_windows(app: QApplication) -> Iterator[Kept]:
    kept = Kept()
    yield kept
    kept.let_go()
    settle(app)


@pytest.fixture
def shown(app: QApplication, kept_windows: Kept) -> Iterator[Callable[..., MainWindow]]:
    """A painted screen to look at and measure, kept for the next test: never for tests that change it."""
    opened: list[MainWindow] = []

    def show(name: str, size: tuple[int, int] = (1440, 900)) -> MainWindow:
        window = kept_windows.window(name, size)
        opened.append(window)
        window.show()
        to_the_front(app, window)
        return window

    yield show
    for each in opened:
        each.hide()
    settle(app)


@pytest.fixture(scope="session")
def begun_rehearsal(app: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a rehearsal that was begun and closed, once: each test works on a copy."""
    folder = tmp_path_factory.mktemp("begun")
    with application(app, folder, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
    return made_up.rehearsal_folder(folder)


@pytest.fixture
def rehearsal(app: QApplication, tmp_path: Path, begun_rehearsal: Path) -> Iterator[AtTheBench]:
    with application(app, tmp_path, rehearsal=True, like=begun_rehearsal) as person:
        person.until(lambda: person.application.joined is not None)
        yield person


@pytest.fixture
def first_start(app: QApplication, tmp_path: Path) -> Iterator[AtTheBench]:
    with application(app, tmp_path) as person:
        yield person


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that leaves a running timer, pool work or a visible window behind fails; threads are any test's rule."""
    if "app" not in request.fixturenames:
        yield
        return
    # What is frozen is not looked through: only what the test made, a hundredth of all there is.
    gc.freeze()
    try:
        yield
        made = gc.get_objects()
    finally:
        gc.unfreeze()
    windows = [widget for widget in QApplication.topLevelWidgets() if isValid(widget) and widget.isVisible()]
    assert not windows, f"windows still open: {windows}"
    timers = [each for each in made if isinstance(each, QTimer) and isValid(each) and each.isActive()]
    assert not timers, f"timers still run: {timers}"
    assert QThreadPool.globalInstance().waitForDone(3000)
