"""Online backups of the bench's file, and what is saved from a damaged one. Nothing is ever overwritten."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import sqlite_file, store
from gms_desktop.journal.database import Database


def back_up(db: Database, target: Path, key: bytes) -> Path:
    """Copy the file while it is in use, then check the copy.

    Args:
        db: the open file.
        target: the copy to make; it must not be there yet.
        key: the key, which the copy keeps.

    Raises:
        Refused: when ``target`` is there already.
        Unavailable: when the disk is full, or the copy does not check out.
    """
    if target.exists():
        raise Refused(f"{target} is there already. Choose another name: a backup is never overwritten.")
    try:
        copy = driver.connect(str(target), isolation_level=None)
        try:
            copy.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            raw: Any = db.raw
            raw.backup(copy)
            # The lease's token stays with the original: a copy that is put back begins a new writer.
            copy.execute("DELETE FROM meta WHERE name = 'lease'")
            said = copy.execute("PRAGMA quick_check").fetchone()[0]
        finally:
            copy.close()
    except driver.Error as fault:
        target.unlink(missing_ok=True)
        raise sqlite_file.in_words(fault, target) from fault
    if said != "ok":
        raise Unavailable(f"The backup {target} does not check out: {said}.", still_works="The bench works on.")
    return target


def set_aside(path: Path, at: datetime) -> Path:
    """Move a damaged file and its write-ahead log out of the way under a name with the time; nothing is deleted."""
    stamp = at.strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}.damaged-{stamp}-{number}{path.suffix}")
    for suffix in ("", "-wal", "-shm"):
        part = Path(f"{path}{suffix}")
        if part.exists():
            part.rename(Path(f"{aside}{suffix}"))
    return aside


def salvage(path: Path, key: bytes) -> list[store.Stored]:
    """Read the entries of a damaged file as far as its pages and chains hold, oldest first.

    Raises:
        Unavailable: when not even the first page can be read.
    """
    db = sqlite_file.open_for_reading(path, key)
    found: list[store.Stored] = []
    try:
        for lot in store.since(db, 0, 1):
            found += lot
    except (driver.Error, ValueError):
        return found
    finally:
        db.close()
    return found
