"""``recovery-key``: the secrets of a bench as text that can be printed, locked away, and typed in on a new machine.

``GMSK1-`` and groups of five in Crockford's base 32: version 1, the 32 bytes of the file's key, the 32 bytes of the
pepper, and 6 bytes of SHA-256 over both. O is read as 0, I and L as 1.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from gms_desktop.cli.signed_in import SignedIn
from gms_desktop.cli.signing import as_administrator
from gms_desktop.domain.identifiers.accession import ALPHABET
from gms_desktop.domain.minting import instant
from gms_desktop.errors import Refused
from gms_desktop.journal import secret_store, store
from gms_desktop.register import look_up
from gms_desktop.services import sign_in

Say = Callable[[str], None]
_FORM = "GMSK1"
_GROUP = 5
_KEY, _CHECK = 32, 6
_CONFUSED = str.maketrans("OIL", "011")
_NOT_ONE = "This is no recovery key: check each group of five against the print. It begins with GMSK1."


def show(data: Path, badge: str, pin: str, say: Say) -> int:
    """Show the recovery key to an administrator; that it was shown, and to whom, is recorded.

    Raises:
        Refused: when badge or PIN are not an administrator's, or a window has the bench open.
    """
    found: list[str] = []

    def record(by: SignedIn) -> None:
        ledger, who = by.ledger, by.who.id
        if "administrator" not in look_up.roles(ledger.db, who):
            raise Refused("Only an administrator may see the recovery key. Ask one to tap the badge and enter the PIN.")
        ledger.append([sign_in.session_draft(ledger.head.writer, "", who, "recovery key shown")], who)
        store.put_meta(ledger.db, secret_store.RECOVERY_KEY_SHOWN, instant(ledger.clock.now()))
        found.append(written(secret_store.make_key(secret_store.secrets_of(data)), by.file.pepper))

    as_administrator(data, badge, pin, record)
    for line in _lines(found[0]):
        say(line)
    say("Whoever has this and a backup can read every patient's name. Print it, lock it away, keep no copy on a disk.")
    return 0


def enter(text: str, data: Path, say: Say) -> int:
    """Take a recovery key in, on a machine that has no key for this data folder.

    Raises:
        Refused: when the text is no recovery key, or there is a key already.
    """
    key, pepper = read(text)
    own = secret_store.secrets_of(data)
    if own.get("bench-key") not in {None, key}:
        raise Refused("This bench has a key of its own already; it was left as it is. Use another data folder: --data.")
    own.put("bench-key", key)
    own.put("pepper", pepper)
    say("The key is in place. Restore the newest backup: gms-desktop restore FILE.")
    return 0


def written(key: bytes, pepper: bytes) -> str:
    """Both secrets as text, in groups."""
    content = key + pepper
    content += sha256(content).digest()[:_CHECK]
    number, count = int.from_bytes(content, "big"), -(-len(content) * 8 // 5)
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))
    return "-".join([_FORM, *(letters[at : at + _GROUP] for at in range(0, count, _GROUP))])


def read(text: str) -> tuple[bytes, bytes]:
    """The key and the pepper that a text stands for.

    Raises:
        Refused: when it is none, or was not typed as it was printed.
    """
    form, _, rest = "".join(text.upper().split()).partition("-")
    letters = rest.replace("-", "").translate(_CONFUSED)
    length = 2 * _KEY + _CHECK
    if form != _FORM or len(letters) != -(-length * 8 // 5) or not set(letters) <= set(ALPHABET):
        raise Refused(_NOT_ONE)
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    if number >> 8 * length:
        raise Refused(_NOT_ONE)
    content = number.to_bytes(length, "big")
    secrets, check = content[: 2 * _KEY], content[2 * _KEY :]
    if sha256(secrets).digest()[:_CHECK] != check:
        raise Refused(_NOT_ONE)
    return secrets[:_KEY], secrets[_KEY:]


def _lines(text: str) -> list[str]:
    form, *groups = text.split("-")
    return [f"{form}-", *("-".join(groups[at : at + 6]) for at in range(0, len(groups), 6))]
