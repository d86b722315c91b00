"""Takes entries away that a base stands for, in small lots when a bench is idle: its file does not grow for ever.

Never what has no place in the hub's order, never the bench's own last 90 days, which a hub that lost them may ask for
back, never what may still be undone, and never a row of the register (ARCHITECTURE section 7).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from gms_desktop.journal import store
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.register import base as register_base
from gms_desktop.register import touched, undo_log
from gms_desktop.register.digests import Digests
from gms_desktop.sync import replica

KEPT = timedelta(days=90)
LOT = 100
_META = "pruned_to"

_next = text_statement(
    "SELECT n, writer, seq, position, bytes FROM entry "
    "WHERE position > :position AND position <= :end ORDER BY position LIMIT :most"
)
_drop_entry = text_statement("DELETE FROM entry WHERE n = :n")
_drop_place = text_statement("DELETE FROM entry_place WHERE writer = :writer AND seq = :seq")
_drop_touch = text_statement("DELETE FROM touch WHERE subject = :subject AND n = :n")


def waits(db: Database) -> bool:
    """Whether there may be entries to take away."""
    base = register_base.known(db)
    return base is not None and _reached(db) < base.position


def prune(db: Database, now: datetime, most: int = LOT) -> int:
    """Look through the next lot below the base, in the caller's transaction.

    Args:
        db: the bench's file.
        now: aware UTC, by the bench's own clock: what it says only keeps entries longer or less long.
        most: how many entries are looked at.

    Returns:
        How many were taken away.
    """
    base = register_base.known(db)
    if base is None:
        return 0
    touched.follow(db)
    own = set(replica.own_writers(db))
    keep_from = _keep_from(db)
    rows = db.tuples(_next, {"position": _reached(db), "end": base.position, "most": most})
    gone = [row for row in rows if row[0] < keep_from and not (row[1] in own and _is_recent(row[4], now))]
    _take_away(db, gone)
    store.put_meta(db, _META, str(rows[-1][3] if len(rows) == most else base.position))
    return len(gone)


def begin_again(db: Database) -> None:
    """Look at everything below the base once more: what was kept for its age is older now, or the base is newer."""
    store.put_meta(db, _META, "0")


def _reached(db: Database) -> int:
    return int(store.meta(db, _META) or 0)


def _keep_from(db: Database) -> int:
    """From where all entries stay: what may be undone, and those whose acts left head and digests beside them only."""
    current = next((head.writer for head in store.writers(db) if head.state == "current"), "")
    head = json.loads(store.meta(db, f"head:{current}") or '[0, "", 0, 0]')
    return min(store.last_n(db) - undo_log.DEPTH, int(Digests(db).written_at), int(head[-1]))


def _is_recent(content: bytes, now: datetime) -> bool:
    happened = datetime.fromisoformat(json.loads(content)["occurred_at"])
    return happened > now - KEPT


def _take_away(db: Database, rows: Sequence[tuple[Any, ...]]) -> None:
    touches = [
        {"subject": subject, "n": n}
        for n, _writer, _seq, _position, content in rows
        for subject in dict.fromkeys(json.loads(content)["touches"])
    ]
    db.run_many(_drop_touch, touches)
    db.run_many(_drop_place, [{"writer": writer, "seq": seq} for _, writer, seq, _, _ in rows])
    db.run_many(_drop_entry, [{"n": row[0]} for row in rows])
