"""Opens the bench's SQLite file: the patched driver, its pragmas read back, and every fault in words.

SQLite 3.7.0 to 3.51.2 can corrupt a file in WAL mode (sqlite.org/wal.html#walresetbug), so those are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal.database import Database

FIXED_IN = (3, 51, 3)
BACK_PORTS = {(3, 44): 6, (3, 50): 7}

_WANTED: dict[str, object] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "temp_store": 2,
    # What is erased or taken away is overwritten in the file: nothing of it is left in free space.
    "secure_delete": 1,
}

# Pages of the write-ahead log are copied into the file when the bench is idle; the second number bounds a busy one.
_CHECKPOINT_DUE = 500
_TUNED = (("journal_size_limit", 64_000_000), ("cache_size", -40_000), ("wal_autocheckpoint", 8_000))

DriverError = driver.Error

# Without an adapter of its own the driver looks two attributes up for each NULL and each blob it binds, and makes and
# drops an exception for each: most of the time that a wide row took. These two give the value back as it is.
driver.register_adapter(type(None), {}.get)
driver.register_adapter(bytes, bytes)


def open_for_writing(path: Path, key: bytes) -> Database:
    """Open the one writing connection.

    Args:
        path: the file; made when it is not there.
        key: 32 bytes of raw key.

    Raises:
        Refused: the driver's SQLite is one that can corrupt, or the folder cannot hold the file.
        Unavailable: the file is damaged, unreadable with this key, or the disk is away.
    """
    check_version(driver.sqlite_version)
    return _opened(str(path), path, key, _prepare_for_writing)


def _prepare_for_writing(raw: Any) -> None:
    for name, value in (*_WANTED.items(), *_TUNED):
        raw.execute(f"PRAGMA {name}={value}")
    _read_back(raw)
    # A file that cannot be written is found now, not at the first scan.
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("ROLLBACK")


def open_for_reading(path: Path, key: bytes) -> Database:
    """Open a connection that cannot write. Close it soon: a reader left open keeps the write-ahead log growing.

    Raises:
        Unavailable: the file is not there, damaged, or unreadable with this key.
    """
    return _opened(f"{path.absolute().as_uri()}?mode=ro", path, key, lambda _raw: None)


def _opened(name: str, path: Path, key: bytes, prepare: Callable[[Any], None]) -> Database:
    raw: Any = None
    try:
        raw = driver.connect(
            name, uri=name.startswith("file:"), isolation_level=None, timeout=5.0, check_same_thread=False
        )
        # What the cipher would write to a person's screen of each page comes as a fault as well, and in our words.
        raw.execute("PRAGMA cipher_log_level=NONE")
        _unlock(raw, key)
        prepare(raw)
    except Exception as fault:
        if raw is not None:
            # A file that stays open cannot be set aside on Windows.
            raw.close()
        if isinstance(fault, driver.Error):
            raise in_words(fault, path) from fault
        raise
    return Database(raw, "sqlite")


def check_point(db: Database) -> bool:
    """Copy the write-ahead log into the file when enough of it waits. Outside a transaction, when nobody waits.

    Returns:
        Whether it was due.
    """
    _, written, copied = db.raw.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    due = int(written) - int(copied) >= _CHECKPOINT_DUE
    if due:
        db.raw.execute("PRAGMA wal_checkpoint(PASSIVE)")
    return due


def empty_log(db: Database) -> bool:
    """Copy the whole write-ahead log into the file and cut it off: what was erased stands in it still. Never waits.

    Returns:
        Whether the log is empty; not while somebody else reads from it, a backup for one.
    """
    (timeout,) = db.raw.execute("PRAGMA busy_timeout").fetchone()
    db.raw.execute("PRAGMA busy_timeout=0")
    try:
        busy, _, _ = db.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.raw.execute(f"PRAGMA busy_timeout={timeout}")
    return not busy


def lies_open(path: Path) -> bool:
    """Whether a file can be read by anybody who has it: a SQLite file that was never encrypted."""
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN)) == _PLAIN
    except OSError:
        return False


def left_open(path: Path) -> bool:
    """Whether the file was not closed in good order: its write-ahead log is still there and holds something."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def check_version(version: str) -> None:
    """Refuse a SQLite that can corrupt a file in WAL mode.

    Raises:
        Refused: for 3.7.0 to 3.51.2 without the fix.
    """
    parts = tuple(int(part) for part in version.split("."))
    patch = BACK_PORTS.get((parts[0], parts[1]))
    fixed = parts >= FIXED_IN or (patch is not None and parts[2] >= patch)
    if not fixed:
        raise Refused(
            f"SQLite {version} can damage the bench's file. Install the locked packages again: python3 dev.py"
        )


