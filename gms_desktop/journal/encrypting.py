"""Makes an encrypted file of one that lies open, and takes the open one away only when the other is proved equal.

At each moment one whole file bears the name: before the one step that puts the encrypted file in its place it is the
open one, after it the encrypted one. Whatever was cut short is begun again, or finished, at the next start.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from gms_desktop.errors import Unavailable
from gms_desktop.journal import lease, sqlite_file
from gms_desktop.journal.backup import write_through
from gms_desktop.journal.sqlite_file import lies_open

Step = Callable[[str], None]

MAKING, FORMER = ".encrypting", ".open-former"
_STAYS = "Nothing was changed: the file lies there as it was, not encrypted."
_TABLES = ({"entry", "private", "writer"}, {"file", "chunk", "citation"})
_NUMBERS = ("user_version", "application_id")
MADE, PROVED, ASIDE, IN_PLACE, PROVED_AGAIN = "made", "proved", "kept aside", "put in place", "proved in place"
STEPS = (MADE, PROVED, ASIDE, IN_PLACE, PROVED_AGAIN)


def unfinished(path: Path) -> bool:
    """Whether there is something to do: the file lies open, or what was it before it was encrypted is still there."""
    return lies_open(path) or _beside(path, FORMER).exists()


def is_of_a_bench(path: Path) -> bool:
    """Whether a file that lies open is a bench's: it has the tables of its journal, or of its store of files."""
    try:
        with closing(driver.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as raw:
            names = {str(row[0]) for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except driver.Error:
        return False
    return any(tables <= names for tables in _TABLES)


def encrypt(path: Path, key: bytes, step: Step = lambda _done: None) -> bool:
    """Encrypt a file that lies open, or finish what was cut short. Nobody else may have it open.

    Args:
        path: the file.
        key: 32 bytes of raw key.
        step: told after each step; a crash there, or anywhere between, loses nothing.

    Returns:
        Whether anything was to be done.

    Raises:
        Unavailable: the disk is full or away, or the encrypted file is not equal: the open one is left as it is.
    """
    former, making = _beside(path, FORMER), _beside(path, MAKING)
    if not unfinished(path):
        return False
    try:
        if lies_open(path):
            for left in (former, making, Path(f"{making}-journal")):
                left.unlink(missing_ok=True)
            _make(path, making, key)
            step(MADE)
            _prove_equal(path, making, key)
            step(PROVED)
            _keep_aside(path, former)
            step(ASIDE)
            _put_in_place(making, path)
            step(IN_PLACE)
        _prove_equal(former, path, key)
        step(PROVED_AGAIN)
        former.unlink()
        write_through(path.parent)
    except driver.Error as fault:
        raise Unavailable(
            f"{path} could not be encrypted ({' '.join(str(fault).split())}).", still_works=_STAYS
        ) from fault
    except OSError as fault:
        raise Unavailable(f"{path} could not be encrypted ({fault.strerror}).", still_works=_STAYS) from fault
    return True


def encrypt_bench(path: Path, key: bytes, lease_path: Path) -> bool:
    """As :func:`encrypt`, for the file that a lease names: it goes on as the same bench, with the same numbers."""
    former = _beside(path, FORMER)
    before = lease.file_identity(path if lies_open(path) or not former.exists() else former)

    def step(done: str) -> None:
        known = lease.read(lease_path)
        if done == PROVED_AGAIN and known is not None and known.file == before:
            lease.write(lease_path, replace(known, file=lease.file_identity(path)))

    return encrypt(path, key, step)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.name}{suffix}")


def _make(path: Path, making: Path, key: bytes) -> None:
    with closing(driver.connect(str(path), isolation_level=None)) as raw:
        raw.execute("PRAGMA temp_store=MEMORY")
        # What a crash left in its log is taken in, and the log goes: it lies open too.
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute("PRAGMA journal_mode=DELETE")
        raw.execute(f"ATTACH ? AS made KEY \"x'{key.hex()}'\"", (str(making),))
        raw.execute("PRAGMA made.journal_mode=OFF")
        raw.execute("SELECT sqlcipher_export('made')").fetchall()
        for name in _NUMBERS:
            raw.execute(f"PRAGMA made.{name}={int(raw.execute(f'PRAGMA main.{name}').fetchone()[0])}")
        raw.execute("DETACH made")
    write_through(making)


def _prove_equal(open_one: Path, encrypted: Path, key: bytes) -> None:
    """Every page of the encrypted file holds, and it says the same as the open one, row by row."""
    made = sqlite_file.open_for_reading(encrypted, key)
    try:
        sqlite_file.see_every_page(made, encrypted)
        with closing(driver.connect(f"{open_one.absolute().as_uri()}?mode=ro", uri=True)) as raw:
            with closing(_said(raw)) as before, closing(_said(made.raw)) as after:
                pairs = itertools.zip_longest(before, after, fillvalue=object())
                differ = any(one != other for one, other in pairs)
            if differ:
                raise Unavailable(
                    f"{encrypted} does not hold what {open_one} holds: it is not used.", still_works=_STAYS
                )
    finally:
        made.close()


def _said(raw: Any) -> Generator[Any, None, None]:
    """All that a file says: its numbers, its tables as they were made, then each row of each."""
    for name in _NUMBERS:
        yield raw.execute(f"PRAGMA {name}").fetchone()
    schema = raw.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
    ).fetchall()
    yield from schema
    for sort, name, _sql in schema:
        if sort == "table":
            yield name
            quoted = str(name).replace('"', '""')
            yield from raw.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608


def _keep_aside(path: Path, former: Path) -> None:
    try:
        os.link(path, former)
    except OSError:
        # A disk without second names for a file: a copy under a name of its own, which a crash cannot leave half.
        part = _beside(former, ".part")
        shutil.copyfile(path, part)
        write_through(part)
        part.replace(former)
    write_through(path.parent)


def _put_in_place(making: Path, path: Path) -> None:
    for left in ("-wal", "-shm"):
        path.with_name(f"{path.name}{left}").unlink(missing_ok=True)
    making.replace(path)
    write_through(path.parent)
