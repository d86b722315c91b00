"""A register that is folded anew beside the one at work: work goes on, nothing of it is seen before it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sim_truths
from sim_bench import LOT, Bench, going_back_to
from sim_faults import calm_plan, plan_of
from sim_file import fresh_file
from sim_versions import side_by_side
from sim_world import World
from sqlcipher3 import dbapi2 as driver

from gms_desktop.journal import store
from gms_desktop.register import coming, rebuild, touched, undo_log, versions
from gms_desktop.register.base import copied_tables
from gms_desktop.sync import at_the_bench, folding_beside, going_back, replica

SEEDS = range(7_000, 7_012)


@pytest.fixture
def world() -> Iterator[World]:
    with side_by_side():
        yield _worked()


def _worked() -> World:
    """Two benches that share, one of which has something of its own that is not shared."""
    made = World(5)
    made.plan = calm_plan(plan_of(made.random))
    made.calm = True
    for number in (1, 2):
        made.open_bench(f"bench {number}", fresh_file())
    for _ in range(15):
        for bench in made.benches:
            made.act(bench)
        made._until(made.now + 3_000)
    made._settle()
    for bench in made.benches:
        made.act(bench)
    return made


def rows(bench: Bench) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the register."""
    return {
        table.name: sorted(bench.db.raw.execute(f"SELECT * FROM {table.name}").fetchall(), key=repr)
        for table in copied_tables()
    }


def rebuilt(bench: Bench, between: Any = lambda: None) -> None:
    work, more = at_the_bench.Rebuilding(LOT, 0.0), True
    while more:
        with bench.db.write():
            more = work.step(bench.ledger)
        between()
    with bench.db.write():
        work.finish(bench.ledger, bench.unplaced)


def test_the_register_folded_beside_is_row_for_row_the_one_at_work(world: World) -> None:
    bench = world.benches[0]
    before = rows(bench), sim_truths.state_of(bench)
    rebuilt(bench)
    assert (rows(bench), sim_truths.state_of(bench)) == before
    sim_truths.file_is_whole(world, bench)


def test_work_done_while_it_is_folded_is_in_it(world: World) -> None:
    bench = world.benches[0]
    done = bench.last_n()
    rebuilt(bench, between=lambda: world.act(bench) if bench.last_n() < done + 6 else None)
    assert bench.last_n() >= done + 6
    sim_truths.file_is_whole(world, bench)
    world._settle()
    sim_truths.level(world)


def test_rows_that_were_wrong_are_right_after_it_and_only_after_it(world: World) -> None:
    bench = world.benches[0]
    right = rows(bench)
    (label,) = bench.db.raw.execute("SELECT min(id) FROM specimen").fetchone()
    bench.db.raw.execute("DELETE FROM specimen WHERE id = ?", (label,))
    wrong = rows(bench)
    rebuilt(bench, between=lambda: (rows(bench) == wrong) or pytest.fail("seen before it was whole"))
    assert rows(bench) == right


def test_no_statement_of_the_fold_names_a_table_of_the_register_at_work(world: World) -> None:
    bench = world.benches[0]
    names = {table.name for table in copied_tables()}
    written: set[str] = set()

    def watched(action: int, name: str | None, *_rest: Any) -> int:
        if action in {driver.SQLITE_INSERT, driver.SQLITE_UPDATE, driver.SQLITE_DELETE, driver.SQLITE_READ}:
            written.add(str(name))
        return int(driver.SQLITE_OK)

    with bench.db.write():
        # What the indexes of the journal follow is written at work as ever.
        touched.follow(bench.db)
    bench.faulty.raw.set_authorizer(watched)
    work, more = at_the_bench.Rebuilding(LOT, 0.0), True
    while more:
        with bench.db.write():
            more = work.step(bench.ledger)
    bench.faulty.raw.set_authorizer(None)
    assert {versions.COMING + name for name in ("specimen", "key_holder", "label_waiting")} <= written
    assert written & names == set()


