"""What a bench gives back to a hub that forgot: what stands in its order, and what left it and has not come again.

A recovery may be closed before a bench has given all back, or before it was switched on. What is its own it sends as
ever; what is others' leaves its order then, is kept, and is given back in the next recovery. Nothing here is a flag:
the hub lacks what was withdrawn and lies behind the head of its writer's chain.
"""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.journal import store
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.private import PrivateValue
from gms_desktop.journal.store import Stored
from gms_desktop.sync import replica
from gms_desktop.sync.messages import Sent

ORDER_CHANGED = "the hub's order changed"
_GIVEN_IN = "given_back"

_placed_after = text_statement(
    "SELECT n, bytes, hash, verdict, position FROM entry WHERE position > :position ORDER BY position LIMIT :most"
)
# Writer by writer, each from the head of its chain: nothing else of what was ever withdrawn is looked at.
_GONE = (
    "WITH RECURSIVE who(writer) AS (SELECT min(writer) FROM withdrawn UNION ALL "
    "SELECT (SELECT min(n.writer) FROM withdrawn n WHERE n.writer > who.writer) "
    "FROM who WHERE who.writer IS NOT NULL), "
    "gone AS (SELECT w.* FROM who JOIN withdrawn w ON w.writer = who.writer "
    "AND w.seq > coalesce((SELECT c.seq FROM chain_head c WHERE c.writer = who.writer), 0) WHERE w.why = :why)"
)
_AFTER = (
    "SELECT 0, bytes, hash, coalesce(verdict, ''), coalesce(position, 0) FROM gone "
    "WHERE (writer, seq, hash) > (:writer, :seq, :hash) ORDER BY writer, seq, hash LIMIT :most"
)
_count_gone, _gone_after = (text_statement(f"{_GONE} {asked}") for asked in ("SELECT count(*) FROM gone", _AFTER))

Offers = tuple[list[tuple[int, Sent]], tuple[PrivateValue, ...]]
Key = tuple[str, int, bytes]
FIRST: Key = ("", 0, b"")


def recovery_of(epoch: str) -> int:
    """The number of the hub's last recovery, 0 before the first."""
    number = epoch.rpartition("/")[2]
    return int(number) if number.isdecimal() else 0


def note_all_given(db: Database, recovery: int, position: int) -> None:
    """In this recovery the bench gave back all that it holds: what does not come again, a person left out.

    Args:
        db: the bench's file.
        recovery: its number.
        position: where the bench stood when it began to give.
    """
    store.put_meta(db, _GIVEN_IN, f"{recovery} {position}")


def note_going_back(db: Database, position: int) -> None:
    """What stood up to ``position`` leaves the order: a page of before, taken after all was given, was not given."""
    if position > _given(db)[1]:
        store.put_meta(db, _GIVEN_IN, "0")


def _given(db: Database) -> tuple[int, int]:
    recovery, _, position = (store.meta(db, _GIVEN_IN) or "0").partition(" ")
    return int(recovery), int(position or 0)


def unheard(db: Database, recovery: int) -> int:
    """How many entries of others left the order, have not come again, and were not given back in the last recovery."""
    return 0 if _given(db)[0] == recovery else int(db.value(_count_gone, {"why": ORDER_CHANGED}))


def offers(db: Database, position: int, most: int, most_bytes: int) -> Offers:
    """What this bench holds of the agreed order after a position, with the values it cites, for a hub that lost it."""
    rows = db.tuples(_placed_after, {"position": position, "most": most})
    return _offers(db, [store.stored(row) for row in rows], most_bytes)


def offers_of_gone(db: Database, after: Key, most: int, most_bytes: int) -> tuple[Offers, Key]:
    """What left the order and has not come again, with the positions it had; and the key of the last of it."""
    writer, seq, digest = after
    asked = {"why": ORDER_CHANGED, "writer": writer, "seq": seq, "hash": digest, "most": most}
    rows = [store.stored(row) for row in db.tuples(_gone_after, asked)]
    found = _offers(db, rows, most_bytes)
    last = rows[len(found[0]) - 1] if rows else None
    return found, (last.entry.writer, last.entry.seq, last.hash) if last is not None else after


def _offers(db: Database, rows: Sequence[Stored], most_bytes: int) -> Offers:
    kept: list[Stored] = []
    size = 0
    for one in rows:
        size += len(one.content)
        if kept and size > most_bytes:
            break
        kept.append(one)
    entries = [(one.position or 0, Sent(one.hash, one.content, one.verdict)) for one in kept]
    return entries, replica.private_of(db, [one.entry for one in kept])
