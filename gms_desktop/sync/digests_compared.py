"""Compares a bench's register with the hub's at one position: a difference means that one of the two folds is wrong.

What is unplaced has no share in it: each changed row counts as it stood before the oldest unplaced entry changed it.
"""

from __future__ import annotations

from collections.abc import Collection

from gms_desktop.journal.database import Database
from gms_desktop.register import undo_log, versions
from gms_desktop.register.digests import MODULUS, Digests
from gms_desktop.register.driver import load_rows
from gms_desktop.register.rows import Row, RowKey, row_hash
from gms_desktop.sync.messages import HubDigest
from gms_desktop.sync.unplaced import Unplaced

_NONE = f"{0:032x}"


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
    mine = placed_digests(db, digests, unplaced)
    return tuple(sorted(name for name in {*mine, *theirs} if mine.get(name, _NONE) != theirs.get(name, _NONE)))


def placed_digests(db: Database, digests: Digests, unplaced: Unplaced) -> dict[str, str]:
    """The digest of each table as the placed entries alone leave it."""
    sums = {name: int(text, 16) for name, text in digests.as_text().items()}
    before: dict[RowKey, Row | None] = {}
    for one in unplaced.rows():
        for former in undo_log.recall(db, one.stored.n):
            if former.name != undo_log.KEYS:
                before.setdefault((former.name, former.row_id), former.row())
    for (name, row_id), row in before.items():
        now = load_rows(db, name, [row_id]).get(row_id)
        sums[name] = sums.get(name, 0) - _hash(name, now) + _hash(name, row)
    return {name: f"{total % MODULUS:032x}" for name, total in sums.items()}


def _hash(name: str, row: Row | None) -> int:
    return 0 if row is None else row_hash(name, row)
