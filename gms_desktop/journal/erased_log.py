"""The write-ahead log still holds what was erased, until it is emptied: pages as they were lie in it for days.

What is erased is overwritten in the file (``secure_delete``); the frames of the log before that are not. So the log is
emptied when the bench is idle: after an erasure, and once after each opening, since an erasure may have been cut off.
"""

from __future__ import annotations

from weakref import WeakSet

from gms_desktop.journal.database import Database

_emptied: WeakSet[Database] = WeakSet()


def ask(db: Database) -> None:
    """Have the log emptied when the bench is next idle: something was erased."""
    _emptied.discard(db)


def empty(db: Database) -> bool:
    """Empty the log of a SQLite file if that was asked for. Outside a transaction, on the thread that writes.

    Waits for no reader, since a scan would wait with it: while one is open nothing is done, and it is tried again.

    Returns:
        Whether nothing is left to empty.
    """
    if db in _emptied:
        return True
    patience = int(db.raw.execute("PRAGMA busy_timeout").fetchone()[0])
    db.raw.execute("PRAGMA busy_timeout=0")
    try:
        busy, _, _ = db.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.raw.execute(f"PRAGMA busy_timeout={patience}")
    if not busy:
        _emptied.add(db)
    return not busy
