"""``recovery-key``: shows the recovery key to an administrator, and takes one in on a new machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gms_desktop import protection_words as words
from gms_desktop import recovery_key
from gms_desktop.cli.signed_in import SignedIn
from gms_desktop.cli.signing import as_administrator
from gms_desktop.errors import Refused
from gms_desktop.journal import secret_store

Say = Callable[[str], None]


def show(data: Path, badge: str, pin: str, say: Say) -> int:
    """Show the recovery key to an administrator; that it was shown, and to whom, is recorded.

    Raises:
        Refused: when badge or PIN are not an administrator's, or a window has the bench open.
    """
    found: list[str] = []

    def record(by: SignedIn) -> None:
        recovery_key.note_shown(by.ledger, by.who.id)
        found.append(recovery_key.written(secret_store.make_key(secret_store.secrets_of(data)), by.file.pepper))

    as_administrator(data, badge, pin, record)
    for line in recovery_key.lines(found[0]):
        say(line)
    say(words.KEEP_THE_KEY)
    return 0


def enter(text: str, data: Path, say: Say) -> int:
    """Take a recovery key in, on a machine that has no key for this data folder.

    Raises:
        Refused: when the text is no recovery key, or there is a key already.
    """
    key, pepper = recovery_key.read(text)
    own = secret_store.secrets_of(data)
    if own.get("bench-key") not in {None, key}:
        raise Refused("This bench has a key of its own already; it was left as it is. Use another data folder: --data.")
    own.put("bench-key", key)
    own.put("pepper", pepper)
    say("The key is in place. Restore the newest backup: gms-desktop restore FILE.")
    return 0
