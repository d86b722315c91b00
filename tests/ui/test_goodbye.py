"""A process that is told to end closes its window as a hand would, and ends in order."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.goodbye import end_when_told

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells windows themselves")


@pytest.mark.parametrize("told", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_window_at_rest_closes_when_the_system_ends_the_session(qtbot: QtBot, told: str) -> None:
    number = getattr(signal, told)
    before = signal.getsignal(number)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    goodbye = end_when_told(window.close, window)
    assert goodbye is not None
    try:
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    finally:
        goodbye.leave()
    assert signal.getsignal(number) is before