def _unlock(raw: Any, key: bytes) -> None:
    raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    raw.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _read_back(raw: Any) -> None:
    for name, wanted in _WANTED.items():
        found = raw.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            raise Refused(f"The bench's file does not keep {name}={wanted} (it says {found}). Keep it on a local disk.")


def salt_of(path: Path) -> str:
    """The salt that a file begins with, by which its pages are sealed; not a secret."""
    with path.open("rb") as file:
        return file.read(_SALT).hex()


def is_of_another_key(path: Path, key: bytes, salt: str = "") -> bool:
    """Whether no page of a file is sealed with this key: it was encrypted with another one, or is no bench's file.

    Args:
        path: the file.
        key: the key that it should have.
        salt: the salt that it began with when it was opened last: of a file that was damaged some pages hold still, but
            where the first one is gone, only with this.
    """
    pages = path.stat().st_size // _PAGE
    keys = (key.hex(), key.hex() + salt) if salt else (key.hex(),)
    return all(_broken_pages(path, one) >= pages > 0 for one in keys)


def _broken_pages(path: Path, key: str) -> int:
    with closing(driver.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as raw:
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(f"PRAGMA key=\"x'{key}'\"")
        told = " ".join(str(row[0]) for row in raw.execute("PRAGMA cipher_integrity_check").fetchall())
    return len(set(re.findall(r"page (\d+)", told)))


def damage(db: Database) -> str:
    """What is wrong with the pages of a file, in words; empty when a quick look finds them whole."""
    try:
        said = str(db.raw.execute("PRAGMA quick_check(1)").fetchone()[0])
    except driver.Error as fault:
        if "malformed" not in str(fault) and "disk image" not in str(fault):
            raise
        said = ""
    pages = dict.fromkeys(re.findall(r"page (\d+)", said))
    return "" if said == "ok" else f"page {', '.join(pages)}" if pages else "its pages do not fit together"


def see_every_page(db: Database, path: Path) -> None:
    """Check the seal of each page of the file, of those too that no question reads: an index, a page that is free.

    Raises:
        Unavailable: when one does not hold; its number is named.
    """
    told = [str(row[0]) for row in db.raw.execute("PRAGMA cipher_integrity_check").fetchall()]
    if told:
        pages = ", ".join(dict.fromkeys(re.findall(r"page (\d+)", " ".join(told[:_PAGES_NAMED])))) or told[0]
        raise Unavailable(
            f"{path} is damaged (page {pages}). Run: gms-desktop doctor.",
            still_works="What was saved before is still in the file.",
        )


def not_encrypted(path: Path) -> Unavailable:
    """A file lies open where an encrypted one is wanted."""
    told = f"{path} is not encrypted yet. Run: gms-desktop encrypt {path}."
    return Unavailable(told, still_works="It is as it was.")


def in_words(fault: Exception, path: Path) -> Exception:
    """Turn a driver's error into one of the three kinds: the environment's faults are named, the rest are bugs."""
    said = str(fault).lower()
    if "not a database" in said and lies_open(path):
        return not_encrypted(path)
    for sign, sentence in _FAULTS:
        if sign in said:
            return Unavailable(sentence.format(path=path), still_works="What was saved before is still in the file.")
    return fault


_PAGES_NAMED = 8
_PAGE = 4096
"""Bytes of a page as SQLCipher makes it."""
_SALT = 16
_PLAIN = b"SQLite format 3\0"
_FAULTS = (
    ("not a database", "{path} is damaged, or belongs to another key. Run: gms-desktop doctor."),
    ("malformed", "{path} is damaged. Run: gms-desktop doctor."),
    ("disk image", "{path} is damaged. Run: gms-desktop doctor."),
    ("full", "The disk is full: nothing more can be saved. Free some space, then scan again."),
    ("readonly", "{path} cannot be written. Give the bench's account write access to its folder."),
    ("unable to open", "{path} cannot be opened. Check that its folder exists and may be written."),
    ("disk i/o", "The disk does not answer. Check the disk, then start again."),
    ("locked", "{path} is in use by another program. Close it, then try again."),
)
