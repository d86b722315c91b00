"""What a bench has to send: the next stretch of its writers' entries that the hub has not acknowledged."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.entry import MOST_BYTES as MOST_OF_ONE
from gms_desktop.journal.entry import from_own_bytes
from gms_desktop.journal.store import Writer
from gms_desktop.register import touched
from gms_desktop.sync import replica
from gms_desktop.sync.messages import MOST_BYTES, MOST_ENTRIES, Answer, Push, PushAnswer, Sent

_HAS = frozenset({Answer.OK, Answer.DUP})

_last_seq = text_statement("SELECT max(seq) FROM entry_place WHERE writer = :writer")


def next_push(db: Database, scope: str, most: int = MOST_ENTRIES, sent: Push | None = None) -> Push | None:
    """The next batch for the hub, the oldest writer's first; None when the hub has acknowledged everything.

    Inside a transaction that may write: the index of identities is brought up to date first.

    Args:
        db: the bench's file.
        scope: whose entries these are.
        most: how many entries it takes.
        sent: a batch that is under way: what follows it is read.
    """
    touched.follow(db)
    for writer in replica.own_writers(db):
        has = replica.acked_seq(db, writer)
        if sent is not None and sent.writer == writer:
            has = max(has, sent.last_seq)
        rows = replica.next_bytes(db, writer, has, min(most, MOST_ENTRIES))
        if rows:
            return _batch(db, scope, writer, has + 1, rows)
    return None


def still_next(db: Database, scope: str, ahead: Push) -> Push | None:
    """A batch that was read ahead, from where the bench stands now; None when it is not the next one any more.

    So it is when the hub has not taken what was before it, or when its entries have left the order since: the chain
    hash of its last one stands for all of them.
    """
    for writer in replica.own_writers(db):
        acked = replica.acked_seq(db, writer)
        if writer == ahead.writer:
            last = replica.marks(db, writer, ahead.last_seq, ahead.last_seq).get(ahead.last_seq)
            is_next = acked + 1 == ahead.first_seq and last is not None and last.hash == ahead.entries[-1].hash
            return replace(ahead, standing=replica.standing(db, scope)) if is_next else None
        if replica.next_bytes(db, writer, acked, 1):
            return None
    return None


def is_full(push: Push, most: int) -> bool:
    """Whether a batch holds as much as one may: then more may wait behind it."""
    size = sum(len(one.content) for one in push.entries)
    return len(push.entries) >= min(most, MOST_ENTRIES) or size > MOST_BYTES - MOST_OF_ONE


def _batch(db: Database, scope: str, writer: str, first_seq: int, rows: list[tuple[bytes, bytes]]) -> Push:
    kept: list[tuple[bytes, bytes]] = []
    size = 0
    for digest, content in rows:
        size += len(content)
        if kept and size > MOST_BYTES:
            break
        kept.append((digest, content))
    entries = [from_own_bytes(content) for _, content in kept]
    sent = tuple(Sent(digest, content) for digest, content in kept)
    return Push(scope, writer, first_seq, sent, replica.private_of(db, entries), replica.standing(db, scope))


def waiting(db: Database, head: Writer) -> int:
    """How many entries the hub has not acknowledged, of the current writer and of those before it."""
    return sum(_last(db, writer, head) - replica.acked_seq(db, writer) for writer in replica.own_writers(db))


def _last(db: Database, writer: str, head: Writer) -> int:
    return head.last_seq if writer == head.writer else int(db.value(_last_seq, {"writer": writer}) or 0)


def note_answer(db: Database, push: Push, answer: PushAnswer) -> None:
    """Write down what the hub says it has of a writer: never more than was sent.

    Less than before only when it says that there is a gap: it lost what it had acknowledged and not yet placed. Any
    other answer says nothing about these entries: of a fork the hub has as many, and they are not these.
    """
    acked = min(answer.acked_seq, push.last_seq)
    if answer.answer is Answer.GAP or (answer.answer in _HAS and acked > replica.acked_seq(db, push.writer)):
        replica.put_acked(db, push.writer, acked, answer.head)
