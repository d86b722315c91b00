"""Online backups of the bench's file, and what is saved from a damaged one. Nothing is ever overwritten."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import sqlite_file, store
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.database import Database

# How far to look behind a damaged page when the newest entry's place cannot be read: more entries than one page of the
# table's index leads to.
_MOST_BEHIND_DAMAGE = 2_000


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
    while any(part.exists() for part in _parts(aside)):
        number += 1
        aside = path.with_name(f"{path.stem}.damaged-{stamp}-{number}{path.suffix}")
    for part, target in zip(_parts(path), _parts(aside), strict=True):
        if part.exists():
            part.rename(target)
    return aside


def _parts(path: Path) -> list[Path]:
    return [Path(f"{path}{suffix}") for suffix in ("", "-wal", "-shm")]


def salvage(path: Path, key: bytes) -> list[store.Stored]:
    """Read what the pages of a damaged file still hold: every entry that can be read and agrees with its hash.

    An entry behind a damaged page is read too: what was recorded last is what nobody else has yet.

    Returns:
        Entries oldest first. Where one is missing, the hash of the next cannot be proved, and its page's own check
        has to do.

    Raises:
        Unavailable: when not even the file's own list of tables can be read.
    """
    found: list[store.Stored] = []
    n, end = 0, 1
    while n < end:
        db = sqlite_file.open_for_reading(path, key)
        try:
            for lot in store.since(db, n, 1):
                found += lot
                n = lot[-1].n
            return _unchanged(found)
        except (driver.Error, ValueError, LookupError, TypeError):
            # The driver gives up the whole connection at a bad page: go on behind it with a new one.
            end = _newest(path, key) or (found[-1].n if found else 0) + _MOST_BEHIND_DAMAGE
            n += 1
        finally:
            db.close()
    return _unchanged(found)


def _newest(path: Path, key: bytes) -> int | None:
    db = sqlite_file.open_for_reading(path, key)
    try:
        return store.last_n(db)
    except driver.Error:
        return None
    finally:
        db.close()


def _unchanged(found: list[store.Stored]) -> list[store.Stored]:
    heads: dict[str, tuple[int, bytes]] = {}
    kept = []
    for one in found:
        entry = one.entry
        seq, previous = heads.get(entry.writer, (0, first_hash(entry.writer, entry.scope)))
        if entry.seq <= seq:
            continue
        if entry.seq > seq + 1 or next_hash(previous, one.content) == one.hash:
            kept.append(one)
        heads[entry.writer] = (entry.seq, one.hash)
    return kept
