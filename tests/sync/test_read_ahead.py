"""While the hub judges a batch the bench reads the next one: each entry comes once and in order, whatever happens."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import pytest
from corpus import KEY, SteppedClock, Work
from sim_hub import SCOPE
from sim_hub import Hub as Order

from gms_desktop.domain.minting import CountedChance
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.recorder import Recorder
from gms_desktop.register import versions
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import engine, exchange, going_back, outbox, replica
from gms_desktop.sync.messages import Answer, Push, PushAnswer
from gms_desktop.sync.transport import HubUnavailable
from gms_desktop.sync.unplaced import Unplaced

A_BATCH = 8


@dataclass
class SlowHub:
    """A hub that judges while the bench does something else; now and then its answer is lost."""

    order: Order = field(default_factory=Order)
    sent: list[Push] = field(default_factory=list)
    meanwhile: Callable[[], Any] = lambda: None
    loses_an_answer: bool = False

    def push(self, push: Push) -> PushAnswer:
        self.sent.append(push)
        said = self.order.append(push, "2026-01-05T09:00:00.000Z")
        self.meanwhile()
        if self.loses_an_answer:
            self.loses_an_answer = False
            raise HubUnavailable("The line was cut.")
        return said


@pytest.fixture
def here(tmp_path: Path) -> Iterator[exchange.Replica]:
    """A bench with some fifty entries that no hub has seen."""
    db = open_for_writing(tmp_path / "bench.db", KEY)
    versions.bring_up(db)
    ledger = Ledger(db, CountedChance(), SteppedClock(), "0.1.0")
    with db.write():
        ledger.begin_writer(SCOPE, "K7Q3ZD", "set up", "Bench 1")
    work = Work(ledger)
    for _ in range(6):
        with ledger.db.write():
            request = work.expected()
            came = [work.received(request, place) for place in (1, 2)]
            ledger.append([request], None)
            ledger.append([*came, *map(work.labelled, came), *(work.scanned(f"P{n}") for n in range(3))], None)
    recorder = Recorder(lambda: ledger)
    recorder.opened.result()
    yield exchange.Replica(recorder, Unplaced(ledger), SCOPE)
    recorder.close()


def ahead(here: exchange.Replica) -> Push | None:
    """What was read ahead; no scan: it comes after what was asked for before."""
    return here.recorder.read(lambda _ledger: here.ahead, urgent=False).result()


def at(here: exchange.Replica, job: Callable[[Ledger], Any]) -> Any:
    """Do something in the bench's file."""
    return here.recorder.write(job).result()


def push(here: exchange.Replica, hub: SlowHub, most: int = A_BATCH) -> engine.Event:
    """One exchange."""
    return exchange.push(here, cast("Any", hub), 1, most)


def push_all(here: exchange.Replica, hub: SlowHub) -> None:
    """Until nothing waits, each batch twice as large as the one before, as the engine asks for."""
    most = A_BATCH
    while not isinstance(said := push(here, hub, most), engine.NothingToPush):
        assert isinstance(said, engine.Pushed)
        assert said.answer in {Answer.OK, Answer.DUP}, said
        most *= 2


def seqs(hub: SlowHub) -> list[int]:
    """The entries that were sent, in order."""
    return [seq for one in hub.sent for seq in range(one.first_seq, one.last_seq + 1)]


def last_seq(here: exchange.Replica) -> int:
    return here.recorder.read(lambda ledger: ledger.head.last_seq).result()


def test_the_next_batch_is_read_while_the_hub_judges_the_one_before(here: exchange.Replica) -> None:
    hub, found = SlowHub(), []
    hub.meanwhile = lambda: found.append(ahead(here))
    push_all(here, hub)
    assert seqs(hub) == list(range(1, last_seq(here) + 1))
    assert hub.order.head == last_seq(here)
    read = [one for one in found if one is not None]
    assert read[0].first_seq == A_BATCH + 1
    # It is what was sent, with where the bench stands by then.
    assert [one.entries for one in read] == [one.entries for one in hub.sent[1:]]


def test_a_batch_that_holds_all_that_waits_has_nothing_read_behind_it(here: exchange.Replica) -> None:
    hub = SlowHub()
    push_all(here, hub)
    at(here, lambda ledger: ledger.append([Work(ledger).scanned("P9")], None))
    push(here, hub)
    assert len(hub.sent[-1].entries) == 1
    assert ahead(here) is None


def test_a_batch_whose_answer_was_lost_is_sent_again_before_the_one_that_was_read_behind_it(
    here: exchange.Replica,
) -> None:
    hub = SlowHub(loses_an_answer=True)
    with pytest.raises(HubUnavailable):
        push(here, hub)
    again = push(here, hub)
    assert isinstance(again, engine.Pushed)
    assert again.answer is Answer.DUP
    assert hub.sent[0].entries == hub.sent[1].entries
    push_all(here, hub)
    assert hub.order.head == last_seq(here)


def test_what_left_the_order_meanwhile_is_not_sent(here: exchange.Replica) -> None:
    hub = SlowHub()
    former = here.recorder.read(lambda ledger: ledger.head.writer).result()

    def rehome(ledger: Ledger) -> None:
        going_back.rehome(ledger, here.unplaced, former, A_BATCH + 1, "N3WCDE", "Bench 1")

    push(here, hub)
    assert ahead(here) is not None
    at(here, rehome)
    push(here, hub, 2 * A_BATCH)
    assert hub.sent[1].writer != former
    assert hub.sent[1].first_seq == 1


def test_what_a_former_writer_has_to_send_again_goes_first(here: exchange.Replica) -> None:
    hub = SlowHub()
    push_all(here, hub)
    former = here.recorder.read(lambda ledger: ledger.head.writer).result()

    def begin_again(ledger: Ledger) -> None:
        ledger.begin_writer(SCOPE, "N3WCDE", "restored backup", "Bench 1")
        ledger.append([Work(ledger).scanned(f"P{n}") for n in range(2 * A_BATCH)], None)

    at(here, begin_again)
    push(here, hub)
    read = ahead(here)
    assert read is not None
    assert read.writer != former
    at(here, lambda ledger: replica.put_acked(ledger.db, former, 0, 0))
    push(here, hub, 2 * A_BATCH)
    assert (hub.sent[-1].writer, hub.sent[-1].first_seq) == (former, 1)


def test_what_was_read_ahead_says_where_the_bench_stands_when_it_is_sent(here: exchange.Replica) -> None:
    hub = SlowHub()
    push(here, hub)
    read = ahead(here)
    reached = takes_a_page(here, hub)
    push(here, hub, 2 * A_BATCH)
    assert read is not None
    assert hub.sent[1].entries is read.entries
    assert hub.sent[1].standing == reached != read.standing


def takes_a_page(here: exchange.Replica, hub: SlowHub) -> Any:
    """The bench takes in what the hub has by now."""
    exchange.pull(here, cast("Any", Pulls(hub.order)), 2, lambda _taken: None)
    return here.standing()


@dataclass
class Pulls:
    """The hub as it is asked for a page."""

    order: Order

    def pull(self, standing: Any, limit: int) -> Any:
        return self.order.pull(standing, limit)


def test_a_batch_is_full_by_number_or_by_size(here: exchange.Replica) -> None:
    first = at(here, lambda ledger: outbox.next_push(ledger.db, SCOPE, A_BATCH))
    assert outbox.is_full(first, A_BATCH)
    assert not outbox.is_full(first, A_BATCH + 1)
