"""Badge and PIN: who works here now. Verifiers stand beside the journal and are never exported (ARCHITECTURE 10)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from time import perf_counter

from gms_desktop.domain.minting import instant
from gms_desktop.journal import credentials, store
from gms_desktop.journal.credentials import Credential
from gms_desktop.journal.database import Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger

_WANTED_SECONDS = 0.15
_MEMORY_KIB = 64 * 1024
FREE_TRIES = 3
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(minutes=15)


@dataclass(frozen=True)
class Operator:
    """A person at the bench."""

    id: str
    name: str
    role: str


def badge_code(text: str, pepper: bytes) -> str:
    """What is kept of a badge: an HMAC under the laboratory's pepper, never the code."""
    return hmac.new(pepper, b"badge\0" + text.strip().encode(), sha256).hexdigest()


def _peppered(pin: str, pepper: bytes) -> bytes:
    return hmac.new(pepper, b"pin\0" + pin.encode(), sha256).digest()


def make_verifier(pin: str, pepper: bytes, cost: int = 0) -> str:
    """An argon2id verifier of a PIN, over 64 MiB.

    Args:
        pin: the PIN.
        pepper: of the laboratory.
        cost: argon2's time cost; 0: what takes about 150 ms on this machine.
    """
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=cost or tuned_cost(), memory_cost=_MEMORY_KIB, parallelism=1)
    return hasher.hash(_peppered(pin, pepper))


@cache
def tuned_cost() -> int:
    """The time cost at which a verifier takes about 150 ms on this machine; measured once, 1 to 8."""
    from argon2 import PasswordHasher

    maker = PasswordHasher(time_cost=1, memory_cost=_MEMORY_KIB, parallelism=1)
    began = perf_counter()
    maker.hash(b"how long does one pass take here?")
    return max(1, min(8, round(_WANTED_SECONDS / (perf_counter() - began))))


def verifies(verifier: str, pin: str, pepper: bytes) -> bool:
    """Whether a PIN is the one; takes as long as making it."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error

    try:
        return PasswordHasher().verify(verifier, _peppered(pin, pepper))
    except Argon2Error:
        return False


def operator(ledger: Ledger, operator_id: str) -> Operator | None:
    """A person by id."""
    row = look_up.row(ledger.db, "operator", operator_id)
    return _as_operator(ledger, row) if row else None


def by_badge(ledger: Ledger, text: str, pepper: bytes) -> Operator | None:
    """The person whose badge was scanned, or None."""
    row = look_up.operator_by_badge(ledger.db, badge_code(text, pepper))
    return _as_operator(ledger, row) if row else None


def _as_operator(ledger: Ledger, row: Row) -> Operator:
    known = store.private_values(ledger.db, [f"operator:{row['id']}"])
    roles = look_up.roles(ledger.db, row["id"])
    shown = next((role for role in ("biomedical scientist", "technician", "senior") if role in roles), "")
    return Operator(row["id"], known.get(row["name_private"]) or "name erased", shown or ", ".join(roles))


def wait_until(credential: Credential, now: datetime) -> datetime | None:
    """Until when this person must wait after wrong PINs; None when they need not."""
    if credential.locked_until is None:
        return None
    until = datetime.fromisoformat(credential.locked_until)
    return until if until > now else None


def after_wrong_pin(credential: Credential, now: datetime) -> Credential:
    """One failure more; from the third on each doubles the wait, and the wait outlasts a restart."""
    failures = credential.failures + 1
    if failures < FREE_TRIES:
        return Credential(credential.operator, credential.pin, credential.verifier, failures, None)
    delay = min(FIRST_DELAY * 2 ** (failures - FREE_TRIES), LONGEST_DELAY)
    return Credential(credential.operator, credential.pin, credential.verifier, failures, instant(now + delay))


def note_pin(ledger: Ledger, operator_id: str, kept: Credential | None, bench: str, *, right: bool) -> None:
    """Keep what a PIN came to: a right one clears the failures before it, a wrong one counts and is an entry."""
    if kept is not None:
        after = replace(kept, failures=0, locked_until=None)
        credentials.put(ledger.db, after if right else after_wrong_pin(kept, ledger.clock.now()))
    if not right:
        ledger.append([session_draft(bench, "", operator_id, "wrong PIN")], None)


def session_draft(bench: str, session: str, operator_id: str | None, how: str) -> Draft:
    """A change of who is signed in: ``signed in``, ``signed out``, ``locked``, ``unlocked``, ``wrong PIN``."""
    return Draft("session.changed", {"bench": bench, "session": session, "operator": operator_id, "how": how})
