"""A bench goes back while somebody works at it, and is killed at each step: what was made meanwhile is all there.

What leaves the order is what others had made, and nothing else; it is kept, counted, and told to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import sim_truths
from sim_bench import Bench, Crashed, going_back_to
from sim_faults import calm_plan
from sim_file import copied, fresh_file
from sim_hub import SCOPE
from sim_versions import side_by_side
from sim_world import World

from gms_desktop import hub_words
from gms_desktop.journal import store
from gms_desktop.journal.entry import from_bytes
from gms_desktop.sync import at_the_bench, going_back, replica

SEED = 11
ACTS = 10
Between = Callable[[World, Bench], None]


@pytest.fixture(autouse=True)
def _versions() -> Iterator[None]:
    with side_by_side():
        yield


def parted() -> tuple[World, Bench, int]:
    """Two benches have shared; since the position at which their hub's order is to part both have placed entries."""
    world = World(SEED)
    world.plan = calm_plan(world.plan)
    for name in ("bench 1", "bench 2"):
        world.open_bench(name, fresh_file())
    first, second = world.benches
    for _ in range(6):
        world.act(first)
        world.act(second)
        world._until(world.now + 3_000)
    part = first.standing().position // 2
    for _ in range(3):
        world.act(first)
        world.act(second)
        world._until(world.now + 3_000)
    world.act(first)
    world.cut_off = {one.name: world.now + 10**9 for one in world.benches}
    return world, first, part


def works(world: World, bench: Bench) -> None:
    """Somebody goes on working, as long as there is something to test with."""
    if len(world.told_at(bench)) < 120:
        world.act(bench)


def goes_back(world: World, bench: Bench, part: int, between: Between = works) -> going_back.GoneBack:
    going = going_back_to(bench, part, "7001/2/1")
    more = True
    while more:
        with bench.transaction():
            more = going.step(bench.ledger)
        between(world, bench)
    with bench.transaction():
        return going_back.go_back(bench.ledger, bench.unplaced, going)


def names(bench: Bench, table: str) -> set[str]:
    rows = bench.db.raw.execute(f"SELECT bytes FROM {table}").fetchall()
    return {from_bytes(bytes(content)).id for (content,) in rows}


def after(bench: Bench, part: int) -> tuple[set[str], set[str]]:
    """Own and others' entries that have a place behind a position."""
    own, others = set(), set()
    mine = set(replica.own_writers(bench.db))
    for (content,) in bench.db.raw.execute("SELECT bytes FROM entry WHERE position > ?", (part,)).fetchall():
        entry = from_bytes(bytes(content))
        (own if entry.writer in mine else others).add(entry.id)
    return own, others


def stands(world: World, bench: Bench, part: int, before: set[str], others: set[str]) -> None:
    """All that was told is there and counts; only others' entries behind the position have left, and are kept."""
    assert bench.standing().position == part
    assert names(bench, "withdrawn") == others
    assert names(bench, "entry") >= before - others
    made = {told.id for told in world.told_at(bench)}
    assert made <= names(bench, "entry")
    sim_truths.told_is_there(world, bench)
    sim_truths.cursor_stands_at_last_placed(world, bench)
    sim_truths.file_is_whole(world, bench)


def told_of_each(world: World, bench: Bench, gone: going_back.GoneBack) -> None:
    """Whoever was told another verdict than the one that stands now is told of that."""
    world.tell_flips(bench, gone.flips)
    for told in world.told_at(bench):
        writer, _, seq = told.id.partition("/")
        found = store.by_identity(bench.db, f"{writer}/{seq}")
        assert found is not None
        assert world.last_said[bench.name, told.id] == found.verdict


def test_work_done_while_a_bench_goes_back_is_all_there_and_flips_are_told() -> None:
    world, bench, part = parted()
    before, (own, others) = names(bench, "entry"), after(bench, part)
    assert own
    assert others
    made = bench.last_n()
    gone = goes_back(world, bench, part)
    assert bench.last_n() + len(others) > made + ACTS
    assert gone.withdrawn == len(others)
    stands(world, bench, part, before, others)
    told_of_each(world, bench, gone)
    assert f"{len(others)} entries of other benches" in hub_words.withdrawn(gone.withdrawn)


def test_what_left_the_order_comes_again_and_all_are_level_in_the_end() -> None:
    world, bench, part = parted()
    goes_back(world, bench, part)
    world.cut_off = {}
    world.calm = True
    world._settle()
    sim_truths.level(world)


