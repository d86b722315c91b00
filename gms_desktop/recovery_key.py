"""The recovery key: the secrets of a bench as text that is printed, locked away, and typed in on a new machine.

``GMSK1-`` and groups of five in Crockford's base 32: version 1, the 32 bytes of the file's key, the 32 bytes of the
pepper, and 6 bytes of SHA-256 over both. O is read as 0, I and L as 1.
"""

from __future__ import annotations

from hashlib import sha256

from gms_desktop import protection_words as words
from gms_desktop.domain.identifiers.accession import ALPHABET
from gms_desktop.domain.minting import instant
from gms_desktop.errors import Refused
from gms_desktop.journal import secret_store, store
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import sign_in

_FORM = "GMSK1"
_GROUP = 5
_KEY, _CHECK = 32, 6
_CONFUSED = str.maketrans("OIL", "011")
_NOT_ONE = "This is no recovery key: check each group of five against the print. It begins with GMSK1."


def note_shown(ledger: Ledger, who: str | None) -> None:
    """Write down that somebody is about to see the key, inside the caller's transaction.

    Args:
        ledger: the bench's ledger.
        who: the person's identity; None where nobody is signed in.

    Raises:
        Refused: they are no administrator.
    """
    if who is None or "administrator" not in look_up.roles(ledger.db, who):
        raise Refused(words.KEY_FOR_ADMINISTRATORS)
    ledger.append([sign_in.session_draft(ledger.head.writer, "", who, "recovery key shown")], who)
    store.put_meta(ledger.db, secret_store.RECOVERY_KEY_SHOWN, instant(ledger.clock.now()))


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


def lines(text: str) -> list[str]:
    """The text as it is printed: the form, then six groups a line."""
    form, *groups = text.split("-")
    return [f"{form}-", *("-".join(groups[at : at + 6]) for at in range(0, len(groups), 6))]
