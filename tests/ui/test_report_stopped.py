"""A report that takes long says how far it has come, and whoever waits may stop it."""

from __future__ import annotations

import pytest

from gms_desktop.errors import Refused
from ui import words
from ui.counting import Counting
from ui.screens.reports import ReportsScreen


def test_the_button_of_turnaround_says_how_far_it_is_and_stops_it(app):
    screen, counting = ReportsScreen(), Counting()
    counting.counted.connect(screen.count)
    screen.stop_wanted.connect(counting.stop)
    wanted = []
    screen.report_wanted.connect(wanted.append)
    screen.turnaround.click()
    counting.begin().told(2000)
    assert "2,000" in screen.turnaround.text()
    screen.turnaround.click()
    with pytest.raises(Refused, match="nothing was made"):
        counting.told(4000)
    counting.ended()
    assert [one.sort for one in wanted] == ["turnaround"]
    assert words.REPORT_TURNAROUND in screen.turnaround.text()
    counting.begin().told(2000)
