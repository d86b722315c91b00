"""The rehearsal with a hub in windows: the plugs are pulled and the benches, each a process of its own, stay open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from ui.plugs import Plugs

WAIT_MS = 150_000


@pytest.fixture
def plugs(qtbot: QtBot) -> Iterator[Plugs]:
    made = Plugs()
    qtbot.addWidget(made)
    made.show()
    made.prepare()
    yield made
    made.end()


def sessions(plugs: Plugs) -> int:
    import psycopg

    assert plugs.hub is not None
    with psycopg.connect(plugs.hub.dsn) as admin:
        row = admin.execute(
            "SELECT count(DISTINCT usename) FROM pg_stat_activity WHERE application_name = 'gms_desktop'"
        ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.timeout(380)
def test_a_stranger_pulls_a_cable_stops_the_hub_and_puts_all_of_it_back(plugs: Plugs, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(plugs.benches) == 2, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: sessions(plugs) == 2, timeout=WAIT_MS)
    assert [state.text() for state in plugs.states] == ["✓  plugged in", "✓  plugged in", "✓  running"]
    first, _, hub = plugs.buttons
    first.click()
    qtbot.waitUntil(lambda: plugs.states[0].text() == "!  pulled out", timeout=WAIT_MS)
    assert first.text() == "Plug it in"
    qtbot.waitUntil(lambda: sessions(plugs) == 1, timeout=WAIT_MS)
    first.click()
    qtbot.waitUntil(lambda: sessions(plugs) == 2, timeout=WAIT_MS)
    hub.click()
    qtbot.waitUntil(lambda: plugs.states[2].text() == "!  stopped", timeout=WAIT_MS)
    hub.click()
    qtbot.waitUntil(lambda: plugs.states[2].text() == "✓  running", timeout=WAIT_MS)
    assert [bench.state() for bench in plugs.benches] == [QProcess.ProcessState.Running] * 2
