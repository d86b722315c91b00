"""A disk with too little room for a second register: nothing of it is begun, work goes on, and it is done later."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from test_engine_never_waits_for_ever import LEVEL, line, pulled

from gms_desktop.bench import Bench
from gms_desktop.journal import store
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
    opened = start_bench(
        tmp_path, Settings(rehearsal=True, printer=PrinterSettings(mode="folder")), made_up.begin
    )
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