def test_a_fold_that_was_cut_short_goes_on_where_it_was(world: World) -> None:
    bench = world.benches[0]
    work = at_the_bench.Rebuilding(LOT, 0.0)
    for _ in range(6):
        with bench.db.write():
            work.step(bench.ledger)
    there = _folded(bench)
    assert there > 0
    bench.stop()
    bench.start()
    assert folding_beside.is_under_way(bench.db)
    seen = []
    rebuilt(bench, between=lambda: seen.append(_folded(bench)))
    assert seen[0] > there
    sim_truths.file_is_whole(world, bench)


def _folded(bench: Bench) -> int:
    reached = folding_beside._kept(bench.db)
    return reached.entries if reached else 0


def test_a_fold_that_was_cut_short_begins_anew_when_the_order_is_another_since(world: World) -> None:
    bench = world.benches[0]
    work, more = at_the_bench.Rebuilding(LOT, 0.0), True
    while more:
        with bench.db.write():
            more = work.step(bench.ledger)
    page = world.hub.pull(bench.standing(), 500).page
    world._settle()
    assert page is not None
    rebuilt(bench)
    sim_truths.file_is_whole(world, bench)


def test_going_back_beside_leaves_what_going_back_at_once_would(world: World) -> None:
    bench = world.benches[0]
    going = going_back_to(bench, 10, bench.standing().epoch)
    more = True
    while more:
        with bench.db.write():
            more = going.step(bench.ledger)
        if bench.last_n() < 60:
            world.act(bench)
    with bench.db.write():
        gone = going_back.go_back(bench.ledger, bench.unplaced, going)
    assert gone.withdrawn > 0
    assert bench.standing().position == 10
    sim_truths.file_is_whole(world, bench)
    world._settle()
    sim_truths.level(world)


def test_going_back_to_where_the_orders_are_not_one_changes_nothing(world: World) -> None:
    bench = world.benches[0]
    going = going_back_to(bench, 10, "")
    going.to = going.to.__class__(9, going.to.order_hash)
    before = rows(bench)
    with bench.db.write(), pytest.raises(going_back.OrderDiffers):
        going.step(bench.ledger)
    assert rows(bench) == before


def test_what_a_former_register_leaves_is_cleared_in_lots(world: World) -> None:
    bench = world.benches[0]
    rebuilt(bench)
    assert coming.left(bench.db)
    lots = 0
    while coming.left(bench.db):
        with bench.db.write():
            coming.clear(bench.db, 5)
        lots += 1
    assert lots > 10
    sim_truths.file_is_whole(world, bench)


def test_a_bench_that_worked_alone_knows_what_each_entry_changed_before_it_follows_a_hub(world: World) -> None:
    bench = world.benches[0]
    with bench.db.write():
        # As it was before it ever had a hub: it has forgotten what its older entries changed.
        bench.db.raw.execute("DELETE FROM meta WHERE name = 'standing'")
        bench.db.raw.execute("DELETE FROM entry WHERE writer <> ?", (bench.ledger.head.writer,))
        bench.db.raw.execute("UPDATE entry SET position = NULL")
        bench.db.raw.execute("DELETE FROM chain_head")
        touched.follow(bench.db)
    with bench.db.write():
        rebuild.fold_anew(bench.db)
    bench.ledger.reload()
    kept = _formers(bench)
    before = rows(bench)
    half = bench.last_n() // 2
    store.forget_formers(bench.db, 0, half)
    assert _formers(bench) != kept
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(undo_log, "DEPTH", bench.last_n() - half)
        work = at_the_bench.Remembering(LOT, 0.0)
        with bench.db.write():
            while work.step(bench.ledger):
                pass
        with bench.db.write():
            work.finish(bench.ledger)
    assert _formers(bench) == kept
    assert rows(bench) == before
    assert replica.standing(bench.db, bench.scope).position == 0
    assert store.has_hub(bench.db)


def _formers(bench: Bench) -> dict[int, str | None]:
    return dict(bench.db.raw.execute("SELECT n, formers FROM entry").fetchall())


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_registers_are_folded_anew_and_gone_back_with_amid_all_that_goes_wrong(seed: int) -> None:
    World(seed, anew=0.2).run()
