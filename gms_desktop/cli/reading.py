"""Opens a bench's file to look at it: the key from beside it, nothing written, an older or newer file told in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gms_desktop.bench_file import DATABASE
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import migrations, secret_store, sqlite_file
from gms_desktop.journal.database import Database
from gms_desktop.register import versions
from gms_desktop.register.ledger import Ledger
from gms_desktop.starting import SystemChance, SystemClock, application_version

NOT_SET_UP_YET = "This bench is not set up yet. Start gms-desktop run and fill in the first screen."


def key_for(path: Path, data: Path) -> bytes:
    """The key to a file: from the secrets beside it, or else the bench's own.

    Raises:
        Refused: when the file is not there, or is a folder.
        Unavailable: when no key is.
    """
    if path.is_dir():
        raise Refused(f"{path} is a folder, and a bench's file was expected. Name the file in it, such as {DATABASE}.")
    if not path.is_file():
        own = path == data / DATABASE
        why = NOT_SET_UP_YET if own else "Check its name and folder."
        raise Refused(f"{path} is not there. {why}")
    for folder in dict.fromkeys((path.parent, data)):
        key = secret_store.key_of(secret_store.secrets_of(folder))
        if key is not None:
            return key
    raise Unavailable(
        f"The key to {path} is not on this machine. Put its folder “secrets” beside it.",
        still_works="The file has been left as it is.",
    )


@contextmanager
def reading(path: Path, data: Path) -> Iterator[Database]:
    """A file of this version, open for reading only.

    Raises:
        Refused: when it is not there, or of another version.
        Unavailable: when it is damaged or its key is away.
    """
    db = sqlite_file.open_for_reading(path, key_for(path, data))
    try:
        if not versions.is_current(db):
            if migrations.revision(db) is None:
                raise Refused(NOT_SET_UP_YET)
            raise Refused(
                f"{path} was written by an older version. Bring the bench's own file to this version first: "
                "gms-desktop rebuild."
            )
        yield db
    finally:
        db.close()


def look_at(db: Database) -> Ledger:
    """The ledger of a file that is only read.

    Raises:
        Refused: when no laboratory is set up in it.
    """
    ledger = Ledger(db, SystemChance(), SystemClock(), application_version())
    if not ledger.has_writer:
        raise Refused(NOT_SET_UP_YET)
    return ledger
