"""The recorder: one thread, one job at a time, scans first, and nothing that happens in a job ends it."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any

import pytest
from shift import APP, KEY, Shift, TickingClock, digests_of
from sqlcipher3 import dbapi2 as driver

from gms_desktop.domain.minting import CountedChance
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import store
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.recorder import GIVES_WAY_SECONDS, Recorder
from gms_desktop.register import verify, versions
from gms_desktop.register.ledger import Draft, Ledger

WAIT_S = 10.0
Start = Callable[..., Recorder]


@pytest.fixture
def start(path: Path) -> Iterator[Start]:
    """Start a recorder on this test's file; it is closed after the test."""
    running: list[Recorder] = []

    def open_ledger() -> Ledger:
        db = open_for_writing(path, KEY)
        versions.bring_up(db)
        ledger = Ledger(db, CountedChance(), TickingClock(), APP)
        if not ledger.has_writer:
            Shift(db).begin()
            ledger.reload()
        return ledger

    def started(open_: Callable[[], Ledger] = open_ledger, **more: Any) -> Recorder:
        running.append(Recorder(open_, **more))
        return running[-1]

    yield started
    for recorder in running:
        recorder.close()


def result(future: Future[Any]) -> Any:
    return future.result(timeout=WAIT_S)


def arrived(ledger: Ledger, delivery: str = "d1") -> str:
    body = dict.fromkeys(("carrier", "arrived", "until", "precision", "words", "condition", "bench"), "")
    body |= {"delivery": delivery, "bags": [], "temperature": None, "stated": None}
    return ledger.append([Draft("delivery.arrived", body)], None)[0].id


def at_once(write: Callable[[Ledger, Any], Any]) -> Callable[[Ledger, Any], Generator[None, None, Any]]:
    """What is written in a single step."""

    def steps(ledger: Ledger, ready: Any) -> Generator[None, None, Any]:
        written = write(ledger, ready)
        yield
        return written

    return steps


def nothing(_ledger: Ledger) -> Generator[None, None, None]:
    yield


def held_up(recorder: Recorder) -> threading.Event:
    """Keep the thread busy until the event is set."""
    busy, go_on = threading.Event(), threading.Event()
    recorder.read(lambda _: (busy.set(), go_on.wait(WAIT_S)))
    assert busy.wait(WAIT_S)
    return go_on


def test_a_job_is_on_disk_when_its_future_has_a_result(start: Start, path: Path) -> None:
    recorder = start()
    entry = result(recorder.write(arrived))
    reader = open_for_writing(path, KEY)
    assert store.by_identity(reader, entry) is not None
    reader.close()


def test_scans_go_before_work_that_was_there_first_and_each_in_turn(start: Start) -> None:
    recorder, order = start(), []
    go_on = held_up(recorder)
    jobs = [recorder.read(lambda _, n=n: order.append(f"work {n}"), urgent=False) for n in (1, 2)]
    jobs += [recorder.write(lambda _, n=n: order.append(f"scan {n}")) for n in (1, 2, 3)]
    go_on.set()
    for job in jobs:
        result(job)
    assert order == ["scan 1", "scan 2", "scan 3", "work 1", "work 2"]


def test_a_scan_gets_through_an_import_within_one_slice(start: Start) -> None:
    recorder = start()
    entered, slices = threading.Event(), 0
    scanned: list[int] = []

    def prepare(_ledger: Ledger) -> Generator[None, None, int]:
        nonlocal slices
        while not scanned:
            slices += 1
            entered.set()
            yield
        return slices

    done = recorder.write_in_slices(prepare, at_once(lambda _ledger, count: count))
    assert entered.wait(WAIT_S)
    asked = time.perf_counter()
    result(recorder.write(lambda _: scanned.append(slices)))
    took = time.perf_counter() - asked
    assert result(done) >= scanned[0] > 0
    assert took < 1.0, "a scan waits for one slice of 25 ms, not for the import"


