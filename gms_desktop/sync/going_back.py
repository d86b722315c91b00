"""What is done when the hub's order is not this replica's: a forked writer is left, and a lost history is gone back on.

Nothing is deleted. What leaves the order is kept as withdrawn; what was this bench's own is recorded again or waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from gms_desktop.journal import store
from gms_desktop.journal.chain import first_hash
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.entry import Entry, Premises
from gms_desktop.journal.private import PrivateValue
from gms_desktop.journal.store import Stored
from gms_desktop.register import base, labels, touched, undo_log
from gms_desktop.register.digests import Digests
from gms_desktop.register.driver import Arrived, Driver
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.sync import folding_beside, giving_back, replica
from gms_desktop.sync.folding_beside import LOT, SLICE_SECONDS, FoldingBeside, Wanted
from gms_desktop.sync.messages import Standing, next_order_hash
from gms_desktop.sync.rebase import Flip
from gms_desktop.sync.room_beside import Progress
from gms_desktop.sync.unplaced import Unplaced, Waiting, overtaken

REHOMED = "re-homed under a new writer"
_ORDER_LOT = 1000

_unplace = text_statement("UPDATE entry SET position = NULL WHERE n = :n")
_after = text_statement(
    "SELECT n, bytes, hash, verdict, position FROM entry WHERE position > :position ORDER BY position"
)
_drop_heads = text_statement("DELETE FROM chain_head")
_chains = text_statement("SELECT writer, seq, hash FROM chain_head")
_first_after = text_statement("SELECT writer, min(seq) FROM entry WHERE position > :position GROUP BY writer")
_hash = text_statement(
    "SELECT e.hash FROM entry_place p JOIN entry e ON e.n = p.n WHERE p.writer = :writer AND p.seq = :seq"
)
_order_after = text_statement(
    "SELECT position, hash, verdict FROM entry WHERE position > :position ORDER BY position LIMIT :most"
)
_drop_acked = text_statement("DELETE FROM meta WHERE name LIKE 'acked:%'")


@dataclass(frozen=True, slots=True)
class Rehomed:
    """What came of leaving a writer.

    Attributes:
        former: the writer that was left; ``writer`` is the new one.
        entries: those that were recorded again under the new writer, old to new.
        numbers: our numbers among them, which may be on two tubes.
        flips: other own entries whose verdict rested on these and is another now.
    """

    former: str
    writer: str
    entries: Mapping[str, str]
    numbers: tuple[str, ...]
    flips: tuple[Flip, ...] = ()


@dataclass(frozen=True, slots=True)
class GoneBack:
    """What came of going back: how many entries of others were withdrawn, and own ones whose verdict is another now."""

    withdrawn: int
    flips: tuple[Flip, ...]


def rehome(ledger: Ledger, unplaced: Unplaced, writer: str, seq: int, short_code: str, bench: str) -> Rehomed:
    """Leave a writer that somebody else has gone on as: begin a new one and record the tail again under it.

    Args:
        ledger: the bench's ledger, inside a transaction; it is read again.
        unplaced: the unplaced entries; read again.
        writer: the writer to leave.
        seq: the first entry of its tail; 0: the one after what the hub acknowledged.
        short_code: for our numbers from now on.
        bench: the bench's name.
    """
    db = ledger.db
    touched.follow(db)
    first = seq or replica.acked_seq(db, writer) + 1
    rows = unplaced.rows()
    tail = [one for one in rows if one.stored.entry.writer == writer and one.stored.entry.seq >= first]
    behind = overtaken(unplaced, (), [one.stored.n for one in tail])
    gone = {one.stored.n for one in tail}
    driver = Driver(db)
    driver.put_back(undo_log.newest_first(db, [one.stored.n for one in behind]))
    flips = _fold_again(db, driver, [one for one in behind if one.stored.n not in gone])
    replica.withdraw(db, [one.stored for one in tail], REHOMED)
    driver.digests.save(store.last_n(db))
    store.put_head(db, ledger.head, store.last_n(db))
    if tail:
        _end_before(ledger, writer, first)
    ledger.reload()
    # What is folded beside counts on the order as it was.
    folding_beside.abandon(db)
    former = ledger.head
    if former.writer == writer:
        ledger.begin_writer(former.scope, short_code, "fork", bench)
    named = _record_again(ledger, [one.stored for one in tail])
    numbers = _numbers([one.stored.entry for one in tail])
    ledger.append([Draft("writer.forked", {"writer": writer, "seq": first, "numbers": list(numbers)})], None)
    unplaced.forget()
    return Rehomed(writer, ledger.head.writer, named, numbers, flips)


def _numbers(tail: Sequence[Entry]) -> tuple[str, ...]:
    """Our numbers among these entries; one that has no sense names none, and must not stop the others."""
    named = (entry.body.get("accession") for entry in tail if entry.kind == "specimen.received")
    return tuple(number for number in named if type(number) is str)


def _end_before(ledger: Ledger, writer: str, first: int) -> None:
    """The head of the writer that is left stands at the last entry that stays."""
    db = ledger.db
    head = next(one for one in store.writers(db) if one.writer == writer)
    last = store.by_identity(db, f"{writer}/{first - 1}")
    digest = last.hash if last is not None else first_hash(writer, head.scope)
    store.put_head(db, replace(head, last_seq=first - 1, last_hash=digest), store.last_n(db))


def _end_with(db: Database, again: Iterable[Stored]) -> None:
    """A writer that was left ends where its entries do: some may be another bench's, and wait here for a place now."""
    newest = {one.entry.writer: one for one in again}
    for head in store.writers(db):
        last = newest.get(head.writer)
        if last is not None and head.state != "current" and last.entry.seq > head.last_seq:
            store.put_head(db, replace(head, last_seq=last.entry.seq, last_hash=last.hash), store.last_n(db))


