"""What entries about labels state: one copy, from the intention to print it to the tube that it stands on."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import exists

INTENDED = "label sort subject specimen accession copy reason printer layout bench"
# Printer and layout may be others by then than when it was intended: which text was printed is known only now.
SENT = "label outcome detail printer layout sha256"


def _label(body: Body) -> str:
    return f"label:{body['label']}"


def intended(body: Body) -> Premises:
    """A copy is to be printed: no other bench makes the same one. What it is stuck on, and whose it is, is there."""
    subject = _label(body)
    about = (body["subject"], f"specimen:{body['specimen']}" if body["specimen"] else None)
    claims = (exists(subject), (subject, subject))
    return Premises((subject,), claims, expects=tuple(exists(one) for one in dict.fromkeys(about) if one))


def about(body: Body) -> Premises:
    """What became of a copy: its sending began, it was sent, it came out, is on its tube, or is no longer wanted."""
    subject = _label(body)
    return Premises((subject,), expects=((f"id:{subject}", subject),))
