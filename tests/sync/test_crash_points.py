"""A bench is killed before every statement of the sync that writes, one after the other, and after every commit.

To be killed after a statement is to be killed before the next one that writes: what is read in between leaves no trace.
Of a job that writes the same for entry after entry and table after table, each sort of statement is tried, the first
and the last of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import pytest
import sim_truths
from sim_bench import Bench, Crashed, full_disk, going_back_to
from sim_faults import calm_plan
from sim_file import copied
from sim_versions import side_by_side
from sim_world import World
from sqlcipher3 import dbapi2 as driver

from gms_desktop.register import rebuild
from gms_desktop.sync import going_back, outbox, rebase
from gms_desktop.sync.messages import Page, Push

_MOST = 150
SHAPES = (11, 12, 13)
"""Seeds of the worlds in which the bench is stopped: other acts, other neighbours."""

QUICK = ("take", "push", "rehome")
"""Jobs that do not fold everything anew: these are tried in every shape."""

Job = Callable[[Bench, World], object]


def _two_benches(seed: int) -> tuple[World, Bench, Bench]:
    """Two benches with work of their own; the first has shared a part of its work, the other all."""
    world = World(seed)
    world.plan = calm_plan(world.plan)
    for name in ("bench 1", "bench 2"):
        world.open_bench(name, sim_truths.fresh_file())
    first, second = world.benches
    for _ in range(6):
        world.act(first)
    world._until(world.now + 5_000)
    world.cut_off[first.name] = world.cut_off[second.name] = world.now + 10**9
    for _ in range(12):
        world.act(first)
        world.act(second)
    for push in iter(lambda: _next_push(second), None):
        _note(second, push, world)
    return world, first, second


def _next_push(bench: Bench) -> Push | None:
    with bench.transaction():
        return outbox.next_push(bench.db, bench.scope)


def _note(bench: Bench, push: Push, world: World) -> None:
    with bench.transaction():
        outbox.note_answer(bench.db, push, world.hub.append(push, world.stamp()))


def _page(bench: Bench, world: World) -> Page:
    page = world.hub.pull(bench.standing(), 500).page
    assert page is not None
    return page


def _take(bench: Bench, world: World) -> None:
    rebase.take_page(bench.ledger, bench.unplaced, _page(bench, world))


def _push(bench: Bench, world: World) -> None:
    push = outbox.next_push(bench.db, bench.scope)
    if push is not None:
        outbox.note_answer(bench.db, push, world.hub.append(push, world.stamp()))


def _rehome(bench: Bench, world: World) -> None:
    writer = bench.ledger.head.writer
    going_back.rehome(bench.ledger, bench.unplaced, writer, 0, world.short_code(), bench.name)


def _go_back(bench: Bench, world: World) -> None:
    going = going_back_to(bench, min(3, bench.standing().position), "7001/2/1")
    while going.step(bench.ledger):
        pass
    going_back.go_back(bench.ledger, bench.unplaced, going)


def _rebuild(bench: Bench, world: World) -> None:
    rebuild.fold_anew(bench.db)


JOBS: dict[str, Job] = {"take": _take, "push": _push, "rehome": _rehome, "go back": _go_back, "rebuild": _rebuild}


@cache
def _prepared(seed: int, job: str) -> tuple[World, Bench, Any]:
    world, first, _ = _two_benches(seed)
    if job in {"go back", "rehome"}:
        # Something of others is placed, and something own is not.
        with first.transaction():
            _take(first, world)
        world.act(first)
    return world, first, first.copy_of_file()


def _statements(seed: int, job: str) -> tuple[str, ...]:
    """All that the job says to the database, from its BEGIN to its COMMIT."""
    _, bench, _ = _started(seed, job)
    bench.faulty.fail(10**9, Crashed, after=False)
    with bench.db.write():
        JOBS[job](bench, bench.world)
    return tuple(bench.faulty.said)


def _started(seed: int, job: str) -> tuple[World, Bench, Any]:
    world, bench, raw = _prepared(seed, job)
    bench.up = False
    bench.faulty.raw = copied(raw)
    bench.start()
    return world, bench, raw


def _state(bench: Bench) -> tuple[Any, ...]:
    return sim_truths.state_of(bench)


@pytest.fixture(autouse=True)
def _versions() -> Iterator[None]:
    with side_by_side():
        yield


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("job", "seed"), [(job, seed) for job in JOBS for seed in SHAPES if job in QUICK or seed == SHAPES[0]]
)
def test_a_bench_that_is_killed_at_any_statement_has_all_of_the_job_in_its_file_or_nothing(job: str, seed: int) -> None:
    statements = _statements(seed, job)
    last = len(statements)
    assert last > 5
    _, bench, _ = _started(seed, job)
    before = _state(bench)
    for point, after in [*((point, False) for point in _tried(statements)), (last, True)]:
        world, bench, _ = _started(seed, job)
        bench.faulty.fail(point, Crashed, after=after)
        with suppress(Crashed), bench.db.write():
            JOBS[job](bench, world)
        bench.stop()
        bench.start()
        _stands(world, bench, whole=after or point % 5 == 0)
        assert (_state(bench) == before) is not after or job in {"push", "rebuild"}, f"statement {point}, {after}"


def _tried(statements: tuple[str, ...]) -> list[int]:
    """Every statement that writes; of many, the first and the last of each sort."""
    writing = [place for place, sql in enumerate(statements, start=1) if not sql.startswith(("SELECT", "PRAGMA"))]
    if len(writing) <= _MOST:
        return writing
    sorts = {_sort(statements[place - 1]): place for place in reversed(writing)}
    return sorted({*sorts.values(), *{_sort(statements[place - 1]): place for place in writing}.values()})


def _sort(sql: str) -> tuple[str, ...]:
    """What a statement does, and to which table; of tables that are made, renamed and dropped, one is like another."""
    words = sql.split()
    return tuple(words[:2] if words[0] in {"CREATE", "ALTER", "DROP"} else words[:4])


def _stands(world: World, bench: Bench, *, whole: bool = True) -> None:
    sim_truths.cursor_stands_at_last_placed(world, bench)
    sim_truths.told_is_there(world, bench)
    if whole:
        sim_truths.file_is_whole(world, bench)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("job", JOBS)
def test_a_full_disk_at_any_statement_leaves_the_bench_working_and_the_job_is_done_later(job: str) -> None:
    seed = SHAPES[0]
    points = _tried(_statements(seed, job)[:-1])
    world, bench, _ = _started(seed, job)
    for point in points:
        bench.faulty.fail(point, full_disk, after=False)
        with pytest.raises(driver.OperationalError), bench.transaction():
            JOBS[job](bench, world)
        bench.faulty.calm()
    with bench.transaction():
        JOBS[job](bench, world)
        bench.ledger.reload()
        bench.unplaced.forget()
    _stands(world, bench)


@pytest.mark.parametrize("seed", SHAPES)
def test_a_hub_that_dies_before_or_after_its_commit_has_the_batch_once(seed: int) -> None:
    for dies_after in (False, True):
        world, bench, _ = _started(seed, "push")
        hub = world.hub.copy()
        push = _next_push(bench)
        assert push is not None
        if dies_after:
            hub.append(push, world.stamp())
        # No answer came: the same batch goes again.
        again = _next_push(bench)
        assert again == push
        said = hub.append(again, world.stamp())
        with bench.transaction():
            outbox.note_answer(bench.db, again, said)
        sim_truths.journal_whole(hub.placed)
        assert said.acked_seq == push.first_seq + len(push.entries) - 1