def test_a_scan_gets_through_what_is_looked_up_in_slices(start: Start) -> None:
    recorder = start()
    entered = threading.Event()
    scanned: list[bool] = []

    def looks(_ledger: Ledger) -> Generator[None, None, str]:
        while not scanned:
            entered.set()
            yield
        return "seen"

    done = recorder.read_in_slices(looks)
    assert entered.wait(WAIT_S)
    result(recorder.write(lambda _: scanned.append(True)))
    assert result(done) == "seen"

    def breaks(_ledger: Ledger) -> Generator[None, None, str]:
        yield
        raise LookupError("gone")

    with pytest.raises(LookupError):
        result(recorder.read_in_slices(breaks))
    assert result(recorder.read(lambda _: "still at work")) == "still at work"


def test_what_was_prepared_in_slices_is_written_in_one_transaction(start: Start) -> None:
    recorder = start()

    def prepare(_ledger: Ledger) -> Generator[None, None, list[str]]:
        names = []
        for number in range(5):
            names.append(f"d{number}")
            yield
        return names

    def finish(ledger: Ledger, names: list[str]) -> list[str]:
        return [arrived(ledger, name) for name in names]

    assert len(result(recorder.write_in_slices(prepare, at_once(finish)))) == 5
    count = result(recorder.read(lambda ledger: store.count(ledger.db)))
    with pytest.raises(ZeroDivisionError):
        result(recorder.write_in_slices(prepare, at_once(lambda ledger, _: (arrived(ledger, "x"), 1 / 0))))
    assert result(recorder.read(lambda ledger: store.count(ledger.db))) == count


def test_what_is_being_written_gives_way_to_a_scan_and_still_lands_whole(start: Start) -> None:
    recorder = start()
    before = result(recorder.read(lambda ledger: store.count(ledger.db)))
    seen: list[int] = []
    scans: list[Future[Any]] = []

    def finish(ledger: Ledger, _none: None) -> Generator[None, None, str]:
        first = arrived(ledger, "first")
        if not scans:
            scans.append(recorder.write(lambda one: (seen.append(store.count(one.db)), arrived(one, "scan"))))
        yield
        arrived(ledger, "second")
        yield
        return first

    first = result(recorder.write_in_slices(nothing, finish))
    scanned = result(scans[0])[1]
    assert seen == [before], "the scan saw nothing of what was half written"
    assert int(first.partition("/")[2]) == int(scanned.partition("/")[2]) + 1
    assert result(recorder.read(lambda ledger: store.count(ledger.db))) == before + 3
    found = result(recorder.read(lambda ledger: verify.verify(ledger.db, verify.scratch_database()).findings))
    assert found == []


def test_scans_that_never_stop_do_not_keep_a_file_out(start: Start) -> None:
    # Each time that it begins anew a twentieth of how long it gives way has passed.
    clock = itertools.count(step=GIVES_WAY_SECONDS / 20)
    recorder = start(now=lambda: next(clock))
    begun, scans = [], []

    def finish(ledger: Ledger, _none: None) -> Generator[None, None, str]:
        begun.append(arrived(ledger, f"row {len(begun)}"))
        scans.append(recorder.write(lambda one: arrived(one, "scan")))
        yield
        return begun[-1]

    landed = result(recorder.write_in_slices(nothing, finish))
    assert len(begun) == 20, "it gave way for as long as it should, then was held to its end"
    assert landed == begun[-1]
    for scan in scans:
        result(scan)
    rows = "SELECT count(*) FROM entry WHERE CAST(bytes AS TEXT) LIKE '%\"row %'"
    assert result(recorder.read(lambda ledger: ledger.db.raw.execute(rows).fetchone()[0])) == 1


def test_work_that_is_no_scan_does_not_make_what_is_being_written_give_way(start: Start) -> None:
    recorder = start()
    begun, later = [], []

    def finish(ledger: Ledger, _none: None) -> Generator[None, None, None]:
        begun.append(arrived(ledger))
        later.append(recorder.read(lambda _: "later", urgent=False))
        yield

    result(recorder.write_in_slices(nothing, finish))
    assert len(begun) == 1
    assert result(later[0]) == "later"


