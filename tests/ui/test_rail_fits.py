"""The smallest window: every line of the rail is there, and no badge covers a word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from painted import paint
from PySide6.QtWidgets import QApplication

from ui.actions import JOBS
from ui.main_window import MainWindow
from ui.widgets.rail import RailItem


@pytest.mark.parametrize("size", [(1024, 640), (1280, 720)])
def test_every_line_of_the_rail_stands_whole_in_the_smallest_window(window: MainWindow, app: QApplication, size):
    window.resize(*size)
    paint(window, "without_pin")
    for _ in range(3):
        app.processEvents()
    assert (window.width(), window.height()) == size
    items = sorted(window.rail.findChildren(RailItem), key=lambda item: item.y())
    assert len(items) == len(JOBS) + 4
    for above, below in pairwise(items):
        assert above.y() + above.height() <= below.y()
    assert items[-1].y() + items[-1].height() <= window.rail.height()
    assert all(item.height() >= 24 for item in items)
