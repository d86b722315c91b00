"""Erases the identifying values of a subject, on somebody's authority. What happened stays; who it was about goes."""

from __future__ import annotations

from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.register.ledger import Draft, Ledger


def erasure(ledger: Ledger, subject: str, reason: str, authority: str, administrator: str) -> Draft:
    """The draft that erases every identifying value of a subject.

    Args:
        ledger: the bench's ledger, inside a transaction.
        subject: such as ``patient:…``.
        reason: why.
        authority: on whose decision, such as a reference number.
        administrator: the operator who carries it out; the entry requires the role.

    Raises:
        Refused: when reason or authority is missing, or nothing is left to erase.
    """
    if not reason.strip() or not authority.strip():
        raise Refused("Say why the values are erased, and on what authority.")
    held = store.private_values(ledger.db, [subject])
    commitments = sorted(commitment for commitment, value in held.items() if value is not None)
    if not commitments:
        raise Refused(f"Nothing identifying is kept of {subject}. Find shows what there is.")
    body = {
        "subject": subject,
        "commitments": commitments,
        "reason": reason.strip(),
        "authority": authority.strip(),
        "by": administrator,
    }
    return Draft("private.erased", body, input={"by": "hand"})
