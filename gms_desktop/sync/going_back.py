"""What is done when the hub's order is not this replica's: a forked writer is left, and a lost history is gone back on.

Nothing is deleted. What leaves the order is kept as withdrawn; what was this bench's own is recorded again or waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from gms_desktop.journal import store
from gms_desktop.journal.chain import first_hash
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.entry import Entry, Premises
from gms_desktop.journal.private import PrivateValue
from gms_desktop.journal.store import Stored
from gms_desktop.register import base, labels, rebuild, touched, undo_log
from gms_desktop.register.driver import Arrived, Driver
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.sync import replica
from gms_desktop.sync.messages import Sent, Standing
from gms_desktop.sync.rebase import Flip
from gms_desktop.sync.unplaced import Unplaced, Waiting, overtaken

REHOMED = "re-homed under a new writer"
ORDER_CHANGED = "the hub's order changed"

_unplace = text_statement("UPDATE entry SET position = NULL WHERE n = :n")
_after = text_statement(
    "SELECT n, bytes, hash, verdict, position FROM entry WHERE position > :position ORDER BY position"
)
_drop_heads = text_statement("DELETE FROM chain_head")
_heads = text_statement(
    "SELECT writer, max(seq), hash FROM entry WHERE position IS NOT NULL AND position <= :position GROUP BY writer"
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


def go_back(ledger: Ledger, unplaced: Unplaced, position: int, epoch: str) -> GoneBack:
    """Go back to where the hub's order and this replica's part, in the caller's transaction.

    Own entries after it wait for a place again; others' are withdrawn, and come again as the hub now has them.

    Raises:
        BelowBase: when that is before what the base of this file holds; nothing is changed.
    """
    db, scope = ledger.db, ledger.head.scope
    touched.follow(db)
    below = base.known(db)
    if below is not None and position < below.position:
        raise BelowBase("The hub's order is another one before this bench's base begins. Let this bench join again.")
    order_hash = next(digest for place, digest in replica.orders(db, scope) if place == position)
    own = set(replica.own_writers(db))
    waited = replica.unplaced(db)
    after = [store.stored(values) for values in db.tuples(_after, {"position": position})]
    foreign = [one for one in after if one.entry.writer not in own]
    db.run_many(_unplace, [{"n": one.n} for one in after if one.entry.writer in own])
    replica.withdraw(db, foreign, ORDER_CHANGED)
    db.run(_drop_heads)
    db.run(_drop_acked)
    heads = dict(below.heads) if below is not None else {}
    for writer, seq, digest in db.tuples(_heads, {"position": position}):
        # Of a writer's entries below the base only some may be kept: its head there is the base's.
        if writer not in heads or seq > heads[writer][0]:
            heads[writer] = (seq, bytes(digest))
    replica.put_heads(db, heads)
    replica.put_standing(db, Standing(position, order_hash, epoch))
    was = [*waited, *(one for one in after if one.entry.writer in own)]
    rebuild.fold_anew(db, judge_unplaced=True)
    flips = _flips(was, {one.n: one.verdict for one in replica.unplaced(db)})
    store.put_head(db, ledger.head, store.last_n(db))
    unplaced.forget()
    ledger.reload()
    return GoneBack(len(foreign), flips)


class BelowBase(Exception):
    """What would have to be gone back on stands in the base, not in entries."""


Offers = tuple[list[tuple[int, Sent]], tuple[PrivateValue, ...]]


def offers(db: Database, position: int, most: int, most_bytes: int) -> Offers:
    """What this bench holds of the agreed order after a position, with the values it cites, for a hub that lost it."""
    rows: list[Stored] = []
    size = 0
    for lot in db.stream(_after, {"position": position}, most):
        for values in lot:
            one = store.stored(values)
            size += len(one.content)
            if rows and (size > most_bytes or len(rows) == most):
                break
            rows.append(one)
        break
    entries = [(one.position or 0, Sent(one.hash, one.content, one.verdict)) for one in rows]
    return entries, replica.private_of(db, [one.entry for one in rows])
