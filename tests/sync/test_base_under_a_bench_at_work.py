"""A bench at work gets a newer base beneath it between scans, and loses the entries that the base stands for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hub_parts import HubOfTest
from hub_work import WorkingBench, working_bench

from gms_desktop.journal import store
from gms_desktop.recorder import Recorder
from gms_desktop.register import base as register_base
from gms_desktop.register import rebuild, touched, undo_log, verify
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import base_adopting, base_file, engine, exchange, pruning
from gms_desktop.sync.base_keeping import BaseKeeping
from gms_desktop.sync.exchange import Replica
from gms_desktop.sync.hub import base
from gms_desktop.sync.hub.follow import Follower
from gms_desktop.sync.unplaced import Unplaced

MUCH_LATER = datetime.now(UTC) + timedelta(days=3650)


@pytest.fixture
def two(hub: HubOfTest, tmp_path: Path) -> Iterator[tuple[WorkingBench, WorkingBench]]:
    first = working_bench(hub, tmp_path / "one.db")
    first.act(requests=20)
    first.share()
    second = working_bench(hub, tmp_path / "two.db", "Bench 2", 2)
    second.act(requests=5)
    second.share()
    first.share()
    yield first, second
    first.ledger.db.close()
    second.ledger.db.close()


def make_base(hub: HubOfTest) -> None:
    Follower(hub.dsn, plan=base.Plan(entries=1, least=1)).run(threading.Event(), once=True)


@contextmanager
def attached(bench: WorkingBench, folder: Path) -> Iterator[register_base.RegisterBase]:
    wanted = base_file.offered(bench.enrolled.hub.greet())
    assert wanted is not None
    fetched = base_file.fetch(bench.enrolled.hub, wanted, folder)
    yield base_file.attach(bench.ledger.db, fetched)
    base_file.detach(bench.ledger.db)


def adopt(bench: WorkingBench, folder: Path, most: int = 50) -> None:
    with attached(bench, folder) as newer:
        assert base_adopting.may_adopt(bench.ledger.db, newer)
        more = True
        while more:
            with bench.ledger.db.write():
                more = base_adopting.step(bench.ledger.db, newer, most)
        assert not base_adopting.may_adopt(bench.ledger.db, newer)


def prune(bench: WorkingBench, now: datetime) -> int:
    gone = 0
    while pruning.waits(bench.ledger.db):
        with bench.ledger.db.write():
            gone += pruning.prune(bench.ledger.db, now, 40)
    return gone


def proved(bench: WorkingBench) -> verify.Verification:
    with closing(verify.scratch_database()) as scratch:
        return verify.verify(bench.ledger.db, scratch)


@pytest.mark.usefixtures("few_to_undo")
def test_a_bench_that_was_pruned_is_whole_works_on_shares_and_rebuilds(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench], tmp_path: Path
) -> None:
    first, second = two
    make_base(hub)
    before = store.count(first.ledger.db)
    adopt(first, tmp_path)
    assert prune(first, MUCH_LATER) == before - 10
    found = proved(first)
    assert (found.findings, found.base, found.entries) == ([], before, 10)
    first.act()
    second.act()
    assert first.share() == ()
    assert second.share() == ()
    assert first.share() == ()
    assert first.digests() == second.digests()
    digests, keys = first.digests(), touched.every_key(first.ledger.db)
    assert rebuild.rebuild(first.ledger.db) == digests
    assert touched.every_key(first.ledger.db) == keys
    assert proved(first).findings == []


@pytest.mark.usefixtures("few_to_undo")
def test_what_is_unplaced_and_the_own_last_90_days_are_kept(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench], tmp_path: Path
) -> None:
    first, second = two
    make_base(hub)
    second.act()
    adopt(second, tmp_path)
    own = second.ledger.head.writer
    last = datetime.fromisoformat(
        next(store.last_of_writer(second.ledger.db, own, second.ledger.head.last_seq, 1)).entry.occurred_at
    )
    prune(second, last + timedelta(days=89))
    left = [one for lot in store.in_fold_order(second.ledger.db) for one in lot]
    mine = [one.entry.seq for one in left if one.entry.writer == own]
    assert mine == list(range(1, second.ledger.head.last_seq + 1))
    assert len(left) - len(mine) < 40
    assert proved(second).findings == []
    assert second.share() == ()
    first.share()
    assert first.digests() == second.digests()


@pytest.mark.usefixtures("few_to_undo")
def test_a_newer_base_takes_the_place_of_the_former_whose_rows_go_in_lots(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench], tmp_path: Path
) -> None:
    first, _ = two
    make_base(hub)
    adopt(first, tmp_path)
    prune(first, MUCH_LATER)
    former = register_base.known(first.ledger.db)
    first.act(requests=3)
    first.share()
    make_base(hub)
    with attached(first, tmp_path) as newer, first.ledger.db.write():
        base_adopting.step(first.ledger.db, newer, 5)
    assert register_base.known(first.ledger.db) == former
    assert proved(first).findings == []
    adopt(first, tmp_path)
    more = True
    while more:
        with first.ledger.db.write():
            more = base_adopting.tidy(first.ledger.db, 50)
    names = [name for (name,) in first.ledger.db.raw.execute("SELECT name FROM sqlite_master").fetchall()]
    assert not any("base_former" in name or "base_coming" in name for name in names)
    assert prune(first, MUCH_LATER) > 0
    assert proved(first).findings == []


@pytest.fixture
def few_to_undo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_log, "DEPTH", 9)


def test_a_bench_keeps_its_base_new_by_itself_between_pushes(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench], tmp_path: Path
) -> None:
    first, _ = two
    make_base(hub)
    recorder = Recorder(lambda: first.ledger)
    waits = [True, False]
    keeping = BaseKeeping(
        recorder, tmp_path, first.ledger.clock, lambda: 0, lambda: waits.pop(0) if waits else False, 1
    )
    try:
        # Something waits to be sent: the base gives way, and what came of it is gone on with.
        assert not keeping.step(first.enrolled.hub)
        steps = 0
        while keeping.step(first.enrolled.hub):
            steps += 1
        known = recorder.read(lambda ledger: register_base.known(ledger.db)).result()
        assert known is not None
        assert steps > 3
        assert list(tmp_path.glob("base-*")) == []
        assert recorder.read(proved_by).result() == []
    finally:
        keeping.end()
        recorder.close()


def proved_by(ledger: Ledger) -> list[str]:
    return verify.verify(ledger.db, verify.scratch_database()).findings


def test_a_bench_that_is_always_level_is_compared_with_the_hub_all_the_same(
    hub: HubOfTest, two: tuple[WorkingBench, WorkingBench]
) -> None:
    first, _ = two
    make_base(hub)
    recorder = Recorder(lambda: first.ledger)
    here = Replica(recorder, Unplaced(first.ledger), first.ledger.head.scope)
    try:

        def greeted() -> engine.Event:
            return exchange.greet(here, first.enrolled.hub, 1, first.ledger.clock, lambda _offset, _codes: None)

        assert greeted() == engine.Greeted(1, here.standing().position, False, False, here.standing().position)
        recorder.write(lambda ledger: ledger.db.raw.execute("UPDATE request SET priority = 'urgent?'")).result()
        recorder.write(_sum_up_again).result()
        said = greeted()
        assert isinstance(said, engine.Greeted)
        assert said.differing == ("request",)
    finally:
        recorder.close()


def _sum_up_again(ledger: Ledger) -> None:
    """As a fold that went wrong would have left it: the digests agree with the rows, not with the hub."""
    digests = ledger.driver.digests
    for row in ledger.db.all(store.text_statement("SELECT * FROM request")):
        digests.change(("request", row["id"]), row | {"priority": "routine"}, row)
    digests.save(store.last_n(ledger.db))
