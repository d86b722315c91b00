"""``files``: lists the files that came in, and saves copies of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import key_for, look_at, reading
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


def list_files(out: Path | None, data: Path, say: Say) -> int:
    """List the files that were taken in, newest first, and where each is; save those that are here into a folder.

    Args:
        out: the folder for the copies; None to list only.
        data: the bench's data folder.
        say: prints a line.

    Raises:
        Refused: when ``out`` is no folder, or a copy is there already.
        Unavailable: when a file is damaged.
    """
    if out is not None and not out.is_dir():
        raise Refused(f"{out} is no folder. Make it, or name another.")
    path, beside = data / DATABASE, data / tables.NAME
    with reading(path, data) as db:
        ledger = look_at(db)
        if not beside.exists():
            say("No file has been kept here.")
            return 0
        with closing(FileStore(beside, key_for(path, data), read_only=True)) as files:
            for row in (*look_up.imports(db, 1000), *directory_look_up.editions(db, 1000)):
                say(_line(ledger, files, row))
                if out is not None and _is_here(ledger, files, row):
                    say(f"  saved: {_saved(ledger, files, row, out)}")
    return 0


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


def _saved(ledger: Ledger, files: FileStore, row: Row, out: Path) -> Path:
    # The name came with the file: only its last part is used, behind an identity that is ours.
    target = out / f"{row['id']}-{Path(_name(ledger, row).replace(chr(92), '/')).name}"
    if target.exists():
        raise Refused(f"{target} is there already. Choose another folder: nothing is overwritten.")
    with target.open("xb") as file:
        for piece in files.content(row["sha256"]):
            file.write(piece)
    return target
