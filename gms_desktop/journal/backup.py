"""Online backups of the bench's file, and what is saved from a damaged one. Nothing is ever overwritten."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import sqlite_file, store
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.database import Database, text_statement

Between = Callable[[], None]

PART = ".part"
# Pages of a slice: about 5 ms. So many slices go to the disk together: 6 MB.
_PAGES = 100
_FLUSH_EVERY = 16
# So many of the newest entries have their chain followed after each backup: the rest is in every restore drill.
_CHAIN_OF = 100_000
_CHAIN_LOT = 100

_chain_rows = text_statement("SELECT writer, seq, hash, bytes FROM entry WHERE n > :n ORDER BY n")

# How far to look behind a damaged page when the newest entry's place cannot be read: more entries than one page of the
# table's index leads to.
_MOST_BEHIND_DAMAGE = 2_000


def _nothing() -> None:
    """Nobody waits."""


def back_up(db: Database, target: Path, key: bytes, between: Between = _nothing) -> Path:
    """Copy the file as it stands now, while others write to it, then check the copy.

    The copy is made under another name, written through to its disk, checked, and only then given its own: whatever
    bears that name is whole.

    Args:
        db: the open file, outside a transaction; best a connection of its own, so that nobody waits for the copy.
        target: the copy to make; it must not be there yet.
        key: the key, which the copy keeps.
        between: called after each slice of a few milliseconds; what it raises ends the backup and removes the copy.

    Raises:
        Refused: when ``target`` is there already.
        Unavailable: when the disk is full or away, or the copy does not check out.
    """
    if target.exists():
        raise Refused(f"{target} is there already. Choose another name: a backup is never overwritten.")
    part = target.with_name(f"{target.name}{PART}")
    try:
        newest = _copy(db, part, key, between)
        check_copy(part, key, newest, between)
        part.replace(target)
        write_through(target.parent)
    except BaseException as fault:
        for left in (part, Path(f"{part}-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
        if isinstance(fault, driver.Error | OSError):
            raise _told(fault, target) from fault
        raise
    return target


def _copy(db: Database, part: Path, key: bytes, between: Between) -> int:
    raw: Any = db.raw
    copy = driver.connect(str(part), isolation_level=None)
    try:
        copy.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        # A copy that is not finished is thrown away: nothing of it need be restored or flushed page by page.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-4000"):
            copy.execute(f"PRAGMA {pragma}")
        # One moment is copied: without it, each commit of the bench would have the copy begun again.
        raw.execute("BEGIN")
        try:
            newest = store.last_n(db)
            raw.backup(copy, pages=_PAGES, progress=_flushing(part, between))
        finally:
            raw.execute("ROLLBACK")
        copy.execute("PRAGMA synchronous=FULL")
        # One file without a log beside it: it can be read from a disk that is not to be written.
        copy.execute("PRAGMA journal_mode=DELETE")
        # The lease's token stays with the original: a copy that is put back begins a new writer.
        copy.execute("DELETE FROM meta WHERE name = 'lease'")
    finally:
        copy.close()
    write_through(part)
    return newest


def _flushing(part: Path, between: Between) -> Callable[[int, int, int], None]:
    """After each slice; every few megabytes go to the disk at once, or the last flush would hold up the bench's own."""
    slices = itertools.count(1)

    def after(_status: int, _left: int, _all: int) -> None:
        if next(slices) % _FLUSH_EVERY == 0:
            write_through(part)
        between()

    return after


def write_through(path: Path) -> None:
    """Have the disk hold what was written to a file, or which names a folder has."""
    if path.is_dir() and os.name == "nt":
        return  # Windows flushes a folder by itself and opens none
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_copy(copy: Path, key: bytes, newest: int, between: Between = _nothing) -> None:
    """Read a copy through: every page, then the chains of its entries, of the newest where there are many.

    Args:
        copy: the copy.
        key: its key.
        newest: the place of the newest entry that it must have.
        between: called after each slice.

    Raises:
        Unavailable: when something in it does not hold.
    """
    db = sqlite_file.open_for_reading(copy, key)
    try:
        said = sqlite_file.damage(db)
        if not said and store.last_n(db) != newest:
            said = f"it ends at entry {store.last_n(db)}, not at {newest}"
        said = said or _broken_chain(db, max(0, newest - _CHAIN_OF), between)
    finally:
        db.close()
    if said:
        # A page that cannot be read in the bench's own file is not there in the copy: that is mostly how it is found.
        raise Unavailable(
            f"The copy does not check out ({' '.join(said.split())}): the bench's own file or the disk of the backup "
            "may be damaged. Finish the tube in hand, close the application, and run: gms-desktop doctor.",
            still_works="Older backups are kept.",
        )


def _broken_chain(db: Database, after: int, between: Between) -> str:
    heads: dict[str, tuple[int, bytes]] = {}
    lot: list[Any]
    for lot in db.stream(_chain_rows, {"n": after}, _CHAIN_LOT):
        for writer, seq, digest, content in lot:
            known, previous = heads.get(writer, (0, b""))
            if seq == known + 1 and previous and next_hash(previous, bytes(content)) != bytes(digest):
                return f"entry {writer}/{seq} differs from its hash"
            heads[writer] = (seq, bytes(digest))
        between()
    return ""


def _told(fault: Exception, target: Path) -> Exception:
    if not isinstance(fault, OSError) and not isinstance(sqlite_file.in_words(fault, target), Unavailable):
        return fault
    said = str(fault).lower()
    if any(sign in said for sign in ("malformed", "not a database", "disk image")):
        return Unavailable(
            "The bench's own file could not be read through for a backup: it may be damaged. Finish the tube in hand, "
            "close the application, and run: gms-desktop doctor.",
            still_works="Older backups are kept.",
        )
    full = "full" in said or getattr(fault, "errno", None) == errno.ENOSPC
    why = "has no room left for a backup" if full else f"could not take the backup ({' '.join(str(fault).split())})"
    return Unavailable(f"{target.parent} {why}.", still_works="The bench works on, and older backups are kept.")


def set_aside(path: Path, at: datetime, why: str = "damaged") -> Path:
    """Move a file and its write-ahead log out of the way under a name with the time; nothing is deleted.

    Args:
        path: the file.
        at: the time that stands in its new name, aware UTC.
        why: one word of its new name.
    """
    stamp = at.strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.stem}.{why}-{stamp}{path.suffix}")
    number = 1
    while any(part.exists() for part in _parts(aside)):
        number += 1
        aside = path.with_name(f"{path.stem}.{why}-{stamp}-{number}{path.suffix}")
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