def _fold_again(db: Database, driver: Driver, rows: Sequence[Waiting]) -> tuple[Flip, ...]:
    """Judge and fold again what rested on entries that were taken away."""
    arrived = [Arrived(one.stored.n, one.stored.entry) for one in rows]
    rulings = driver.fold_new(arrived)
    store.put_formers(db, {one.n: driver.formers.get(one.n) for one in arrived})
    verdicts = {one.n: ruling.judgement.value for one, ruling in zip(arrived, rulings, strict=True)}
    store.put_verdicts(db, verdicts)
    labels.tidy_waiting(db)
    return _flips([one.stored for one in rows], verdicts)


def _flips(was: Sequence[Stored], verdicts: Mapping[int, str]) -> tuple[Flip, ...]:
    return tuple(Flip(one.entry, one.verdict, verdicts[one.n]) for one in was if verdicts[one.n] != one.verdict)


def _record_again(ledger: Ledger, tail: Sequence[Stored]) -> dict[str, str]:
    """Record the tail's entries under the current writer: what happened stays as it was, names of entries follow."""
    head = ledger.head
    named = {one.entry.id: f"{head.writer}/{head.last_seq + place}" for place, one in enumerate(tail, start=1)}
    # Of an act whose first entries the hub has, the rest keeps the act's name: it is not undone as a whole any more.
    entries = [_renamed(one.entry, head.writer, head.last_seq + place, named) for place, one in enumerate(tail, 1)]
    ledger.record_again(entries, _private(ledger.db, tail, named))
    return named


def _renamed(entry: Entry, writer: str, seq: int, named: Mapping[str, str]) -> Entry:
    said = entry.premises
    return replace(
        entry,
        writer=writer,
        seq=seq,
        action=named.get(entry.action, entry.action),
        undoes=named.get(entry.undoes, entry.undoes) if entry.undoes else None,
        because=(*(named.get(one, one) for one in entry.because), entry.id),
        body=cast("dict[str, Any]", _in_value(entry.body, named)),
        premises=Premises(
            said.touches,
            tuple((key, named.get(holder, holder)) for key, holder in said.claims),
            tuple((key, _named(holder, named)) for key, holder in said.requires),
            tuple((key, _named(holder, named)) for key, holder in said.expects),
            tuple((key, named.get(holder, holder)) for key, holder in said.releases),
        ),
    )


def _named(holder: str | None, named: Mapping[str, str]) -> str | None:
    return None if holder is None else named.get(holder, holder)


