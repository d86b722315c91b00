"""How long does a scan take while a consignment is packed, the screen painted, and how long the closing of 960 things?

The whole application runs, as in ``test_scan_to_paint``: a scanner on a line, the window off screen.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from bench_of_size import bench_folder as folder_of
from consignment_of_size import tubes_to_send
from figures import Spread, report
from test_scan_to_paint import Bench

from gms_desktop.domain.commands import Command
from gms_desktop.send_desk import SendDesk
from gms_desktop.services.views import Answer
from ui.actions import Place
from ui.payloads import Given

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.timeout(3600),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

THINGS = int(os.environ.get("GMS_DESKTOP_BENCH_THINGS", "960"))
LOOKED = 60
MOST_MS, CLOSED_S = 50, 5
ENTRIES = int(os.environ.get("GMS_DESKTOP_BENCH_ENTRIES", "100000"))


def opened(at_work: Bench) -> None:
    """Send away is in view, with a consignment open."""
    window = at_work.window
    window.command_given.emit(Given(Command.SEND_OPEN))
    at_work.until(lambda: window.send_away.view.question is not None)
    window.command_given.emit(Given(Command.SEND_OPEN, Answer(("wgs",))))
    at_work.until(lambda: window.send_away.view.state)
    window.go(Place.SEND_AWAY)
    panel = window.send_away.verdict
    at_work.watch._panel = panel
    panel.installEventFilter(at_work.watch)


def packed(at_work: Bench, codes: list[str]) -> list[tuple[float, float]]:
    """Scan each in; microseconds from the scanner's thread until the answer is on disk, and until all is painted."""
    times = []
    for code in codes:
        _, answered = at_work.scan(code)
        at_work.app.processEvents()
        times.append((answered * 1e3, (time.perf_counter() - at_work.watch.sent) * 1e6))
        assert at_work.window.send_away.view.verdict.title == "Packed", at_work.window.send_away.view.verdict
    return times


def test_a_consignment_of_960_is_packed_and_closed(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, ENTRIES)
    codes = tubes_to_send(folder, THINGS)
    at_work = Bench(folder)
    opened(at_work)
    times = packed(at_work, codes)
    half = THINGS // 2
    for said, some in ((f"{half}", times[half - LOOKED : half + LOOKED]), (f"{THINGS}", times[-LOOKED * 2 :])):
        took, kept = Spread(tuple(both[1] for both in some)), Spread(tuple(both[0] for both in some))
        target = f"p99 at most {MOST_MS} ms"
        report(
            f"scan while packing, painted, around {said} things",
            str(took),
            took.p99 / 1e3 / MOST_MS,
            target,
            took.p99 <= 5e4,
        )
    began, used = time.perf_counter(), time.process_time()
    said = at_work.bench.command(Command.SEND_CLOSE, None, "").result(600).verdict
    closed, cpu = time.perf_counter() - began, time.process_time() - used
    assert said.title.startswith("Closed"), said
    papers = SendDesk(at_work.bench).papers().result(60)
    words = f"{closed:.2f} s ({cpu:.2f} s of the processor), {len(papers)} papers"
    report(
        f"closing a consignment of {THINGS} with all its papers",
        words,
        closed / CLOSED_S,
        "at most 5 s",
        closed <= CLOSED_S,
    )
    at_work.close()
