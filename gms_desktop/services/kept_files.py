"""Files as they came: kept before the entry that cites them, told where they are, and saved as a copy."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from devices.folder_reasons import of_folder
from gms_desktop.domain.minting import instant
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange.expected import Reading
from gms_desktop.files.kept import Kept, State
from gms_desktop.files.store import FileStore
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger

PDF = "application/pdf"
_TYPES = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".txt": "text/plain", ".json": "application/json"}
_BINARY = "application/octet-stream"


@dataclass(frozen=True)
class Wanted:
    """A file of an import as a person asks for it: its hash, what it is kept for, and where it came in."""

    sha256: str
    subject: str
    came_in_at: str


def keep_import(files: FileStore, reading: Reading, content: bytes, act: str, at: str) -> None:
    """Put the file of an import on disk, before anything of the import is written. One that is refused is not kept.

    Raises:
        Refused: for a file over 200 MB.
        Unavailable: when it cannot be kept: then nothing of it must be taken in.
    """
    if not any(problem.blocks for problem in reading.file_problems):
        media_type = _TYPES.get(PurePath(reading.name).suffix.lower(), _BINARY)
        files.put(content, media_type, f"import:{act}", at)


def came_in_at(db: Database, row: Row) -> str:
    """The name of the bench at which an import was taken in."""
    began = look_up.incarnation(db, str(row["action"]).partition("/")[0])
    return str(began["bench"]) if began else "another bench"


def whereabouts(ledger: Ledger, row: Row, kept: Kept | None) -> str:
    """Where the file of an import is, in words."""
    state = kept.state if kept else None
    if state is State.HERE:
        return "here"
    if state is State.EMPTIED:
        return "erased"
    if state is State.AWAY:
        return "at the hub"
    if str(row["action"]).partition("/")[0] == ledger.head.writer:
        return "not kept"
    place = f"still on {came_in_at(ledger.db, row)}"
    return f"{place}, asked for" if state is State.WANTED else place


def save_copy(files: FileStore, wanted: Wanted, path: Path | None, at: str, *, has_hub: bool) -> str:
    """Save a copy of a file where a person says, or ask for it where it is.

    Args:
        files: the bench's store.
        wanted: the file.
        path: where the copy goes; None when nobody was asked, for it was not here.
        at: now, as entries write time.
        has_hub: whether the bench shares with a hub.

    Returns:
        What was done, in words.

    Raises:
        Refused: when it was erased, or is not to be had from here.
        Unavailable: when it is damaged, or cannot be saved there.
    """
    kept = files.kept(wanted.sha256)
    if kept is not None and kept.state is State.HERE:
        if path is None:
            return "The file has come. Choose it again to save it."
        _write(files, wanted.sha256, path)
        return f"The file as it came is saved: {path}"
    if kept is not None and kept.state is State.EMPTIED:
        raise Refused("The file was erased on somebody's authority. Find shows who did, and why.")
    if not has_hub:
        raise Refused(f"The file is still on {wanted.came_in_at}. Save it there: this bench shares with no hub.")
    files.want(wanted.sha256, wanted.subject, at)
    return (
        f"The file is still on {wanted.came_in_at}. It is fetched as soon as the hub has it: "
        "choose it again when it says “here”."
    )


def _write(files: FileStore, sha256: str, path: Path) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as out:
            for piece in files.content(sha256):
                out.write(piece)
        part.replace(path)
    except BaseException as fault:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(fault, OSError):
            why = of_folder(fault)
            raise Unavailable(f"{path} cannot be written ({why}). Choose another folder.") from fault
        if isinstance(fault, Unavailable):
            files.doubt(sha256)
        raise


def now(ledger: Ledger) -> str:
    """The bench's time, as entries write it."""
    return instant(ledger.clock.now())