@pytest.mark.timeout(300)
def test_a_bench_that_is_killed_at_any_step_of_going_back_loses_nothing_of_what_was_made_meanwhile() -> None:
    steps = [0]

    def counted(world: World, bench: Bench) -> None:
        steps[0] += 1
        works(world, bench)

    world, bench, part = parted()
    goes_back(world, bench, part, counted)
    assert steps[0] > 5
    for point in range(1, steps[0] + 1):
        killed_at(point)


def killed_at(point: int) -> None:
    """The process dies right after a step, or in the middle of the next one; it goes on after a restart."""
    world, bench, part = parted()
    before, (_, others) = names(bench, "entry"), after(bench, part)
    step = [0]

    def dies(world: World, bench: Bench) -> None:
        works(world, bench)
        step[0] += 1
        if step[0] == point:
            bench.faulty.fail(1 + point % 9, Crashed, after=point % 2 == 0)
            with suppress(Crashed), bench.db.write():
                going_back_to(bench, part, "7001/2/1").step(bench.ledger)
            raise Crashed

    with suppress(Crashed):
        goes_back(world, bench, part, dies)
    assert step[0] == point
    bench.stop()
    bench.start()
    # Nothing has left the order before all of it does.
    assert names(bench, "withdrawn") == set()
    sim_truths.told_is_there(world, bench)
    gone = goes_back(world, bench, part)
    assert gone.withdrawn == len(others)
    stands(world, bench, part, before, others)
    told_of_each(world, bench, gone)


@pytest.mark.timeout(300)
def test_a_bench_that_is_killed_at_any_statement_of_the_swap_has_all_of_it_or_nothing() -> None:
    world, bench, part = parted()
    before, (_, others) = names(bench, "entry"), after(bench, part)
    going, more = going_back_to(bench, part, "7001/2/1"), True
    while more:
        with bench.transaction():
            more = going.step(bench.ledger)
        works(world, bench)
    raw = bench.copy_of_file()

    def swap() -> None:
        with bench.db.write():
            # As after a restart: nothing of the fold is in memory.
            anew = going_back_to(bench, part, "7001/2/1")
            while anew.step(bench.ledger):
                pass
            going_back.go_back(bench.ledger, bench.unplaced, anew)

    def begins() -> None:
        bench.stop()
        bench.faulty.raw = copied(raw)
        bench.start()

    begins()
    bench.faulty.fail(10**9, Crashed, after=False)
    swap()
    points = bench.faulty.count
    assert points > 30
    # Entries leave one like the other: their statements are tried at each thirteenth, the end at each.
    for point in [*range(1, points - 15, 13), *range(points - 15, points + 1)]:
        begins()
        bench.faulty.fail(point, Crashed, after=point % 2 == 0)
        with suppress(Crashed):
            swap()
        bench.stop()
        bench.start()
        sim_truths.told_is_there(world, bench)
        if bench.standing().position == part:
            stands(world, bench, part, before, others)
        else:
            assert names(bench, "withdrawn") == set()
            assert names(bench, "entry") >= before


def test_a_writer_that_began_meanwhile_is_not_left_out_of_the_register() -> None:
    world, bench, part = parted()
    going = going_back_to(bench, part, "7001/2/1")
    for _ in range(8):
        with bench.transaction():
            going.step(bench.ledger)
    with bench.transaction():
        bench.ledger.begin_writer(SCOPE, world.short_code(), "other machine", bench.name)
    world.act(bench)
    with bench.transaction():
        while going.step(bench.ledger):
            pass
    with bench.transaction(), pytest.raises(going_back.OrderDiffers):
        going_back.go_back(bench.ledger, bench.unplaced, going)
    _, others = after(bench, part)
    before = names(bench, "entry")
    goes_back(world, bench, part)
    stands(world, bench, part, before, others)


def test_a_writer_that_began_while_the_register_was_made_anew_is_in_it() -> None:
    world, bench, _ = parted()
    work = at_the_bench.Rebuilding(3, 0.0)
    for _ in range(8):
        with bench.transaction():
            work.step(bench.ledger)
    with bench.transaction():
        bench.ledger.begin_writer(SCOPE, world.short_code(), "other machine", bench.name)
    world.act(bench)
    more = True
    while more:
        with bench.transaction():
            more = work.step(bench.ledger)
    with bench.transaction():
        work.finish(bench.ledger, bench.unplaced)
    sim_truths.told_is_there(world, bench)
    sim_truths.file_is_whole(world, bench)
