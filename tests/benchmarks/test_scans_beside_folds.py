"""How long does a scan wait while the register of a long history is folded anew, or gone back with?"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from corpus import ENTRIES, Work, copy_of, corpus, reopen
from figures import report

from gms_desktop.journal import store
from gms_desktop.journal.sqlite_file import check_point
from gms_desktop.recorder import Recorder
from gms_desktop.register import rebuild, touched, undo_log
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import at_the_bench, going_back, replica
from gms_desktop.sync.messages import Standing
from gms_desktop.sync.unplaced import Unplaced

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(7200)]

EVERY_S = 0.2
MOST_MS = 500
UNPLACED, GONE = 50, 200
_NO_STOP = threading.Event()


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[tuple[Recorder, Callable[[Ledger], None]]]:
    """A bench that has all but its newest entries placed by a hub, and a tube that is scanned in, as often as asked."""
    path = copy_of(corpus(), tmp_path)
    with closing(reopen(path).db) as db, db.write():
        db.raw.execute(f"UPDATE entry SET position = n WHERE n <= {store.last_n(db) - UNPLACED}")
        writer, seq, digest = db.raw.execute("SELECT writer, max(seq), hash FROM entry WHERE position > 0").fetchone()
        replica.put_heads(db, {writer: (seq, bytes(digest))})
        *_, (position, order_hash) = replica.orders(db, "laboratory-1")
        replica.put_standing(db, Standing(position, order_hash, "1/1/1"))
    recorder = Recorder(lambda: reopen(path), when_idle=_idle)
    recorder.opened.result()
    yield recorder, _scans(recorder)
    recorder.close()
    for left in tmp_path.iterdir():
        left.unlink()


def _idle(ledger: Ledger) -> None:
    with ledger.db.write():
        if store.index_waits(ledger.db):
            touched.follow(ledger.db)
        ledger.tidy()
    check_point(ledger.db)


def _scans(recorder: Recorder) -> Callable[[Ledger], None]:
    def expect(ledger: Ledger) -> Iterator[tuple[Work, object]]:
        work = Work(ledger, made=8_000_000)
        asked = [work.expected() for _ in range(3_000)]
        ledger.append(asked, None)
        return ((work, request) for request in asked)

    requests = recorder.write(expect).result()

    def scan(ledger: Ledger) -> None:
        work, request = next(requests)
        received = work.received(request, 1)
        ledger.append([received, work.labelled(received)], None)

    return scan


def longest_wait(recorder: Recorder, scan: Callable[[Ledger], None], work: Callable[[], object]) -> tuple[float, float]:
    """The longest wait of a scan, in milliseconds, while something is done; and how long that took, in seconds."""
    ended, waits = threading.Event(), [0.0]

    def scans() -> None:
        while not ended.wait(EVERY_S):
            begun = time.perf_counter()
            recorder.write(scan).result()
            waits.append(time.perf_counter() - begun)

    thread = threading.Thread(target=scans)
    begun = time.perf_counter()
    thread.start()
    try:
        work()
    finally:
        took = time.perf_counter() - begun
        ended.set()
        thread.join()
    ordered = sorted(waits)
    middle, most = ordered[len(waits) // 2] * 1000, ordered[int(len(waits) * 0.99)] * 1000
    sys.stdout.write(f"\n{len(waits)} scans, p50 {middle:.0f} ms, p99 {most:.0f} ms\n")
    return ordered[-1] * 1000, took


def test_no_scan_waits_for_a_register_that_is_folded_anew(
    at_work: tuple[Recorder, Callable[[Ledger], None]],
) -> None:
    recorder, scan = at_work
    unplaced = recorder.read(Unplaced).result()
    if os.environ.get("GMS_DESKTOP_BENCH_BEFORE"):
        at_once = partial(recorder.write, lambda ledger: rebuild.fold_anew(ledger.db) and ledger.reload(), urgent=False)
        waited, took = longest_wait(recorder, scan, lambda: at_once().result())
        report("rebuild at once", f"a scan waited {waited:.0f} ms, {took:.0f} s, {ENTRIES} entries", waited, "", True)
    work = at_the_bench.Rebuilding()
    waited, took = longest_wait(
        recorder,
        scan,
        lambda: at_the_bench.carry_out(recorder, work, lambda ledger: work.finish(ledger, unplaced), _NO_STOP),
    )
    said = f"a scan waited at most {waited:.0f} ms, the fold took {took:.0f} s, {ENTRIES} entries"
    report("rebuild beside", said, waited, f"at most {MOST_MS} ms", waited <= MOST_MS)


def test_no_scan_waits_for_a_bench_that_goes_back(at_work: tuple[Recorder, Callable[[Ledger], None]]) -> None:
    recorder, scan = at_work
    unplaced = recorder.read(Unplaced).result()
    work = going_back.GoingBack(recorder.read(_before_the_last).result())
    waited, took = longest_wait(
        recorder,
        scan,
        lambda: at_the_bench.carry_out(
            recorder, work, lambda ledger: going_back.go_back(ledger, unplaced, work), _NO_STOP
        ),
    )
    said = f"a scan waited at most {waited:.0f} ms, going back took {took:.0f} s, {ENTRIES} entries"
    report("go back beside", said, waited, f"at most {MOST_MS} ms", waited <= MOST_MS)


def _before_the_last(ledger: Ledger) -> Standing:
    at = replica.standing(ledger.db, ledger.head.scope)
    position, order_hash = next(
        one for one in replica.orders(ledger.db, ledger.head.scope) if one[0] == at.position - GONE
    )
    return Standing(position, order_hash, at.epoch)


def test_no_scan_waits_for_a_long_worked_bench_that_joins(
    at_work: tuple[Recorder, Callable[[Ledger], None]],
) -> None:
    recorder, scan = at_work

    def never_joined(ledger: Ledger) -> None:
        ledger.db.raw.execute(
            "UPDATE entry SET position = NULL, formers = CASE WHEN n > ? THEN formers END",
            (store.last_n(ledger.db) - undo_log.DEPTH,),
        )
        ledger.db.raw.execute("DELETE FROM meta WHERE name = 'standing'")
        ledger.db.raw.execute("DELETE FROM chain_head")

    recorder.write(never_joined).result()
    work = at_the_bench.Remembering()
    waited, took = longest_wait(recorder, scan, lambda: at_the_bench.carry_out(recorder, work, work.finish, _NO_STOP))
    lacking = recorder.read(
        lambda ledger: ledger.db.raw.execute("SELECT count(*) FROM entry WHERE formers IS NULL").fetchone()[0]
    ).result()
    said = f"a scan waited at most {waited:.0f} ms, it took {took:.0f} s, {ENTRIES} entries, {lacking} without formers"
    report("join beside", said, waited, f"at most {MOST_MS} ms", waited <= MOST_MS and lacking < ENTRIES / 100)
