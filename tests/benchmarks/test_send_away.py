"""How long does a scan take while a consignment is packed, the screen painted, and how long the closing of 960 things?

The whole application runs, as in ``test_scan_to_paint``: a scanner on a line, the window off screen.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Took:
    """A scan, in microseconds: until it was on disk, until all was painted, and of the processor for all of it."""

    kept: float
    painted: float
    used: float


def packed(at_work: Bench, codes: list[str]) -> list[Took]:
    """Scan each in, at the pace of a bench that is idle between two."""
    times = []
    for code in codes:
        at_work.idle()
        used = time.process_time()
        _, answered = at_work.scan(code)
        at_work.app.processEvents()
        painted = time.perf_counter() - at_work.watch.sent
        times.append(Took(answered * 1e3, painted * 1e6, (time.process_time() - used) * 1e6))
        verdict = at_work.window.send_away.view.verdict
        assert verdict.title == "Packed", verdict
    return times


def test_a_consignment_of_960_is_packed_and_closed(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, ENTRIES)
    codes = tubes_to_send(folder, THINGS)
    at_work = Bench(folder)
    opened(at_work)
    times = packed(at_work, codes)
    half = THINGS // 2
    for many, some in ((half, times[half - LOOKED : half + LOOKED]), (THINGS, times[-LOOKED * 2 :])):
        told(many, some)
    began, used = time.perf_counter(), time.process_time()
    said = at_work.bench.command(Command.SEND_CLOSE, None, "").result(600).verdict
    closed, cpu = time.perf_counter() - began, time.process_time() - used
    assert said.title.startswith("Closed"), said
    papers = SendDesk(at_work.bench).papers().result(60)
    words = f"{closed:.2f} s ({cpu:.2f} s of the processor), {len(papers)} papers"
    name = f"closing a consignment of {THINGS} with all its papers"
    report(name, words, closed / CLOSED_S, f"at most {CLOSED_S} s", closed <= CLOSED_S)
    at_work.close()


def told(many: int, some: list[Took]) -> None:
    """Print the figure of scans around so many things."""
    painted, kept, used = (Spread(tuple(getattr(one, name) for one in some)) for name in ("painted", "kept", "used"))
    words = f"{painted}; on disk {kept}; of the processor, all told, {used}"
    ratio = painted.p99 / 1e3 / MOST_MS
    report(
        f"scan while packing, all painted, around {many} things", words, ratio, f"p99 at most {MOST_MS} ms", ratio <= 1
    )
