"""Opens the store of a bench; a damaged one is set aside, never overwritten, and a fresh one begun."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gms_desktop.errors import Unavailable
from gms_desktop.files.store import FileStore
from gms_desktop.journal import backup


def open_or_set_aside(path: Path, key: bytes, at: datetime) -> tuple[FileStore, Path | None]:
    """Open the store for the bench at work.

    Args:
        path: of ``files.db``.
        key: the key of the bench's file.
        at: now, aware UTC.

    Returns:
        The store, and where a damaged one was set aside.

    Raises:
        Refused: when a newer version wrote it.
        Unavailable: when the disk is away.
    """
    try:
        return FileStore(path, key), None
    except Unavailable as fault:
        if "damaged" not in fault.sentence:
            raise
    aside = backup.set_aside(path, at)
    return FileStore(path, key), aside
