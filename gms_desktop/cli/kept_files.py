"""``files``: lists the files that came in, and saves copies of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import key_for, look_at, reading
from gms_desktop.cli.saving import save
from gms_desktop.cli.signed_in import SignedIn, signed_in
from gms_desktop.errors import Refused
from gms_desktop.files import tables
from gms_desktop.files.store import FileStore
from gms_desktop.journal import store
from gms_desktop.journal.database import Row
from gms_desktop.register import directory_look_up, look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.find import local_minute
from gms_desktop.services.kept_files import whereabouts

Say = Callable[[str], None]


def list_files(data: Path, say: Say) -> int:
    """List the files that were taken in, newest first, and where each is.

    Raises:
        Refused, Unavailable: when the bench's file cannot be read.
    """
    path, beside = data / DATABASE, data / tables.NAME
    with reading(path, data) as db:
        ledger = look_at(db)
        if not beside.exists():
            say("No file has been kept here.")
            return 0
        with closing(FileStore(beside, key_for(path, data), read_only=True)) as files:
            for row in _rows(ledger):
                say(_line(ledger, files, row))
    return 0


def save_files(out: Path, data: Path, say: Say, badge: str, pin: str) -> int:
    """List the files, and save a copy of each that is here into a folder, noted among the exports.

    Raises:
        Refused: when ``out`` is no folder, a copy is there already, a window has the bench open, or badge or PIN is
            not one.
        Unavailable: when a file is damaged, or the folder cannot be written.
    """
    if not out.is_dir():
        raise Refused(f"{out} is no folder. Make it, or name another.")
    with signed_in(data, badge, pin) as by:
        for row in _rows(by.ledger):
            say(_line(by.ledger, by.file.files, row))
            if _is_here(by.ledger, by.file.files, row):
                say(f"  saved: {_saved(by, row, out, data)}")
    return 0


def _rows(ledger: Ledger) -> tuple[Row, ...]:
    return *look_up.imports(ledger.db, 1000), *directory_look_up.editions(ledger.db, 1000)


def _is_here(ledger: Ledger, files: FileStore, row: Row) -> bool:
    return whereabouts(ledger, row, files.kept(row["sha256"])) == "here"


def _subject(row: Row) -> str:
    """What the file is of: an edition of the Test Directory says of which directory it is."""
    return f"{'directory' if 'source' in row else 'import'}:{row['id']}"


def _name(ledger: Ledger, row: Row) -> str:
    known = store.private_values(ledger.db, [_subject(row)])
    return known.get(row["file_private"]) or "name erased"


def _line(ledger: Ledger, files: FileStore, row: Row) -> str:
    laboratory = look_up.laboratory(ledger.db) or {}
    at = local_minute(row["at"], laboratory.get("time_zone", "Europe/London"))
    where = whereabouts(ledger, row, files.kept(row["sha256"]))
    return f"{_subject(row)}  {at}  {_name(ledger, row)}  {row['size']:,} bytes  {where}"


def _saved(by: SignedIn, row: Row, out: Path, data: Path) -> Path:
    # The name came with the file: only its last part is used, behind an identity that is ours.
    target = out / f"{row['id']}-{Path(_name(by.ledger, row).replace(chr(92), '/')).name}"
    content = by.file.files.content(row["sha256"])
    save(target, data, by, "file-as-it-came", lambda file: file.writelines(content))
    return target
