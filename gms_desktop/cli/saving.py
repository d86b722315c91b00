"""A file that a command saves for whoever signed: noted among the exports of the bench before it has its name."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO, TypeVar

from devices.folder_reasons import of_folder
from gms_desktop import exports, settings
from gms_desktop.cli.signed_in import SignedIn
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.services import exported

Made = TypeVar("Made")


def save(out: Path, data: Path, by: SignedIn, sort: str, write: Callable[[BinaryIO], Made]) -> Made:
    """Write a file under another name, note who saved it, and only then give it its own.

    Args:
        out: the file to write; never one that is there.
        data: the bench's data folder.
        by: who saves it.
        sort: what it is, as the list of exports names it.
        write: writes the content.

    Returns:
        What ``write`` returned.

    Raises:
        Refused: a file of this name is there, or its folder is not.
        Unavailable: the disk does not take it.
    """
    if out.exists():
        raise Refused(f"{out} is there already. Choose another name: nothing is overwritten.")
    if not out.parent.is_dir():
        raise Refused(f"{out.parent} is no folder. Make it, or name another.")
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as file:
            made = write(file)
        _note(part, out, data, by, sort)
        part.rename(out)
    except OSError as fault:
        raise Unavailable(f"{out} cannot be written: {of_folder(fault)}. Name another place.") from fault
    finally:
        part.unlink(missing_ok=True)
    return made


def _note(part: Path, out: Path, data: Path, by: SignedIn, sort: str) -> None:
    with part.open("rb") as file:
        content = part.stat().st_size, file_digest(file, "sha256").hexdigest()
    wanted = (settings.read(data) or settings.Settings()).exports
    name, place = exports.placed(out, exports.folder_of(data, wanted))
    with by.ledger.db.write():
        exported.note_saved(by.ledger, name, place, sort, content, wanted.days, by.who.id)
