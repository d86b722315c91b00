"""What a bench keeps of the agreed order: its standing, what is placed, what waits, and where other chains stand.

Nothing here is a flag. What is unplaced follows from the writer's last placed entry, what is unsent from the last one
that the hub acknowledged: both are only ever set from the hub's own answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gms_desktop.journal import schema, store
from gms_desktop.journal.chain import first_hash
from gms_desktop.journal.database import Database, text_statement, upsert
from gms_desktop.journal.entry import Entry
from gms_desktop.journal.private import PrivateValue
from gms_desktop.journal.store import Stored
from gms_desktop.register import base
from gms_desktop.sync.messages import Standing, first_order_hash, next_order_hash

_ACKED = "acked:"

_own = text_statement("SELECT writer FROM writer ORDER BY writer")
_head = text_statement("SELECT seq, hash FROM chain_head WHERE writer = :writer")
_put_head = upsert(schema.chain_head)
_place = text_statement("UPDATE entry SET position = :position, verdict = :verdict WHERE n = :n")
# What is withdrawn, comes again and is withdrawn again is the same bytes: they are kept once, as it was the last time.
_withdraw = upsert(schema.withdrawn)
_remove = text_statement("DELETE FROM entry WHERE n = :n")
_remove_place = text_statement("DELETE FROM entry_place WHERE writer = :writer AND seq = :seq")
_remove_touch = text_statement("DELETE FROM touch WHERE subject = :subject AND n = :n")
_marks = text_statement(
    "SELECT p.seq, p.n, e.hash, e.verdict FROM entry_place p JOIN entry e ON e.n = p.n "
    "WHERE p.writer = :writer AND p.seq >= :low AND p.seq <= :high"
)
_bytes = text_statement(
    "SELECT e.hash, e.bytes FROM entry_place p JOIN entry e ON e.n = p.n "
    "WHERE p.writer = :writer AND p.seq > :seq ORDER BY p.seq LIMIT :most"
)
_last_seqs = text_statement(
    "SELECT w.writer, (SELECT max(p.seq) FROM entry_place p WHERE p.writer = w.writer) FROM writer w"
)
_order = text_statement("SELECT position, hash, verdict FROM entry WHERE position > :position ORDER BY position")
_some_order = text_statement(
    "SELECT position, hash, verdict FROM entry "
    "WHERE position > :after AND position <= :until ORDER BY position LIMIT :most"
)
_private_of = text_statement(
    "SELECT commitment, salt, value, subject FROM private WHERE subject IN (SELECT value FROM json_each(:ids))"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where an own entry stands here: its place in the store, its hash, and the bench's own verdict."""

    n: int
    hash: bytes
    verdict: str


def standing(db: Database, scope: str) -> Standing:
    """How far this replica has come in the agreed order."""
    found = store.meta(db, store.STANDING)
    if found is None:
        return Standing(0, first_order_hash(scope))
    position, order_hash, epoch = found.split(" ")
    return Standing(int(position), bytes.fromhex(order_hash), epoch)


def put_standing(db: Database, reached: Standing) -> None:
    """Write how far this replica has come, in the transaction that took it there."""
    store.put_meta(db, store.STANDING, f"{reached.position} {reached.order_hash.hex()} {reached.epoch}")


def own_writers(db: Database) -> list[str]:
    """Every writer that this database has been, oldest first: a writer's name begins with the time it began."""
    return [writer for (writer,) in db.tuples(_own)]


def placed_seq(db: Database, writer: str) -> int:
    """An own writer's last entry that has its place in the agreed order: all before it have theirs."""
    rows = db.tuples(_head, {"writer": writer})
    return int(rows[0][0]) if rows else 0


def acked_seq(db: Database, writer: str) -> int:
    """An own writer's last entry that the hub said it has. Acknowledged is not placed."""
    return max(_acked(db, writer)[0], placed_seq(db, writer))


def put_acked(db: Database, writer: str, seq: int, hub_head: int) -> None:
    """Write down what the hub acknowledged, and where its order ended when it did."""
    store.put_meta(db, _ACKED + writer, f"{seq} {hub_head}")


def forget_lost(db: Database, reached: int, hub_head: int) -> None:
    """What the hub acknowledged and has not in its order, though it must be there by now, it has lost: send it again.

    Args:
        db: the replica, in a transaction.
        reached: the position of this replica.
        hub_head: the hub's last position.
    """
    for writer in lost(db, reached, hub_head):
        put_acked(db, writer, placed_seq(db, writer), hub_head)


def lost(db: Database, reached: int, hub_head: int) -> list[str]:
    """Own writers with entries that the hub acknowledged and has lost."""
    found = []
    for writer in own_writers(db):
        seq, head_then = _acked(db, writer)
        if seq > placed_seq(db, writer) and (reached >= head_then or hub_head < head_then):
            found.append(writer)
    return found


