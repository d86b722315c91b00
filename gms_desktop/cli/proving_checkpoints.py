"""Compares a bench's file with the signed checkpoints that are kept beside its backups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gms_desktop import backups, checkpoint_note, checkpoint_words, checkpoints, settings
from gms_desktop.checkpoints import Made
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import secret_store
from gms_desktop.journal.database import Database
from gms_desktop.register.verify import Verification
from gms_desktop.sync.carrying import SIGNING_KEY
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
        How many were looked at, in words, with what is missing and why; empty where none could be.
    """
    try:
        folder = backups.folder_of(data, (settings.read(data) or settings.Settings()).backup)
        found = checkpoints.check(folder, db, whole=whole, made=_made(data))
    except (OSError, Refused, Unavailable) as told:
        say(f"Checkpoints      not looked at: {told.sentence if isinstance(told, Unavailable) else told}")
        return ""
    for finding in found.findings:
        result.found(finding)
    prints = ", ".join(fingerprint(key) for key in found.keys)
    counted = checkpoint_words.counted(found.count, found.newest, prints) if found.count else ""
    if found.findings and not counted:
        counted = checkpoint_words.NONE_THERE
    say(f"Checkpoints      {counted or checkpoint_words.NONE_KEPT}")
    for note in found.notes:
        say(f"  {note}")
    return ". ".join([counted, *found.notes]) if counted else ""


def _made(data: Path) -> Made:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    noted = checkpoint_note.newest(data)
    # It is only read here: a key that is made now signed nothing.
    secret = secret_store.key_of(secret_store.secrets_of(data), SIGNING_KEY)
    key = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw() if secret else b""
    return Made(noted.sha256, noted.at, key)
