"""Compares a bench's file with the signed checkpoints that are kept beside its backups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gms_desktop import backups, checkpoint_words, checkpoints, settings
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal.database import Database
from gms_desktop.register.verify import Verification
from gms_desktop.sync.journal_file import fingerprint

Say = Callable[[str], None]


def prove_checkpoints(db: Database, data: Path, result: Verification, say: Say, *, whole: bool) -> str:
    """Compare a file with every checkpoint and say what was counted.

    Args:
        db: the bench's file, or a copy of it.
        data: the bench's data folder, whose settings say where backups are.
        result: what does not hold is added to it.
        say: prints a line.
        whole: whether the file is the bench's own, which must have all that was signed.

    Returns:
        How many were looked at, in words; empty where none could be.
    """
    try:
        folder = backups.folder_of(data, (settings.read(data) or settings.Settings()).backup)
        found = checkpoints.check(folder, db, whole=whole)
    except (OSError, Refused, Unavailable) as told:
        say(f"Checkpoints      not looked at: {told.sentence if isinstance(told, Unavailable) else told}")
        return ""
    for finding in found.findings:
        result.found(finding)
    prints = ", ".join(fingerprint(key) for key in found.keys)
    counted = checkpoint_words.counted(found.count, found.newest, prints) if found.count else ""
    say(f"Checkpoints      {counted or checkpoint_words.NONE_KEPT}")
    for note in found.notes:
        say(f"  {note}")
    return counted