def _acked(db: Database, writer: str) -> tuple[int, int]:
    seq, _, hub_head = (store.meta(db, _ACKED + writer) or "0 0").partition(" ")
    return int(seq), int(hub_head)


def unfinished_writers(db: Database) -> list[str]:
    """Own writers that have entries without a place, oldest first. The index of identities must be up to date."""
    last = {writer: seq or 0 for writer, seq in db.tuples(_last_seqs)}
    return [writer for writer in own_writers(db) if last[writer] > placed_seq(db, writer)]


def head(db: Database, writer: str, scope: str) -> tuple[int, bytes]:
    """Where the chain of a writer's placed entries stands."""
    rows = db.tuples(_head, {"writer": writer})
    return (rows[0][0], bytes(rows[0][1])) if rows else (0, first_hash(writer, scope))


def put_heads(db: Database, heads: Mapping[str, tuple[int, bytes]]) -> None:
    """Write where the chains of placed entries stand."""
    db.run_many(_put_head, [{"writer": w, "seq": seq, "hash": digest} for w, (seq, digest) in sorted(heads.items())])


def marks(db: Database, writer: str, low: int, high: int) -> dict[int, Mark]:
    """The own entries of a span of seqs, by seq. The index of identities must be up to date."""
    rows = db.tuples(_marks, {"writer": writer, "low": low, "high": high})
    return {seq: Mark(n, bytes(digest), verdict) for seq, n, digest, verdict in rows}


def unplaced(db: Database, after: Mapping[str, int] | None = None) -> list[Stored]:
    """Own entries without a place in the agreed order, in the order of the fold: a former writer's first.

    Args:
        db: the replica.
        after: the seq after which to read, by writer; else after what is placed.
    """
    found: list[Stored] = []
    for writer in own_writers(db):
        seq = placed_seq(db, writer)
        found += store.of_writer_after(db, writer, max(seq, (after or {}).get(writer, 0)))
    return found


def orders(db: Database, scope: str) -> Iterator[tuple[int, bytes]]:
    """Each position here with the order hash after it, the one before the first, or that of the base, included."""
    known = base.known(db)
    below, order_hash = (known.position, known.order_hash) if known else (0, first_order_hash(scope))
    yield below, order_hash
    for lot in db.stream(_order, {"position": below}):
        for position, digest, verdict in lot:
            order_hash = next_order_hash(order_hash, bytes(digest), verdict)
            yield position, order_hash


def order_after(db: Database, after: int, until: int, most: int) -> list[tuple[int, bytes, str]]:
    """Position, hash and verdict of what is placed after one position, up to another, at most so many."""
    rows = db.tuples(_some_order, {"after": after, "until": until, "most": most})
    return [(position, bytes(digest), verdict) for position, digest, verdict in rows]


def next_bytes(db: Database, writer: str, seq: int, most: int) -> list[tuple[bytes, bytes]]:
    """Hash and bytes of a writer's entries after ``seq``. The index of identities must be up to date."""
    return [(bytes(h), bytes(b)) for h, b in db.tuples(_bytes, {"writer": writer, "seq": seq, "most": most})]


def private_of(db: Database, entries: Iterable[Entry]) -> tuple[PrivateValue, ...]:
    """The private values that entries cite. Each belongs to a subject of its entry, or to the scan it records."""
    subjects: dict[str, None] = {}
    cited: set[str] = set()
    for entry in entries:
        if entry.private:
            cited.update(entry.private)
            subjects.update(dict.fromkeys((*entry.premises.touches, f"scan:{entry.id}")))
    rows = db.tuples(_private_of, {"ids": json.dumps(list(subjects))}) if subjects else []
    return tuple(PrivateValue(c, bytes(salt), value, subject) for c, salt, value, subject in rows if c in cited)


def place(db: Database, rows: Iterable[tuple[int, int, str]]) -> None:
    """Give own entries their place: each its ``n``, the position, and the verdict that stands."""
    db.run_many(_place, [{"n": n, "position": position, "verdict": verdict} for n, position, verdict in rows])


def withdraw(db: Database, rows: Sequence[Stored], why: str) -> None:
    """Take entries out of the order. Their bytes are kept, never folded."""
    for one in rows:
        entry = one.entry
        identity = {"writer": entry.writer, "seq": entry.seq}
        had = {"position": one.position, "verdict": one.verdict}
        db.run(_withdraw, {**identity, "hash": one.hash, "bytes": one.content, "why": why, **had})
        db.run(_remove, {"n": one.n})
        db.run(_remove_place, identity)
        # By subject first: that is how they stand, and all of them would have to be looked through otherwise.
        db.run_many(_remove_touch, [{"subject": subject, "n": one.n} for subject in set(entry.premises.touches)])
    store.end_at_newest(db)
