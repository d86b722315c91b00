"""What a bench notes beside its own file of its newest checkpoint: that the checkpoints are gone, or cut off, shows.

The checkpoints lie where the backups are. Whoever takes them away there does not touch the bench's own folder; whoever
takes the note away as well still meets what the hub and other benches have signed.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from gms_desktop import checkpoints
from gms_desktop.journal.database import Database

NAME = "checkpoint.json"


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest checkpoint that was made: the SHA-256 of its line in hex, when, and in which folder."""

    sha256: str = ""
    at: str = ""
    folder: str = ""


def newest(data: Path) -> Newest:
    """What was noted; empty where nothing was."""
    try:
        said = json.loads((data / NAME).read_text("utf-8"))
        return Newest(str(said["sha256"]), str(said["at"]), str(said["folder"]))
    except (OSError, ValueError, LookupError, TypeError):
        return Newest()


def keep(data: Path, folder: Path, db: Database, secret: bytes, at: datetime) -> bool:
    """Add a checkpoint that follows the one that was noted, and note it.

    Returns:
        Whether one was added.

    Raises:
        OSError: when the folder of checkpoints is away, full, or may not be written.
    """
    line = checkpoints.keep(folder, db, secret, at, newest(data).sha256)
    if line is None:
        return False
    said = Newest(checkpoints.name_of(line), at.isoformat(timespec="seconds"), str(folder))
    fresh = (data / NAME).with_suffix(".new")
    # The checkpoint is there: a disk without room for the note of it stops nothing.
    with suppress(OSError):
        fresh.write_text(json.dumps(asdict(said)), "utf-8")
        fresh.replace(data / NAME)
    return True
