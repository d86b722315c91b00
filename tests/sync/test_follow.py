"""The hub's own register follows its journal: once, wholly, whatever ends the process."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from hub_parts import SCOPE, HubOfTest
from hub_work import WorkingBench, working_bench

from gms_desktop.journal import store
from gms_desktop.sync.hub import follow
from gms_desktop.sync.hub.follow import AlreadyFollowed, Follower
from gms_desktop.sync.hub.hub_register import HubRegister
from gms_desktop.sync.transport import hint_channel


@pytest.fixture
def working(hub: HubOfTest, tmp_path: Path) -> Iterator[WorkingBench]:
    made = working_bench(hub, tmp_path / "bench.db")
    yield made
    made.ledger.db.close()


def follow_to_the_end(hub: HubOfTest) -> list[str]:
    said: list[str] = []
    Follower(hub.dsn, said.append).run(threading.Event(), once=True)
    return said


def digests_of(hub: HubOfTest) -> dict[str, str]:
    register = HubRegister(hub.dsn, SCOPE)
    with contextlib.closing(register):
        return register.digests()


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 20) -> None:
    tick = threading.Event()
    for _ in range(int(seconds / 0.05)):
        if holds():
            return
        tick.wait(0.05)
    raise AssertionError(what)


def test_the_hub_folds_what_benches_pushed_to_the_register_that_they_have(
    hub: HubOfTest, working: WorkingBench
) -> None:
    working.act(requests=10)
    working.share()
    follow_to_the_end(hub)
    assert digests_of(hub) == working.digests()


def test_a_page_ends_where_the_hub_has_digests_and_a_register_that_differs_is_found(
    hub: HubOfTest, working: WorkingBench, tmp_path: Path
) -> None:
    working.act(requests=120)
    working.push()
    follow_to_the_end(hub)
    kept: Any = hub.admin.execute("SELECT min(position), max(position) FROM hub.digest").fetchone()
    assert kept == (1000, working.enrolled.hub.greet().head.position)
    assert working.pull() == ()
    other = working_bench(hub, tmp_path / "other.db", "Bench 2", 2)
    with other.ledger.db.write():
        other.ledger.db.run(store.text_statement("DELETE FROM meta WHERE name = 'digests'"))
        store.put_meta(other.ledger.db, "digests", '{"n":1,"label":["0000000000000000000000000000000f",1]}')
        other.ledger.reload()
    assert "label" in other.pull()
    other.ledger.db.close()


def test_nobody_else_follows_a_hub_that_is_followed(hub: HubOfTest) -> None:
    stop, started = threading.Event(), threading.Event()
    thread = threading.Thread(target=Follower(hub.dsn, lambda _line: started.set()).run, args=(stop,))
    thread.start()
    try:
        assert started.wait(20)
        with pytest.raises(AlreadyFollowed, match="One is enough"):
            Follower(hub.dsn).run(threading.Event(), once=True)
    finally:
        stop.set()
        thread.join()


def test_a_bench_that_listens_hears_of_new_entries_and_not_more_than_4_times_a_second(
    hub: HubOfTest, working: WorkingBench
) -> None:
    listener = psycopg.connect(hub.dsn, autocommit=True)
    listener.execute(f"LISTEN {hint_channel(SCOPE)}")
    stop = threading.Event()
    thread = threading.Thread(target=Follower(hub.dsn).run, args=(stop,))
    thread.start()
    try:
        working.act()
        working.push()
        head = hub.admin.execute("SELECT position FROM hub.scope").fetchone()
        assert head is not None
        heard: list[int] = []
        for _ in range(20):
            heard += [int(hint.payload) for hint in listener.notifies(timeout=0.5, stop_after=1)]
            if head[0] in heard:
                break
        assert heard[-1] == head[0]
        begun = time.monotonic()
        for _ in range(12):
            working.act()
            working.push()
        more = list(listener.notifies(timeout=1.0))
        assert len(more) in range(1, int(4 * (time.monotonic() - begun)) + 2)
    finally:
        stop.set()
        thread.join()
        listener.close()


def test_a_session_of_a_bench_that_sits_on_the_order_is_ended(
    hub: HubOfTest, working: WorkingBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "HOLDS_AT_MOST", 0)
    sitting = working.enrolled.connect()
    sitting.execute("BEGIN")
    sitting.execute("SELECT pg_current_xact_id()")
    said: list[str] = []
    stop = threading.Event()
    thread = threading.Thread(target=Follower(hub.dsn, said.append).run, args=(stop,))
    thread.start()
    try:
        wait_until(lambda: any("was ended" in line for line in said), "the session was not ended")
    finally:
        stop.set()
        thread.join()
    with pytest.raises(psycopg.OperationalError):
        sitting.execute("SELECT 1")
    sitting.close()


_CHILD = (
    "import sys, threading; from gms_desktop.sync.hub.follow import Follower; "
    "Follower(sys.argv[1]).run(threading.Event(), once=True)"
)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_follower_killed_at_any_moment_and_started_again_has_folded_each_entry_once(
    hub: HubOfTest, working: WorkingBench, seed: int
) -> None:
    random, patience = Random(seed), threading.Event()
    for _ in range(3):
        working.act(requests=60)
        working.push()
        child = subprocess.Popen([sys.executable, "-c", _CHILD, hub.dsn])
        patience.wait(random.uniform(0.8, 2.5))
        child.kill()
        child.wait()
    wait_until(lambda: _nobody_follows(hub), "the killed follower's session did not end")
    follow_to_the_end(hub)
    followed: Any = hub.admin.execute("SELECT f.position, s.position FROM hub.followed f, hub.scope s").fetchone()
    assert followed[0] == followed[1]
    working.pull()
    assert digests_of(hub) == working.digests()


def _nobody_follows(hub: HubOfTest) -> bool:
    row: Any = hub.admin.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()
    return bool(row[0] == 0)


def test_a_hub_whose_order_changed_beneath_the_register_folds_it_from_the_start(
    hub: HubOfTest, working: WorkingBench
) -> None:
    working.act(requests=3)
    working.share()
    follow_to_the_end(hub)
    hub.admin.execute("UPDATE hub.followed SET order_hash = '\\x00'")
    follow_to_the_end(hub)
    assert digests_of(hub) == working.digests()
