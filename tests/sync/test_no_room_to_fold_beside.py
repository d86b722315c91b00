"""A disk with too little room for a second register: nothing of it is begun, work goes on, and it is done later."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from test_engine_never_waits_for_ever import LEVEL, line, pulled
from test_joining_a_hub import of_its_own

from gms_desktop import hub_link
from gms_desktop.bench import Bench
from gms_desktop.journal import ballast, store
from gms_desktop.register import undo_log
from gms_desktop.rehearsal import made_up
from gms_desktop.settings import PrinterSettings, Settings
from gms_desktop.starting import start_bench
from gms_desktop.sync import at_the_bench, engine, folding_beside, room_beside
from gms_desktop.sync.room_beside import NoRoom, Progress
from gms_desktop.sync.status import Level
from gms_desktop.sync.unplaced import Unplaced

GOES_ON = threading.Event()


@dataclass
class Disk:
    """The disk of a bench, so full as a test has it. It says how often it was asked."""

    free: int
    asked: list[Path] = field(default_factory=list)
    fills_after: int | None = None

    def room(self, folder: Path) -> int:
        self.asked.append(folder)
        return 0 if self.fills_after is not None and len(self.asked) > self.fills_after else self.free


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    (tmp_path / "secrets").mkdir()
    opened = start_bench(tmp_path, Settings(rehearsal=True, printer=PrinterSettings(mode="folder")), made_up.begin)
    made_up.take_in_once(opened)
    yield opened
    opened.close()


def rebuild(bench: Bench, disk: Disk) -> list[Progress]:
    seen: list[Progress] = []
    unplaced = bench.recorder.read(Unplaced).result()
    work = at_the_bench.Rebuilding(lot=3, seconds=0.0)
    at_the_bench.carry_out(
        bench.recorder, work, lambda ledger: work.finish(ledger, unplaced), GOES_ON, disk.room, seen.append
    )
    return seen


def needed(bench: Bench) -> int:
    return bench.recorder.read(lambda ledger: room_beside.needed(ledger.db, Progress(0, 1))).result()


def under_way(bench: Bench) -> bool:
    return bench.recorder.read(lambda ledger: folding_beside.is_under_way(ledger.db)).result()


def test_a_fold_that_would_not_fit_is_not_begun_and_says_how_much_is_needed(bench: Bench, tmp_path: Path) -> None:
    disk = Disk(needed(bench) + room_beside.RESERVE - 1)
    with pytest.raises(NoRoom, match=r"\d+ MB are needed and \d+ MB are free.*scanning, labels, printing") as told:
        rebuild(bench, disk)
    assert told.value.needed == needed(bench) + room_beside.RESERVE
    assert disk.asked == [tmp_path]
    assert not under_way(bench)


def test_a_fold_that_has_just_room_is_done_and_says_how_far_it_has_come(bench: Bench) -> None:
    entries = bench.recorder.read(lambda ledger: store.count(ledger.db)).result()
    seen = rebuild(bench, Disk(needed(bench) + room_beside.RESERVE))
    assert {one.total for one in seen} == {entries}
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert 0 < seen[-1].done <= entries


def test_a_disk_that_fills_meanwhile_stops_the_fold_where_it_is_and_it_goes_on_from_there(bench: Bench) -> None:
    with pytest.raises(NoRoom):
        rebuild(bench, Disk(10**12, fills_after=5))
    assert under_way(bench)
    # The bench works: nothing of its reserve was spent on it.
    assert bench.recorder.write(lambda ledger: ledger.identity()).result()
    seen = rebuild(bench, Disk(10**12))
    assert seen[0].done > 0
    assert not under_way(bench)


def test_the_more_is_folded_the_less_is_needed(bench: Bench) -> None:
    def at(done: int) -> int:
        return bench.recorder.read(lambda ledger: room_beside.needed(ledger.db, Progress(done, 100))).result()

    assert at(0) > at(50) > at(99) >= at(100) == 0


def test_a_rebuild_without_room_is_told_and_made_as_soon_as_there_is_room_while_exchanges_go_on() -> None:
    state, actions = pulled(LEVEL, 0, ("specimen",))
    assert engine.Rebuild(("specimen",)) in actions
    state, _ = engine.step(state, engine.Done("rebuild", 1000, 3, "The disk is full up.", lacks_room=True), 10)
    assert line(state, 10) == (Level.ACT, "Saved here, 3 waiting since 08:00. No room on the disk")
    assert state.push.number is not None
    # A page without digests is no news of the disk; one with them is the moment to look again.
    state, _ = pulled(state, 6_000)
    assert line(state, 6_000)[1].endswith("No room on the disk")
    state, actions = pulled(state, 12_000, ("specimen",))
    assert engine.Rebuild(("specimen",)) in actions
    state, _ = engine.step(state, engine.Done("rebuild", 1000, 0), 12_010)
    assert state.trouble is engine.Trouble.NONE


def test_going_back_without_room_is_told_and_tried_again() -> None:
    state, _ = engine.step(LEVEL, engine.Tick(), 0)
    assert state.greet.number is not None
    said = engine.Greeted(state.greet.number, 1000, recovering=False, recovered=True, common=900)
    state, actions = engine.step(state, said, 1)
    assert engine.GoBack(900) in actions
    state, _ = engine.step(state, engine.Done("go back", 1000, 0, "The disk is full up.", lacks_room=True), 2)
    assert line(state, 2) == (Level.ACT, "Saved here. No room on the disk")
    state, _ = engine.step(state, engine.Tick(), 6_000)
    assert state.greet.number is not None
    said = engine.Greeted(state.greet.number, 1000, recovering=False, recovered=True, common=900)
    state, actions = engine.step(state, said, 6_001)
    assert engine.GoBack(900) in actions


@dataclass
class LongWorked:
    """A bench that has long worked without a hub, in a folder of its own, and the settings of the hub it joins."""

    folder: Path
    settings: Settings


@pytest.fixture
def long_worked(laboratory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LongWorked:
    # Of so many entries only does it remember what they changed.
    monkeypatch.setattr(undo_log, "DEPTH", 2)
    folder = tmp_path / "own"
    laboratory.scope = of_its_own(folder)
    laboratory.add_laboratory(laboratory.scope)
    return LongWorked(folder, laboratory.joins(laboratory.code("Bench 1", laboratory.cable()), folder, None).settings)


HOW_FAR = re.compile(r"Joining: [\d,]+ of [\d,]+ entries")


def waits(bench: Bench, changed: threading.Condition, holds: Callable[[], object]) -> None:
    with changed:
        assert changed.wait_for(holds, 30), (bench.strip(), bench.hub.line())


def opened(long_worked: LongWorked, changed: threading.Condition) -> Bench:
    def tell() -> None:
        with changed:
            changed.notify_all()

    return start_bench(long_worked.folder, long_worked.settings, None, tell)


def test_a_first_joining_says_in_figures_how_far_it_has_come_and_the_bench_works_meanwhile(
    long_worked: LongWorked, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = threading.Condition()
    # It rests after the first step until the bench is closed.
    monkeypatch.setattr(hub_link, "_ENOUGH_S", 0.0)
    monkeypatch.setattr(at_the_bench, "_REST_SECONDS", 30.0)
    bench = opened(long_worked, changed)
    try:
        waits(bench, changed, lambda: HOW_FAR.search(bench.strip().saved))
        line = bench.hub.line()
        assert line is not None
        assert (line.state, line.ready) == ("joining", True)
        assert HOW_FAR.search(line.detail)
        assert "Work on: nothing waits for it." in line.detail
        assert not bench.strip().sharing_stopped
        assert bench.recorder.write(lambda ledger: ledger.identity()).result(30)
    finally:
        bench.close()


def test_a_first_joining_without_room_says_so_and_begins_when_there_is_room(
    long_worked: LongWorked, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed, disk = threading.Condition(), Disk(0)
    monkeypatch.setattr(ballast, "room", disk.room)
    bench = opened(long_worked, changed)
    try:
        waits(bench, changed, lambda: "no room on the disk" in bench.strip().saved)
        line = bench.hub.line()
        assert line is not None
        assert (line.state, line.ready) == ("needs you", False)
        assert "are needed and 1 MB are free" in line.detail
        assert "scanning, labels, printing and Find go on" in line.detail
        assert bench.strip().sharing_stopped
        disk.free = 10**12
        bench.hub.try_now()
        waits(bench, changed, lambda: bench.hub.is_level)
        assert not bench.strip().sharing_stopped
        assert not [one for one in bench.strip().notices if "too little room" in one]
    finally:
        bench.close()
