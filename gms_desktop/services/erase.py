"""Erases the identifying values of a subject, on somebody's authority. What happened stays; who it was about goes."""

from __future__ import annotations

from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import patients_values


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


def erasures(ledger: Ledger, patient: str, reason: str, authority: str, administrator: str) -> tuple[Draft, ...]:
    """The drafts that erase every identifying value of all that is a patient's alone, a draft for each subject.

    Args:
        ledger: the bench's ledger, inside a transaction.
        patient: the patient's identity.
        reason: why.
        authority: on whose decision, such as a reference number.
        administrator: the operator who carries it out; each entry requires the role.

    Raises:
        Refused: when reason or authority is missing, or nothing is left to erase.
    """
    subjects = patients_values.subjects(ledger.db, patient)
    known = [one for one in subjects if any(store.private_values(ledger.db, [one]).values())]
    # Where nothing is left it says so of the patient.
    named = known or [f"patient:{patient}"]
    return tuple(erasure(ledger, one, reason, authority, administrator) for one in named)
