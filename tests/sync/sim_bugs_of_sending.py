"""Known bugs of sending, of the engine, of forks and of lost histories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sim_hub
from sim_bug import bug, followed, put

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import engine, going_back, outbox, rebase, replica
from gms_desktop.sync.messages import Answer, Page, Standing

# --- sending ---


@bug("section 4", "what the hub acknowledged counts as placed")
def acknowledged_is_placed() -> Iterator[None]:
    def after_acked(db: Database, after: Any = None) -> Any:
        found = []
        for writer in replica.own_writers(db):
            seq = max(replica.acked_seq(db, writer), (after or {}).get(writer, 0))
            found += store.of_writer_after(db, writer, seq)
        return found

    with put((replica, "unplaced", after_acked)):
        yield


@bug("F1", "entries count as acknowledged when they are sent")
def acknowledged_when_sent() -> Iterator[None]:
    make = outbox.next_push

    def noted(db: Database, *rest: Any) -> Any:
        push = make(db, *rest)
        if push is not None:
            replica.put_acked(db, push.writer, push.first_seq + len(push.entries) - 1, 0)
        return push

    with put((outbox, "next_push", noted), (replica, "forget_lost", lambda *_: None)):
        yield


@bug("F5", "what the hub acknowledged and lost is not sent again")
def lost_never_sent_again() -> Iterator[None]:
    with put((replica, "forget_lost", lambda *_: None)):
        yield


@bug("F13", "the whole history is sent with every push")
def history_sent_again() -> Iterator[None]:
    make = outbox.next_push

    def from_the_first(db: Database, *rest: Any) -> Any:
        with put((replica, "acked_seq", lambda *_: 0)):
            return make(db, *rest)

    with put((outbox, "next_push", from_the_first)):
        yield


@bug("section 10", "private values do not travel with the entries that cite them")
def private_not_carried() -> Iterator[None]:
    with put((replica, "private_of", lambda *_: ())):
        yield


@bug("section 10", "a bench keeps a value that was erased elsewhere")
def erased_values_stay() -> Iterator[None]:
    with put((rebase, "_erase", lambda *_: None)):
        yield


# --- the engine ---


@bug("F2", "no news is asked for until a push that failed has gone through")
def failed_push_blocks_pulls() -> Iterator[None]:
    may = engine._start

    def start(state: engine.State, now: int) -> Any:
        if state.push.failures or state.push_trouble:
            state = replace(state, pull=replace(state.pull, next_at=now + 1_000))
        return may(state, now)

    with put((engine, "_start", start)):
        yield


@bug("F2", "a mark that an upload is under way stays for ever when the upload fails")
def upload_mark_stays() -> Iterator[None]:
    failed = engine._failed

    def marked(state: engine.State, number: int, now: int) -> Any:
        pushing = state.push.number == number
        state = failed(state, number, now)
        return replace(state, working="upload") if pushing else state

    with put((engine, "_failed", marked)):
        yield


@bug("F3", "an answer that never comes is waited for")
def waits_for_ever() -> Iterator[None]:
    with put((engine, "_abandon", lambda state, _now: state)):
        yield


# --- forks and lost histories ---


@bug("F4", "a fork is taken for a hub that is busy")
def fork_ignored() -> Iterator[None]:
    take = engine._take

    def deaf(state: engine.State, event: Any, now: int) -> Any:
        if isinstance(event, engine.Pushed) and event.answer is Answer.FORK:
            event = replace(event, answer=Answer.BUSY)
        if isinstance(event, engine.Pulled) and event.forked:
            event = engine.Failed(event.number)
        return take(state, event, now)

    with put((engine, "_take", deaf)):
        yield


@bug("F4", "after a fork the bench goes on under the same writer")
def writer_not_renewed() -> Iterator[None]:
    begin = Ledger.begin_writer

    def stays(self: Ledger, scope: str, code: str, cause: str, bench: str) -> None:
        if cause != "fork":
            begin(self, scope, code, cause, bench)

    with put((Ledger, "begin_writer", stays)):
        yield


@bug("F4", "what the hub had not taken under a forked writer is not recorded again")
def rehome_forgets_the_tail() -> Iterator[None]:
    with put((going_back, "_record_again", lambda *_: {})):
        yield


@bug("F5", "orders and epochs are not compared: a hub of the past is followed")
def orders_not_compared() -> Iterator[None]:
    read = rebase._read

    def trusting(db: Database, head: Any, before: Standing, page: Page) -> Any:
        return read(db, head, before, replace(page, standing=followed(before, page)))

    def there(self: Any, standing: Standing) -> bool:
        return standing.position <= self.head

    def common(self: Any, _entries: Any, mine: Standing) -> int:
        return min(self.head, mine.position)

    with put((rebase, "_read", trusting), (sim_hub.Hub, "in_history", there), (sim_hub.Hub, "common", common)):
        yield


@bug("F5", "a bench deletes its own entries because the hub forgot them")
def go_back_deletes_own() -> Iterator[None]:
    back = going_back.go_back

    def deleting(ledger: Ledger, waiting: Any, going: Any) -> Any:
        done = back(ledger, waiting, going)
        replica.withdraw(ledger.db, replica.unplaced(ledger.db), "the hub has not got it")
        waiting.forget()
        return done

    with put((going_back, "go_back", deleting)):
        yield


@bug("F6", "a recovered hub gives places in the order of arrival")
def recovered_in_another_order() -> Iterator[None]:
    offer = sim_hub.Hub.reoffer

    def as_it_comes(self: Any, entries: Any, private: Any) -> int:
        last = max(self.offered, default=self.head)
        return offer(self, [(last + 1 + place, sent) for place, (_, sent) in enumerate(reversed(entries))], private)

    with put((sim_hub.Hub, "reoffer", as_it_comes)):
        yield


@bug("section 9", "the index of identities is not cut back when entries leave the order")
def index_not_cut_back() -> Iterator[None]:
    with put((store, "end_at_newest", lambda _db: None)):
        yield
