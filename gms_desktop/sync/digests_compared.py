"""Compares a bench's register with the hub's at one position: a difference means that one of the two folds is wrong.

What is unplaced has no share in it: each changed row counts as it stood before the oldest unplaced entry changed it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import TypeVar

from gms_desktop.journal.database import Database, text_statement
from gms_desktop.register import undo_log, versions
from gms_desktop.register.digests import MODULUS, Digests
from gms_desktop.register.driver import load_rows
from gms_desktop.register.rows import Row, row_hash
from gms_desktop.sync import replica
from gms_desktop.sync.messages import HubDigest
from gms_desktop.sync.unplaced import Unplaced

T = TypeVar("T")
_NONE = f"{0:032x}"
_LOT = 500
# With so many entries without a place the comparison would hold scans up: it is made when the hub has placed them.
_MOST_WAITING = 10_000

_formers_of = text_statement("SELECT n, formers FROM entry WHERE n IN (SELECT value FROM json_each(:ns))")
_last_seqs = text_statement(
    "SELECT w.writer, (SELECT max(p.seq) FROM entry_place p WHERE p.writer = w.writer) FROM writer w"
)


def differing(
    db: Database, digests: Digests, unplaced: Unplaced, hub: Collection[HubDigest], position: int
) -> tuple[str, ...]:
    """Tables whose digest is not the hub's.

    Args:
        db: the replica.
        digests: of its register as it is now.
        unplaced: its own entries without a place.
        hub: the hub's digests. Those of other positions than the replica's, and those of a register that has another
            shape, say nothing here.
        position: where the replica stands.
    """
    here = [one for one in hub if one.position == position]
    version = versions.register_version() if here else ""
    theirs = {one.table: one.digest for one in here if one.version == version}
    if not theirs:
        return ()
    if _waiting(db) > _MOST_WAITING:
        return ()
    mine = placed_digests(db, digests, unplaced)
    return tuple(sorted(name for name in {*mine, *theirs} if mine.get(name, _NONE) != theirs.get(name, _NONE)))


def _waiting(db: Database) -> int:
    """How many own entries have no place, as far as the index of identities knows."""
    return sum(max(0, (seq or 0) - replica.placed_seq(db, writer)) for writer, seq in db.tuples(_last_seqs))


def placed_digests(db: Database, digests: Digests, unplaced: Unplaced) -> dict[str, str]:
    """The digest of each table as the placed entries alone leave it."""
    sums = {name: int(text, 16) for name, text in digests.as_text().items()}
    before: defaultdict[str, dict[str, Row | None]] = defaultdict(dict)
    for former in _formers(db, [one.stored.n for one in unplaced.rows()]):
        if former.name != undo_log.KEYS:
            before[former.name].setdefault(former.row_id, former.row())
    for name, rows in before.items():
        for ids in _lots(list(rows)):
            now = load_rows(db, name, ids)
            change = sum(_hash(name, rows[row_id]) - _hash(name, now.get(row_id)) for row_id in ids)
            sums[name] = sums.get(name, 0) + change
    return {name: f"{total % MODULUS:032x}" for name, total in sums.items()}


def _formers(db: Database, ns: list[int]) -> Iterator[undo_log.Former]:
    """What entries changed, as each thing stood before, the oldest entry first."""
    for lot in _lots(ns):
        texts: dict[int, str | None] = dict(db.tuples(_formers_of, {"ns": json.dumps(lot)}))
        for n in lot:
            yield from (undo_log.Former(*values) for values in json.loads(texts.get(n) or "[]"))


def _lots(whole: list[T]) -> Iterator[list[T]]:
    return (whole[begin : begin + _LOT] for begin in range(0, len(whole), _LOT))


def _hash(name: str, row: Row | None) -> int:
    return 0 if row is None else row_hash(name, row)