def test_a_fault_in_a_later_step_leaves_nothing_of_the_steps_before_it(start: Start) -> None:
    recorder = start()
    state = lambda ledger: (ledger.head, store.count(ledger.db), digests_of(ledger.db))  # noqa: E731
    before = result(recorder.read(state))

    def finish(ledger: Ledger, _none: None) -> Generator[None, None, None]:
        arrived(ledger)
        yield
        raise Refused("row 2: not this one")

    with pytest.raises(Refused, match="row 2"):
        result(recorder.write_in_slices(nothing, finish))
    assert result(recorder.read(state)) == before


def test_a_fault_while_preparing_is_handed_over_and_writes_nothing(start: Start) -> None:
    recorder = start()

    def prepare(_ledger: Ledger) -> Generator[None, None, None]:
        yield
        raise Refused("row 4: no such date")

    with pytest.raises(Refused, match="row 4"):
        result(recorder.write_in_slices(prepare, at_once(lambda _ledger, _none: None)))
    result(recorder.write(arrived))


def test_a_job_that_fails_leaves_nothing_behind_on_disk_or_in_memory(start: Start, path: Path) -> None:
    recorder = start()

    def fails(ledger: Ledger) -> None:
        arrived(ledger)
        ledger.next_number("Z")
        raise Refused("not this one")

    state = lambda ledger: (ledger.head, store.count(ledger.db), digests_of(ledger.db))  # noqa: E731
    before = result(recorder.read(state))
    with pytest.raises(Refused, match="not this one"):
        result(recorder.write(fails))
    assert result(recorder.read(state)) == before
    result(recorder.write(arrived))
    found = result(recorder.read(lambda ledger: verify.verify(ledger.db, verify.scratch_database()).findings))
    assert found == []


def test_what_is_given_up_by_the_screen_does_not_end_the_thread(start: Start) -> None:
    recorder, ran = start(), []
    go_on = held_up(recorder)
    jobs = [recorder.write(lambda _: ran.append(1)), recorder.read(lambda _: ran.append(2))]
    jobs.append(recorder.write_in_slices(lambda _: iter(()), at_once(lambda *_: ran.append(3))))  # type: ignore[arg-type,return-value]
    assert all(job.cancel() for job in jobs)
    go_on.set()
    assert result(recorder.read(lambda _: "still here")) == "still here"
    assert ran == []
    with pytest.raises(CancelledError):
        result(jobs[0])


def test_a_fault_in_what_is_done_when_idle_does_not_end_the_thread(start: Start) -> None:
    tried = threading.Event()

    def when_idle(_ledger: Ledger) -> None:
        tried.set()
        raise RuntimeError("the index is broken")

    recorder = start(when_idle=when_idle)
    result(recorder.write(arrived))
    assert tried.wait(WAIT_S)
    assert result(recorder.write(lambda ledger: arrived(ledger, "d2")))
    recorder.close()
    assert "index is broken" in str(recorder.idle_fault)


def test_idle_work_is_done_on_the_thread_once_nothing_waits(start: Start) -> None:
    idle = threading.Event()
    seen: list[tuple[str, int]] = []

    def when_idle(ledger: Ledger) -> None:
        seen.append((threading.current_thread().name, store.count(ledger.db)))
        idle.set()

    recorder = start(when_idle=when_idle)
    result(recorder.write(arrived))
    assert idle.wait(WAIT_S)
    assert seen[0][0] == "recorder"


