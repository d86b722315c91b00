"""Known bugs of sync engines, put into ours one at a time: the simulator must find each (reference F1 to F15 and more).

No switch is in the product: each bug replaces functions of it for as long as its context lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import sim_hub

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import disputes, driver
from gms_desktop.register.driver import Arrived, Driver
from gms_desktop.register.ledger import Ledger
from gms_desktop.register.rows import subject_of
from gms_desktop.sync import digests_compared, engine, going_back, outbox, rebase, replica, unplaced
from gms_desktop.sync.messages import Answer, Page, Standing, next_order_hash


@dataclass(frozen=True)
class Bug:
    """A bug: where it was seen (a line of the reference, or a rule of ours), what it does, and how it is put in."""

    name: str
    seen: str
    words: str
    present: Callable[[], AbstractContextManager[None]]


BUGS: dict[str, Bug] = {}


def _bug(seen: str, words: str) -> Callable[[Callable[[], Iterator[None]]], Callable[[], AbstractContextManager[None]]]:
    def register(run: Callable[[], Iterator[None]]) -> Callable[[], AbstractContextManager[None]]:
        present = contextmanager(run)
        BUGS[run.__name__] = Bug(run.__name__, seen, words, present)
        return present

    return register


def _put(*changes: tuple[Any, str, Any]) -> ExitStack:
    stack = ExitStack()
    for where, name, value in changes:
        stack.enter_context(patch.object(where, name, value))
    return stack


def _commit(db: Database) -> None:
    db.raw.execute("COMMIT")
    db.raw.execute("BEGIN IMMEDIATE")


def _followed(before: Standing, page: Page) -> Standing:
    """Where the entries that are in the page lead, whatever the hub says of it."""
    order_hash = before.order_hash
    for one in page.entries:
        order_hash = next_order_hash(order_hash, one.hash, one.verdict)
    return Standing(before.position + len(page.entries), order_hash, page.standing.epoch)


# --- pages ---


@_bug("F1", "the cursor is moved, and committed, before the page is folded")
def cursor_before_fold() -> Iterator[None]:
    read = rebase._read

    def moved(db: Database, *rest: Any) -> Any:
        found, reached = read(db, *rest)
        replica.put_standing(db, reached)
        _commit(db)
        return found, reached

    with _put((rebase, "_read", moved)):
        yield


@_bug("F12", "a page is applied in two transactions")
def page_applied_in_parts() -> Iterator[None]:
    place = rebase._place_own

    def parted(db: Database, *rest: Any) -> None:
        place(db, *rest)
        _commit(db)

    with _put((rebase, "_place_own", parted)):
        yield


@_bug("F1", "a page that lost its end is taken for whole, the cursor goes where the hub said")
def cut_page_taken() -> Iterator[None]:
    read = rebase._read

    def trusting(db: Database, head: Any, before: Standing, page: Page) -> Any:
        found, _ = read(db, head, before, replace(page, standing=_followed(before, page)))
        return found, page.standing

    with _put((rebase, "_read", trusting)):
        yield


@_bug("section 2", "a gap in the positions of a page is not noticed")
def gap_not_noticed() -> Iterator[None]:
    read = rebase._read

    def closed_up(db: Database, head: Any, before: Standing, page: Page) -> Any:
        entries = tuple(replace(one, position=place) for place, one in enumerate(page.entries, before.position + 1))
        moved = {new.position: old for new, old in zip(entries, page.entries, strict=True)}
        found, _ = read(db, head, before, replace(page, entries=entries, standing=_followed(before, page)))
        found.foreign = [(moved[placed.position], entry) for placed, entry in found.foreign]
        found.own = [(moved[placed.position], *rest) for placed, *rest in found.own]
        found.order = [(moved[placed.position], entry) for placed, entry in found.order]
        return found, page.standing

    with _put((rebase, "_read", closed_up)):
        yield


@_bug("I5", "a page that comes again is folded again")
def redelivery_folds_twice() -> Iterator[None]:
    take = rebase.take_page

    def again(ledger: Ledger, waiting: Any, page: Page) -> Any:
        before = replica.standing(ledger.db, ledger.head.scope)
        if page.after >= before.position:
            return take(ledger, waiting, page)
        fresh = Driver(ledger.db)
        last = store.last_n(ledger.db)
        fresh.fold_new([Arrived(last, sim_hub.parsed(one.content), Judgement(one.verdict)) for one in page.entries])
        fresh.digests.save(last)
        ledger.reload()
        return rebase.Taken(before)

    with _put((rebase, "take_page", again)):
        yield


@_bug("F7", "an entry of another bench that claims what is taken is dropped without a word")
def foreign_dropped_on_unique_violation() -> Iterator[None]:
    read = rebase._read

    def dropping(*rest: Any) -> Any:
        found, reached = read(*rest)
        dropped = {placed.position for placed, _ in found.foreign if placed.verdict == "refused"}
        found.foreign = [one for one in found.foreign if one[0].position not in dropped]
        found.order = [one for one in found.order if one[0].position not in dropped]
        return found, reached

    with _put((rebase, "_read", dropping)):
        yield


@_bug("F7", "an own entry that the hub refused gets no place")
def refused_not_stored() -> Iterator[None]:
    place = replica.place

    def accepted_only(db: Database, rows: Any) -> None:
        place(db, [row for row in rows if row[2] != "refused"])

    with _put((replica, "place", accepted_only)):
        yield


@_bug("F8", "an entry that cannot be folded stops the page")
def poison_stops_the_page() -> Iterator[None]:
    def folded(entry: Any, rows: Any) -> Any:
        if not driver.kinds.readable(entry.kind, entry.version, entry.body):
            return None
        changes: Any = {}
        for group in driver._BY_KIND[entry.kind]:
            changes.update(group.fold(entry, rows))
        return changes

    with _put((driver, "_folded", folded)):
        yield


@_bug("F8", "a kind that this version does not know is folded as nothing")
def unknown_kind_folds_to_nothing() -> Iterator[None]:
    folded = driver._folded
    with _put((driver, "_folded", lambda entry, rows: folded(entry, rows) or {})):
        yield


# --- rebase ---


@_bug("section 8", "entries that a page overtakes stay as they are folded")
def overtaken_not_put_back() -> Iterator[None]:
    with _put((rebase, "overtaken", lambda *_: [])):
        yield


@_bug("section 8", "former values are put back oldest first")
def put_back_oldest_first() -> Iterator[None]:
    def in_order(db: Database, behind: Any) -> Any:
        return [former for one in behind for former in rebase.undo_log.recall(db, one.stored.n)]

    with _put((rebase, "_formers", in_order), (going_back, "_formers", in_order)):
        yield


@_bug("F9", "own entries that were put back are judged by the bench, whatever the hub found")
def own_verdict_for_hubs() -> Iterator[None]:
    in_order = rebase._in_order

    def judged_here(found: Any, numbers: Any, behind: Any) -> Any:
        foreign = set(numbers.values())
        arrived = in_order(found, numbers, behind)
        return [one if one.n in foreign else replace(one, verdict=None) for one in arrived]

    with _put((rebase, "_in_order", judged_here)):
        yield


@_bug("F9", "an own entry keeps the verdict that the bench gave it")
def own_verdict_kept() -> Iterator[None]:
    def place_own(db: Database, waiting: Any, found: Any) -> None:
        replica.place(db, [(mark.n, placed.position, mark.verdict) for placed, mark, _, _ in found.own])
        gone = {(writer, seq) for _, _, writer, seq in found.own}
        waiting.drop(entry for _, entry in found.order if (entry.writer, entry.seq) in gone)

    with _put((rebase, "_place_own", place_own)):
        yield


@_bug("section 7", "what an entry's verdict rests on is not in its footprint")
def footprint_without_reads() -> Iterator[None]:
    whole = unplaced.footprint

    def half(said: Any) -> Any:
        return replace(whole(said), reads=frozenset())

    with _put((unplaced, "footprint", half), (rebase, "footprint", half)):
        yield


@_bug("section 7", "who touched a subject last is not in the footprint")
def footprint_without_last() -> Iterator[None]:
    whole = unplaced.footprint

    def half(said: Any) -> Any:
        found = whole(said)
        return replace(found, writes=frozenset(key for key in found.writes if not key.startswith("last:")))

    with _put((unplaced, "footprint", half), (rebase, "footprint", half)):
        yield


@_bug("F11", "what a page brings is folded in the order of the benches' clocks")
def wall_clock_decides() -> Iterator[None]:
    in_order = rebase._in_order

    def by_clock(*rest: Any) -> Any:
        return sorted(in_order(*rest), key=lambda one: one.entry.occurred_at)

    with _put((rebase, "_in_order", by_clock)):
        yield


@_bug("section 8", "entries folded behind a page do not keep what they changed")
def former_values_lost() -> Iterator[None]:
    with _put((store, "put_formers", lambda _db, _formers: None)):
        yield


@_bug("section 8", "the order of own entries of two writers is not looked at")
def crossed_writers_not_noticed() -> Iterator[None]:
    with _put((rebase, "_crossed", lambda *_: False)):
        yield


@_bug("F6", "a person is not told that a verdict has become another")
def flips_not_told() -> Iterator[None]:
    flips = rebase._flips

    def silent(*rest: Any) -> Any:
        flips(*rest)
        return []

    with _put((rebase, "_flips", silent)):
        yield


# --- the register and its digests ---


@_bug("F9", "the digest is not saved after a page")
def digest_not_saved() -> Iterator[None]:
    fold = rebase._fold

    def unsaved(db: Database, *rest: Any) -> Any:
        before = store.meta(db, "digests")
        flips = fold(db, *rest)
        store.put_meta(db, "digests", before or "{}")
        return flips

    with _put((rebase, "_fold", unsaved)):
        yield


@_bug("F10", "what is unplaced has a share in the digest that is compared with the hub's")
def unplaced_in_the_digest() -> Iterator[None]:
    with _put((digests_compared, "placed_digests", lambda _db, digests, _unplaced: digests.as_text())):
        yield


@_bug("F9", "the fold looks at what happens to be in memory")
def fold_reads_local_state() -> Iterator[None]:
    changes_of = Driver._changes

    def impure(self: Driver, *rest: Any) -> Any:
        changes = changes_of(self, *rest)
        for key, row in changes.items():
            if row is not None and key[0] == "specimen":
                changes[key] = row | {"compared": str(len(self._rows) % 7)}
        return changes

    with _put((Driver, "_changes", impure)):
        yield


@_bug("section 5", "the row of a dispute is not looked for where no entry has touched the subject yet")
def dispute_row_not_looked_for() -> Iterator[None]:
    def may_be_there(self: Driver, key: Any) -> bool:
        if key in self._rows:
            return False
        if self._holders.get(f"last:{subject_of(key)}", "unknown") is None:
            self._rows[key] = None
            return False
        return True

    before = Driver._before

    def unseen(self: Driver, key: Any) -> Any:
        if key[0] in disputes.TABLES and self._holders.get(f"last:{subject_of(key)}", "unknown") is None:
            self._rows.setdefault(key, None)
        return before(self, key)

    with _put((Driver, "_may_be_there", may_be_there), (Driver, "_before", unseen)):
        yield


@_bug("F15", "what was not shared yet is lost when a newer version folds everything anew")
def upgrade_loses_unplaced() -> Iterator[None]:
    in_order = store.in_fold_order

    def placed_only(db: Database, size: int = 1000) -> Iterator[Any]:
        for lot in in_order(db, size):
            if not store.has_hub(db) or lot[-1].position is not None:
                yield lot

    with _put((store, "in_fold_order", placed_only)):
        yield


# --- sending ---


@_bug("section 4", "what the hub acknowledged counts as placed")
def acknowledged_is_placed() -> Iterator[None]:
    def after_acked(db: Database, after: Any = None) -> Any:
        found = []
        for writer in replica.own_writers(db):
            seq = max(replica.acked_seq(db, writer), (after or {}).get(writer, 0))
            found += store.of_writer_after(db, writer, seq)
        return found

    with _put((replica, "unplaced", after_acked)):
        yield


@_bug("F1", "entries count as acknowledged when they are sent")
def acknowledged_when_sent() -> Iterator[None]:
    make = outbox.next_push

    def noted(db: Database, *rest: Any) -> Any:
        push = make(db, *rest)
        if push is not None:
            replica.put_acked(db, push.writer, push.first_seq + len(push.entries) - 1, 0)
        return push

    with _put((outbox, "next_push", noted), (replica, "forget_lost", lambda *_: None)):
        yield


@_bug("F5", "what the hub acknowledged and lost is not sent again")
def lost_never_sent_again() -> Iterator[None]:
    with _put((replica, "forget_lost", lambda *_: None)):
        yield


@_bug("F13", "the whole history is sent with every push")
def history_sent_again() -> Iterator[None]:
    make = outbox.next_push

    def from_the_first(db: Database, *rest: Any) -> Any:
        with _put((replica, "acked_seq", lambda *_: 0)):
            return make(db, *rest)

    with _put((outbox, "next_push", from_the_first)):
        yield


@_bug("section 10", "private values do not travel with the entries that cite them")
def private_not_carried() -> Iterator[None]:
    with _put((replica, "private_of", lambda *_: ())):
        yield


@_bug("section 10", "a bench keeps a value that was erased elsewhere")
def erased_values_stay() -> Iterator[None]:
    with _put((rebase, "_erase", lambda *_: None)):
        yield


# --- the engine ---


@_bug("F2", "no news is asked for until a push that failed has gone through")
def failed_push_blocks_pulls() -> Iterator[None]:
    may = engine._start

    def start(state: engine.State, now: int) -> Any:
        if state.push.failures or state.push_trouble:
            state = replace(state, pull=replace(state.pull, next_at=now + 1_000))
        return may(state, now)

    with _put((engine, "_start", start)):
        yield


@_bug("F2", "a mark that an upload is under way stays for ever when the upload fails")
def upload_mark_stays() -> Iterator[None]:
    failed = engine._failed

    def marked(state: engine.State, number: int, now: int) -> Any:
        pushing = state.push.number == number
        state = failed(state, number, now)
        return replace(state, working="upload") if pushing else state

    with _put((engine, "_failed", marked)):
        yield


@_bug("F3", "an answer that never comes is waited for")
def waits_for_ever() -> Iterator[None]:
    with _put((engine, "_abandon", lambda state, _now: state)):
        yield


# --- forks and lost histories ---


@_bug("F4", "a fork is taken for a hub that is busy")
def fork_ignored() -> Iterator[None]:
    take = engine._take

    def deaf(state: engine.State, event: Any, now: int) -> Any:
        if isinstance(event, engine.Pushed) and event.answer is Answer.FORK:
            event = replace(event, answer=Answer.BUSY)
        if isinstance(event, engine.Pulled) and event.forked:
            event = engine.Failed(event.number)
        return take(state, event, now)

    with _put((engine, "_take", deaf)):
        yield


@_bug("F4", "after a fork the bench goes on under the same writer")
def writer_not_renewed() -> Iterator[None]:
    begin = Ledger.begin_writer

    def stays(self: Ledger, scope: str, code: str, cause: str, bench: str) -> None:
        if cause != "fork":
            begin(self, scope, code, cause, bench)

    with _put((Ledger, "begin_writer", stays)):
        yield


@_bug("F4", "what the hub had not taken under a forked writer is not recorded again")
def rehome_forgets_the_tail() -> Iterator[None]:
    with _put((going_back, "_record_again", lambda *_: {})):
        yield


@_bug("F5", "orders and epochs are not compared: a hub of the past is followed")
def orders_not_compared() -> Iterator[None]:
    read = rebase._read

    def trusting(db: Database, head: Any, before: Standing, page: Page) -> Any:
        return read(db, head, before, replace(page, standing=_followed(before, page)))

    lenient = lambda self, standing: standing.position <= self.head  # noqa: E731
    with _put((rebase, "_read", trusting), (sim_hub.Hub, "in_history", lenient)):
        yield


@_bug("F5", "a bench deletes its own entries because the hub forgot them")
def go_back_deletes_own() -> Iterator[None]:
    back = going_back.go_back

    def deleting(ledger: Ledger, waiting: Any, position: int, epoch: str) -> Any:
        done = back(ledger, waiting, position, epoch)
        replica.withdraw(ledger.db, replica.unplaced(ledger.db), "the hub has not got it")
        waiting.forget()
        return done

    with _put((going_back, "go_back", deleting)):
        yield


@_bug("F6", "a recovered hub gives places in the order of arrival")
def recovered_in_another_order() -> Iterator[None]:
    offer = sim_hub.Hub.reoffer

    def as_it_comes(self: Any, entries: Any, private: Any) -> None:
        last = max(self.offered, default=self.head)
        offer(self, [(last + 1 + place, sent) for place, (_, sent) in enumerate(reversed(entries))], private)

    with _put((sim_hub.Hub, "reoffer", as_it_comes)):
        yield


@_bug("section 9", "the index of identities is not cut back when entries leave the order")
def index_not_cut_back() -> Iterator[None]:
    with _put((store, "end_at_newest", lambda _db: None)):
        yield