def _in_value(value: object, named: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return named.get(value, value)
    if isinstance(value, Mapping):
        return {key: _in_value(one, named) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_in_value(one, named) for one in value]
    return value


def _private(db: Database, tail: Sequence[Stored], named: Mapping[str, str]) -> list[PrivateValue]:
    """The values of recorded scans belong to the scan's entry: they follow it to its new name."""
    values = replica.private_of(db, [one.entry for one in tail])
    old = {f"scan:{was}": f"scan:{now}" for was, now in named.items()}
    return [replace(value, subject=old[value.subject]) for value in values if value.subject in old]


class GoingBack:
    """Goes back to where the hub's order and this replica's part: folded beside, then put in place by :func:`go_back`.

    Own entries after it wait for a place again; others' are withdrawn, and come again as the hub now has them.
    """

    def __init__(self, to: Standing, lot: int = LOT, seconds: float = SLICE_SECONDS) -> None:
        """Begin.

        Args:
            to: the last position at which the two orders are one, the order hash there, and the hub's epoch.
            lot: how many entries are folded at once.
            seconds: for how long one step takes lot after lot.
        """
        self.to = to
        self._lot, self._seconds = lot, seconds
        self.left: Standing | None = None
        self.folding: FoldingBeside | None = None
        self._proved: Standing | None = None

    def step(self, ledger: Ledger) -> bool:
        """Do the next short piece of work, in the caller's transaction; whether there is more before :func:`go_back`.

        Raises:
            BelowBase: when that is before what the base of this file holds; nothing is changed.
            OrderDiffers: when the position is none at which the orders are one.
        """
        db, scope = ledger.db, ledger.head.scope
        if self.folding is not None:
            return self.folding.step(db)
        touched.follow(db)
        if self._proved is None:
            below = base.known(db)
            if below is not None and self.to.position < below.position:
                raise BelowBase(
                    "The hub's order is another one before this bench's base begins. Let this bench join again."
                )
            self.left, self._proved = replica.standing(db, scope), self.to
        rows = db.tuples(_order_after, {"position": self._proved.position, "most": _ORDER_LOT})
        self._proved = followed(self._proved, rows)
        if len(rows) == _ORDER_LOT:
            return True
        if self.left is None or self._proved.order_hash != self.left.order_hash:
            raise OrderDiffers("This bench's order is not the hub's where they were said to part. It is asked again.")
        known, own = self.heads(db), replica.own_writers(db)
        placed = {writer: known[writer][0] if writer in known else 0 for writer in own}
        self.folding = FoldingBeside(Wanted(self.to, placed, judge=True), self._lot, self._seconds)
        return True

    def progress(self, ledger: Ledger) -> Progress:
        """How far the fold has come; nothing is known of it while the order is still being compared."""
        return Progress() if self.folding is None else self.folding.progress(ledger.db)

    def heads(self, db: Database) -> dict[str, tuple[int, bytes]]:
        """Where the chain of each writer stands at that position."""
        heads = {writer: (seq, bytes(digest)) for writer, seq, digest in db.tuples(_chains)}
        below = base.known(db)
        for writer, first in db.tuples(_first_after, {"position": self.to.position}):
            # Of a writer's entries below the base only some may be kept: its head there is the base's.
            head = below.heads.get(writer) if below is not None else None
            if first == 1:
                del heads[writer]
            elif head is not None and head[0] == first - 1:
                heads[writer] = head
            else:
                rows = db.tuples(_hash, {"writer": writer, "seq": first - 1})
                heads[writer] = (first - 1, bytes(rows[0][0]))
        return heads


def followed(standing: Standing, rows: Iterable[tuple[int, bytes, str]]) -> Standing:
    """The standing after further entries: of each its position, hash and verdict."""
    reached = standing
    for position, digest, verdict in rows:
        reached = Standing(position, next_order_hash(reached.order_hash, bytes(digest), verdict), standing.epoch)
    return reached


def go_back(ledger: Ledger, unplaced: Unplaced, going: GoingBack) -> GoneBack:
    """Put in place what :class:`GoingBack` has folded, in the caller's transaction.

    Raises:
        OrderDiffers: when the replica stands elsewhere than when the work began, or has a writer more.
    """
    db, to, folding = ledger.db, going.to, going.folding
    left = replica.standing(db, ledger.head.scope)
    if folding is None or left != going.left:
        raise OrderDiffers("This bench's order changed while it went back. It is asked again.")
    touched.follow(db)
    own = set(replica.own_writers(db))
    if not folding.knows(own):
        raise OrderDiffers("A new writer began at this bench while it went back. It is asked again.")
    after = [store.stored(values) for values in db.tuples(_after, {"position": to.position})]
    foreign = [one for one in after if one.entry.writer not in own]
    heads = going.heads(db)
    flips = folding.put_in_place(db)
    again = [one for one in after if one.entry.writer in own]
    db.run_many(_unplace, [{"n": one.n} for one in again])
    replica.withdraw(db, foreign, giving_back.ORDER_CHANGED)
    giving_back.note_going_back(db, left.position)
    db.run(_drop_heads)
    db.run(_drop_acked)
    replica.put_heads(db, heads)
    replica.put_standing(db, to)
    Digests(db).save(store.last_n(db))
    store.put_head(db, ledger.head, store.last_n(db))
    _end_with(db, again)
    unplaced.forget()
    ledger.reload()
    return GoneBack(len(foreign), flips)


class OrderDiffers(Exception):
    """The bench's order is not what going back began from: the hub is asked again where the two part."""


class BelowBase(Exception):
    """What would have to be gone back on stands in the base, not in entries."""