def test_a_full_disk_is_tried_once_more_when_room_was_made_and_told_in_words_when_not(start: Start) -> None:
    room_left, asked = [True], []
    pages = threading.local()

    def make_room() -> bool:
        asked.append(1)
        if room_left:
            room_left.clear()
            pages.raw.execute("PRAGMA max_page_count = 1000000")
            return True
        return False

    def fill(ledger: Ledger) -> None:
        pages.raw = ledger.db.raw
        pages.raw.execute(f"PRAGMA max_page_count = {pages.raw.execute('PRAGMA page_count').fetchone()[0] + 1}")

    def many(ledger: Ledger) -> int:
        for number in range(60):
            arrived(ledger, f"d{number}")
        return store.count(ledger.db)

    recorder = start(on_full_disk=make_room)
    result(recorder.read(fill))
    before = result(recorder.read(lambda ledger: store.count(ledger.db)))
    assert result(recorder.write(many)) == before + 60
    result(recorder.read(fill))
    with pytest.raises(Unavailable, match="The disk is full"):
        result(recorder.write(lambda ledger: [arrived(ledger, f"e{number}") for number in range(90)]))
    assert len(asked) == 2
    assert result(recorder.read(lambda ledger: store.count(ledger.db))) == before + 60


def test_a_full_rack_is_no_full_disk(start: Start) -> None:
    given_up: list[int] = []

    def full(_ledger: Ledger) -> None:
        raise Refused("Rack F1/S2 is full. Scan another rack.")

    recorder = start(on_full_disk=lambda: bool(given_up.append(1)) or True)
    with pytest.raises(Refused, match="Rack"):
        result(recorder.write(full))
    assert given_up == []


def test_a_fault_of_our_own_is_not_dressed_up_as_one_of_the_disk(start: Start) -> None:
    recorder = start()
    with pytest.raises(driver.OperationalError, match="no such table"):
        result(recorder.read(lambda ledger: ledger.db.raw.execute("SELECT * FROM nowhere")))


def test_closing_does_all_that_waits_and_takes_nothing_more(start: Start, path: Path) -> None:
    recorder = start()
    go_on = held_up(recorder)
    jobs = [recorder.write(lambda ledger, n=n: arrived(ledger, f"d{n}"), urgent=bool(n % 2)) for n in range(20)]
    closing = threading.Thread(target=recorder.close)
    closing.start()
    go_on.set()
    closing.join(WAIT_S)
    assert all(store_id for store_id in map(result, jobs))
    with pytest.raises(RuntimeError, match="closed"):
        recorder.write(arrived)
    recorder.close()
    db = open_for_writing(path, KEY)
    assert verify.verify(db, verify.scratch_database()).findings == []
    db.close()


def test_a_file_that_cannot_be_opened_is_told_of_and_every_job_says_why(start: Start) -> None:
    def refuse() -> Ledger:
        raise Unavailable("bench.db is damaged.")

    recorder = start(refuse)
    with pytest.raises(Unavailable, match="damaged"):
        result(recorder.opened)
    for job in (recorder.read(lambda _: 1), recorder.write(arrived)):
        with pytest.raises(Unavailable, match="damaged"):
            result(job)


def test_jobs_from_many_threads_are_written_one_by_one(start: Start) -> None:
    recorder = start()
    futures: list[Future[str]] = []

    def scan(thread: int) -> None:
        futures.extend(recorder.write(lambda ledger, n=n: arrived(ledger, f"{thread}-{n}")) for n in range(10))

    threads = [threading.Thread(target=scan, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({result(future) for future in futures}) == 40
    assert result(recorder.read(lambda ledger: verify.verify(ledger.db, verify.scratch_database()).findings)) == []


def test_what_is_left_to_do_when_idle_is_done_in_turns_between_which_a_job_goes_first(start: Start) -> None:
    first_turn, go_on, order = threading.Event(), threading.Event(), list[str]()

    def idle(_ledger: Ledger) -> bool:
        order.append("idle")
        first_turn.set()
        assert go_on.wait(WAIT_S)
        return order.count("idle") < 3

    recorder = start(when_idle=idle)
    recorder.read(lambda _ledger: None)
    assert first_turn.wait(WAIT_S)
    scan = recorder.read(lambda _ledger: order.append("scan"))
    go_on.set()
    result(scan)
    recorder.close()
    assert order[:2] == ["idle", "scan"]
