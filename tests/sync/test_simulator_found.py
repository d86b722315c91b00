"""What the simulator found in the product, each told once as it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sim_bench import Bench
from sim_faults import calm_plan
from sim_file import fresh_file
from sim_hub import SCOPE
from sim_truths import file_is_whole
from sim_world import World

from gms_desktop.domain.minting import CountedChance, identity, moment_of
from gms_desktop.register.ledger import Draft
from gms_desktop.sync import giving_back, going_back, outbox, replica
from gms_desktop.sync.digests_compared import differing
from gms_desktop.sync.messages import Answer, HubDigest, PushAnswer


@pytest.fixture
def bench() -> Bench:
    """A bench with three scans of its own, cut off from its hub."""
    world = World(1)
    world.plan = calm_plan(world.plan)
    world.cut_off["bench 1"] = 10**12
    made = world.open_bench("bench 1", fresh_file())
    for _ in range(3):
        _scan(made)
    return made


def _scan(bench: Bench) -> None:
    with bench.transaction():
        bench.ledger.append(world_work(bench), None)


def world_work(bench: Bench) -> list[Draft]:
    """What a person scans."""
    return bench.world.work[bench.name]._scan()


def _push(bench: Bench, answer: Answer, acked: int) -> None:
    with bench.transaction():
        push = outbox.next_push(bench.db, bench.scope)
        assert push is not None
        outbox.note_answer(bench.db, push, PushAnswer(answer, acked, 9))


def test_a_fork_is_no_acknowledgement_however_much_the_hub_has_of_the_writer(bench: Bench) -> None:
    _push(bench, Answer.FORK, 3)
    assert replica.acked_seq(bench.db, bench.ledger.head.writer) == 0
    _push(bench, Answer.OK, 3)
    assert replica.acked_seq(bench.db, bench.ledger.head.writer) == 3


def test_digests_of_a_position_in_the_middle_of_a_page_are_not_compared_with_its_end(bench: Bench) -> None:
    other = [HubDigest(7, "scan", "ab" * 16, bench.ledger.head.scope)]
    assert differing(bench.db, bench.ledger.driver.digests, bench.unplaced, other, 8) == ()


def test_a_writer_that_begins_under_a_clock_that_was_put_back_sorts_after_the_one_it_follows(bench: Bench) -> None:
    former = bench.ledger.head.writer
    bench.clock.skew = -timedelta(days=5)
    with bench.transaction():
        bench.ledger.begin_writer(SCOPE, "00A", "restored backup", bench.name)
    assert former < bench.ledger.head.writer
    assert replica.own_writers(bench.db) == [former, bench.ledger.head.writer]


def test_an_identity_says_when_it_was_made(bench: Bench) -> None:
    now = bench.clock.now()
    assert abs(moment_of(identity(CountedChance(1), now)) - now) < timedelta(milliseconds=2)


def test_the_head_of_a_writer_that_was_left_stands_where_its_entries_end(bench: Bench) -> None:
    writer = bench.ledger.head.writer
    with bench.transaction():
        going_back.rehome(bench.ledger, bench.unplaced, writer, 3, "00B", bench.name)
    file_is_whole(bench.world, bench)


def test_what_is_withdrawn_comes_again_and_is_withdrawn_again_is_kept_once(bench: Bench) -> None:
    newest = replica.unplaced(bench.db)[-1:]
    with bench.transaction():
        replica.withdraw(bench.db, newest, giving_back.ORDER_CHANGED)
        replica.withdraw(bench.db, newest, giving_back.ORDER_CHANGED)
    assert bench.db.raw.execute("SELECT count(*) FROM withdrawn").fetchone() == (1,)


def test_a_tail_with_a_reception_that_has_no_sense_is_recorded_again_like_any_other(bench: Bench) -> None:
    with bench.transaction():
        bench.world.work[bench.name]._raw("specimen.received", {"outcome": 7})
    with bench.transaction():
        done = going_back.rehome(bench.ledger, bench.unplaced, bench.ledger.head.writer, 0, "00C", bench.name)
    assert (len(done.entries), done.numbers) == (5, ())
    file_is_whole(bench.world, bench)
