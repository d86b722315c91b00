"""The letter that asks for another specimen after one was rejected: what it says."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "Request for another specimen"
REHEARSAL = "REHEARSAL: made-up patient. Do not send."
DRAFT = "Draft: read it, sign it, then send it."
ASK = "This specimen was rejected. Send another one if the test is still wanted, with its request."
IRREPLACEABLE = (
    "A specimen of this type cannot simply be taken again. Ring the laboratory before anything further is done; "
    "what is left of this one is kept until then."
)
WHY = "Why it was rejected"
ABOUT = "The specimen"
SIGNED = ("Name", "Role", "Date")
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Letter:
    """One letter; empty text means not stated.

    Attributes:
        to: whom it goes to, a line each.
        patient: what names the patient, as (label, value).
        specimen: what names the specimen, as (label, value).
        reasons: why it was rejected, a line each.
        comment: what the person who rejected it said.
    """

    laboratory: str
    made_at: str
    made_by: str
    to: tuple[str, ...]
    patient: tuple[tuple[str, str], ...]
    specimen: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    comment: str = ""
    irreplaceable: bool = False
    rehearsal: bool = False
